"""Units of the office's directory, found by any of their names: ten thousand at no noticeable cost."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.reading.chars import fold
from huiyin.reading.types import UnitName


class Directory:
    """Full names by every name a paper may use; an alias that two units share names neither."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self._names: dict[str, str | None] = {}
        for unit in units:
            for name in (unit.name, *unit.aliases):
                key = _plain(name)
                taken = self._names.get(key, unit.name)
                self._names[key] = unit.name if taken == unit.name else None
        for unit in units:  # a full name is never ambiguous
            self._names[_plain(unit.name)] = unit.name

    def __bool__(self) -> bool:
        return bool(self._names)

    def full_name(self, written: str) -> str | None:
        """The unit a written name means, or None."""
        return self._names.get(_plain(written))


def _plain(name: str) -> str:
    return fold(name).replace(" ", "")


_EMPTY = Directory(())
_LAST: list[tuple[tuple[UnitName, ...], Directory]] = []


def directory_of(units: Sequence[UnitName]) -> Directory:
    """The directory of these units; for one paper after the other it is put together once."""
    if not units:
        return _EMPTY
    known = tuple(units)  # of a tuple the tuple itself, which equals itself at once
    if not _LAST or _LAST[0][0] != known:
        _LAST[:] = [(known, Directory(known))]
    return _LAST[0][1]
