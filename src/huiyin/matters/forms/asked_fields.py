"""Fields that were asked for besides the report: part of the report's own form, filled with what was said last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from huiyin.matters.asking import asked_fields, last_answers
from huiyin.matters.models import ReportRequest
from huiyin.matters.rules import AskState

if TYPE_CHECKING:
    from huiyin.matters.forms.verbs import ReportForm

PREFIX = "asked_"


def add_asked_fields(form: ReportForm) -> list[ReportRequest]:
    """The form has an input for each field asked for; the requests it answers, to be listed above."""
    part = form.about.assignment
    if part is None:
        return []
    names = asked_fields(part)
    last = last_answers(part) if names else {}
    for place, name in enumerate(names):
        form.fields[f"{PREFIX}{place}"] = forms.CharField(
            label=name, required=False, max_length=400, initial=last.get(name, "")
        )
    form.asked_names = names
    return list(part.report_requests.filter(state=AskState.OPEN).select_related("asked_by_unit"))


def with_answers(form: ReportForm) -> dict[str, Any]:
    """What was typed, the asked fields gathered by their names."""
    given = {
        name: value for name, value in form.cleaned_data.items() if not name.startswith(PREFIX)
    }
    answers = {
        name: form.cleaned_data.get(f"{PREFIX}{place}", "")
        for place, name in enumerate(form.asked_names)
    }
    return given | ({"answers": answers} if answers else {})
