"""What the ladder must know of every matter whose clock is near or past one of its steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from huiyin import clock as time_of
from huiyin.matters.models import Assignment, Consultation, Matter, ReportRequest, UnitList
from huiyin.matters.rules import AskState, AssignmentRole, AssignmentState, Nature
from huiyin.notices.holders import Holders
from huiyin.notices.models import Reminder
from huiyin.notices.rules import URGED, Addressee, Case, Clock
from huiyin.notices.urged import NOTHING, About, sent_about, slips_about, with_slip
from huiyin.rulebook.rules import Urging

CHUNK = 500
"""Ids asked for in one query."""
HOLIDAYS = 12
"""Days by which a run of holidays can put off a step, at most."""
Clocks = dict[int, dict[Clock, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Between which days a clock must count from for one of the ladder's steps to be due on a day."""

    first: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        return (self.first, self.last)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        zone = time_of.zone()
        end = self.last + timedelta(days=1)
        return (
            datetime.combine(self.first, time.min, tzinfo=zone),
            datetime.combine(end, time.min, tzinfo=zone),
        )


def reach(ladder: Urging, on: date) -> Reach:
    """Wide enough for every step, working days taken as at most twice as long and ten more."""
    late = [step.days * 2 + 10 if step.unit == "working" else step.days for step in ladder.steps]
    back = max([0, *late]) + ladder.catch_up + HOLIDAYS
    ahead = max([0, *(-step.days for step in ladder.steps)])
    return Reach(first=on - timedelta(days=back), last=on + timedelta(days=ahead))


def cases(jurisdiction_id: int, *, on: date, ladder: Urging) -> list[Case]:
    """Every matter and unsigned list on which a step may be due; some dozen queries for any number."""
    span, holders = reach(ladder, on), Holders(jurisdiction_id, on)
    return [
        *_of_matters(jurisdiction_id, on, span, ladder, holders),
        *_of_lists(jurisdiction_id, span, ladder, holders),
    ]


def _of_matters(office: int, on: date, span: Reach, ladder: Urging, holders: Holders) -> list[Case]:
    clocks = _clocks(office, span)
    found: list[Case] = []
    for ids in _chunks(sorted(clocks)):
        rows = Matter.objects.filter(pk__in=ids).select_related("notice")
        told = sent_about(Reminder.objects.filter(matter__in=ids), "matter_id")
        slips = slips_about(ids)
        for matter in rows.defer("context", "quote", "filled").order_by("pk"):
            marks, urged = told.get(matter.pk, NOTHING)
            own = tuple(clocks[matter.pk])
            found.append(
                Case(
                    kind="matter",
                    pk=matter.pk,
                    title=matter.title,
                    number=matter.number,
                    state=matter.state,
                    urgency=matter.urgency,
                    source=matter.source_kind,
                    healthy=is_healthy(matter, on),
                    clocks=own,
                    people=_people(
                        own, ladder, holders, (matter.personal_lead_id, matter.leader_post_id)
                    ),
                    sent=marks,
                    urged=with_slip(urged, slips.get(matter.pk), holders),
                )
            )
    return found


def is_healthy(matter: Matter, on: date) -> bool:
    """Progress was reported and is not behind the plan on that day."""
    on_plan = matter.behind_on is None or matter.behind_on > on
    return matter.reported_percent is not None and on_plan


def _clocks(office: int, span: Reach) -> Clocks:
    """Every running clock of every matter: its own, its parts', reports and opinions asked for."""
    found: Clocks = {}

    def add(matter: int, kind: str, base: date | None, unit: int | None) -> None:
        if base is not None and unit is not None and span.first <= base <= span.last:
            found.setdefault(matter, {})[Clock(kind=kind, base_on=base, unit=unit)] = None

    standing, days = Q(nature=Nature.STANDING), span.days
    rows = Matter.objects.filter(jurisdiction_id=office, state__in=URGED).filter(
        (Q(due_on__range=days) & ~standing)
        | Q(next_report_on__range=days)
        | (standing & Q(next_check_on__range=days))
    )
    columns = ("pk", "nature", "lead_unit_id", "due_on", "next_report_on", "next_check_on")
    for pk, nature, lead, due_on, report_on, check_on in rows.values_list(*columns):
        add(pk, "report", report_on, lead)
        if nature == Nature.STANDING:
            add(pk, "check", check_on, lead)
        else:
            add(pk, "due", due_on, lead)
    for model, kind, unit, which in _asked_of_units():
        asked = model._default_manager.filter(
            matter__jurisdiction_id=office, matter__state__in=URGED, due_on__range=days, **which
        )
        for pk, due_on, unit_id in asked.values_list("matter_id", "due_on", unit):
            add(pk, kind, due_on, unit_id)
    return found


def _asked_of_units() -> tuple[tuple[Any, str, str, dict[str, Any]], ...]:
    """What has a clock of its own: (model, clock, column of the unit, which rows still run).

    A supporting unit owes its part's answer; that the matter is late is the lead's to answer for.
    """
    part = {
        "role": AssignmentRole.SUPPORTING,
        "finished_on": None,
        "last_reported_on": None,
        "response": "",
        "state__in": (AssignmentState.SENT, AssignmentState.SIGNED),
    }
    return (
        (Assignment, "report", "unit_id", part),
        (ReportRequest, "report", "assignment__unit_id", {"state": AskState.OPEN}),
        (Consultation, "consult", "to_unit_id", {"state": AskState.OPEN}),
    )


def _of_lists(office: int, span: Reach, ladder: Urging, holders: Holders) -> list[Case]:
    """Lists no unit has signed for, with at least one matter on them that still runs."""
    rows = UnitList.objects.filter(
        state=UnitList.State.SENT, notice__jurisdiction_id=office, sent_at__range=span.moments
    )
    lists = list(rows.select_related("notice").order_by("pk"))
    running: dict[int, list[tuple[str, str]]] = {}
    on_lists = Assignment.objects.filter(
        unit_list__in=rows, state=AssignmentState.SENT, matter__state__in=URGED
    )
    for pk, source, urgency in on_lists.values_list(
        "unit_list_id", "matter__source_kind", "matter__urgency"
    ):
        running.setdefault(pk, []).append((source, urgency))
    told = sent_about(Reminder.objects.filter(unit_list__in=rows), "unit_list_id")
    return [
        _list_case(row, running[row.pk], told, ladder, holders)
        for row in lists
        if row.pk in running
    ]


def _list_case(
    row: UnitList,
    on_it: Sequence[tuple[str, str]],
    told: Mapping[int, About],
    ladder: Urging,
    holders: Holders,
) -> Case:
    """A list is urgent when one of its matters is; it has a source when all have the same."""
    sources = {source for source, _urgency in on_it}
    clocks = (Clock(kind="sign", base_on=time_of.day_of(row.sent_at), unit=row.unit_id),)
    marks, urged = told.get(row.pk, NOTHING)
    return Case(
        kind="unitlist",
        pk=row.pk,
        title=row.notice.title,
        number=row.notice.paper_number,
        state=URGED[0],
        urgency=max((urgency for _source, urgency in on_it), key=lambda u: u != "normal"),
        source=sources.pop() if len(sources) == 1 else "",
        healthy=False,
        clocks=clocks,
        people=_people(clocks, ladder, holders, ()),
        sent=marks,
        urged=urged,
    )


def _people(
    clocks: Iterable[Clock], ladder: Urging, holders: Holders, leaders: tuple[int | None, ...]
) -> dict[tuple[str, int], tuple[Addressee, ...]]:
    """Who stands on each rung that the clocks may need."""
    found = {}
    for clock in clocks:
        for rung in {step.to for step in ladder.steps if step.clock == clock.kind}:
            found[rung, clock.unit] = on_rung(rung, clock.unit, holders, leaders)
    return found


def on_rung(
    rung: str, unit: int, holders: Holders, leaders: tuple[int | None, ...]
) -> tuple[Addressee, ...]:
    """The people of one rung of the ladder, as they are on the day of the holders."""
    match rung:
        case "liaison":
            return holders.liaison(unit)
        case "head":
            return holders.head(unit)
        case "leader":
            return holders.leader(unit, *leaders)
        case "principal":
            return holders.principal()
    return holders.office()


def _chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
