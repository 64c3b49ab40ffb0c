"""What the views of this feature share."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.door import options
from huiyin.errors import Conflict, NotFound, Refusal
from huiyin.ledger.models import OfficeFact

M = TypeVar("M", bound=OfficeFact)


def seen_or_404(model: type[M], pk: int, viewer: Actor) -> M:
    """The row, if it is there and the viewer may know of it; raises NotFound otherwise."""
    manager: Any = model._default_manager
    rows = manager.visible_to(viewer) if hasattr(manager, "visible_to") else manager
    row: M | None = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return row


def show_refusal(
    form: forms.BaseForm, refusal: Refusal, names: dict[str, str] | None = None
) -> None:
    """The refusal's messages stand at the form's fields; a stale page or a rival goes on up."""
    if isinstance(refusal, Conflict) or refusal.status in {403, 404}:
        raise refusal
    for name, lines in refusal.fields.items():
        field = (names or {}).get(name, name)
        for line in lines:
            form.add_error(field if field in form.fields else None, line)
    if not refusal.fields:
        form.add_error(None, str(refusal.sentence))


def offered(subject: OfficeFact, viewer: Actor) -> dict[str, Any]:
    """The verbs the viewer's posts permit on the subject, by their last word: {"end": Option}."""
    return {option.name.split(".")[1]: option for option in options(subject, by=viewer)}


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be saved under `name`."""
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
