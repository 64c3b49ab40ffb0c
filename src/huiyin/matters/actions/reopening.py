"""After closing: a matter is opened again, or a new instruction on its answer opens the next one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import LEADERS
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.parting import end_part
from huiyin.matters.actions.registering import register
from huiyin.matters.actions.sending import lists_of, sent_at_once
from huiyin.matters.due import LASTING, Asked, Cell, by_hand, due_of
from huiyin.matters.models import CloseOut, Matter, Variation
from huiyin.matters.rhythms import begin_anew
from huiyin.matters.rules import (
    AssignmentRole,
    CameBy,
    MatterState,
    Ruling,
    StrikeOffState,
    VariationKind,
)
from huiyin.people.models import Post, Unit
from huiyin.rulebook import queries as rulebook
from huiyin.web.format import full_day
from huiyin.web.kept import kept


@action(
    "matter.reopen",
    label=gettext_lazy("重新启封"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.CLOSED},
    unless=(permits.own_unit, permits.whole_is_not_under_way),
)
def reopen(
    matter: Matter,
    call: Call,
    *,
    reason: str,
    due_on: date | None = None,
    new_lead: int | None = None,
) -> Facts:
    """The matter is under way again; its close-out stands with who reopened it and why.

    The baseline is untouched: a new date, given or proposed by rule when the old one has passed, is
    kept as a decided variation. The next report is due by the rhythm, counted from today. A lead that
    is no more is replaced by the one named.
    """
    reason = required(reason, _("请写明为什么要重新启封。"))
    heir = _heir(matter, new_lead)
    _reopen_end(matter, call, reason)
    before = matter.due_on
    due, cell = _due(matter, due_on, call)
    if due != before:
        by_rule = "" if due_on is not None else str(cell.get("why", ""))
        _record_date(matter, call, due, why=by_rule, reason=reason)
        _say_whence(matter, cell)
    matter.state, matter.closed_on, matter.effect_on = MatterState.UNDER_WAY, None, None
    matter.reported_percent = matter.verified_percent = None
    matter.reported_amount = matter.verified_amount = None
    matter.due_on, matter.moved_at = due, call.at
    if heir is not None:
        _to_heir(matter, heir, call)
    begin_anew(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
    return {
        "due_on": due,
        "changed": due != before,
        "new_lead": heir.pk if heir else None,
        "next_report_on": matter.next_report_on,
    }


def _reopen_end(matter: Matter, call: Call, reason: str) -> None:
    end: CloseOut = matter.close_outs.get(reopened_at=None)
    end.reopened_at, end.reopened_by_name, end.reopen_reason = call.at, call.actor.name, reason
    call.save(end)
    # A problem that is there again is struck off anew, step by step.
    for row in matter.strike_offs.filter(state=StrikeOffState.RECORDED):
        row.state, row.objection = StrikeOffState.VOID, reason
        call.save(row)


def _heir(matter: Matter, new_lead: int | None) -> Unit | None:
    """The unit that leads instead, when the old lead is no more."""
    old = matter.lead_unit
    leads = matter.assignments.current().filter(role=AssignmentRole.LEAD)
    stands = old is not None and old.ended_on is None
    if stands and leads.exists():
        return None
    wanted = new_lead or (old.successor_id if old is not None else None)
    units = Unit.objects.filter(jurisdiction_id=matter.jurisdiction_id, ended_on=None)
    unit: Unit | None = units.filter(pk=wanted or 0).first()
    if unit is None:
        raise Refusal(
            _("原牵头单位已经撤并，请选择现在由哪个单位牵头。"),
            code="new_lead_missing",
            fields={"new_lead": [_("请选择")]},
        )
    return unit


def _to_heir(matter: Matter, unit: Unit, call: Call) -> None:
    """The unit has the matter on its list, to be signed for; whatever part it had ends."""
    for row in matter.assignments.current():
        if row.unit_id == unit.pk or row.role == AssignmentRole.LEAD:
            end_part(row, call)
    unit_list = lists_of(matter.notice, [unit.pk], call)[unit.pk]
    sent_at_once(matter, AssignmentRole.LEAD, CameBy.SUCCESSION, unit_list, call)
    matter.lead_unit, matter.state = unit, MatterState.DISPATCHED


def _due(matter: Matter, wanted: date | None, call: Call) -> tuple[date | None, Cell]:
    """The day that holds now and whence: the one given, the old one while it is ahead, else by rule."""
    today = call.today
    if wanted is not None:
        if wanted < today:
            raise Refusal(
                _("新的时限已经过去。"), code="due_passed", fields={"due_on": [_("须在今天或以后")]}
            )
        return wanted, by_hand(call.actor.name)
    if matter.due_on is None or matter.due_on >= today:
        return matter.due_on, {}
    asked = Asked(
        source_kind=matter.source_kind, urgency=matter.urgency, said_on=today, counted_from=today
    )
    found = kept(due_of)(asked, rulebook.book(matter.jurisdiction_id), today=today)
    return found.on, found.cell


def _say_whence(matter: Matter, cell: Cell) -> None:
    """The due cell says where the new day comes from; what the words said stays in it."""
    was = matter.filled.get("due", {})
    lasting = {name: was[name] for name in LASTING if was.get(name)}
    matter.filled = {**matter.filled, "due": lasting | cell}


@kept
def _record_date(matter: Matter, call: Call, due: date | None, *, why: str, reason: str) -> None:
    """The new date stands beside the baseline, with who decided it and why."""
    call.create(
        Variation(
            matter=matter,
            unit=matter.lead_unit,
            kind=VariationKind.REOPEN,
            reason=reason,
            due_was=matter.due_on,
            due_granted=due,
            asked_at=call.at,
            asked_by=call.actor.user_id,
            asked_by_name=call.actor.name,
            ruling=Ruling.GRANTED,
            decided_at=call.at,
            decided_by_name=call.actor.name,
            decision=_("重新启封，时限另定。"),
            basis=why,
        )
    )


@action(
    "matter.follow_on",
    label=gettext_lazy("办结后新批示"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.CLOSED},
)
def follow_on(
    matter: Matter,
    call: Call,
    *,
    leader_post: int,
    given_on: date,
    words: str,
    title: str = "",
    lead: int | None = None,
    due_on: date | None = None,
) -> Facts:
    """A new instruction on the answer has opened the next matter, which follows this one.

    It stands in the register with the leader's words, pre-filled from the earlier one.
    """
    post = _leader(matter, leader_post)
    _check_words(words, given_on, call.today)
    by = f"{post.user.name}{post.title}"
    new = call.perform(
        register,
        matter.jurisdiction,
        **_given(matter, by, given_on, words.strip()),
        title=title.strip() or matter.title,
        lead=lead or _standing(matter.lead_unit),
        due_on=due_on,
        said_on=given_on,
        leader_post=None,
        follows=matter.pk,
    )
    matter.moved_at = call.at
    call.texts["by"], call.texts["words"] = by, words.strip()
    return {"matter": new.facts["matter"], "given_on": given_on}


def _leader(matter: Matter, pk: int) -> Post:
    rows = Post.objects.filter(jurisdiction_id=matter.jurisdiction_id, role__in=LEADERS)
    post: Post | None = rows.select_related("user").filter(pk=pk).first()
    if post is None:
        raise Refusal(
            _("没有这个领导岗位，请重新选择。"),
            code="no_such_post",
            fields={"leader_post": [_("请重新选择")]},
        )
    return post


def _check_words(words: str, given_on: date, today: date) -> None:
    lacking = {}
    if not words.strip():
        lacking["words"] = [_("请录入批示的原话")]
    if given_on > today:
        lacking["given_on"] = [_("批示日期在今天之后，请核对")]
    if lacking:
        raise Refusal(_("还缺几项，补齐后再立项。"), code="incomplete", fields=lacking)


def _standing(unit: Unit | None) -> int | None:
    """The unit of the earlier matter, or whoever came after it; nobody when it is no more."""
    while unit is not None and unit.ended_on is not None:
        unit = unit.successor
    return unit.pk if unit is not None else None


@kept
def _given(matter: Matter, by: str, on: date, words: str) -> dict[str, Any]:
    """What the new matter takes from the instruction and from the earlier one."""
    given = matter.assignments.current().filter(role=AssignmentRole.SUPPORTING)
    helpers = given.select_related("unit")
    same = {"from": "hand", "why": _("沿用前一件")}
    return {
        "nature": matter.nature,
        "origin": "instruction",
        "source_kind": "instruction",
        "source_label": _("%(by)s%(day)s批示") % {"by": by, "day": full_day(on)},
        "source_from": by,
        "quote": words,
        "context": _("对“%(title)s”办结报告的批示") % {"title": matter.title},
        "supporting": [pk for pk in (_standing(row.unit) for row in helpers) if pk is not None],
        "urgency": matter.urgency,
        "check_method": matter.check_method,
        "filled": {"lead": same, "supporting": same, "check": same},
    }
