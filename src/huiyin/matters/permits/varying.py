"""Who may ask for a variation and decide it, and what stands against it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor, Role
from huiyin.matters import deciders
from huiyin.matters.models import Assignment, Matter, Variation
from huiyin.matters.permits.main import ACT_FOR_UNIT, is_office
from huiyin.matters.permits.next_authority import leads_matter
from huiyin.matters.rules import MatterState, Ruling, VariationKind
from huiyin.people.permits import same_office, sits_for
from huiyin.web.format import day as day_words

EARLIEST_ASKING = 60
"""Days before the due day at which the rule (at most 60) can begin to matter."""


def decides(actor: Actor, variation: Variation) -> bool:
    """The post the rule named, the office where it named the office; the next authority where that stands back.

    It follows by itself: the leader of the matter where the office asks by now, the principal leader where
    who was named has left or works in a unit that asks (`deciders.turn_of` says so on the page).
    """
    post, today = variation.decider_post, clock.today()
    if post is None:
        if is_office(actor, variation):
            return True
        return leads_matter(actor, variation.matter) and deciders.office_asks(
            variation, today=today
        )
    if sits_for(actor, post):
        return True
    principal = actor.has(Role.PRINCIPAL_LEADER) and same_office(actor, variation)
    return principal and deciders.stands_back(post, variation, today=today)


def asked_for_it(actor: Actor, variation: Variation) -> bool:
    """Somebody who acts for the unit that asked, or for the one that leads by now and answers for it."""
    units = {variation.unit_id, variation.matter.lead_unit_id}
    return bool(units & actor.unit_ids(*ACT_FOR_UNIT))


def pending(matter: Matter) -> list[Variation]:
    """What was asked about the matter and is not decided; asked of the database once for a page.

    A matter that is flagged (`queries.asked`) knows without asking that nothing waits.
    """
    if getattr(matter, "waits_variation", True) is False:
        return []
    return list(matter.variations.filter(ruling=Ruling.PENDING))


# Conditions: the name is the refusal's code.


def extension_already_asked(matter: Matter, actor: Actor) -> str | None:
    """One request of a kind waits at a time."""
    return _waits(matter, {VariationKind.EXTEND})


def suspension_already_asked(matter: Matter, actor: Actor) -> str | None:
    """See `extension_already_asked`; the office decides on the request instead of beside it."""
    return _waits(matter, {VariationKind.SUSPEND})


def _waits(matter: Matter, kinds: set[VariationKind]) -> str | None:
    for row in pending(matter):
        if row.kind in kinds:
            kind = row.get_kind_display()
            return _("%(kind)s申请还没有决定，不能再提。") % {"kind": kind}
    return None


def nothing_to_extend(matter: Matter, actor: Actor) -> str | None:
    """A standing matter has an interval and no due day."""
    if matter.is_standing or matter.due_on is None:
        return _("长期推进事项没有办结时限，不用延期。")
    return None


def asked_too_late(matter: Matter, actor: Actor) -> str | None:
    """An extension is asked for before the due day (practice: 到期前申请), as many days as the rule says."""
    due, today = matter.due_on, clock.today()
    if due is None or (due - today).days > EARLIEST_ASKING:
        return None
    last = deciders.rule_of(matter, today=today).body.last_asking_day(due)
    if last is None or today <= last:
        return None
    return _("延期要在 %(day)s（含）以前申请，现在已经过了。") % {
        "day": day_words(last, today=today)
    }


def no_more_extensions(matter: Matter, actor: Actor) -> str | None:
    """Where the rule (or the law, for appeals) takes no more, it cannot be asked."""
    if getattr(matter, "had_variation", True) is False:
        return None
    times = deciders.granted_before(matter, VariationKind.EXTEND)
    if not times:
        return None
    rule = deciders.rule_of(matter, today=clock.today())
    if deciders.row_of(matter, VariationKind.EXTEND, rule).decider(times) != "nobody":
        return None
    words = {"n": times, "rule": rule.cited}
    return _("已经延期 %(n)d 次，按%(rule)s不能再延。") % words


def already_decided(variation: Variation, actor: Actor) -> str | None:
    """A decision stands; another needs another request."""
    if variation.ruling == Ruling.PENDING:
        return None
    return _("这项申请已经有结果：%(ruling)s。") % {"ruling": variation.get_ruling_display()}


def nothing_left_to_vary(variation: Variation, actor: Actor) -> str | None:
    """What has ended is not varied any more."""
    state = variation.matter.state
    open_states = {MatterState.DISPATCHED, MatterState.UNDER_WAY}
    if variation.kind != VariationKind.SUSPEND:
        open_states.add(MatterState.SUSPENDED)
    if state in open_states:
        return None
    named = variation.matter.get_state_display()
    return _("事项现在是“%(state)s”，这项申请不用再决定。") % {"state": named}


def decides_own_unit(variation: Variation, actor: Actor) -> str | None:
    """Nobody decides what their own unit asked; nor does who acts for somebody of that unit."""
    units = deciders.asking_units(variation)
    if units & actor.own_units:
        return _("提出申请的是您任职的单位，须由别人决定。")
    behalf = actor.capacity.on_behalf_of if actor.capacity is not None else None
    if behalf is not None and deciders.works_in(behalf, units, today=clock.today()):
        return _("您所代理的人在申请单位任职，须由别人决定。")
    return None


def completion_waits_for_variation(assignment: Assignment, actor: Actor) -> str | None:
    """What is asked to be changed is not reported done at the same time: take it back, or wait."""
    waiting = pending(assignment.matter)
    if not waiting:
        return None
    kinds = _("、").join(str(row.get_kind_display()) for row in waiting)
    return _("%(kinds)s申请还没有决定；已经办成的，请先收回申请再报送办结。") % {"kinds": kinds}


def matter_is_suspended(assignment: Assignment, actor: Actor) -> str | None:
    """While the clock stands, nobody's hands change."""
    if assignment.matter.state == MatterState.SUSPENDED:
        return _("事项已中止，恢复办理以后再提。")
    return None
