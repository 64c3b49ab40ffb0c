"""What stands against a verb somebody's post permits: the name is the refusal's code."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.matters.models import Assignment, Matter, SupervisionNotice
from huiyin.matters.planners import planners
from huiyin.matters.rules import ENDED, GIVEN, AssignmentRole, AssignmentState, MatterState
from huiyin.rulebook import queries as rulebook
from huiyin.web.format import day

IN_A_BATCH = (MatterState.PROPOSED, MatterState.APPROVED)
"""States of a matter that is a row of a batch not issued yet."""


def own_unit(matter: Matter, actor: Actor) -> str | None:
    """Nobody verifies, accepts or closes what their own unit did, be it before it was passed on."""
    match part_of(matter, actor.own_units):
        case "has":
            return _("您所在单位承办这件事，须由单位以外的人核查、验收。")
        case "had":
            return _("您所在单位承办过这件事，须由单位以外的人核查、验收。")
    return None


def part_of(matter: Matter, units: Collection[int]) -> str:
    """`has` when one of the units has a part in the matter, `had` when one worked on it before; "" for none."""
    # All rows and not a filter, so that a page which has them asks only once for several verbs.
    own = [row for row in matter.assignments.all() if row.unit_id in units]
    if any(row.state in GIVEN for row in own):
        return "has"
    ended = [row for row in own if row.state == AssignmentState.ENDED]
    return "had" if any(_worked(row) for row in ended) else ""


def _worked(ended: Assignment) -> bool:
    """The unit reported, submitted or planned; one that handed back at once did nothing of it."""
    if ended.last_reported_on is not None:
        return True
    return ended.unit_id in planners([ended.matter_id]).get(ended.matter_id, ())


def standing_is_kept_open(matter: Matter, actor: Actor) -> str | None:
    """A standing matter is reported and checked at its interval; it is never submitted as done."""
    if matter.is_standing:
        return _("长期推进事项按周期报告和检查，不报送办结。")
    return None


def no_plan(matter: Matter, actor: Actor) -> str | None:
    """The lead unit says how before it says done (有计划、有目标、有措施)."""
    if not hasattr(matter, "plan"):
        return _("还没有填写办理方案（目标、措施），请先填写。")
    return None


def approves_own_unit(notice: SupervisionNotice, actor: Actor) -> str | None:
    """Nobody approves what their own unit is to do; the next authority by rule does."""
    if notice.matters.filter(lead_unit_id__in=actor.own_units).exists():
        return _("其中有您任职单位牵头的事项，须由上一级领导批准。")
    return None


def nothing_left(notice: SupervisionNotice, actor: Actor) -> str | None:
    """A batch goes on with what is left of it; one whose matters were all withdrawn can only be made void."""
    if left_of(notice):
        return None
    return _("这一批里的事项都已撤销，没有可以办理的，只能作废。")


def something_left(notice: SupervisionNotice, actor: Actor) -> str | None:
    """What is still wanted is issued, or returned to the table; it does not vanish with the paper."""
    count = left_of(notice)
    if not count:
        return None
    return _("这一批还有 %(n)d 件没有撤销，不能作废。") % {"n": count}


def left_of(notice: SupervisionNotice) -> int:
    """How many matters go on with the batch; a notice read for its page knows it already."""
    known: int | None = getattr(notice, "left", None)
    if known is not None:
        return known
    return notice.matters.filter(state__in=IN_A_BATCH).count()


def rules_own_unit(assignment: Assignment, actor: Actor) -> str | None:
    """Nobody rules on what their own unit asked."""
    if assignment.unit_id in actor.own_units:
        return _("提出异议的是您任职的单位，须由别人裁定。")
    return None


def matter_is_over(assignment: Assignment, actor: Actor) -> str | None:
    """Nothing is reported on what is closed or withdrawn."""
    if assignment.matter.state in ENDED:
        return _("事项已经办结或撤销，不再需要反馈。")
    return None


def not_lead(assignment: Assignment, actor: Actor) -> str | None:
    """The lead submits completion; a supporting unit reports its own part."""
    if assignment.role != AssignmentRole.LEAD:
        return _("报送办结由牵头单位办理，配合单位请反馈进展。")
    return None


def lead_matter_not_under_way(assignment: Assignment, actor: Actor) -> str | None:
    """Only what is under way can be said to be done."""
    if assignment.matter.state != MatterState.UNDER_WAY:
        return _("现在是“%(state)s”，不能报送办结。") % {
            "state": assignment.matter.get_state_display()
        }
    return None


def lead_has_no_plan(assignment: Assignment, actor: Actor) -> str | None:
    """See `no_plan`."""
    return no_plan(assignment.matter, actor)


def lead_standing(assignment: Assignment, actor: Actor) -> str | None:
    """See `standing_is_kept_open`."""
    return standing_is_kept_open(assignment.matter, actor)


def _closing_persons(matter: Matter) -> int:
    today = clock.today()
    return rulebook.book(matter.jurisdiction_id, "closing").closing_persons(on=today)


def two_persons_needed(matter: Matter, actor: Actor) -> str | None:
    """Where the rule demands two persons, verifying and closing are not one act."""
    if _closing_persons(matter) < 2:
        return None
    return _("规则要求核查和销号由两人办理，请先核查，再由另一人验收。")


def second_person_needed(matter: Matter, actor: Actor) -> str | None:
    """Where the rule demands two persons, the verifier does not accept."""
    if _closing_persons(matter) < 2:
        return None
    last = matter.verifications.first()
    if last is not None and last.checked_by == actor.user_id:
        return _("规则要求核查人和验收人不是同一人。")
    return None


def window_has_passed(assignment: Assignment, actor: Actor) -> str | None:
    """An objection is raised within the window after signing."""
    until = assignment.objection_until
    if until is not None and clock.today() > until:
        return _("异议期已于%(day)s届满，不能再退回。") % {"day": day(until, today=clock.today())}
    return None
