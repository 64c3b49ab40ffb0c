"""Fields of a due day: the legal limit one may choose instead, where it starts, and what is asked live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.matters.forms.fields import day_input
from huiyin.matters.rules import Urgency
from huiyin.rulebook.rules import TimeLimit
from huiyin.rulebook.rules.words import SOURCES

Limits = Sequence[tuple[str, list[TimeLimit]]]


def limit_field() -> forms.ChoiceField:
    """A legal limit to go by; blank for none."""
    return forms.ChoiceField(
        label=_("按时限规则"), required=False, choices=[("", "")], help_text=_("填了时限的，以所填为准。")
    )  # fmt: skip


def start_field() -> forms.DateField:
    """The day a limit is counted from."""
    return forms.DateField(
        label=_("起算日"),
        required=False,
        widget=day_input(),
        help_text=_("受理、收到之日；不填从当日算起。"),
    )


def offer_limits(field: Any, limits: Limits) -> None:
    """The field offers these limits in their order, under what they belong to."""
    groups = [(label, [(row.clock, row.label) for row in rows]) for label, rows in limits]
    field.choices = [("", ""), *groups]


def asks_due(form: forms.Form, names: Sequence[str]) -> None:
    """The note beside the due day is asked for again whenever one of these fields changes."""
    for name in names:
        attrs = form.fields[name].widget.attrs
        attrs["class"] = f"{attrs.get('class', '')} due-asks".strip()


class DueNoteForm(forms.Form):
    """What is typed so far, of which the due day depends; what cannot be read yet counts as blank."""

    words = forms.CharField(required=False, max_length=20_000)
    quote = forms.CharField(required=False, max_length=20_000)
    given_on = forms.DateField(required=False)
    source_kind = forms.ChoiceField(required=False, choices=[*SOURCES.items()])
    urgency = forms.ChoiceField(required=False, choices=Urgency.choices)
    nature = forms.CharField(required=False, max_length=20)
    due_on = forms.DateField(required=False)
    limit = forms.CharField(required=False, max_length=40)
    counted_from = forms.DateField(required=False)
    ordered_for = forms.CharField(required=False, max_length=20)

    def typed(self) -> dict[str, Any]:
        """What could be read of it."""
        self.is_valid()
        return dict(self.cleaned_data)
