"""What is known already and what was asked already: shown to whoever wants to ask once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.door import Call
from huiyin.matters.models import Assignment, Report, ReportRequest, Slip
from huiyin.matters.rules import AskState
from huiyin.rulebook import queries as rulebook
from huiyin.web.format import day as day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How often a unit was asked for reports this month, and for how many fields."""

    times: int
    fields: int

    @property
    def words(self) -> str:
        """本月已向该单位要过 3 次情况、5 个字段."""
        return _("本月已向该单位要过 %(n)d 次情况、%(m)d 个字段") % {
            "n": self.times,
            "m": self.fields,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is there already: a report not older than the rule says, and requests that wait."""

    report: Report | None
    waiting: list[ReportRequest]

    @property
    def words(self) -> list[str]:
        """The same as sentences."""
        today, lines = clock.today(), []
        if self.report is not None:
            on = day_words(clock.day_of(self.report.reported_at), today=today)
            lines.append(_("%(day)s刚报过：%(text)s") % {"day": on, "text": self.report.text[:200]})
        for row in self.waiting:
            due = {"who": row.asked_by_name, "day": day_words(row.due_on, today=today)}
            lines.append(_("%(who)s已经要过，%(day)s前报") % due)
        return lines


def load(unit_id: int, today: date) -> Load:
    """What the unit was asked for since the first of this month; one query."""
    first = today.replace(day=1)
    rows = ReportRequest.objects.filter(assignment__unit_id=unit_id, asked_at__gte=_midnight(first))
    found = rows.aggregate(n=Count("pk"), m=Sum("field_count"))
    return Load(times=found["n"], fields=found["m"] or 0)


def known_already(assignment: Assignment, today: date) -> Known:
    """What was reported lately on this part, and who waits for it already."""
    rule = rulebook.book(assignment.matter.jurisdiction_id, "rhythm").rhythms(on=today)
    since = _midnight(today - timedelta(days=rule.body.enough_days))
    recent = assignment.reports.filter(reported_at__gte=since).first()
    waiting = assignment.report_requests.filter(state=AskState.OPEN)
    return Known(report=recent if rule.body.enough_days else None, waiting=list(waiting))


def asked_fields(assignment: Assignment) -> list[str]:
    """The fields that open requests ask for, each once."""
    rows = assignment.report_requests.filter(state=AskState.OPEN)
    return list(dict.fromkeys(name for row in rows for name in row.fields))


def last_answers(assignment: Assignment) -> dict[str, str]:
    """The value each field had in the last report that had it."""
    found: dict[str, str] = {}
    for answers in assignment.reports.exclude(answers={}).values_list("answers", flat=True)[:20]:
        found = {**answers, **found}
    return found


def told_of(answers: Mapping[str, str] | None) -> dict[str, str]:
    """The fields that were filled in, by name."""
    return {name[:60]: value.strip()[:400] for name, value in (answers or {}).items() if value}


def answer_requests(report: Report, call: Call) -> None:
    """Every open request of its part is answered by the report."""
    for row in report.assignment.report_requests.filter(state=AskState.OPEN):
        row.state, row.report, row.answered_at = AskState.ANSWERED, report, call.at
        call.save(row)


def slips_answered(report: Report) -> dict[str, list[str]]:
    """The slips that the report answered, as the facts of its event have them; nothing when none."""
    found = [str(slip) for slip in Slip.objects.filter(request__report=report).order_by("pk")]
    return {"slips": found} if found else {}


def says_nothing_new(
    assignment: Assignment, text: str, percent: int | None, amount: Decimal | None = None
) -> bool:
    """Whether a report repeats the one before it: the same words, no other percentage or amount."""
    before = assignment.reports.first()
    if before is None:
        return False
    same_words = "".join(before.text.split()) == "".join(text.split())
    return same_words and percent in (None, before.percent) and amount in (None, before.amount)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.zone())
