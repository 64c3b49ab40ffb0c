"""Fields that several forms share: units by any of their names, methods, files that are never lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Post, Unit
from huiyin.rulebook.rules.words import METHODS


class _UnitOptions:
    """Options that also carry the other names of a unit, which the combobox searches."""

    aliases: dict[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option with its aliases."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        alias = self.aliases.get(str(value))
        if alias:
            option["attrs"]["data-alias"] = alias
        return option


class UnitSelect(_UnitOptions, forms.Select):
    """A list of units that becomes a combobox."""


class UnitsSelect(_UnitOptions, forms.SelectMultiple):
    """Several units, shown as chips."""


class UnitField(forms.TypedChoiceField):
    """One unit of the directory; None when left open."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", UnitSelect(attrs={"data-combo": True}))
        super().__init__(coerce=int, empty_value=None, **kwargs)


class UnitsField(forms.TypedMultipleChoiceField):
    """Any number of units of the directory."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", UnitsSelect(attrs={"data-combo": True}))
        super().__init__(coerce=int, **kwargs)


def offer_units(field: Any, units: Iterable[Unit], *, blank: str = "") -> None:
    """The field offers these units, findable by every name they have."""
    rows = list(units)
    choices: list[tuple[str, str]] = [(str(unit.pk), str(unit)) for unit in rows]
    if isinstance(field, UnitField):
        choices.insert(0, ("", blank))
    field.choices = choices
    field.widget.aliases = {str(unit.pk): " ".join(unit.names) for unit in rows}


def offer_leaders(field: Any, posts: Iterable[Post], *, blank: str = "") -> None:
    """The field offers these leaders' posts."""
    named = [(str(post.pk), f"{post.user.name}{post.title}") for post in posts]
    field.choices = [("", blank), *named]


def words_area(rows: int = 3) -> forms.Textarea:
    """A text area of some lines."""
    return forms.Textarea(attrs={"rows": rows})


def day_input() -> forms.DateInput:
    """The browser's own calendar; the value is written as every browser expects it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def method_field(**kwargs: Any) -> forms.ChoiceField:
    """How something is checked."""
    blank = [] if kwargs.get("required", True) else [("", "")]
    return forms.ChoiceField(label=_("核查办法"), choices=[*blank, *METHODS.items()], **kwargs)


def percent_field(**kwargs: Any) -> forms.IntegerField:
    """A percentage."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 100})
    return forms.IntegerField(min_value=0, max_value=100, required=False, widget=widget, **kwargs)


def amount_field(**kwargs: Any) -> forms.DecimalField:
    """An amount, with as many places as its column keeps."""
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.DecimalField(
        min_value=0, max_digits=19, decimal_places=4, required=False, widget=widget, **kwargs
    )


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; the value is a list of what the browser sent."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", FilesInput(attrs={"multiple": True}))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(
        self, data: Sequence[UploadedFile[Any]] | UploadedFile[Any] | None, initial: Any = None
    ) -> Any:
        """The files, empty ones refused by name."""
        several = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in several]
