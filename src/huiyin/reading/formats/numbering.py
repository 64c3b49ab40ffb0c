"""Automatic numbering of a Word document: the 一、（一）1. that no run of text contains.

A paragraph names a list (numId) and a level, itself or through its style; the list points to an
abstract definition, whose counters all its lists share unless they override a start. Rules:
ISO 29500-1, 17.9; where it is silent, what Word does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from huiyin.reading.formats.counting import number_text

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_BASE: Final = 20
"""Styles followed from one to its base; a longer chain is a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list counts and writes."""

    number_format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    legal: bool = False
    restart_after: int | None = None
    style: str | None = None


@dataclass(slots=True, kw_only=True)
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Gives each paragraph, asked in document order, the number it shows."""

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._styles = _styles(styles)
        self._lists = {} if numbering is None else _lists(numbering, self._styles)
        self._counters: dict[str, dict[int, int]] = {}
        self._started: set[str] = set()

    def next(self, properties: ET.Element | None) -> str:
        """Return the number of the next paragraph with these w:pPr, "" when it shows none."""
        reference = self._reference(properties)
        if reference is None:
            return ""
        list_id, depth = reference
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return ""
        counters = self._advance(list_id, numbered, depth)
        return _written(level, numbered.levels, counters)

    def style_chain(self, style: str | None) -> list[ET.Element]:
        """Return the style and those it is based on, nearest first."""
        chain: list[ET.Element] = []
        while style in self._styles and len(chain) < _MAX_BASE:
            chain.append(self._styles[style])
            style = _value(chain[-1], "basedOn")
        return chain

    def style_of(self, properties: ET.Element | None) -> str | None:
        """Return the id of the paragraph's style."""
        named = None if properties is None else _value(properties, "pStyle")
        return named or self._default_style()

    def _default_style(self) -> str | None:
        return next((key for key, s in self._styles.items() if _is_default(s)), None)

    def _reference(self, properties: ET.Element | None) -> tuple[str, int] | None:
        """Return (numId, level) from the paragraph or its style; numId 0 switches it off."""
        own = None if properties is None else properties.find(f"{W}numPr")
        style = self.style_of(properties)
        list_id = None if own is None else _value(own, "numId")
        depth = None if own is None else _value(own, "ilvl")
        if list_id is None:
            list_id, style_depth = self._from_style(style)
            depth = depth or style_depth
        if list_id in {None, "0"}:
            return None
        return str(list_id), _integer(depth, 0)

    def _from_style(self, style: str | None) -> tuple[str | None, str | None]:
        for element in self.style_chain(style):
            found = element.find(f"{W}pPr/{W}numPr")
            list_id = None if found is None else _value(found, "numId")
            if found is not None and list_id is not None:
                depth = _value(found, "ilvl") or self._linked_level(list_id, style)
                return list_id, depth
        return None, None

    def _linked_level(self, list_id: str, style: str | None) -> str | None:
        """Return the level whose definition names the style."""
        numbered = self._lists.get(list_id)
        levels = numbered.levels.items() if numbered else ()
        return next((str(depth) for depth, level in levels if level.style == style), None)

    def _advance(self, list_id: str, numbered: _List, depth: int) -> dict[int, int]:
        counters = self._counters.setdefault(numbered.abstract, {})
        if list_id not in self._started:
            self._started.add(list_id)
            for at, start in numbered.starts.items():
                counters[at] = start - 1
        start = numbered.levels[depth].start
        counters[depth] = counters.get(depth, start - 1) + 1
        for deeper in [at for at in counters if at > depth]:
            if _restarts(numbered.levels.get(deeper), depth):
                del counters[deeper]
        return counters


def _restarts(level: Level | None, used: int) -> bool:
    """Whether a deeper level starts anew after level `used`: always, unless w:lvlRestart says."""
    after = level.restart_after if level else None
    return after is None or used < after


def _written(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    def figure(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        shown = levels.get(depth, Level())
        number_format = "decimal" if level.legal else shown.number_format
        return number_text(counters.get(depth, shown.start), number_format)

    if level.number_format == "bullet":
        return ""
    text = re.sub(r"%([1-9])", figure, level.text)
    # After 一、 or （一） Chinese needs no space; after 1.2 the words would run into the figure.
    parted = level.suffix != "nothing" and text[-1:].isalnum() and text[-1:].isascii()
    return f"{text} " if parted else text


def _lists(root: ET.Element, styles: dict[str, ET.Element]) -> dict[str, _List]:
    abstracts = {_attribute(a, "abstractNumId"): a for a in root.iter(f"{W}abstractNum")}
    targets = {
        _attribute(num, "numId"): _value(num, "abstractNumId") or "" for num in root.iter(f"{W}num")
    }
    lists: dict[str, _List] = {}
    for num in root.iter(f"{W}num"):
        list_id = _attribute(num, "numId")
        key = _behind_link(targets[list_id], abstracts, targets, styles)
        if key in abstracts:
            lists[list_id] = _list(num, key, abstracts[key])
    return lists


def _behind_link(
    key: str,
    abstracts: dict[str, ET.Element],
    targets: dict[str, str],
    styles: dict[str, ET.Element],
) -> str:
    """Return the definition that a list style stands for (w:numStyleLink), or the key itself."""
    abstract = abstracts.get(key)
    link = None if abstract is None else _value(abstract, "numStyleLink")
    style = styles.get(link or "")
    found = None if style is None else style.find(f"{W}pPr/{W}numPr")
    list_id = None if found is None else _value(found, "numId")
    return targets.get(list_id or "", key)


def _list(num: ET.Element, key: str, abstract: ET.Element) -> _List:
    levels = {_depth(level): _level(level) for level in abstract.findall(f"{W}lvl")}
    starts: dict[int, int] = {}
    for override in num.findall(f"{W}lvlOverride"):
        depth = _depth(override)
        replaced = override.find(f"{W}lvl")
        if replaced is not None:
            levels[depth] = _level(replaced)
        start = _value(override, "startOverride")
        if start is not None:
            starts[depth] = _integer(start, 1)
    return _List(abstract=key, levels=levels, starts=starts)


def _level(element: ET.Element) -> Level:
    restart = _value(element, "lvlRestart")
    legal = element.find(f"{W}isLgl")
    return Level(
        number_format=_number_format(element),
        text=_value(element, "lvlText") or "",
        start=_integer(_value(element, "start"), 1),
        suffix=_value(element, "suff") or "tab",
        legal=legal is not None and legal.get(f"{W}val", "1") not in {"0", "false", "off"},
        restart_after=None if restart is None else _integer(restart, 0),
        style=_value(element, "pStyle"),
    )


def _number_format(element: ET.Element) -> str:
    """Return w:numFmt, also where newer formats hide it in mc:AlternateContent."""
    found = next(element.iter(f"{W}numFmt"), None)
    return "decimal" if found is None else found.get(f"{W}val", "decimal")


def _styles(root: ET.Element | None) -> dict[str, ET.Element]:
    found = () if root is None else root.findall(f"{W}style")
    return {_attribute(style, "styleId"): style for style in found}


def _is_default(style: ET.Element) -> bool:
    is_default = _attribute(style, "default") in {"1", "true", "on"}
    return is_default and _attribute(style, "type") == "paragraph"


def _depth(element: ET.Element) -> int:
    return _integer(_attribute(element, "ilvl"), 0)


def _integer(text: str | None, default: int) -> int:
    """Return the number; what is none, or absurd, counts as not said."""
    return int(text) if text and re.fullmatch(r"\d{1,9}", text, re.ASCII) else default


def _attribute(element: ET.Element, name: str) -> str:
    return element.get(f"{W}{name}", "")


def _value(element: ET.Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")
