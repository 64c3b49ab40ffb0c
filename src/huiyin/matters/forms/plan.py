"""The plan's form: its texts, and as many dated steps as the unit likes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.matters.actions.doing import Step
from huiyin.matters.forms.base import VerbForm
from huiyin.matters.forms.fields import words_area

BLANK_ROWS = 3
MOST_STEPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One row of steps as typed, with what is wrong with it."""

    due_on: str = ""
    what: str = ""
    error: str = ""


class PlanForm(VerbForm):
    """填写办理方案; steps already done are kept by the verb and not asked again."""

    template = "matters/_form_plan.html"
    optional = ("focus", "responsible_officer")

    goal = forms.CharField(
        label=_("目标"), widget=words_area(2), help_text=_("办成什么样：数量、标准。")
    )
    measures = forms.CharField(label=_("措施"), widget=words_area(4), help_text=_("一条一行。"))
    focus = forms.CharField(label=_("重点"), widget=words_area(2))
    responsible_officer = forms.CharField(label=_("责任人"), max_length=40)

    def rows(self) -> list[StepRow]:
        """The rows of steps: as typed, or those of the plan, with blank ones to fill in."""
        typed = (
            list(self._typed())
            if self.is_bound
            else [
                StepRow(due_on=step.due_on.isoformat(), what=step.what)
                for step in self.about.milestones
                if step.done_on is None
            ]
        )
        return [*typed, *[StepRow()] * BLANK_ROWS]

    def clean(self) -> dict[str, Any]:
        """Refuses a step without a day or a day without a step; nothing typed is dropped."""
        cleaned: dict[str, Any] = super().clean() or {}
        if any(row.error for row in self._typed()):
            self.add_error(None, gettext("有的节点没有填全，请看节点那几行。"))
        return cleaned

    def given(self) -> dict[str, Any]:
        """The input of the verb, steps included."""
        steps = [
            Step(due_on=date.fromisoformat(row.due_on), what=row.what) for row in self._typed()
        ]
        return {**self.cleaned_data, "milestones": steps}

    def _typed(self) -> Iterator[StepRow]:
        """Rows in which anything was typed."""
        data: Any = self.data
        if not hasattr(data, "getlist"):
            return
        pairs = zip(data.getlist("step_due"), data.getlist("step_what"), strict=False)
        for due_on, what in list(pairs)[:MOST_STEPS]:
            if due_on.strip() or what.strip():
                yield StepRow(
                    due_on=due_on.strip(),
                    what=what.strip(),
                    error=_wrong(due_on.strip(), what.strip()),
                )


def _wrong(due_on: str, what: str) -> str:
    """What is wrong with a row, "" when nothing is."""
    if not what:
        return gettext("这一步做什么？")
    try:
        date.fromisoformat(due_on)
    except ValueError:
        return gettext("哪天完成？")
    return ""
