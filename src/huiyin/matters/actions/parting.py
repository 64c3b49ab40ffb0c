"""A unit's part in a matter ends: an objection it raised is settled by that, reports asked of it go on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin.door import Call
from huiyin.matters.models import Assignment, HandBack, ReportRequest
from huiyin.matters.rules import AskState, AssignmentState
from huiyin.web.kept import kept


def end_part(
    row: Assignment,
    call: Call,
    *,
    ruling: HandBack.Ruling = HandBack.Ruling.GRANTED,
    why: str = "",
) -> None:
    """The unit has no part in the matter any more; an objection it had raised is settled by that."""
    objected = row.state == AssignmentState.OBJECTED
    row.state, row.ended_on = AssignmentState.ENDED, call.today
    call.save(row)
    if not objected:
        return
    for raised in row.hand_backs.filter(ruling=HandBack.Ruling.PENDING):
        raised.ruling = ruling
        raised.ruled_at, raised.ruled_by_name = call.at, call.actor.name
        raised.ruling_reason = why or _no_part_left()
        call.save(raised)


@kept
def _no_part_left() -> str:
    return _("该单位不再承担这一份，异议随之了结。")


def pass_requests(heir: Assignment, call: Call) -> None:
    """Reports asked of parts of the matter that have ended are asked of this part now."""
    for request in ReportRequest.objects.filter(
        matter_id=heir.matter_id, state=AskState.OPEN, assignment__state=AssignmentState.ENDED
    ):
        request.assignment = heir
        call.save(request)
