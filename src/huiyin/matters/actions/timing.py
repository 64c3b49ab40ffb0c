"""Turning dates follow the light rule: when the rule changes, the clock sets them again."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy

from huiyin.actors import Actor
from huiyin.door import Call, Facts, action
from huiyin.matters.clocks import retime as derive
from huiyin.matters.models import Matter
from huiyin.matters.rhythms import tighten
from huiyin.matters.rules import OPEN
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book


def is_clock(actor: Actor, matter: Matter) -> bool:
    """The system's own clock, in the matter's jurisdiction."""
    return actor.machine == "clock" and actor.jurisdiction_id == matter.jurisdiction_id


def derived(matter: Matter, book: Book, *, today: date) -> Matter:
    """The row with everything that the clock derives for today, not saved."""
    derive(matter, book, today=today)
    tighten(matter, book, today=today)
    derive(matter, book, today=today)
    return matter


@action(
    "matter.retime",
    label=gettext_lazy("按规则重算亮灯和反馈日期"),
    model=Matter,
    permit=is_clock,
    when=set(OPEN),
    public=False,
)
def retime(matter: Matter, call: Call) -> Facts:
    """The matter's turning dates follow from the rules in force today; a light that turned is asked sooner."""
    derived(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
    return {
        "next_report_on": matter.next_report_on,
        "attention_on": matter.attention_on,
        "behind_on": matter.behind_on,
        "grave_on": matter.grave_on,
        "late_on": matter.late_on,
    }
