"""Taking a list out of the system: an event says who took what, how much of it, and when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.matters import permits
from huiyin.people.models import Jurisdiction


@action(
    "matter_register.export",
    label=gettext_lazy("导出清单"),
    model=Jurisdiction,
    permit=permits.reads_register,
    touches=False,
    public=False,
)
def export_list(
    jurisdiction: Jurisdiction,  # noqa: ARG001 (the door passes it)
    call: Call,  # noqa: ARG001
    *,
    what: str,
    count: int,
    sha256: str,
) -> Facts:
    """It is known that these rows left as this file; nothing else has changed."""
    return {"what": what, "count": count, "sha256": sha256}
