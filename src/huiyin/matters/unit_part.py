"""What the page of a unit says about its matters: how often it was asked for reports, and for how much."""

from __future__ import annotations

from huiyin import clock
from huiyin.actors import Actor
from huiyin.matters.asking import load
from huiyin.people.models import Unit
from huiyin.people.parts import Part, register_unit_part


def register() -> None:
    """From now on every unit's page counts the reports asked of it this month."""
    register_unit_part(_asked)


def _asked(unit: Unit, viewer: Actor) -> Part | None:
    """For those who may ask and for the unit itself; nothing when nobody asked."""
    if not viewer.sees_all and unit.pk not in viewer.unit_ids():
        return None
    found = load(unit.pk, clock.today())
    return Part(template="matters/_unit_asked.html", given=found) if found.times else None
