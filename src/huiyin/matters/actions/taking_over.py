"""接管: a running register becomes ours as it is stated; the events say that it was stated, and now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal
from huiyin.matters import permits
from huiyin.matters.actions.dispatching import baseline_of, start_clocks
from huiyin.matters.defaults import complete, retime
from huiyin.matters.models import (
    Assignment,
    CloseOut,
    Matter,
    Report,
    SupervisionNotice,
    Variation,
)
from huiyin.matters.rules import (
    AssignmentRole,
    AssignmentState,
    CameBy,
    MatterState,
    NoticeState,
    Origin,
    Ruling,
    VariationKind,
)
from huiyin.matters.taking_over import StatedRow, against
from huiyin.people.models import Jurisdiction, Unit
from huiyin.rulebook import queries as rulebook
from huiyin.web.kept import kept

CHUNK = 50
"""Rows of one act, so that its transaction stays under half a second."""
ORIGINS = {"instruction": Origin.INSTRUCTION, "superior": Origin.SUPERIOR, "appeal": Origin.APPEAL}


@action(
    "matter_register.take_over",
    label=gettext_lazy("接管既有台账"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
)
def take_over(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    rows: Sequence[StatedRow],
    title: str,
    basis: str,
    frame: int | None = None,
) -> Facts:
    """The rows stand in the register as they were stated, within one frame (further rows: `frame`)."""
    if not basis.strip() or not title.strip():
        raise Refusal(
            _("请写明台账的名称，以及依据谁的决定接管。"),
            code="basis_missing",
            fields={
                name: [_("必填")]
                for name, text in (("title", title), ("basis", basis))
                if not text.strip()
            },
        )
    if not 0 < len(rows) <= CHUNK:
        raise Refusal(_("一次接管一件到 %(n)d 件。") % {"n": CHUNK}, code="bad_number_of_rows")
    _check_rows(rows, call.today)
    notice, first = _frame(jurisdiction, call, title, basis, frame)
    _check_units(jurisdiction, rows)
    made = [
        call.perform(_take_over_one, jurisdiction, row=row, notice=notice, place=place).facts[
            "matter"
        ]
        for place, row in enumerate(rows, start=first)
    ]
    return {"notice": notice.pk, "count": len(made), "matters": made}


def _frame(
    jurisdiction: Jurisdiction, call: Call, title: str, basis: str, frame: int | None
) -> tuple[SupervisionNotice, int]:
    """The frame the rows stand in, with the place of the next one."""
    if frame is not None:
        notice = (
            SupervisionNotice.objects.select_for_update()
            .filter(jurisdiction=jurisdiction, taken_over=True, pk=frame)
            .first()
        )
        if notice is None:
            raise Refusal(_("没有找到这次接管，请重新开始。"), code="no_such_frame")
        return notice, notice.matters.count() + 1
    notice = call.create(
        SupervisionNotice(
            jurisdiction=jurisdiction,
            state=NoticeState.ISSUED,
            title=title.strip(),
            basis=basis.strip(),
            proposed_at=call.at,
            proposed_by_name=call.actor.name,
            approved_at=call.at,
            approved_by_name=call.actor.name,
            issued_on=call.today,
            taken_over=True,
        )
    )
    return notice, 1


def _check_rows(rows: Sequence[StatedRow], today: date) -> None:
    wrong = {
        f"rows.{place}": said
        for place, row in enumerate(rows, start=1)
        if (said := against(row, today))
    }
    if wrong:
        raise Refusal(
            _("有 %(n)d 行不能照录，一件也没有接管。") % {"n": len(wrong)},
            code="bad_rows",
            next_step=_("请改好这几行，再一起接管。"),
            fields=wrong,
        )


def _check_units(jurisdiction: Jurisdiction, rows: Sequence[StatedRow]) -> None:
    wanted = {row.unit for row in rows} | {unit for row in rows for unit in row.supporting}
    there = Unit.objects.filter(jurisdiction=jurisdiction, pk__in=wanted, ended_on=None)
    if wanted - set(there.values_list("pk", flat=True)):
        raise Refusal(_("有的单位不在名录里，或者已经撤并。"), code="no_such_unit")


@action(
    "matter.take_over",
    label=gettext_lazy("接管"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
    public=False,
)
def _take_over_one(
    jurisdiction: Jurisdiction, call: Call, *, row: StatedRow, notice: SupervisionNotice, place: int
) -> Facts:
    """One matter stands where the running register says it stands; its units may still object."""
    matter = _matter(jurisdiction, call, row, notice, place)
    call.create(matter, concerns=True)
    baseline = baseline_of(matter, call.today)
    baseline.due_on = row.original or matter.due_on
    call.create(baseline)
    lead = _assignments(matter, row, call)
    if _says_progress(row):
        call.create(_report(matter, lead, row, call))
    if row.original is not None and row.original != matter.due_on:
        call.create(_extension(matter, row, call))
    if matter.state == MatterState.CLOSED:
        call.create(_close_out(matter, row, call))
    return {
        "matter": matter.pk,
        "stated": row.state,
        "line": row.line,
        "next_report_on": matter.next_report_on,
    }


@kept
def _matter(
    jurisdiction: Jurisdiction, call: Call, row: StatedRow, notice: SupervisionNotice, place: int
) -> Matter:
    """The row as a matter; what it leaves open is filled by rule, and says so."""
    dispatched = row.dispatched or call.today
    matter = Matter(
        jurisdiction=jurisdiction,
        title=row.title,
        nature=row.nature,
        state=row.state,
        origin=ORIGINS.get(row.source_kind, Origin.REQUIREMENT),
        source_kind=row.source_kind,
        source_label=row.label or notice.title,
        quote=row.quote,
        lead_unit_id=row.unit,
        acceptance=row.standard,
        due_on=row.due,
        notice=notice,
        row=place,
        taken_over=True,
        stated_number=row.number,
        registered_on=dispatched,
        dispatched_on=dispatched,
        reported_percent=100 if row.state == MatterState.CLOSED else row.percent,
        last_reported_on=_stated_on(row, call.today),
        closed_on=row.closed if row.state == MatterState.CLOSED else None,
        filled={"lead": {"from": "words", "why": _("既有台账载明")}},
        moved_at=call.at,
    )
    book = rulebook.book(jurisdiction.pk)
    complete(matter, book, today=call.today)
    if matter.state == MatterState.CLOSED:
        retime(matter, book, today=call.today)
    else:
        start_clocks(matter, call, book, since=dispatched)
    return matter


def _stated_on(row: StatedRow, today: date) -> date | None:
    """The day of the progress that the register states: its own, else its end or today; None without any."""
    return row.progress_on or (row.closed or today if _says_progress(row) else None)


def _says_progress(row: StatedRow) -> bool:
    return bool(row.progress) or row.percent is not None


def _assignments(matter: Matter, row: StatedRow, call: Call) -> Assignment:
    """The units have their parts, signed for as stated; the objection window runs from today."""
    until, _flagged = rulebook.book(matter.jurisdiction_id).objection_ends(signed_on=call.today)
    lead: Assignment | None = None
    for unit in (row.unit, *row.supporting):
        role = AssignmentRole.LEAD if unit == row.unit else AssignmentRole.SUPPORTING
        made = call.create(
            Assignment(
                matter=matter,
                unit_id=unit,
                role=role,
                state=AssignmentState.SIGNED,
                came_by=CameBy.TAKE_OVER,
                sent_at=call.at,
                signed_at=call.at,
                objection_until=until,
                last_reported_on=matter.last_reported_on if unit == row.unit else None,
            )
        )
        lead = lead or made
    if lead is None:
        raise RuntimeError("a row without a lead unit passed the check of its units")
    return lead


@kept
def _report(matter: Matter, lead: Assignment, row: StatedRow, call: Call) -> Report:
    return Report(
        assignment=lead,
        matter=matter,
        text=row.progress or _("既有台账载明进度"),
        percent=row.percent,
        reported_at=call.at,
        reported_by_name=_("既有台账"),
        as_stated=True,
        stated_on=matter.last_reported_on or call.today,
    )


@kept
def _extension(matter: Matter, row: StatedRow, call: Call) -> Variation:
    return Variation(
        matter=matter,
        unit_id=row.unit,
        kind=VariationKind.EXTEND,
        reason=_("既有台账载明"),
        due_was=row.original,
        due_asked=matter.due_on,
        due_granted=matter.due_on,
        asked_at=call.at,
        asked_by_name=_("既有台账"),
        ruling=Ruling.GRANTED,
        decided_at=call.at,
        decided_by_name=_("既有台账"),
        decision=_("既有台账载明，原定时限与现行时限照录"),
    )


@kept
def _close_out(matter: Matter, row: StatedRow, call: Call) -> CloseOut:
    stated = _("既有台账载明已于 %(day)s 办结") % {"day": row.closed}
    return CloseOut(
        matter=matter,
        summary=row.summary or row.progress or stated,
        addressee=row.addressee or _("照既有台账"),
        answer=row.answer or stated,
        answered_at=call.at,
        delivered_at=call.at,
        closed_by_name=_("既有台账"),
        as_stated=True,
    )
