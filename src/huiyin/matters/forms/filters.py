"""The filters of the register, read from the address; what makes no sense is left out, never refused."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.matters.queries.lights import GROUPS
from huiyin.matters.queries.register import VIEWS, Wanted
from huiyin.matters.rules import MatterState, Nature
from huiyin.rulebook.rules.words import SOURCES

LONGEST = 80
BIGGEST = 2**31
"""Ids above are nobody's and would not fit every database's column."""


def wanted(given: Mapping[str, str]) -> Wanted:
    """What the address asks for."""
    lights = [code for code, _label in GROUPS]
    return Wanted(
        view=_one_of(given.get("view"), VIEWS) or _view(given),
        q=given.get("q", "").replace("\x00", "").strip()[:LONGEST],
        state=_one_of(given.get("state"), MatterState.values),
        unit=number(given.get("unit")),
        year=_year(given.get("year")),
        source=_one_of(given.get("source"), SOURCES),
        nature=_one_of(given.get("nature"), Nature.values),
        leader=number(given.get("leader")),
        personal=number(given.get("personal")),
        light=_one_of(given.get("light"), lights),
        unsettled=given.get("unsettled") == "1",
        parts=given.get("parts") == "1",
        parent=number(given.get("parent")),
    )


def _view(given: Mapping[str, str]) -> str:
    """Without a view: what is under way, unless a state or light is asked for that lies elsewhere."""
    return "all" if given.get("state") or given.get("light") else "open"


def page(given: Mapping[str, str]) -> int:
    """The page asked for, the first when there is none."""
    return number(given.get("page")) or 1


def number(text: str | None) -> int | None:
    """A positive whole number, else None."""
    if text is None or not (text.isascii() and text.isdecimal() and len(text) < 11):
        return None
    value = int(text)
    return value if 0 < value < BIGGEST else None


def numbers(texts: list[str]) -> list[int]:
    """Every positive whole number among the texts, each once, in their order."""
    found = [number(text) for text in texts]
    return list(dict.fromkeys(value for value in found if value is not None))


def _one_of(text: str | None, allowed: object) -> str:
    return text if text and text in allowed else ""  # type: ignore[operator]


def _year(text: str | None) -> int | None:
    value = number(text)
    return value if value is not None and 1950 <= value <= 2200 else None
