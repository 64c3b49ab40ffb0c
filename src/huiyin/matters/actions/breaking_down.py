"""A matter is broken down: parts of it go to units below the one that answers for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal
from huiyin.matters import breaking, permits
from huiyin.matters.actions.dispatching import baseline_of, start_clocks
from huiyin.matters.actions.sending import lists_of, sent_at_once
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter, UnitList
from huiyin.matters.rules import AssignmentRole, CameBy, MatterState, Nature
from huiyin.people.models import Portfolio, Post, held_on
from huiyin.rulebook import queries as rulebook
from huiyin.web.kept import kept


def _whole(matter: Matter, **given: Any) -> list[Matter]:  # noqa: ARG001
    """Parts of one row of a notice are counted under the lock of the matter on top."""
    return [matter.parent] if matter.parent is not None else []


@action(
    "matter.break_down",
    label=gettext_lazy("任务分解"),
    model=Matter,
    permit=permits.breaks_down,
    when={MatterState.UNDER_WAY},
    unless=(permits.broken_down_enough,),
    locks=_whole,
)
def break_down(matter: Matter, call: Call, *, rows: Sequence[PartRow]) -> Facts:
    """Every row is a matter of its own under way to its unit; all of them or none.

    The approval of the whole stands for its parts; each has a baseline, a list and clocks of its own,
    and the unit that breaks down goes on answering for the whole.
    """
    _check(matter, rows, call)
    sums = breaking.allotted(matter, rows)
    book = rulebook.book(matter.jurisdiction_id)
    lists = lists_of(matter.notice, [row.unit for row in rows], call)
    leaders = _leaders(rows, call)
    last = Matter.objects.filter(notice=matter.notice_id, row=matter.row).aggregate(n=Max("part"))
    made = []
    for place, row in enumerate(rows, start=(last["n"] or 0) + 1):
        part = _part(matter, row, place, leaders.get(row.unit), call)
        start_clocks(part, call, book)
        made.append(call.perform(_give_part, part, unit_list=lists[row.unit]).facts["matter"])
    matter.moved_at = call.at
    return {"parts": made, "count": len(made), "allotted": sums.total, "asked": sums.asked}


@action(
    "matter.give_part",
    label=gettext_lazy("分解交办"),
    model=Matter,
    permit=permits.arranges,
    touches=False,
    public=False,
)
def _give_part(part: Matter, call: Call, *, unit_list: UnitList) -> Facts:
    """The part is dispatched to its unit, with what was fixed, and stands on the unit's list."""
    call.create(part, concerns=True)
    call.create(baseline_of(part, call.today))
    row = sent_at_once(part, AssignmentRole.LEAD, CameBy.BREAK_DOWN, unit_list, call)
    return {
        "matter": part.pk,
        "parent": part.parent_id,
        "part": part.part,
        "unit": part.lead_unit_id,
        "assignment": row.pk,
        "due_on": part.due_on,
    }


def _check(matter: Matter, rows: Sequence[PartRow], call: Call) -> None:
    if not rows:
        raise Refusal(_("请至少写一行：单位和它要做的。"), code="nothing_to_break_down")
    if len(rows) > breaking.MOST:
        raise Refusal(
            _("一次最多分解 %(n)d 行。") % {"n": breaking.MOST},
            code="too_many_rows",
            next_step=_("请分几次。"),
        )
    wrong = {
        f"rows.{place}": sentences
        for place, sentences in enumerate(breaking.faults(matter, rows, today=call.today), start=1)
        if sentences
    }
    if wrong:
        raise Refusal(
            _("有 %(n)d 行填得不对，一件也没有下达。") % {"n": len(wrong)},
            code="bad_rows",
            next_step=_("请改好这几行，再一起下达。"),
            fields=wrong,
        )


def _leaders(rows: Sequence[PartRow], call: Call) -> dict[int, Post]:
    """The leader in charge of each unit that has one of its own; two queries."""
    found = Portfolio.objects.filter(
        held_on(call.today),
        held_on(call.today, "post__"),
        unit__in=[row.unit for row in rows],
        kind=Portfolio.Kind.IN_CHARGE,
    ).select_related("post")
    return {row.unit_id: row.post for row in found}


@kept
def _part(whole: Matter, row: PartRow, place: int, leader: Post | None, call: Call) -> Matter:
    """A matter made of one row; what the row leaves open is as in the whole."""
    standing = whole.is_standing and row.due_on is None
    hand = {"from": "hand", "why": _("%(name)s 填") % {"name": call.actor.name}}
    title = row.title.strip() or whole.title
    return Matter(
        jurisdiction_id=whole.jurisdiction_id,
        parent=whole,
        notice=whole.notice,
        row=whole.row,
        part=place,
        title=title,
        goal=title,
        nature=whole.nature if standing or not whole.is_standing else Nature.TASK,
        state=MatterState.DISPATCHED,
        urgency=whole.urgency,
        origin=whole.origin,
        source_kind=whole.source_kind,
        source_label=whole.source_label,
        source_from=whole.source_from,
        quote=whole.quote,
        lead_unit_id=row.unit,
        leader_post_id=row.leader_post or (leader.pk if leader else whole.leader_post_id),
        acceptance=row.acceptance.strip() or whole.acceptance,
        quantity=row.quantity,
        quantity_unit=whole.quantity_unit or row.quantity_unit.strip()[:20],
        due_on=None if standing else row.due_on or whole.due_on,
        interval=whole.interval if standing else "",
        rhythm="" if standing else whole.rhythm,
        check_method=whole.check_method,
        filled={
            "lead": hand,
            "due": {**hand, "why": row.later_because.strip() or hand["why"]},
        },
        registered_on=call.today,
        moved_at=call.at,
    )
