"""Forms of asking for a report and of its rhythm: what is known already stands above the question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.matters.asking import Known, Load, known_already, load
from huiyin.matters.forms.base import VerbForm
from huiyin.matters.forms.fields import day_input, words_area
from huiyin.matters.rules import Rhythm


class AskReportForm(VerbForm):
    """要情况: first what is known already and what the unit was asked this month, then the question."""

    template = "matters/_form_ask_report.html"
    optional = ("due_on",)

    reason = forms.CharField(label=_("为什么要"), widget=words_area(2))
    due_on = forms.DateField(
        label=_("哪天前报"), widget=day_input(), help_text=_("不填的按规则定。")
    )
    fields_asked = forms.CharField(
        label=_("另外要的字段"),
        required=False,
        widget=words_area(2),
        help_text=_("一行一个，如“已拨资金（万元）”。能从反馈里看到的不要再要。"),
    )
    not_enough = forms.CharField(label=_("已有的情况为什么不够"), widget=words_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = bool(self.known.words)
        self.fields["not_enough"].required = known
        if not known and not self.is_bound:
            del self.fields["not_enough"]

    @property
    def known(self) -> Known:
        """What is there already about this part."""
        assert self.about.assignment is not None  # noqa: S101 - the verb is about a part
        return known_already(self.about.assignment, clock.today())

    @property
    def load(self) -> Load:
        """What the unit was asked for this month."""
        assert self.about.assignment is not None  # noqa: S101 - the verb is about a part
        return load(self.about.assignment.unit_id, clock.today())

    def given(self) -> dict[str, Any]:
        """The input of `assignment.ask_report`."""
        data = dict(self.cleaned_data)
        return {
            "reason": data["reason"],
            "due_on": data["due_on"],
            "fields": data["fields_asked"].splitlines(),
            "not_enough": data.get("not_enough", ""),
        }

    def refuse(self, refusal: Any) -> None:
        """Words about `fields` stand beside the box they were typed into."""
        for name, lines in refusal.fields.items():
            place = "fields_asked" if name == "fields" else name
            self.add_error(place if place in self.fields else None, lines)


class RhythmForm(VerbForm):
    """改反馈频次."""

    rhythm = forms.ChoiceField(label=_("反馈频次"), choices=Rhythm.choices)
    reason = forms.CharField(label=_("为什么改"), widget=words_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].initial = self.about.matter.rhythm
