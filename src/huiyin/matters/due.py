"""By when (时限): as typed, by a legal limit one chose, as the words say, else by rule; each says which and why.

What is typed by hand always holds. Words and a typed day that differ are both said: the office is asked, not held up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.errors import Refusal
from huiyin.matters.models import Matter
from huiyin.reading import Deadline, limits_in
from huiyin.rulebook.queries import Book
from huiyin.rulebook.rules import Calendar
from huiyin.web.format import full_day
from huiyin.web.kept import kept

Cell = dict[str, Any]
LASTING = ("said", "words", "said_on", "start")
"""What a cell keeps when its day is set anew: what the words say, when they were said, where a limit starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person gave besides other cells: whether a day was typed, a limit and its first day, the day of the words."""

    typed: bool = False
    limit: str = ""
    counted_from: date | None = None
    said_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The time limit some words name: the words, the last day if known, and how it is counted."""

    words: str
    on: date | None
    kind: str = "fixed"
    several: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """All that a due day depends on."""

    source_kind: str
    urgency: str = "normal"
    said: Said | None = None
    said_on: date
    typed: date | None = None
    limit: str = ""
    counted_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due day with where it comes from (as a cell of `Matter.filled`), and what to look at again."""

    on: date
    cell: Cell
    doubt: str = ""


def said_in(text: str, *, on: date, days: Calendar) -> Said | None:
    """The time limit in words said on a day: the last of several, since by then all is to be done."""
    found = limits_in(text, on, days)
    dated = [limit for limit in found if limit.date]
    if dated:
        last = max(dated, key=lambda limit: limit.date or "")
        words = _("”“").join(limit.text for limit in dated)
        return _said(last, words, several=len(dated) > 1)
    return _said(found[-1], found[-1].text) if found else None


def _said(limit: Deadline, words: str, *, several: bool = False) -> Said:
    return Said(
        words=words,
        on=date.fromisoformat(limit.date) if limit.date else None,
        kind=limit.kind,
        several=several,
        guessed="节假日" in limit.why,
    )


def due_of(asked: Asked, book: Book, *, today: date) -> Due:
    """The due day as asked for, with its reason; raises Refusal for a limit nobody set."""
    _check_start(asked.counted_from, today)
    said = asked.said
    if asked.typed is not None:
        return Due(on=asked.typed, cell={}, doubt=_differs(asked, asked.typed))
    if asked.limit:
        return _by_limit(asked, book)
    if said is not None and said.on is not None and said.on >= today:
        cell = {"from": "words", "why": _as_said(asked, said), **_lasting(said)}
        return Due(on=said.on, cell=cell)
    return _by_rule(asked, book, today)


def _by_limit(asked: Asked, book: Book) -> Due:
    start = asked.counted_from or asked.said_on
    due = book.limit(clock=asked.limit, start=start)
    doubt = _differs(asked, due.on)
    why = _("自%(day)s起，%(why)s") % {"day": full_day(start), "why": due.why}
    cell = {
        "from": "rule",
        "why": _("；").join(filter(None, (why, doubt))),
        "rule": due.rule,
        "number": due.number,
        "unit": due.unit,
        "limit": asked.limit,
        "start": start.isoformat(),
    }
    return Due(on=due.on, cell=cell, doubt=doubt)


def _by_rule(asked: Asked, book: Book, today: date) -> Due:
    start = asked.counted_from or today
    due = book.due_default(source_kind=asked.source_kind, urgency=asked.urgency, start=start)
    why = due.why
    if asked.counted_from is not None:
        why = _("自%(day)s起，%(why)s") % {"day": full_day(start), "why": why}
    if asked.said is not None:
        why = _("%(words)s，按规则：%(why)s") % {"words": _no_help(asked, asked.said), "why": why}
    cell = {
        "from": "rule",
        "why": why,
        "rule": due.rule,
        "number": due.number,
        "unit": due.unit,
    }
    if due.limit:
        cell["limit"] = due.limit
    if asked.counted_from is not None:
        cell["start"] = start.isoformat()
    return Due(on=due.on, cell=cell)


def _as_said(asked: Asked, said: Said) -> str:
    """批示写明“三天内”，自批示之日起算，2026年11月25日."""
    parts = [_named(asked, said)]
    if said.several:
        parts.append(_("以最后的为准"))
    if said.kind == "relative":
        parts.append(_from_when(asked))
    parts.append(full_day(said.on))
    if said.guessed and said.on is not None:
        parts.append(_("%(year)d年节假日未定") % {"year": said.on.year})
    return _("，").join(parts)


def _from_when(asked: Asked) -> str:
    if asked.source_kind == "instruction":
        return _("自批示之日起算")
    return _("自%(day)s起算") % {"day": full_day(asked.said_on)}


def _named(asked: Asked, said: Said) -> str:
    if asked.source_kind == "instruction":
        return _("批示写明“%(words)s”") % {"words": said.words}
    return _("原话写明“%(words)s”") % {"words": said.words}


def _no_help(asked: Asked, said: Said) -> str:
    """Why the words set no day: 尽快 has none, 汛期前 cannot be worked out, the day has passed."""
    named = _named(asked, said)
    if said.on is not None:
        return _("%(words)s，%(day)s，已经过了") % {"words": named, "day": full_day(said.on)}
    if said.kind == "immediate":
        return _("%(words)s，没有写明日期") % {"words": named}
    return _("%(words)s，哪一天定不下来") % {"words": named}


def _differs(asked: Asked, on: date) -> str:
    said = asked.said
    if said is None or said.on is None or said.on == on:
        return ""
    return _("%(words)s，是%(day)s") % {"words": _named(asked, said), "day": full_day(said.on)}


def _lasting(said: Said) -> Cell:
    return {"said": said.on.isoformat() if said.on else "", "words": said.words}


def _check_start(start: date | None, today: date) -> None:
    if start is not None and start > today:
        raise Refusal(
            _("起算日在今天之后，请核对。"),
            code="start_is_ahead",
            fields={"counted_from": [_("起算日在今天之后，请核对。")]},
        )


# A matter's cell


def settle(matter: Matter, cells: Cell, was: Mapping[str, Any], book: Book, wish: Wish | None, *, today: date) -> None:  # fmt: skip
    """A dated matter is due on a day, and its cell says why; `was` is the cell as it stood."""
    wanted = wish or Wish()
    if (wanted.limit or wanted.counted_from) and not wanted.typed:
        matter.due_on = None
    if matter.due_on is not None and not wanted.typed:
        return
    asked = _asked(matter, was, wish, book, today)
    due = due_of(asked, book, today=today)
    matter.due_on = due.on
    lasting = {name: was[name] for name in LASTING if was.get(name)}
    if asked.said is not None:
        lasting |= _lasting(asked.said)
    if asked.said_on != matter.registered_on:
        lasting["said_on"] = asked.said_on.isoformat()
    cells["due"] = lasting | (
        _doubted(cells.get("due", {}), due.doubt) if wanted.typed else due.cell
    )


def _doubted(cell: Mapping[str, Any], doubt: str) -> Cell:
    """A typed day's cell says what the words said, when that was another day."""
    why = _("；").join(filter(None, (str(cell.get("why", "")), doubt)))
    return {**cell, "why": why}


def _asked(
    matter: Matter, was: Mapping[str, Any], wish: Wish | None, book: Book, today: date
) -> Asked:
    """What a person gave, and what the cell knew: another first day does not take the row's own limit away."""
    wanted = wish or Wish()
    own = str(was.get("limit", "")) if wanted.counted_from and not wanted.typed else ""
    said_on = wanted.said_on or _kept_day(was, "said_on") or matter.registered_on
    return Asked(
        source_kind=matter.source_kind,
        urgency=matter.urgency,
        said=_known(matter, was, book.calendar(today), said_on) if wish else None,
        said_on=said_on,
        typed=matter.due_on if wanted.typed else None,
        limit=wanted.limit or own,
        counted_from=wanted.counted_from or _kept_day(was, "start"),
    )


def _known(matter: Matter, was: Mapping[str, Any], days: Calendar, said_on: date) -> Said | None:
    """What the words say: of a document, as it was read and reviewed; of others, read now."""
    if matter.source_type != "passage":
        return said_in(matter.quote, on=said_on, days=days) if matter.quote else None
    on = _kept_day(was, "said")
    return Said(words=str(was.get("words", "")), on=on) if on else None


def _kept_day(cell: Mapping[str, Any], name: str) -> date | None:
    text = str(cell.get(name) or "")
    return date.fromisoformat(text) if text else None


@kept
def by_hand(name: str) -> Cell:
    """A cell that a person filled in."""
    return {"from": "hand", "why": _("%(name)s 填") % {"name": name}}
