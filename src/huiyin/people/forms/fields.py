"""Fields that several forms share."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.people.models import Unit


class DateInput(forms.DateInput):
    """A date field that every browser of the bar shows as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **more)


class UnitSelect(forms.Select):
    """A list of units that becomes a combobox in which every name of a unit finds it."""

    aliases: dict[str, str] = {}

    def __init__(self) -> None:
        super().__init__(attrs={"data-combo": ""})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option with the unit's other names."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if alias := self.aliases.get(str(value)):
            option["attrs"]["data-alias"] = alias
        return option


def offer_units(field: Any, units: list[Unit], *, blank: str = "") -> None:
    """The field offers these units, under a first line `blank` that stands for none."""
    first: list[Any] = [("", blank)] if blank else []
    field.widget = UnitSelect()
    field.choices = [*first, *((unit.pk, str(unit)) for unit in units)]
    field.widget.aliases = {str(unit.pk): " ".join(unit.names) for unit in units}
