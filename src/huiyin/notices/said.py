"""Urgings in words: why somebody is urged on a day, and how somebody was urged before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.notices.models import Reminder
from huiyin.notices.rules import Sending
from huiyin.web.format import full_day
from huiyin.web.kept import kept

BEFORE: Mapping[str, Promise] = {
    "due": gettext_lazy("距到期还有%(n)d天"),
    "consult": gettext_lazy("征求意见还有%(n)d天到期"),
}
ON_THE_DAY: Mapping[str, Promise] = {
    "due": gettext_lazy("今天到期"),
    "report": gettext_lazy("今天应反馈"),
    "sign": gettext_lazy("今天交办，还没有签收"),
    "consult": gettext_lazy("征求意见今天到期"),
    "check": gettext_lazy("到了检查的日子"),
}
DAYS_AFTER: Mapping[str, Promise] = {
    "due": gettext_lazy("逾期%(n)d天，仍未办结"),
    "report": gettext_lazy("应反馈的日子已过%(n)d天"),
    "sign": gettext_lazy("交办%(n)d天，还没有签收"),
    "consult": gettext_lazy("征求意见逾期%(n)d天，还没有答复"),
    "check": gettext_lazy("应检查的日子已过%(n)d天"),
}
WORKDAYS_AFTER: Mapping[str, Promise] = {
    "due": gettext_lazy("逾期%(n)d个工作日，仍未办结"),
    "report": gettext_lazy("应反馈的日子已过%(n)d个工作日"),
    "sign": gettext_lazy("交办%(n)d个工作日，还没有签收"),
    "consult": gettext_lazy("征求意见逾期%(n)d个工作日，还没有答复"),
    "check": gettext_lazy("应检查的日子已过%(n)d个工作日"),
}


def step_words(clock: str, lag: int, *, working: bool) -> str:
    """`距到期还有7天`, `逾期5个工作日，仍未办结`: why somebody is urged on that day."""
    if lag == 0:
        return str(ON_THE_DAY[clock])
    after = WORKDAYS_AFTER if working else DAYS_AFTER
    words = (BEFORE if lag < 0 else after)[clock]
    return str(words) % {"n": abs(lag)}


def why(sending: Sending) -> str:
    """Why a step is sent, as it is read in the preview and sent in the morning."""
    working = sending.step.unit == "working"
    return step_words(sending.clock.kind, sending.lag, working=working)


kept_why = kept(why)


def how(reminder: Reminder) -> str:
    """How somebody was urged: by which step, or by whom in which way."""
    if reminder.clock:
        return reminder.words
    return _("%(who)s%(channel)s催办") % {
        "who": reminder.sent_by_name,
        "channel": reminder.get_channel_display(),
    }


def last_told(name: str, on: date, by: str) -> str:
    """`秦川2026年11月20日已催过（今天到期）`."""
    words = {"name": name, "day": full_day(on), "how": by}
    return _("%(name)s %(day)s已催过（%(how)s）") % words
