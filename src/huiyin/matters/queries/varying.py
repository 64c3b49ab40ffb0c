"""What was varied and when the clock stood, for the page of a matter: loaded only where there is something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin import clock
from huiyin.matters import amounts
from huiyin.matters.deciders import Turn, turn_of
from huiyin.matters.models import Baseline, Matter, Suspension, Variation
from huiyin.matters.queries.answering import Answering
from huiyin.matters.rules import Interval, MatterState, Ruling, Shown, VariationKind
from huiyin.web.format import day as day_words

DUE = (VariationKind.EXTEND, VariationKind.REOPEN)
COLUMN = {
    VariationKind.EXTEND: "due",
    VariationKind.REOPEN: "due",
    VariationKind.AMOUNT: "quantity",
    VariationKind.STANDARD: "acceptance",
    VariationKind.SCOPE: "goal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One decision that changed a fixed value: from what to what, who, when, why."""

    was: str
    now: str
    who: str
    on: date
    why: str
    basis: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """One row of 原定与现行: what was fixed at dispatch, what holds now ("" = unchanged), each change between.

    `done` is how much of it has been reported and verified so far.
    """

    label: str
    was: str
    now: str
    changes: tuple[Change, ...] = ()
    done: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied:
    """Every request to vary a matter and every time its clock stood, in their order."""

    variations: Sequence[Variation] = field(default=())
    suspensions: Sequence[Suspension] = field(default=())

    @property
    def standing(self) -> Suspension | None:
        """The suspension that stands now."""
        return next((row for row in self.suspensions if row.resumed_on is None), None)

    @property
    def times_extended(self) -> int:
        return sum(1 for row in self.variations if _granted(row, {VariationKind.EXTEND}))

    @property
    def undecided(self) -> list[tuple[Variation, Turn]]:
        """Requests that wait, each with whose turn it is today and why."""
        rows = [row for row in self.variations if row.ruling == Ruling.PENDING]
        return [(row, turn_of(row, today=clock.today())) for row in rows]

    @property
    def without_effect(self) -> list[Variation]:
        """Refused or taken back: they changed nothing and are not forgotten."""
        return [r for r in self.variations if r.ruling in (Ruling.REFUSED, Ruling.WITHDRAWN)]


def varied(matter: Matter) -> Varied:
    """What was varied on a `flagged` matter; no query when nothing ever was."""
    variations: list[Variation] = []
    suspensions: list[Suspension] = []
    if getattr(matter, "had_variation", True):
        rows = matter.variations.select_related("unit", "decider_post__user")
        variations = list(rows)
        for row in variations:
            row.matter = matter
    if getattr(matter, "had_suspension", True):
        suspensions = list(matter.suspensions.select_related("with_whole__matter"))
    return Varied(variations=variations, suspensions=suspensions)


def fixed_rows(
    matter: Matter, baseline: Baseline | None, history: Varied, today: date
) -> list[Fixed]:
    """原定 beside 现行; what was demanded never changes in place (design, invariant 2)."""
    if baseline is None:
        return []
    changes: dict[str, list[Change]] = {}
    for column, change in _changes(history, baseline.quantity_unit, today):
        changes.setdefault(column, []).append(change)
    pairs = [
        ("goal", _("目标"), baseline.goal, matter.goal),
        ("acceptance", _("验收标准"), baseline.acceptance, matter.acceptance),
        ("quantity", _("数量"), _amount(baseline), _amount(matter)),
        (
            "due",
            _("时限"),
            day_words(baseline.due_on, today=today),
            day_words(matter.due_on, today=today),
        ),
        ("interval", _("周期"), _rhythm(baseline.interval), _rhythm(matter.interval)),
    ]
    return [
        Fixed(
            label=label,
            was=was,
            now="" if was == now and code not in changes else now,
            changes=tuple(sorted(changes.get(code, ()), key=lambda change: change.on)),
            done=amounts.progress(matter) if code == "quantity" else "",
        )
        for code, label, was, now in pairs
        if was or now
    ]


def _granted(row: Variation, kinds: set[VariationKind]) -> bool:
    return row.ruling == Ruling.GRANTED and row.kind in kinds


def _changes(history: Varied, unit: str, today: date) -> Iterator[tuple[str, Change]]:
    """Each change with the row of the table it belongs to."""
    for row in history.variations:
        if row.ruling == Ruling.GRANTED and row.kind in COLUMN:
            was, now = both(row, unit, today)
            change = Change(
                was=was,
                now=now,
                who=row.decided_by_name,
                on=clock.day_of(row.decided_at) if row.decided_at else today,
                why=row.decision,
                basis=row.basis,
                what=str(row.get_kind_display()),
            )
            yield COLUMN[VariationKind(row.kind)], change
    for stop in history.suspensions:
        if stop.resumed_on is not None and stop.days:
            change = Change(
                was="",
                now=_given_back(stop),
                who=stop.resumed_by_name,
                on=stop.resumed_on,
                why=stop.reason,
                basis=stop.basis,
                what=_("中止后恢复"),
            )
            yield "due", change


def _given_back(stop: Suspension) -> str:
    """`顺延 17 天`, `顺延 3 个工作日`: as the limit is counted."""
    words = {"n": stop.days}
    if stop.unit == "working":
        return ngettext("顺延 %(n)d 个工作日", "顺延 %(n)d 个工作日", stop.days) % words
    return ngettext("顺延 %(n)d 天", "顺延 %(n)d 天", stop.days) % words


def both(row: Variation, unit: str, today: date) -> tuple[str, str]:
    """What held and what was granted (or, undecided, is asked), in words."""
    granted = row.ruling == Ruling.GRANTED
    if row.kind == VariationKind.AMOUNT:
        now = row.quantity_granted if granted else row.quantity_asked
        return amount(row.quantity_was, unit), amount(now, unit)
    if row.kind in (VariationKind.STANDARD, VariationKind.SCOPE):
        return row.words_was, row.words_granted if granted else row.words_asked
    due = row.due_granted if granted else row.due_asked
    was = "" if row.kind == VariationKind.SUSPEND else day_words(row.due_was, today=today)
    return was, day_words(due, today=today)


def amount(value: Decimal | None, unit: str) -> str:
    """`83 所`: a number without needless zeros, with its unit."""
    if value is None:
        return ""
    whole = value == value.to_integral()
    number = value.quantize(Decimal(1)) if whole else value.normalize()
    return f"{number:f} {unit}".strip()


def _amount(row: Matter | Baseline) -> str:
    return amount(row.quantity, row.quantity_unit)


def _rhythm(code: str) -> str:
    return str(Interval(code).label) if code in Interval.values else ""


def original_words(matter: Matter, baseline: Baseline | None, history: Varied, today: date) -> str:
    """`原定11月30日，经周明同意延至12月20日`; "" when the due day is the one fixed at dispatch."""
    if baseline is None or baseline.due_on is None or matter.due_on in (None, baseline.due_on):
        return ""
    words = {
        "was": day_words(baseline.due_on, today=today),
        "now": day_words(matter.due_on, today=today),
    }
    last = next((r for r in reversed(history.variations) if _granted(r, set(DUE))), None)
    if last is None:
        return _("原定%(was)s，中止后顺延至%(now)s") % words
    return _("原定%(was)s，经%(who)s同意延至%(now)s") % {**words, "who": last.decided_by_name}


def with_original(found: Shown, words: str) -> Shown:
    """The light's reason says the first due day too, so that an extended matter is seen to be one."""
    if not words:
        return found
    return replace(found, why=_("；").join(part for part in (found.why, words) if part))


def paused(found: Shown, stop: Suspension | None, today: date) -> Shown:
    """A suspended matter's light says why, and until when."""
    if stop is None:
        return found
    words = {"day": day_words(stop.from_on, today=today), "reason": stop.reason}
    if stop.with_whole is not None:
        whole = {**words, "title": stop.with_whole.matter.title}
        why = _("%(day)s起随“%(title)s”中止：%(reason)s") % whole
    else:
        why = _("%(day)s起中止：%(reason)s") % words
    if stop.until_on is not None:
        why += _("；应于%(day)s前恢复") % {"day": day_words(stop.until_on, today=today)}
    return replace(found, why=why)


def while_suspended(matter: Matter, stop: Suspension | None, answer: Answering) -> Answering:
    """While the clock stands it is the office that has to start it again."""
    if matter.state != MatterState.SUSPENDED or stop is None:
        return answer
    following = _("条件具备后恢复办理")
    if stop.with_whole is not None:
        following = _("随“%(title)s”一起恢复办理") % {"title": stop.with_whole.matter.title}
    return Answering(
        who=_("督查室"),
        people=_("%(unit)s承办，时限暂停") % {"unit": matter.lead_unit or ""},
        next=following,
        by=stop.until_on,
        office=True,
    )


def extended_ids() -> QuerySet[Variation, int]:
    """Ids of the matters whose due day was ever extended."""
    rows = Variation.objects.filter(kind=VariationKind.EXTEND, ruling=Ruling.GRANTED)
    return rows.order_by().values_list("matter_id", flat=True)


def times_extended() -> Coalesce:
    """How often a matter was extended, worked out by the database."""
    rows = Variation.objects.filter(
        matter=OuterRef("pk"), kind=VariationKind.EXTEND, ruling=Ruling.GRANTED
    )
    counted = rows.order_by().values("matter").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def first_due_words(matter: Any, today: date) -> str:
    """`原定11月30日，已同意延至12月20日` for a row of the register, which knows `first_due_on`."""
    first = matter.first_due_on
    if first is None or matter.due_on in (None, first):
        return ""
    words = {"was": day_words(first, today=today), "now": day_words(matter.due_on, today=today)}
    if matter.times_extended:
        return _("原定%(was)s，已同意延至%(now)s") % words
    return _("原定%(was)s，中止后顺延至%(now)s") % words
