"""Sections that features above add to the page of a unit, for those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huiyin.actors import Actor
from huiyin.people.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section: its template and what that is `given`."""

    template: str
    given: Any


MakePart = Callable[[Unit, Actor], Part | None]
_makers: list[MakePart] = []


def register_unit_part(make: MakePart) -> None:
    """From now on the section stands on the page of every unit, for the viewers `make` gives one."""
    _makers.append(make)


def unit_parts(unit: Unit, viewer: Actor) -> list[Part]:
    """The sections of a unit's page as one viewer sees them."""
    return [part for make in _makers if (part := make(unit, viewer)) is not None]
