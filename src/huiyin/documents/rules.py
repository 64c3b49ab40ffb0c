"""What a document, a finding and its fate can be; pure decisions about them, `today` passed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from datetime import date as Day  # noqa: N812 - a field called `date` hides the type from its own annotation
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


class DocType(models.TextChoices):
    """文种, as the reader tells them apart; also the kind of source of matters that come from it."""

    SPEECH = "speech", gettext_lazy("讲话")
    MINUTES = "minutes", gettext_lazy("会议纪要")
    PLAN = "plan", gettext_lazy("工作方案")
    NOTICE = "notice", gettext_lazy("通知")
    BULLETIN = "bulletin", gettext_lazy("通报")
    REPORT = "report", gettext_lazy("工作报告")
    RECTIFICATION = "rectification", gettext_lazy("整改清单")
    REPLY = "reply", gettext_lazy("答复")
    OTHER = "other", gettext_lazy("其他")


class DocumentState(models.TextChoices):
    """How far a document has come; that the reader is at work just now is seen from the wanted work."""

    STORED = "stored", gettext_lazy("已存，待读")
    READ = "read", gettext_lazy("已读")
    UNREADABLE = "unreadable", gettext_lazy("读不出文字")
    SCAN = "scan", gettext_lazy("扫描件")
    WITHDRAWN = "withdrawn", gettext_lazy("已撤除")


class Kind(models.TextChoices):
    """What a finding says: a demand with an end, one without, a shortcoming, a measured fact."""

    TASK = "task", gettext_lazy("任务")
    STANDING = "standing", gettext_lazy("长期")
    PROBLEM = "problem", gettext_lazy("问题")
    FACT = "fact", gettext_lazy("事实")


DEMANDS = (Kind.TASK, Kind.STANDING, Kind.PROBLEM)


class Decision(models.TextChoices):
    """What a reviewer made of a finding; `merged` ones went into the finding before them."""

    UNDECIDED = "undecided", gettext_lazy("还没看")
    CONFIRMED = "confirmed", gettext_lazy("已确认")
    REJECTED = "rejected", gettext_lazy("不是要求")
    SET_ASIDE = "set_aside", gettext_lazy("不立项")
    MERGED = "merged", gettext_lazy("已合并")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWords:
    """A time limit: its words, the last day that keeps it, its kind and why; empty takes one away."""

    text: str = ""
    date: Day | None = None
    kind: str = "fixed"
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmWords:
    """A rhythm: its words and its code (weekly … yearly); empty takes one away."""

    text: str = ""
    freq: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountWords:
    """A figure to be reached or reported: its words, value and unit."""

    text: str = ""
    value: str = ""
    unit: str = ""


class Fate(StrEnum):
    """What became of a demand (invariant 8): disjoint, and together they are all demands."""

    CLOSED = "closed"
    ONTIME = "ontime"
    OVERDUE = "overdue"
    STANDING = "standing"
    ASIDE = "aside"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a fate needs to know of one matter a demand is linked to.

    `dispatched` and `closed` say where it stands; `withdrawn` ones count for nothing; `late_on` is
    the first day on which it is late (a turning date of `matters`).
    """

    standing: bool
    dispatched: bool
    closed: bool
    withdrawn: bool = False
    late_on: date | None = None

    def fate(self, today: date) -> Fate:
        """The fate of a demand answered by this matter alone."""
        if self.withdrawn or not (self.dispatched or self.closed):
            return Fate.UNCLAIMED
        if self.closed:
            return Fate.CLOSED
        if self.standing:
            return Fate.STANDING
        late = self.late_on is not None and today >= self.late_on
        return Fate.OVERDUE if late else Fate.ONTIME


# The most pressing of several matters speaks for the demand.
_FIRST = (Fate.OVERDUE, Fate.ONTIME, Fate.STANDING, Fate.CLOSED, Fate.UNCLAIMED)


def fate(decision: str, linked: Iterable[Linked], today: date) -> Fate:
    """What became of a demand: set aside, or what its matters say together."""
    if decision == Decision.SET_ASIDE:
        return Fate.ASIDE
    fates = {matter.fate(today) for matter in linked}
    return next((one for one in _FIRST if one in fates), Fate.UNCLAIMED)


def counts(fates: Iterable[Fate]) -> dict[str, int]:
    """How many demands met which fate; every fate is there, the sum is the number of demands."""
    found = dict.fromkeys((one.value for one in Fate), 0)
    for one in fates:
        found[one.value] += 1
    return found


def sentence(found: Mapping[str, int]) -> str:
    """The sentence a document opens with: 18 项要求，16 项有着落，2 项至今无人认领。"""
    total = sum(found.values())
    lost = found[Fate.UNCLAIMED]
    if not total:
        return _("还没有确认的要求。")
    if not lost:
        all_kept = ngettext(
            "%(total)d 项要求，件件有着落。", "%(total)d 项要求，件件有着落。", total
        )
        return all_kept % {"total": total}
    if lost == total:
        all_lost = ngettext(
            "%(total)d 项要求，至今都无人认领。", "%(total)d 项要求，至今都无人认领。", total
        )
        return all_lost % {"total": total}
    return _("%(total)d 项要求，%(kept)d 项有着落，%(lost)d 项至今无人认领。") % {
        "total": total,
        "kept": total - lost,
        "lost": lost,
    }


CELLS = 5
DOUBTFUL = 600
"""Below this confidence (per mille) a finding is doubtful: shown first, 拿不准."""


def cells(confidence: int | None) -> int:
    """How many of five cells are filled for a confidence per mille; all for what a person added."""
    return CELLS if confidence is None else max(1, min(CELLS, round(confidence / 1000 * CELLS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the review of a document has come; facts count as findings too."""

    total: int
    confirmed: int = 0
    changed: int = 0
    rejected: int = 0
    aside: int = 0

    @property
    def done(self) -> int:
        return self.confirmed + self.changed + self.rejected + self.aside

    @property
    def left(self) -> int:
        return self.total - self.done


def progress(rows: Iterable[tuple[str, bool]]) -> Progress:
    """(decision, changed) of a document's findings → its progress; merged ones are no findings."""
    found = {"confirmed": 0, "changed": 0, "rejected": 0, "aside": 0}
    total = 0
    for decision, changed in rows:
        if decision == Decision.MERGED:
            continue
        total += 1
        name = _counted_as(decision, changed=changed)
        if name:
            found[name] += 1
    return Progress(total=total, **found)


def _counted_as(decision: str, *, changed: bool) -> str:
    if decision == Decision.CONFIRMED:
        return "changed" if changed else "confirmed"
    return {Decision.REJECTED.value: "rejected", Decision.SET_ASIDE.value: "aside"}.get(
        decision, ""
    )


def is_span(text: str, start: int, end: int) -> bool:
    """Whether (start, end) are code points that hold words of the text."""
    return 0 <= start < end <= len(text) and bool(text[start:end].strip())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and stops at its ends (。；， belong to no demand)."""
    edge = " \t\r\n\u3000，。；、：:;,"
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def reanchored(text: str, quote: str, start: int) -> int | None:
    """Where `quote` begins in a new text, the nearest place to where it was; None when it is gone."""
    places, at = [], text.find(quote)
    while at >= 0 and quote:
        places.append(at)
        at = text.find(quote, at + 1)
    return min(places, key=lambda place: abs(place - start)) if places else None


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


CLASSIFIED = ("绝密", "机密", "秘密")


def title_of(quote: str, limit: int = 60) -> str:
    """A matter's first title: the demand's words up to `limit` characters, cut at a comma if possible."""
    words = " ".join(quote.split())
    if len(words) <= limit:
        return words
    cut = max(words.rfind("，", 10, limit), words.rfind("；", 10, limit))
    return words[: cut if cut > 0 else limit] + "…"


def first_amount(quantities: Sequence[Mapping[str, object]]) -> tuple[str, str] | None:
    """(value, unit) of the one figure a demand must reach; None when it names none or several."""
    if len(quantities) != 1:
        return None
    return str(quantities[0].get("value", "")), str(quantities[0].get("unit", ""))
