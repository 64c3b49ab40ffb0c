"""Lights: the days on which they turn, and what a matter looks like on a day. Pure: `today` is an argument.

A colour is never stored: it is a comparison of stored turning dates with today (style 3.3.9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.matters.rules.states import BEFORE_DISPATCH, MatterState, Nature


class Light(StrEnum):
    """What a matter looks like today; words and shapes go with it everywhere."""

    OVERDUE = "overdue"
    BEHIND = "behind"
    NEAR = "near"
    ONTIME = "ontime"
    STANDING = "standing"
    CLOSED = "closed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class LightScheme:
    """Thresholds of one light scheme, as the rulebook has them."""

    near_days: int
    near_days_urgent: int
    behind_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """The days on which a light turns: behind the plan, near, late (the first late day)."""

    behind_on: date | None
    attention_on: date | None
    late_on: date | None


def turning(
    *,
    start: date | None,
    due_on: date | None,
    percent: int | None,
    urgent: bool,
    scheme: LightScheme,
) -> Turning:
    """When the light of a dated matter turns, from what is known now.

    The plan is a straight line from dispatch to the due day; the matter is behind from the day on
    which the line leads the reported progress by `behind_points`.
    """
    if due_on is None:
        return Turning(behind_on=None, attention_on=None, late_on=None)
    near = scheme.near_days_urgent if urgent else scheme.near_days
    behind = None
    if start is not None and start < due_on:
        share = min(100, (percent or 0) + scheme.behind_points)
        days = -(-(due_on - start).days * share // 100)
        behind = start + timedelta(days=days)
    return Turning(
        behind_on=behind if behind is None or behind <= due_on else None,
        attention_on=due_on - timedelta(days=near),
        late_on=due_on + timedelta(days=1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A light with its word and its reason, as a page shows it."""

    light: Light
    word: str
    why: str


def shown(
    *,
    state: str,
    nature: str,
    due_on: date | None,
    turning: Turning,
    next_check_on: date | None,
    today: date,
) -> Shown:
    """The light of a matter today, never without its reason."""
    if state in (MatterState.CLOSED, MatterState.WITHDRAWN):
        closed = state == MatterState.CLOSED
        return Shown(
            light=Light.CLOSED if closed else Light.PAUSED,
            word=str(MatterState(state).label),
            why="",
        )
    if state in BEFORE_DISPATCH:
        return Shown(light=Light.PAUSED, word=_("未交办"), why=_("还没有交办，时限尚未起算"))
    if nature == Nature.STANDING:
        return _standing(next_check_on, today)
    if due_on is None:
        return Shown(light=Light.ONTIME, word=_("未定时限"), why=_("没有定下时限"))
    return _dated(due_on, turning, today)


def _standing(next_check_on: date | None, today: date) -> Shown:
    if next_check_on is not None and next_check_on <= today:
        why = _("应在 %(day)s 前检查一次") % {"day": next_check_on.isoformat()}
        return Shown(light=Light.STANDING, word=_("该查了"), why=why)
    return Shown(light=Light.STANDING, word=_("长期推进"), why=_("长期推进事项，按周期报告和检查"))


def _dated(due_on: date, turning: Turning, today: date) -> Shown:
    left = (due_on - today).days
    if turning.late_on is not None and today >= turning.late_on:
        return Shown(
            light=Light.OVERDUE,
            word=ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -left) % {"n": -left},
            why=_("%(day)s 到期，至今没有办结") % {"day": due_on.isoformat()},
        )
    if turning.attention_on is not None and today >= turning.attention_on:
        left_words = ngettext("剩 %(n)d 天", "剩 %(n)d 天", left) % {"n": left}
        word = _("今天到期") if left == 0 else left_words
        return Shown(
            light=Light.NEAR, word=word, why=_("%(day)s 到期") % {"day": due_on.isoformat()}
        )
    if turning.behind_on is not None and today >= turning.behind_on:
        return Shown(
            light=Light.BEHIND,
            word=_("滞后"),
            why=_("报送的进度落后于时间进度，达到规则规定的点数"),
        )
    return Shown(
        light=Light.ONTIME, word=_("按期"), why=_("%(day)s 到期") % {"day": due_on.isoformat()}
    )
