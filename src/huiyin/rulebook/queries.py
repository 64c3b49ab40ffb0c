"""Reads of the rulebook: the version in force on a day, and the proposals rules make.

A parsed body is kept in this process by its digest, so that it can never be out of date. Which
version is in force is asked of the database each time; a page that needs many answers asks once,
through `book`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from huiyin.errors import Words
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.models import Rule, RuleVersion
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
    SHEETS,
    STRIKE_OFF,
    TIME_LIMITS,
    VARIATION,
    Calendar,
    Change,
    Consulting,
    Draws,
    DueRow,
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
    differences,
    due_on,
    first_interval,
    words,
)

T = TypeVar("T")
KEPT_BODIES = 400
_bodies: dict[tuple[str, str], Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce(Generic[T]):
    """One rule as it stands on a day: its number, typed body, legal source and label."""

    code: str
    number: int
    body: T
    source: str
    label: Words

    @property
    def cited(self) -> str:
        """`规则“时限默认”第1版`, as pages cite it; `规则“时限默认”（系统默认）` when never adopted."""
        if not self.number:
            return _("规则“%(label)s”（系统默认）") % {"label": self.label}
        return _("规则“%(label)s”第%(number)d版") % {"label": self.label, "number": self.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value a rule proposes, with the sentence that explains it and the rule behind it."""

    value: str
    label: Words
    why: str
    rule: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueProposal:
    """A proposed due date; `flagged` when it was counted in a year without a holiday table.

    `unit` is what it was counted in; `limit` is the legal limit it goes by, when it does.
    """

    on: date
    why: str
    rule: str
    number: int
    flagged: bool
    unit: str
    limit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalProposal:
    """A proposed rhythm: report and check intervals and the day of the first report."""

    freq: str
    check: str
    first_on: date
    label: Words
    why: str
    rule: str
    number: int


class Book:
    """The rules of one jurisdiction, read in one query; `codes` limits it to some of them."""

    def __init__(self, jurisdiction_id: int, codes: Iterable[str] = ()) -> None:
        self.jurisdiction_id = jurisdiction_id
        self._codes = frozenset(codes)
        self._versions = _versions(jurisdiction_id, self._codes)

    def stands(self, sheet: Sheet[T], on: date) -> InForce[T]:
        """The version of a rule in force on a day; before the first one, the first.

        A rule the office never adopted (it came with a later release) stands as it is shipped, as
        version 0.
        """
        if self._codes and sheet.code not in self._codes:
            self._codes |= {sheet.code}  # asked for after all: one query more, never a wrong answer
            self._versions |= _versions(self.jurisdiction_id, {sheet.code})
        versions = self._versions.get(sheet.code)
        if not versions:
            return _as_shipped(sheet)
        found = next((v for v in versions if v.effective_on <= on), versions[-1])
        return InForce(
            code=sheet.code,
            number=found.number,
            body=_typed(sheet, found),
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
            return _due_proposal(limits, limit, limit.label, end, clock=row.clock)
        return _due_proposal(rule, row, _due_words(row), end)

    def limit(self, *, clock: str, start: date) -> DueProposal:
        """The last day of a time limit set by law (`words.CLOCKS`), with its article.

        An end on a day off moves on as the default due dates do (民法典第二百零三条), so that a limit chosen by
        hand and one proposed by rule are the same day.
        """
        rule = self.stands(TIME_LIMITS, start)
        row, roll = rule.body.limit(clock), self.stands(DUE_DEFAULTS, start).body.roll
        end = counted(start, row.days, row.unit, self.calendar(start), roll=roll)
        return _due_proposal(rule, row, row.label, end, clock=clock)

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
        return _proposal(
            rule, method, words.METHODS[method], words.CHECKED_KINDS.get(kind, _("任务"))
        )

    def acceptance_default(self, *, quoted: str, on: date) -> Proposal:
        """The acceptance standard proposed for a demand said in the words `quoted`."""
        rule = self.stands(ACCEPTANCE, on)
        standard = rule.body.standard(quoted)
        return _proposal(rule, standard, standard, _("照原话"))

    def approver(self, *, source_kind: str, on: date) -> Proposal:
        """Who approves a batch of that kind: `leader_in_charge` or `principal_leader`."""
        rule = self.stands(APPROVAL, on)
        who = rule.body.approver(source_kind)
        return _proposal(rule, who, words.APPROVERS[who], source_label(source_kind))

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


def book(jurisdiction_id: int, *codes: str) -> Book:
    """All rules of a jurisdiction (or those named) in one query, for a page with many cells."""
    return Book(jurisdiction_id, codes)


def in_force(jurisdiction_id: int, code: str, on: date) -> InForce[Any]:
    """The rule of a code as it stands on a day; as shipped when it was never adopted."""
    return Book(jurisdiction_id, [code]).stands(SHEETS[code], on)


def calendar(jurisdiction_id: int, *, on: date) -> Calendar:
    """The working days known on a day."""
    return Book(jurisdiction_id, [HOLIDAYS.code]).calendar(on)


def due_default(
    jurisdiction_id: int, *, source_kind: str, urgency: str = "normal", start: date
) -> DueProposal:
    """See `Book.due_default`."""
    asked = Book(jurisdiction_id, [DUE_DEFAULTS.code, TIME_LIMITS.code, HOLIDAYS.code])
    return asked.due_default(source_kind=source_kind, urgency=urgency, start=start)


def interval_default(jurisdiction_id: int, *, start: date) -> IntervalProposal:
    """See `Book.interval_default`."""
    return Book(jurisdiction_id, [INTERVALS.code]).interval_default(start=start)


def check_default(jurisdiction_id: int, *, kind: str, on: date) -> Proposal:
    """See `Book.check_default`."""
    return Book(jurisdiction_id, [CHECKS.code]).check_default(kind=kind, on=on)


def acceptance_default(jurisdiction_id: int, *, quoted: str, on: date) -> Proposal:
    """See `Book.acceptance_default`."""
    return Book(jurisdiction_id, [ACCEPTANCE.code]).acceptance_default(quoted=quoted, on=on)


def approver(jurisdiction_id: int, *, source_kind: str, on: date) -> Proposal:
    """See `Book.approver`."""
    return Book(jurisdiction_id, [APPROVAL.code]).approver(source_kind=source_kind, on=on)


def source_label(kind: str) -> Words:
    """`minutes` → 会议纪要; the code itself when unknown."""
    return words.SOURCES.get(kind, kind)


def rules_of(jurisdiction_id: int) -> list[Rule]:
    """Every rule of a jurisdiction, in the order of the settings."""
    order = {code: place for place, code in enumerate(SHEETS)}
    rows = Rule.objects.filter(jurisdiction_id=jurisdiction_id, code__in=order)
    return sorted(rows, key=lambda rule: order[rule.code])


def _versions(jurisdiction_id: int, codes: Collection[str]) -> dict[str, list[RuleVersion]]:
    """The versions of each rule (of those named, when some are), the newest first; one query."""
    rows = RuleVersion.objects.filter(rule__jurisdiction_id=jurisdiction_id).select_related("rule")
    if codes:
        rows = rows.filter(rule__code__in=codes)
    found: dict[str, list[RuleVersion]] = {}
    for row in rows.defer("body", "reason").order_by("-number"):
        found.setdefault(row.rule.code, []).append(row)
    return found


def _as_shipped(sheet: Sheet[T]) -> InForce[T]:
    default = shipped(sheet.code)
    return InForce(
        code=sheet.code,
        number=0,
        body=_parsed(sheet, "shipped", lambda: default.body),
        source=default.source,
        label=sheet.label,
    )


def _typed(sheet: Sheet[T], version: RuleVersion) -> T:
    return _parsed(sheet, version.digest, lambda: brought_up(sheet, version.body))


def _parsed(sheet: Sheet[T], digest: str, body: Callable[[], Mapping[str, Any]]) -> T:
    key = (sheet.code, digest)
    if key not in _bodies:
        if len(_bodies) >= KEPT_BODIES:
            _bodies.clear()
        _bodies[key] = sheet.parse(body())
    typed: T = _bodies[key]
    return typed


def kept_lights(digest: str) -> LightScheme | None:
    """The light scheme of a digest; one query when this process has not read it yet."""
    kept = _bodies.get((LIGHT_SCHEME.code, digest))
    if kept is None:
        row = RuleVersion.objects.filter(digest=digest, rule__code=LIGHT_SCHEME.code).first()
        kept = _typed(LIGHT_SCHEME, row) if row is not None else None
    scheme: LightScheme | None = kept
    return scheme


def brought_up(sheet: Sheet[Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """A stored body in today's form: what the sheet asks for since then is as shipped.

    Values and cells it has not are the default's; kinds (first cell of the key) it has no row for
    have the default's rows. A row the office took out of a kind that it has stays out.
    """
    default = shipped(sheet.code).body
    found = {c.name: body.get(c.name, default.get(c.name)) for c in sheet.values}
    if sheet.rows:
        found["rows"] = _rows_brought_up(sheet, body.get("rows", []), default.get("rows", []))
    return found


def _rows_brought_up(
    sheet: Sheet[Any], rows: Sequence[Mapping[str, Any]], defaults: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in sheet.key)

    known = {key(row): row for row in defaults}
    names = [column.name for column in sheet.rows]
    found = [
        {name: row.get(name, known.get(key(row), {}).get(name, "")) for name in names}
        for row in rows
    ]
    there = {key(row)[:1] for row in rows}
    lacking = [dict(row) for row in defaults if key(row)[:1] not in there]
    return found + (lacking if sheet.grows else [])


def _due_words(row: DueRow) -> str:
    """`会议纪要事项20天`, `领导批示急件3个工作日`, `政府工作报告事项到年底`."""
    what = _("事项") if row.urgency == "normal" else words.URGENCIES[row.urgency]
    if row.unit == "year_end":
        return _("%(source)s%(what)s到年底") % {"source": source_label(row.source), "what": what}
    amounts = {"source": source_label(row.source), "what": what, "n": row.days}
    if row.unit == "months":
        return _("%(source)s%(what)s%(n)d个月") % amounts
    if row.unit == "working":
        return _("%(source)s%(what)s%(n)d个工作日") % amounts
    return _("%(source)s%(what)s%(n)d天") % amounts


def _due_proposal(
    rule: InForce[Any],
    row: DueRow | TimeLimit,
    what: str,
    end: tuple[date, bool],
    *,
    clock: str = "",
) -> DueProposal:
    on, flagged = end
    why = _("%(what)s，%(rule)s") % {"what": what, "rule": rule.cited}
    if row.basis:
        why = _("%(why)s（%(basis)s）") % {"why": why, "basis": row.basis}
    if flagged:
        why = _("%(why)s；%(year)d年节假日未定") % {"why": why, "year": on.year}
    return DueProposal(
        on=on,
        why=why,
        rule=rule.code,
        number=rule.number,
        flagged=flagged,
        unit=row.unit,
        limit=clock,
    )


def _proposal(rule: InForce[Any], value: str, label: Words, about: Words) -> Proposal:
    why = _("%(about)s，%(rule)s") % {"about": about, "rule": rule.cited}
    return Proposal(value=value, label=label, why=why, rule=rule.code, number=rule.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """One version of a rule as its history shows it: what it changed against the one before."""

    version: RuleVersion
    changes: list[Change]


def history(rule: Rule) -> list[VersionLine]:
    """Every version of a rule, the newest first, each with what it changed."""
    versions = list(rule.versions.order_by("-number"))
    sheet = SHEETS[rule.code]
    befores: list[RuleVersion | None] = [*versions[1:], None]
    return [
        VersionLine(
            version=version,
            changes=differences(
                sheet, brought_up(sheet, before.body), brought_up(sheet, version.body)
            )
            if before
            else [],
        )
        for version, before in zip(versions, befores, strict=True)
    ]
