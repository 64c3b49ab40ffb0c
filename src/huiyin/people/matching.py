"""Names as documents write them → units of the directory. Pure; ten thousand names in a blink.

“市教育局”, “教育局”, “县教体局”, “云岭市教育局” and “教育局等部门” mean one unit; “各乡镇” means all of
them. A name that fits several units is answered with all, so that a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """How a match was found; `NONE` when it was not."""

    NAME = "name"
    ALIAS = "alias"
    SHORTENED = "shortened"
    GROUP = "group"
    SEVERAL = "several"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A unit of the directory as matching needs it; `kind` is a value of `Unit.Kind`."""

    unit_id: int
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a written name means: unit ids in the order of the directory, and how that was found."""

    written: str
    unit_ids: tuple[int, ...]
    why: Why


_TAIL = re.compile(r"(?:等(?:有关|相关|各)?(?:部门|单位)?|(?:等)?(?:有关|相关)(?:部门|单位))$")
_LEVEL = re.compile(r"^(?:全?[省市县区旗州盟]|本级|我[省市县区旗州盟])")
_EACH = re.compile(r"^(?:[省市县区州]直)?(?:各|全[市县区旗州])(?:级|个)?")
_BRACKETS = re.compile(r"[（(\[［【《][^）)\]］】》]*[）)\]］】》]")
_NOISE = re.compile(r"[\s\u3000·、，。；：“”\"']+")
_GROUPS = {
    "town": (
        "乡镇",
        "镇街",
        "街道",
        "乡",
        "镇",
        "乡镇街道",
        "镇乡",
        "镇乡街道",
        "镇街道",
        "乡镇办",
    ),
    "bureau": (
        "部门",
        "单位",
        "委办局",
        "局",
        "职能部门",
        "市直部门",
        "县直部门",
        "区直部门",
        "直部门",
    ),
    "park": ("园区", "开发区", "产业园区"),
}
_GROUP_KINDS = {word: kind for kind, several in _GROUPS.items() for word in several}
_PLACE = re.compile(r"^(.{1,12}?(?:自治[区州县旗]|[省市县区旗州盟]))(?=.{2,})")


class Directory:
    """An index over the units of an office, built once and asked many times."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names: dict[str, list[int]] = {}
        self._aliases: dict[str, list[int]] = {}
        self._cores: dict[str, list[int]] = {}
        self._kinds: dict[str, list[int]] = {}
        for entry in entries:
            self._take(entry)

    def match(self, written: str) -> Match:
        """What one written name means."""
        name = normal(written)
        for why, table in ((Why.NAME, self._names), (Why.ALIAS, self._aliases)):
            if name in table:
                return _answer(written, table[name], why)
        group = _GROUP_KINDS.get(_group_word(name) or "")
        if group is not None:
            return Match(written=written, unit_ids=tuple(self._kinds.get(group, ())), why=Why.GROUP)
        return self._shortened(written, name)

    def _take(self, entry: Entry) -> None:
        self._kinds.setdefault(entry.kind, []).append(entry.unit_id)
        for table, names in (
            (self._names, (entry.name, entry.short_name)),
            (self._aliases, entry.aliases),
        ):
            for name in filter(None, map(normal, names)):
                _add(table, name, entry.unit_id)
        for name in (entry.name, entry.short_name, *entry.aliases):
            core = _core(normal(name))
            if len(core) > 1:
                _add(self._cores, core, entry.unit_id)

    def _shortened(self, written: str, name: str) -> Match:
        """Without place and level: 云岭市教育局, 市教育局 and 教育局 have one core."""
        found = self._cores.get(_core(name), [])
        return _answer(written, found, Why.SHORTENED) if found else _answer(written, [], Why.NONE)


def match(names: Sequence[str], directory: Directory | Iterable[Entry]) -> list[Match]:
    """What each written name means, in the order given."""
    index = directory if isinstance(directory, Directory) else Directory(directory)
    known: dict[str, Match] = {}
    for name in names:
        if name not in known:
            known[name] = index.match(name)
    return [known[name] for name in names]


def normal(written: str) -> str:
    """A name in one form: half width, no spaces, brackets or “等部门” behind it."""
    text = (
        _NOISE.sub("", unicodedata.normalize("NFKC", written))
        if not written.isascii()
        else written.strip()
    )
    text = _BRACKETS.sub("", text)
    return _TAIL.sub("", text) or text


def _core(name: str) -> str:
    """A name without place, level and 人民: what is left tells units of one office apart."""
    name = name.replace("人民政府", "政府")
    stripped = _LEVEL.sub("", name)
    if stripped == name:
        stripped = _PLACE.sub("", name)
    return stripped if len(stripped) > 1 else name


def _group_word(name: str) -> str | None:
    """`各乡镇（街道）` → 乡镇; None for what is no group."""
    each = _EACH.match(name)
    return re.sub(r"(?:人民)?政府$|(?:党委)$", "", name[each.end() :]) if each else None


def _add(table: dict[str, list[int]], name: str, unit_id: int) -> None:
    units = table.setdefault(name, [])
    if unit_id not in units:
        units.append(unit_id)


def _answer(written: str, found: Sequence[int], why: Why) -> Match:
    return Match(written=written, unit_ids=tuple(found), why=Why.SEVERAL if len(found) > 1 else why)
