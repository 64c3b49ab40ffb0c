"""What a report may leave open: the codes of the questions, and what is held against what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class About(StrEnum):
    """What a concern is about; these codes are kept in the event."""

    SMALLER = "smaller"
    LATER = "later"
    WEAKER = "weaker"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    ELSEWHERE = "elsewhere"
    SAME_TEXT = "same_text"
    LESS_PERCENT = "less_percent"
    LESS_AMOUNT = "less_amount"
    MORE_AMOUNT = "more_amount"
    FAR_AMOUNT = "far_amount"


LABELS: Mapping[str, Promise] = {
    About.SMALLER: gettext_lazy("数量少于原定"),
    About.LATER: gettext_lazy("日期晚于时限"),
    About.WEAKER: gettext_lazy("没有写做成了什么"),
    About.NO_NUMBER: gettext_lazy("没有写数量"),
    About.NO_DATE: gettext_lazy("没有写哪天办成"),
    About.ELSEWHERE: gettext_lazy("没有提到原定的事"),
    About.SAME_TEXT: gettext_lazy("和以前报的几乎一样"),
    About.LESS_PERCENT: gettext_lazy("进度低于上次"),
    About.LESS_AMOUNT: gettext_lazy("数量少于上次"),
    About.MORE_AMOUNT: gettext_lazy("数量多于原定"),
    About.FAR_AMOUNT: gettext_lazy("进度和数量对不上"),
}
"""What was asked, in a few words."""

GENTLE = frozenset({About.NO_DATE, About.ELSEWHERE})
"""On the way nobody is held up by these: they are said to the reader only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One question to the writer: its code and the sentence."""

    code: About
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What the text is held against: the goal and standard, the amount, the due day."""

    words: str
    quantity: Decimal | None = None
    unit: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody reports: the text and what comes next, whether it claims completion, percentage and amount, what was said before."""

    text: str
    plans: str = ""
    completion: bool = False
    percent: int | None = None
    amount: Decimal | None = None
    earlier: Sequence[str] = ()
    earlier_percent: int | None = None
    earlier_amount: Decimal | None = None
