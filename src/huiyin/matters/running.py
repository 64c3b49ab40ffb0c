"""What a matter that is under way says of its time limit: the rule it runs under, its extensions, its days.

The due cell (`Matter.filled`) of a dispatched matter keeps the rule, the legal limit and the unit it was counted in,
whatever was decided about the day since.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.matters.models import Matter
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.web.format import full_day
from huiyin.web.kept import kept

Cell = dict[str, Any]
LIMIT_ON = "limit_on"
"""The last day of the limit itself, without extensions: what the law lets be extended is counted from it."""


def due_cell(matter: Matter) -> Cell:
    """Where its due day comes from."""
    return dict(matter.filled.get("due") or {})


def unit_of(matter: Matter, book: Book, *, on: date) -> str:
    """What the matter's time limit is counted in (`working`, `calendar` …); "" when no rule or word counts it."""
    cell = due_cell(matter)
    if cell.get("unit"):
        return str(cell["unit"])
    if cell.get("limit"):
        return book.limit_row(clock=str(cell["limit"]), on=on).unit
    last = str(cell.get("words") or "").rpartition("“")[2]
    return "working" if cell.get("from") == "words" and "工作日" in last else ""


@kept
def extend(matter: Matter, until: date, *, by: str) -> None:
    """The matter is due on a later day; it goes on saying under which rule it runs, and who extended it from when to when.

    An extension is part of the limit, not the end of it: 信访工作条例第三十四条 and 政府信息公开条例第三十三条 both
    count it in the same article.
    """
    cell, was = due_cell(matter), matter.due_on
    words = {"who": by, "was": full_day(was), "now": full_day(until)}
    said = _("%(who)s同意由%(was)s延至%(now)s") % words
    cell["why"] = _("；").join(filter(None, (str(cell.get("why", "")), said)))
    cell["from"] = "hand"
    if cell.get("limit") and was is not None:
        cell.setdefault(LIMIT_ON, was.isoformat())
    matter.due_on, matter.filled = until, {**matter.filled, "due": cell}


def give_back(matter: Matter, later: Callable[[date], date]) -> None:
    """The last day of the limit itself moves on with the due day by the time the clock stood."""
    cell = due_cell(matter)
    if cell.get(LIMIT_ON):
        cell[LIMIT_ON] = later(date.fromisoformat(cell[LIMIT_ON])).isoformat()
        matter.filled = {**matter.filled, "due": cell}


def lawful_extension(matter: Matter, *, today: date) -> str:
    """What the law says of extending a due day that goes by a legal limit; "" for any other."""
    cell = due_cell(matter)
    clock = str(cell.get("limit") or "")
    if not clock or matter.due_on is None:
        return ""
    book = rulebook.book(matter.jurisdiction_id, "time_limits", "holidays")
    start = date.fromisoformat(cell[LIMIT_ON]) if cell.get(LIMIT_ON) else matter.due_on
    row, last = book.extended(clock=clock, due_on=start, on=today)
    words = {"basis": row.basis, "last": full_day(last)}
    if last == start:
        return _("这一法定时限没有规定可以延长（%(basis)s）。") % words
    if matter.due_on >= last:
        return _("法定时限最晚延到%(last)s，已经用完（%(basis)s）。") % words
    return _("法定时限最晚延到%(last)s（%(basis)s）。") % words
