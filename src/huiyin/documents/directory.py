"""The directory of units as names in a paper are looked up in it: 教育局 is 市教育局 is 云岭市教育局."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from huiyin.people.models import Unit

_TAIL = re.compile(r"(?:等?(?:有关|相关|各)?(?:部门|单位)|等)$")
_SPACE = re.compile(r"[\s\u3000]+")


class Directory:
    """Names of units → units; a name two units share finds neither."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_name: dict[str, Unit | None] = {}
        for unit in units:
            for name in {form for full in unit.names for form in _forms(full)}:
                known = self.by_name.get(name, unit)
                self.by_name[name] = unit if known == unit else None

    def find(self, names: Iterable[str]) -> tuple[list[Unit], list[str]]:
        """(units in the order named, names that are no unit of the directory)."""
        found: list[Unit] = []
        lost: list[str] = []
        for name in names:
            unit = self._one(name)
            if unit is None:
                lost.append(name)
            elif unit not in found:
                found.append(unit)
        return found, lost

    def _one(self, name: str) -> Unit | None:
        tidy = _TAIL.sub("", _SPACE.sub("", name))
        return next((unit for form in _forms(tidy) if (unit := self.by_name.get(form))), None)


def directory(jurisdiction_id: int, *, on: date) -> Directory:
    """The units of a jurisdiction that stand on a day."""
    return Directory(Unit.objects.filter(jurisdiction_id=jurisdiction_id).standing_on(on))


def _forms(name: str) -> list[str]:
    """A name and the ways it is shortened: without the place, without 市/县/区 before it."""
    tidy = _SPACE.sub("", name)
    forms = [tidy]
    short = re.sub(
        r"^(?:[\u4e00-\u9fff]{1,6}?[省市县区州])?(?=[\u4e00-\u9fff]{2,}(?:局|委|办|室|院|会|厅|中心|公司|镇|乡|街道)$)",
        "",
        tidy,
    )
    for form in (short, re.sub(r"^[省市县区州]", "", tidy)):
        if len(form) >= 2 and form not in forms:
            forms.append(form)
    return forms
