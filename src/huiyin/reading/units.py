"""Units of the office's directory, found by any of their names: ten thousand at no noticeable cost."""

from __future__ import annotations

from collections.abc import Sequence

import ahocorasick

from huiyin.reading.chars import fold
from huiyin.reading.types import UnitName


class Directory:
    """Full names by every name a paper may use; an alias that two units share names neither."""

    def __init__(self, units: Sequence[UnitName]) -> None:
        self._names: dict[str, str | None] = {}
        for unit in units:
            for name in (unit.name, *unit.aliases):
                key = fold(name).strip()
                taken = self._names.get(key, unit.name)
                self._names[key] = unit.name if taken == unit.name else None
        for unit in units:  # a full name is never ambiguous
            self._names[fold(unit.name).strip()] = unit.name
        self._machine = ahocorasick.Automaton()
        for key in self._names:
            if len(key) > 1:
                self._machine.add_word(key, len(key))
        if self._names:
            self._machine.make_automaton()

    def __bool__(self) -> bool:
        return bool(self._names)

    def full_name(self, written: str) -> str | None:
        """The unit a written name means, or None."""
        return self._names.get(fold(written).replace(" ", ""))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where names of the directory stand in a text, longest and leftmost first."""
        if not self._names:
            return []
        return [(end + 1 - size, end + 1) for end, size in self._machine.iter_long(text)]
