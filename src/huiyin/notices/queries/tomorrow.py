"""Tomorrow's preview: exactly what the clock will send, to whom, by which step, and what it holds back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.ledger.models import WantedWork
from huiyin.ledger.work import State
from huiyin.notices.models import Reminder
from huiyin.notices.queries.planning import Planned, next_run, plan_for
from huiyin.notices.rules import Case, Held, Sending
from huiyin.notices.said import last_told, why
from huiyin.rulebook.rules.urging import RUNGS, SLIPS

KIND = "urge"
"""The kind of the clock's daily work, as the worker has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step that will be sent, in words."""

    case: Case
    why: str
    rung: str
    unit: str
    slip: str
    slip_word: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """One person who will not be urged, and why not."""

    case: Case
    name: str
    last: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCheck:
    """Whether the clock is alive: when it ran last, how much it sent, what is wrong with it."""

    at: datetime | None
    sent: int
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the next run sends: on which day and by which version of the ladder."""

    on: date
    rests_tomorrow: bool
    planned: Planned
    rows: tuple[Row, ...]
    held: tuple[HeldRow, ...]

    @property
    def people(self) -> int:
        return len({p.user for sending in self.planned.plan.sendings for p in sending.to})


def preview(viewer: Actor, *, after: date) -> Preview:
    """The plan of the next day on which the clock urges, as things stand now."""
    on = next_run(viewer.jurisdiction_id, after=after)
    planned = plan_for(viewer.jurisdiction_id, on=on)
    return Preview(
        on=on,
        rests_tomorrow=(on - after).days > 1,
        planned=planned,
        rows=tuple(_row(sending) for sending in planned.plan.sendings),
        held=tuple(_held(row) for row in planned.plan.held),
    )


def _row(sending: Sending) -> Row:
    slip = sending.step.slip
    return Row(
        case=sending.case,
        why=why(sending),
        rung=str(RUNGS[sending.step.to]),
        unit=sending.to[0].unit,
        slip=slip,
        slip_word=str(SLIPS[slip]),
        people=_("、").join(
            _("%(who)s（代%(behalf)s）") % {"who": p.name, "behalf": p.behalf}
            if p.behalf
            else p.name
            for p in sending.to
        ),
    )


def _held(row: Held) -> HeldRow:
    return HeldRow(
        case=row.case,
        name=row.who.name,
        last=last_told(row.who.name, row.last.on, row.last.how),
        until=row.until,
    )


def clock_check(viewer: Actor) -> ClockCheck:
    """When the clock ran last in the viewer's office; a run that failed or is missing is said."""
    row = WantedWork.objects.filter(kind=KIND, subject_id=viewer.jurisdiction_id).first()
    if row is None:
        return ClockCheck(at=None, sent=0, trouble=_("还没有运行过。"))
    on = clock.day_of(row.wanted_at)
    sent = Reminder.objects.filter(jurisdiction_id=viewer.jurisdiction_id, sent_on=on)
    trouble = ""
    if row.state == State.FAILED:
        trouble = _("没有做成：%(reason)s") % {"reason": row.reason}
    elif row.state != State.DONE:
        trouble = _("正在等后台工作来做。")
    elif (clock.today() - on).days > 1:
        trouble = _("此后没有再运行，请检查后台工作是否在运行。")
    return ClockCheck(
        at=row.wanted_at.astimezone(clock.zone()),
        sent=sent.exclude(clock="").count(),
        trouble=trouble,
    )
