"""Forms of the dispatch table: one row, the same cells of many rows, and a matter of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.matters.forms.due import Limits, asks_due, limit_field, offer_limits, start_field
from huiyin.matters.forms.fields import (
    UnitField,
    UnitsField,
    day_input,
    method_field,
    offer_leaders,
    offer_units,
    words_area,
)
from huiyin.matters.models import Matter
from huiyin.matters.rules import Interval, Nature, Origin, Rhythm, Urgency
from huiyin.people.models import Post, Unit
from huiyin.rulebook.rules.words import APPEALS, SOURCES

DATED = ("due_on", "limit", "counted_from", "rhythm")
"""Cells that only a matter with a due day has."""
RESTORABLE = ("due", "acceptance", "check", "leader")
OWN_SOURCES = (
    "own",
    "superior",
    "appeal",
    "instruction",
    "minutes",
    "speech",
    "report",
    "rectification",
    "petition",
    "hotline",
    "hotline_question",
    "hotline_request",
    "hotline_complaint",
    "suggestion",
    "proposal",
    "disclosure",
)


class _Cells(forms.Form):
    """The cells of a row, all of them optional."""

    lead = UnitField(label=_("牵头单位"), required=False)
    supporting = UnitsField(label=_("配合单位"), required=False)
    due_on = forms.DateField(label=_("时限"), required=False, widget=day_input())
    limit = limit_field()
    counted_from = start_field()
    interval = forms.ChoiceField(
        label=_("周期"), required=False, choices=[("", ""), *Interval.choices]
    )
    check_method = method_field(required=False)
    leader_post = forms.TypedChoiceField(
        label=_("分管领导"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        leaders: Sequence[Post],
        limits: Limits,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_limits(self.fields["limit"], limits)
        offer_units(self.fields["lead"], units, blank=gettext("（还没定）"))
        offer_units(self.fields["supporting"], units)
        offer_leaders(self.fields["leader_post"], leaders)


class RowForm(_Cells):
    """One row of the table; only what differs from the row is handed over, so origins stay true."""

    title = forms.CharField(label=_("事项名称"), widget=words_area(2))
    acceptance = forms.CharField(label=_("验收标准"), required=False, widget=words_area(3))
    rhythm = forms.ChoiceField(label=_("反馈频次"), required=False, choices=Rhythm.choices)

    field_order = (
        "title",
        "lead",
        "supporting",
        "due_on",
        "limit",
        "counted_from",
        "interval",
        "rhythm",
        "acceptance",
        "check_method",
        "leader_post",
    )

    def __init__(
        self, *args: Any, matter: Matter, supporting: Sequence[int], **kwargs: Any
    ) -> None:
        self.matter = matter
        due = matter.filled.get("due", {})
        self.before: dict[str, Any] = {
            "title": matter.title,
            "lead": matter.lead_unit_id,
            "supporting": list(supporting),
            "due_on": matter.due_on,
            "limit": due.get("limit", "") if due.get("from") == "rule" else "",
            "counted_from": _day(due.get("start")),
            "interval": matter.interval,
            "rhythm": matter.rhythm,
            "acceptance": matter.acceptance,
            "check_method": matter.check_method,
            "leader_post": matter.leader_post_id,
        }
        super().__init__(*args, initial=self.before, **kwargs)
        for name in DATED if matter.is_standing else ("interval",):
            del self.fields[name]
        method: Any = self.fields["check_method"]
        method.choices = [choice for choice in method.choices if choice[0]]

    def given(self) -> dict[str, Any]:
        """The cells that were changed; a cell left blank is left as it was."""
        changed = {
            name: value for name, value in self.cleaned_data.items() if self._differs(name, value)
        }
        if "counted_from" in changed:
            changed["limit"] = self.cleaned_data["limit"]
        return {name: value for name, value in changed.items() if value or name == "supporting"}

    def _differs(self, name: str, value: Any) -> bool:
        before = self.before[name]
        return sorted(value) != sorted(before) if name == "supporting" else value != before


class BatchForm(_Cells):
    """What the bar of the table does to the rows chosen: one cell for all, or the defaults again."""

    DOES = ("due", "supporting", "check", "lead", "leader", "restore")

    def given(self, what: str) -> dict[str, Any]:
        """The input of `matter.fill_many` for one thing to do; ValidationError when it is blank."""
        data = self.cleaned_data
        match what:
            case "restore":
                return {"restore": list(RESTORABLE)}
            case "supporting":
                return self._some(supporting=data["supporting"])
            case "due":
                cells = ("due_on", "limit", "counted_from", "interval")
                return self._some(**{name: data[name] for name in cells})
            case "check":
                return self._some(check_method=data["check_method"])
            case "lead":
                return self._some(lead=data["lead"])
        return self._some(leader_post=data["leader_post"])

    @staticmethod
    def _some(**values: Any) -> dict[str, Any]:
        if not any(values.values()):
            raise forms.ValidationError(gettext("还没有选要填的内容。"))
        return {name: value for name, value in values.items() if value}


class OwnForm(_Cells):
    """主动立项: a matter that no document asked for, or one whose paper stays outside."""

    title = forms.CharField(label=_("事项名称"), widget=words_area(2))
    nature = forms.ChoiceField(
        label=_("性质"), choices=Nature.choices, widget=forms.RadioSelect, initial="task"
    )
    source_kind = forms.ChoiceField(
        label=_("来源"), choices=[(code, SOURCES[code]) for code in OWN_SOURCES], initial="own"
    )
    source_label = forms.CharField(
        label=_("出处"),
        required=False,
        max_length=200,
        help_text=_("文件名、会议、来信编号；答复写给谁由此而来。"),
    )
    quote = forms.CharField(label=_("原话"), required=False, widget=words_area(2))
    acceptance = forms.CharField(label=_("验收标准"), required=False, widget=words_area(2))
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices, initial="normal")

    ASKS_DUE = ("quote", "source_kind", "urgency", "due_on", "limit", "counted_from", "nature")
    ORIGINS = {
        "superior": Origin.SUPERIOR,
        "instruction": Origin.INSTRUCTION,
        **dict.fromkeys((*APPEALS, "suggestion", "proposal", "disclosure"), Origin.APPEAL),
    }
    CELLS = {"lead": "lead", "supporting": "supporting", "due_on": "due", "interval": "due",
             "acceptance": "acceptance", "check_method": "check", "leader_post": "leader"}  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks_due(self, self.ASKS_DUE)

    def given(self, *, by: str) -> dict[str, Any]:
        """The input of `matter.register`; cells filled in say by whom."""
        data = dict(self.cleaned_data)
        data |= (
            {"due_on": None, "limit": "", "counted_from": None}
            if data["nature"] == Nature.STANDING
            else {"interval": ""}
        )
        why = gettext("%(name)s 填") % {"name": by}
        filled = {
            cell: {"from": "hand", "why": why}
            for name, cell in self.CELLS.items()
            if data.get(name)
        }
        origin = self.ORIGINS.get(data["source_kind"], Origin.OWN)
        return {**data, "origin": str(origin), "filled": filled}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
