"""The rules of one jurisdiction, read in one query, and what they propose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from huiyin.rulebook.queries.bodies import InForce, as_shipped, typed, versions_of
from huiyin.rulebook.queries.proposals import (
    DueProposal,
    IntervalProposal,
    Proposal,
    due_proposal,
    due_words,
    proposal,
    source_label,
)
from huiyin.rulebook.rules import (
    ACCEPTANCE,
    APPROVAL,
    CHECKS,
    CLOSING,
    CONSULTING,
    DRAWS,
    DUE_DEFAULTS,
    EFFECTS,
    HOLIDAYS,
    INTERVALS,
    JOINT_HANDLING,
    LIGHT_SCHEME,
    NUMBERING,
    OBJECTION_WINDOW,
    RHYTHM,
    STRIKE_OFF,
    TIME_LIMITS,
    VARIATION,
    Calendar,
    Consulting,
    Draws,
    JointHandling,
    LightScheme,
    Numbering,
    ObjectionWindow,
    Rhythms,
    Sheet,
    StrikeOffRule,
    TimeLimit,
    Varying,
    counted,
    due_on,
    first_interval,
    words,
)

T = TypeVar("T")


class Book:
    """The rules of one jurisdiction, read in one query; `codes` limits it to some of them."""

    def __init__(self, jurisdiction_id: int, codes: Iterable[str] = ()) -> None:
        self.jurisdiction_id = jurisdiction_id
        self._codes = frozenset(codes)
        self._versions = versions_of(jurisdiction_id, self._codes)

    def stands(self, sheet: Sheet[T], on: date) -> InForce[T]:
        """The version of a rule in force on a day; before the first one, the first.

        A rule the office never adopted (it came with a later release) stands as it is shipped, as
        version 0.
        """
        if self._codes and sheet.code not in self._codes:
            self._codes |= {sheet.code}  # asked for after all: one query more, never a wrong answer
            self._versions |= versions_of(self.jurisdiction_id, {sheet.code})
        versions = self._versions.get(sheet.code)
        if not versions:
            return as_shipped(sheet)
        found = next((v for v in versions if v.effective_on <= on), versions[-1])
        return InForce(
            code=sheet.code,
            number=found.number,
            body=typed(sheet, found),
            source=found.source,
            label=sheet.label,
        )

    def calendar(self, on: date) -> Calendar:
        return self.stands(HOLIDAYS, on).body

    def due_default(self, *, source_kind: str, urgency: str = "normal", start: date) -> DueProposal:
        """The due date proposed for a demand of a kind of source, counted from `start`.

        A kind that goes by a legal limit has that limit, with its article.
        """
        rule = self.stands(DUE_DEFAULTS, start)
        row = rule.body.row_for(source_kind, urgency)
        limits = self.stands(TIME_LIMITS, start)
        end = due_on(row, rule.body, start, self.calendar(start), limits.body)
        if row.clock:
            limit = limits.body.limit(row.clock)
            return due_proposal(limits, limit, limit.label, end, clock=row.clock)
        return due_proposal(rule, row, due_words(row), end)

    def limit(self, *, clock: str, start: date) -> DueProposal:
        """The last day of a time limit set by law (`words.CLOCKS`), with its article.

        An end on a day off moves on as the default due dates do (民法典第二百零三条), so that a limit chosen by
        hand and one proposed by rule are the same day.
        """
        rule = self.stands(TIME_LIMITS, start)
        row, roll = rule.body.limit(clock), self.stands(DUE_DEFAULTS, start).body.roll
        end = counted(start, row.days, row.unit, self.calendar(start), roll=roll)
        return due_proposal(rule, row, row.label, end, clock=clock)

    def limit_row(self, *, clock: str, on: date) -> TimeLimit:
        """The legal limit of a clock as it stands on a day."""
        return self.stands(TIME_LIMITS, on).body.limit(clock)

    def extended(self, *, clock: str, due_on: date, on: date) -> tuple[TimeLimit, date]:
        """A legal limit with the last day to which it lets a due day be extended; the same day for not at all."""
        row = self.limit_row(clock=clock, on=on)
        unit = "working" if row.unit == "working" else "calendar"
        if not row.extension:
            return row, due_on
        return row, counted(due_on, row.extension, unit, self.calendar(on), roll=False)[0]

    def limits(self, *, source_kind: str, on: date) -> list[tuple[str, list[TimeLimit]]]:
        """The legal limits one may choose from, by what they belong to; the sensible ones first."""
        return self.stands(TIME_LIMITS, on).body.fields(source_kind)

    def interval_default(self, *, start: date) -> IntervalProposal:
        """The rhythm proposed for a standing matter dispatched on `start`."""
        rule = self.stands(INTERVALS, start)
        label = words.FREQUENCIES[rule.body.report]
        return IntervalProposal(
            freq=rule.body.report,
            check=rule.body.check,
            first_on=first_interval(start, rule.body.report, at_least=rule.body.at_least),
            label=label,
            why=_("长期事项%(label)s一报，%(rule)s") % {"label": label, "rule": rule.cited},
            rule=rule.code,
            number=rule.number,
        )

    def check_default(self, *, kind: str, on: date) -> Proposal:
        """The planned check proposed for a kind (`words.CHECKED_KINDS`): a code of `words.METHODS`."""
        rule = self.stands(CHECKS, on)
        method = rule.body.method(kind)
        return proposal(
            rule, method, words.METHODS[method], words.CHECKED_KINDS.get(kind, _("任务"))
        )

    def acceptance_default(self, *, quoted: str, on: date) -> Proposal:
        """The acceptance standard proposed for a demand said in the words `quoted`."""
        rule = self.stands(ACCEPTANCE, on)
        standard = rule.body.standard(quoted)
        return proposal(rule, standard, standard, _("照原话"))

    def approver(self, *, source_kind: str, on: date) -> Proposal:
        """Who approves a batch of that kind: `leader_in_charge` or `principal_leader`."""
        rule = self.stands(APPROVAL, on)
        who = rule.body.approver(source_kind)
        return proposal(rule, who, words.APPROVERS[who], source_label(source_kind))

    def objection_window(self, *, on: date) -> ObjectionWindow:
        return self.stands(OBJECTION_WINDOW, on).body

    def objection_ends(self, *, signed_on: date) -> tuple[date, bool]:
        """The last day on which a unit that signed on `signed_on` may hand back; flagged as above."""
        window = self.objection_window(on=signed_on)
        if window.unit == "working":
            return self.calendar(signed_on).add_working_days(signed_on, window.days)
        return signed_on + timedelta(days=window.days), False

    def rhythms(self, *, on: date) -> InForce[Rhythms]:
        return self.stands(RHYTHM, on)

    def closing_persons(self, *, on: date) -> int:
        return self.stands(CLOSING, on).body.persons

    def draws(self, *, on: date) -> Draws:
        return self.stands(DRAWS, on).body

    def effect_on(self, *, kind: str, closed_on: date) -> date | None:
        """When to look back at the effect of a matter of a kind closed on a day; None for never."""
        return self.stands(EFFECTS, closed_on).body.look_on(kind, closed_on)

    def variation(self, *, on: date) -> InForce[Varying]:
        return self.stands(VARIATION, on)

    def joint_handling(self, *, on: date) -> InForce[JointHandling]:
        return self.stands(JOINT_HANDLING, on)

    def consulting(self, *, on: date) -> InForce[Consulting]:
        return self.stands(CONSULTING, on)

    def strike_off(self, *, on: date) -> StrikeOffRule:
        return self.stands(STRIKE_OFF, on).body

    def lights(self, *, on: date) -> LightScheme:
        return self.stands(LIGHT_SCHEME, on).body

    def numbering(self, *, on: date) -> Numbering:
        return self.stands(NUMBERING, on).body
