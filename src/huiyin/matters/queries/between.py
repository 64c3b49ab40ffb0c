"""What lies between units on a matter: referrals, slips, questions gone up; and who is waited for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin import clock
from huiyin.matters.models import Consultation, Coordination, Matter, Referral
from huiyin.matters.queries.people import leader_name
from huiyin.matters.rules import AskState, Level, Ruling
from huiyin.rulebook.rules.joint import SLIPS

KINDS = (Referral, Consultation, Coordination)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A consultation slip with how it stands today."""

    row: Consultation
    kind: str
    word: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level a question went to: who, why there, for how many days, what came of it."""

    row: Coordination
    who: str
    days: int

    @property
    def is_open(self) -> bool:
        return self.row.state == AskState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A question with the levels it went through, the lowest first, and its answer."""

    question: str
    unit: str
    steps: tuple[Step, ...]

    @property
    def top(self) -> Step:
        return self.steps[-1]

    @property
    def path(self) -> str:
        """`市水利局 → 沈岚副市长 → 专题会议`: the way up, by which the answer came down."""
        return " → ".join([self.unit, *(step.who for step in self.steps)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Everything between units on one matter."""

    referrals: tuple[Referral, ...] = ()
    slips: tuple[Slip, ...] = ()
    chains: tuple[Chain, ...] = ()
    today: date

    @property
    def pending(self) -> Referral | None:
        return next((row for row in self.referrals if row.ruling == Ruling.PENDING), None)

    @property
    def beside(self) -> list[str]:
        """Who is waited for besides the unit that answers, in sentences."""
        said = [self._referred(self.pending)] if self.pending is not None else []
        said += [_coordinating(chain.top) for chain in self.chains if chain.top.is_open]
        for slip in self.slips:
            if slip.row.state == AskState.OPEN:
                words = {"unit": str(slip.row.to_unit), "word": slip.word}
                said.append(_("征求%(unit)s意见：%(word)s。") % words)
        return said

    def _referred(self, row: Referral) -> str:
        words = {"unit": str(row.to_unit), "days": _days(_since(row.asked_at, self.today))}
        if row.for_office:
            return _("已提出转给%(unit)s，%(days)s；须由督查室裁定，裁定前仍由原单位负责。") % words
        return _("已提出转给%(unit)s，%(days)s；对方接手前仍由原单位负责。") % words


def with_between(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """The matters, each knowing whether anything lies between units on it, without a query more."""
    flags = {
        f"has_{kind._meta.model_name}": Exists(kind._default_manager.filter(matter=OuterRef("pk")))
        for kind in KINDS
    }
    return rows.annotate(**flags)


def between(matter: Matter, *, today: date) -> Between:
    """What lies between units on a matter of `with_between`: one query for each kind that is there."""
    return Between(
        referrals=tuple(_rows(Referral, matter, "from_unit", "to_unit")),
        slips=tuple(
            _slip(row, today) for row in _rows(Consultation, matter, "from_unit", "to_unit")
        ),
        chains=tuple(_chains(_rows(Coordination, matter, "from_unit", "to_post__user"), today)),
        today=today,
    )


def _rows(kind: Any, matter: Matter, *with_: str) -> list[Any]:
    if not getattr(matter, f"has_{kind._meta.model_name}"):
        return []
    return list(kind._default_manager.filter(matter=matter).select_related(*with_))


def slip_word(row: Consultation, today: date) -> tuple[str, bool]:
    """How a slip stands in a word, and whether it is late: silence is no consent unless a rule says so."""
    if row.state == AskState.ANSWERED and row.answered_at is not None:
        late = clock.day_of(row.answered_at) > row.due_on
        return (_("逾期答复") if late else _("已答复")), late
    if row.state != AskState.OPEN:
        return str(row.get_state_display()), False
    left = (row.due_on - today).days
    if left >= 0:
        return (ngettext("还剩 %(n)d 天", "还剩 %(n)d 天", left) % {"n": left}), False
    if row.silence_consents:
        return _("逾期未复，按规则视为同意"), True
    return _("逾期未复"), True


def _slip(row: Consultation, today: date) -> Slip:
    word, late = slip_word(row, today)
    return Slip(row=row, kind=str(SLIPS.get(row.kind, row.kind)), word=word, is_late=late)


def _chains(rows: Sequence[Coordination], today: date) -> list[Chain]:
    """Each question with the levels above it, in the order they were asked."""
    above = {row.raised_from_id: row for row in rows if row.raised_from_id is not None}
    found = []
    for first in rows:
        if first.raised_from_id is not None:
            continue
        steps: list[Step] = []
        row: Coordination | None = first
        while row is not None:
            following = above.get(row.pk)
            steps.append(Step(row=row, who=asked_of(row), days=dwell(row, following, today)))
            row = following
        found.append(Chain(question=first.question, unit=str(first.from_unit), steps=tuple(steps)))
    return found


def asked_of(row: Coordination) -> str:
    """`沈岚副市长`, `专题会议`: who has to answer at this level."""
    return leader_name(row.to_post) or str(Level(row.level).label)


def dwell(row: Coordination, above: Coordination | None, today: date) -> int:
    """Days a question lay at one level: until it went up to the one above, or was answered."""
    end = above.asked_at if above is not None else row.answered_at
    return _since(row.asked_at, today if end is None else clock.day_of(end))


def _since(at: datetime, until: date) -> int:
    return (until - clock.day_of(at)).days


def _coordinating(top: Step) -> str:
    """Whose answer a question waits for, and since when."""
    if not top.days:
        return _("需协调事项在等%(who)s答复，今天提出。") % {"who": top.who}
    words = {"who": top.who, "days": _days(top.days)}
    return _("需协调事项在等%(who)s答复，已%(days)s。") % words


def _days(count: int) -> str:
    return ngettext("%(n)d 天", "%(n)d 天", count) % {"n": count} if count else _("今天提出")
