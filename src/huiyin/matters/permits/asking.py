"""Who may ask a unit for a report, and what stands against it; when “没有变化” is enough."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import LEADERS, Actor, Role
from huiyin.matters.models import Assignment, Matter, ReportRequest, Slip
from huiyin.matters.permits.main import in_portfolio, is_office, works_in_lead_unit
from huiyin.matters.permits.slips import signs_slip
from huiyin.matters.rhythms import level_of
from huiyin.matters.rules import AskState
from huiyin.people.permits import sits_for
from huiyin.rulebook import queries as rulebook


def may_ask_report(actor: Actor, assignment: Assignment) -> bool:
    """The office, the principal leader, the leader in charge; the lead unit of a unit that supports it."""
    matter = assignment.matter
    if is_office(actor, matter) or works_in_lead_unit(actor, matter):
        return True
    if matter.jurisdiction_id != actor.jurisdiction_id:
        return False
    return actor.has(Role.PRINCIPAL_LEADER) or (
        actor.has(Role.LEADER_IN_CHARGE) and in_portfolio(actor, matter)
    )


def asks_own_unit(assignment: Assignment, actor: Actor) -> str | None:
    """Nobody asks the unit they work for."""
    if actor.capacity is not None and actor.capacity.unit_id == assignment.unit_id:
        return _("本单位的情况不用发函来要。")
    return None


def takes_request_back(actor: Actor, request: ReportRequest) -> bool:
    """Who asked, the head of the unit that asked, the head of the office; of a slip, who signed it or the office."""
    slip = slip_of(request)
    if slip is not None:
        return is_office(actor, request.matter) or signs_slip(actor, slip)
    heads_office = actor.has(Role.OFFICE_HEAD) and is_office(actor, request.matter)
    return _asked_it(actor, request) or _heads_asking_unit(actor, request) or heads_office


def _asked_it(actor: Actor, request: ReportRequest) -> bool:
    """The post that asked (by delegation too; for one left the next authority)."""
    if request.asked_by_post is not None:
        return sits_for(actor, request.asked_by_post)
    own = actor.capacity is not None and actor.capacity.unit_id == request.asked_by_unit_id
    return own and actor.name == request.asked_by_name


def _heads_asking_unit(actor: Actor, request: ReportRequest) -> bool:
    asking = {request.asked_by_unit_id}
    return bool(asking & actor.unit_ids(Role.UNIT_HEAD, Role.OFFICE_HEAD, Role.PRINCIPAL_LEADER))


def signed_by_a_leader(request: ReportRequest, actor: Actor) -> str | None:
    """What a leader signed the office does not take back by itself."""
    slip = slip_of(request)
    if slip is None or slip.signer_post is None or signs_slip(actor, slip):
        return None
    words = {"slip": slip, "name": slip.decided_by_name}
    return _("%(slip)s是%(name)s签发的，由签发人收回。") % words


def asked_by_a_leader(request: ReportRequest, actor: Actor) -> str | None:
    """What a leader asked the head of the office does not take back: the leader waits for it."""
    post = request.asked_by_post
    if post is None or post.role not in LEADERS:
        return None
    if _asked_it(actor, request) or _heads_asking_unit(actor, request):
        return None
    return _("这是%(name)s%(title)s要的情况，由本人收回。") % {
        "name": request.asked_by_name,
        "title": post.title,
    }


def slip_of(request: ReportRequest) -> Slip | None:
    """The slip that asks for the report; None when somebody asked by hand."""
    found: Slip | None = getattr(request, "slip", None)
    return found


def no_longer_open(request: ReportRequest, _actor: Actor) -> str | None:
    """An answered request stays answered."""
    return None if request.state == AskState.OPEN else _("已经答复或收回了。")


def same_is_not_enough(assignment: Assignment, _actor: Actor) -> str | None:
    """“没有变化” is for a unit that has reported, whose matter is on time, and of whom nothing was asked."""
    matter = assignment.matter
    if assignment.last_reported_on is None:
        return _("还没有反馈过，先写一次进展。")
    if not matter.is_standing and level_of(matter, clock.today()) != "ontime":
        return _("现在不是按期的灯，请写明进展。")
    if assignment.report_requests.filter(state=AskState.OPEN).exists():
        return _("有人在等这件事的情况，请写明进展。")
    rule = rulebook.book(matter.jurisdiction_id, "rhythm").rhythms(on=clock.today())
    return None if rule.body.same else _("按规则，每次反馈都要写明进展。")


def has_no_due_day(matter: Matter, _actor: Actor) -> str | None:
    """The rhythm of a standing matter is its interval."""
    return _("长期事项按周期反馈，请改周期。") if matter.is_standing else None
