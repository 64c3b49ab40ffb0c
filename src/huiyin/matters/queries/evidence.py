"""Evidence files somebody may see."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.errors import NotFound
from huiyin.matters.models import Evidence


def seen_evidence(pk: int, *, viewer: Actor) -> Evidence:
    """The file's row, when the viewer may see its matter; else NotFound."""
    row: Evidence | None = Evidence.objects.visible_to(viewer).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return row
