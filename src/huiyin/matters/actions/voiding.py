"""A paper that will never be issued: everything in it was withdrawn before."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import required
from huiyin.matters import permits
from huiyin.matters.models import SupervisionNotice
from huiyin.matters.rules import NoticeState


@action(
    "notice.void",
    label=gettext_lazy("作废"),
    model=SupervisionNotice,
    permit=permits.is_office,
    when={NoticeState.PROPOSED, NoticeState.APPROVED},
    then=NoticeState.VOID,
    unless=(permits.something_left,),
)
def void_notice(notice: SupervisionNotice, call: Call, *, reason: str) -> Facts:
    """The paper will never be issued, with who said so and why; its matters were withdrawn before, it takes no number."""
    notice.void_reason = required(reason, _("请写明作废的理由。"))
    notice.voided_on, notice.voided_by_name = call.today, call.actor.name
    return {"from": notice.state, "withdrawn": notice.matters.count()}
