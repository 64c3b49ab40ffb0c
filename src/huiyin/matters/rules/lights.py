"""Lights: what a matter looks like on a day. Pure: `today` is an argument.

A colour is never stored: it is a comparison of stored turning dates with today (style 3.3.9).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.matters.rules.states import BEFORE_DISPATCH, ENDED, MatterState, Nature, Reason
from huiyin.matters.rules.turning import Turning
from huiyin.web.format import day


class Light(StrEnum):
    """What a matter looks like today; words and shapes go with it everywhere."""

    OVERDUE = "overdue"
    GRAVE = "grave"
    BEHIND = "behind"
    NEAR = "near"
    ONTIME = "ontime"
    STANDING = "standing"
    CLOSED = "closed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A light with its word and its reason, as a page shows it."""

    light: Light
    word: str
    why: str


OVER: Mapping[str, Promise] = {
    MatterState.CLOSED: gettext_lazy("已经核查、销号，答复了来源"),
    MatterState.WITHDRAWN: gettext_lazy("已经撤销，不再办理"),
    MatterState.MERGED: gettext_lazy("已经并入另一件，由那一件接着办"),
    MatterState.SPLIT: gettext_lazy("已经拆成几件，分别接着办"),
}
WHY: Mapping[str, Promise] = {
    Reason.PROGRESS: gettext_lazy("报送的进度落后于时间进度，达到规则规定的点数"),
    Reason.MILESTONE: gettext_lazy("办理方案的节点已过，还没有完成"),
    Reason.REPORT: gettext_lazy("到了反馈的日子，还没有反馈"),
    Reason.UNCHANGED: gettext_lazy("连续几次反馈都没有新的进展"),
    Reason.RETURNED: gettext_lazy("报送办结经核查退回，还没有重新报送"),
}
"""Reasons of a light that turned before the due day, in words."""


def shown(
    *,
    state: str,
    nature: str,
    due_on: date | None,
    turning: Turning,
    next_check_on: date | None,
    today: date,
    words: Mapping[str, str] | None = None,
) -> Shown:
    """The light of a matter today, never without its reason; `words` are the office's own for lights."""
    if state in ENDED:
        light = Light.CLOSED if state == MatterState.CLOSED else Light.PAUSED
        return Shown(light=light, word=str(MatterState(state).label), why=str(OVER[state]))
    if state in BEFORE_DISPATCH:
        return Shown(light=Light.PAUSED, word=_("未交办"), why=_("还没有交办，时限尚未起算"))
    if state == MatterState.SUSPENDED:
        return Shown(light=Light.PAUSED, word=_("已中止"), why=_("已经中止，恢复以前不计时限"))
    if nature == Nature.STANDING:
        return _standing(turning, next_check_on, today)
    return _dated(due_on, turning, today, words or {})


def _standing(turning: Turning, next_check_on: date | None, today: date) -> Shown:
    if next_check_on is not None and next_check_on <= today:
        why = _("应在%(day)s前检查一次") % {"day": day(next_check_on, today=today)}
        return Shown(light=Light.STANDING, word=_("该查了"), why=why)
    if _has_come(turning.behind_on, today):
        why = str(WHY.get(turning.behind_why, ""))
        return Shown(light=Light.STANDING, word=_word(turning.behind_why), why=why)
    return Shown(light=Light.STANDING, word=_("长期推进"), why=_("长期推进事项，按周期报告和检查"))


def _dated(due_on: date | None, turning: Turning, today: date, words: Mapping[str, str]) -> Shown:
    """The gravest light whose day has come."""
    if due_on is not None and _has_come(turning.late_on, today):
        word = _days_over((today - due_on).days, words.get("overdue", ""))
        why = _("%(day)s到期，至今没有办结") % {"day": day(due_on, today=today)}
        return Shown(light=Light.OVERDUE, word=word, why=why)
    if _has_come(turning.grave_on, today):
        return Shown(
            light=Light.GRAVE,
            word=words.get("grave") or _("严重滞后"),
            why=str(WHY.get(turning.grave_why, "")),
        )
    if _has_come(turning.behind_on, today):
        why = str(WHY.get(turning.behind_why, ""))
        plain = turning.behind_why in ("", Reason.PROGRESS) and words.get("behind")
        return Shown(light=Light.BEHIND, word=plain or _word(turning.behind_why), why=why)
    if due_on is None:
        return Shown(light=Light.ONTIME, word=_("未定时限"), why=_("没有定下时限"))
    why = _("%(day)s到期") % {"day": day(due_on, today=today)}
    if _has_come(turning.attention_on, today):
        return Shown(light=Light.NEAR, word=_near((due_on - today).days, words), why=why)
    return Shown(light=Light.ONTIME, word=words.get("ontime") or _("按期"), why=why)


def _days_over(days: int, own: str) -> str:
    """`逾期 51 天`, in the office's own word where it has one."""
    if own:
        return ngettext("%(word)s %(n)d 天", "%(word)s %(n)d 天", days) % {"word": own, "n": days}
    return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", days) % {"n": days}


def _near(left: int, words: Mapping[str, str]) -> str:
    """`剩 3 天`, after the office's own word where it has one: `预警，剩 3 天`."""
    own = words.get("near")
    return f"{own}{_('，')}{_days_left(left)}" if own else _days_left(left)


def _days_left(left: int) -> str:
    words = ngettext("剩 %(n)d 天", "剩 %(n)d 天", left) % {"n": left}
    return _("今天到期") if left == 0 else words


def _word(why: str) -> str:
    """`反馈迟交`; plain `滞后` for progress, whose points the page adds."""
    return _("滞后") if why in ("", Reason.PROGRESS) else str(Reason(why).label)


def _has_come(turn: date | None, today: date) -> bool:
    return turn is not None and today >= turn
