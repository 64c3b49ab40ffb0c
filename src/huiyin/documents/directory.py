"""The directory of units as names in a paper are looked up in it: 教育局 is 市教育局 is 云岭市教育局."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.people import matching
from huiyin.people.matching import Match, Why
from huiyin.people.models import Unit
from huiyin.people.queries import directory_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Units in the order named, and the names that stand for none or for several."""

    units: list[Unit]
    unclear: list[Match]


class Directory:
    """The units of an office by every name they are called."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_id = {unit.pk: unit for unit in units}
        self._index = directory_of(self.by_id.values())

    def find(self, names: Iterable[str]) -> Found:
        """What the names mean; one that fits several units, or a whole group, is left to a person."""
        units: list[Unit] = []
        unclear: list[Match] = []
        for match in matching.match(list(names), self._index):
            if match.why in (Why.NONE, Why.SEVERAL, Why.GROUP):
                unclear.append(match)
            elif (unit := self.by_id[match.unit_ids[0]]) not in units:
                units.append(unit)
        return Found(units=units, unclear=unclear)


def directory(jurisdiction_id: int, *, on: date) -> Directory:
    """The units of a jurisdiction that stand on a day; one query."""
    return Directory(Unit.objects.filter(jurisdiction_id=jurisdiction_id).standing_on(on))
