"""The column in which a rule says in what its time is counted."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from huiyin.rulebook.rules.sheets import CellKind, Column
from huiyin.rulebook.rules.words import UNITS_OF_TIME


def unit_of_time(*units: str) -> Column:
    """A choice of these units (`words.UNITS_OF_TIME`), in this order."""
    return Column(
        name="unit",
        label=pgettext_lazy("one", "单位"),
        kind=CellKind.CHOICE,
        choices={unit: UNITS_OF_TIME[unit] for unit in units},
    )
