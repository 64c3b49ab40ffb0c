"""Units receive what rests on an approval given before: on an open list of the same notice."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.door import Call
from huiyin.matters.models import Assignment, Matter, SupervisionNotice, UnitList
from huiyin.matters.rules import AssignmentRole, AssignmentState, CameBy


def lists_of(
    notice: SupervisionNotice | None, units: Iterable[int], call: Call
) -> dict[int, UnitList]:
    """Each unit has an open list of the notice: the one it has not signed for yet, or a new one."""
    wanted = list(dict.fromkeys(units))
    rows = UnitList.objects.filter(notice=notice, unit__in=wanted, state=UnitList.State.SENT)
    lists = {row.unit_id: row for row in rows.select_related("notice")}
    for unit in wanted:
        if unit not in lists:
            lists[unit] = call.create(UnitList(notice=notice, unit_id=unit, sent_at=call.at))
    return lists


def sent_at_once(
    matter: Matter, role: AssignmentRole, came_by: CameBy, unit_list: UnitList, call: Call
) -> Assignment:
    """The unit of the list has a part in the matter, to be signed for with the list."""
    row: Assignment = call.create(
        Assignment(
            matter=matter,
            unit_id=unit_list.unit_id,
            role=role,
            state=AssignmentState.SENT,
            came_by=came_by,
            unit_list=unit_list,
            sent_at=call.at,
        )
    )
    return row
