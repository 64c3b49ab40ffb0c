"""What hangs on a unit and has to go on when it is merged away: each feature above says what it holds.

People know nothing of matters; a feature registers its `Business` at start-up, and the verb that ends
a unit asks all of them in its own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from huiyin.door import Call
from huiyin.ledger.models import OfficeFact
from huiyin.people.models import Unit


class Business(Protocol):
    """What one feature holds of a unit that must not be lost with it."""

    def open_of(self, unit: Unit) -> int:
        """How many things the unit still answers for."""

    def rows_of(self, unit: Unit) -> Iterable[OfficeFact]:
        """The rows that handing over may change, so that the door locks them first."""

    def hand_over(self, unit: Unit, heir: Unit, call: Call) -> int:
        """Everything open is the heir's; how many things that were."""


_registered: list[Business] = []


def register(business: Business) -> None:
    """The business is asked about every unit that ends."""
    if business not in _registered:
        _registered.append(business)


def open_of(unit: Unit) -> int:
    """How many things of all features the unit still answers for."""
    return sum(business.open_of(unit) for business in _registered)


def rows_of(unit: Unit) -> list[OfficeFact]:
    """The rows handing over may change."""
    return [row for business in _registered for row in business.rows_of(unit)]


def hand_over(unit: Unit, heir: Unit, call: Call) -> int:
    """Everything the unit answered for is the heir's; how many things that were."""
    return sum(business.hand_over(unit, heir, call) for business in _registered)
