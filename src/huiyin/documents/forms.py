"""HTML input of documents → typed values."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.documents.models import Passage
from huiyin.documents.rules import AmountWords, DeadlineWords, DocType, Kind, RhythmWords
from huiyin.matters.forms.due import Limits, asks_due, limit_field, offer_limits, start_field
from huiyin.matters.rules import Interval, Nature, Urgency

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_PARTS = re.compile(r"[、，,；;\n]+")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(.{0,12})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


class AboutForm(forms.Form):
    """What the paper is, corrected by hand."""

    title = forms.CharField(label=_("标题"), max_length=200)
    doc_type = forms.ChoiceField(label=_("文种"), choices=DocType.choices)
    given_on = forms.DateField(
        label=_("日期"),
        widget=DAY,
        required=False,
        help_text=_("改了日期，请再按“重新读一遍”，时限会重算。"),
    )
    issuer = forms.CharField(label=_("发文单位"), max_length=120, required=False)
    speaker = forms.CharField(label=_("讲话人"), max_length=80, required=False)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices)


class PasteForm(forms.Form):
    """Words pasted from somewhere else, as a document of their own."""

    title = forms.CharField(label=_("标题"), max_length=200, required=False)
    text = forms.CharField(
        label=_("正文"),
        strip=False,
        max_length=5_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "song"}),
    )


class InstructionForm(forms.Form):
    """A leader's instruction and to whom it goes, on one screen."""

    ASKS_DUE = ("words", "given_on", "urgency", "nature", "due_on", "limit", "counted_from")

    leader_post = forms.TypedChoiceField(label=_("批示领导"), coerce=int, empty_value=None)
    given_on = forms.DateField(label=_("批示日期"), widget=DAY)
    words = forms.CharField(
        label=_("批示原话"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "song"}),
    )
    oral = forms.BooleanField(label=_("口头指示"), required=False)
    paper = forms.CharField(label=_("批在哪份材料上"), max_length=200, required=False)
    document = forms.TypedChoiceField(
        label=_("本系统中的文件"), coerce=int, empty_value=None, required=False
    )
    number = forms.CharField(label=_("批示编号"), max_length=60, required=False)
    lead = forms.TypedChoiceField(
        label=_("牵头单位"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"required": _("请选择牵头单位")},
    )
    supporting = forms.TypedMultipleChoiceField(label=_("配合单位"), coerce=int, required=False)
    title = forms.CharField(label=_("事项名称"), max_length=120, required=False)
    nature = forms.ChoiceField(label=_("性质"), choices=Nature.choices, initial=Nature.TASK)
    urgency = forms.ChoiceField(label=_("缓急"), choices=Urgency.choices, initial=Urgency.NORMAL)
    due_on = forms.DateField(label=_("办结时限"), widget=DAY, required=False)
    limit = limit_field()
    counted_from = start_field()
    acceptance = forms.CharField(
        label=_("验收标准"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        leaders: list[Any],
        units: list[Any],
        documents: list[Any],
        limits: Limits,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        offer_limits(self.fields["limit"], limits)
        asks_due(self, self.ASKS_DUE)
        blank = [("", "")]
        self._choose("leader_post", blank + [(p.pk, f"{p.user.name}　{p.title}") for p in leaders])
        self._choose("lead", blank + [(unit.pk, str(unit)) for unit in units])
        self._choose("supporting", [(unit.pk, str(unit)) for unit in units])
        self._choose("document", blank + [(row.pk, str(row)) for row in documents])
        # What the browser's own type-ahead (data-combo) matches besides the name.
        self.units = units

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class LimitForm(forms.Form):
    """A legal limit for one requirement, as the dispatch table offers it; `proposed` is that of its kind of source."""

    limit = limit_field()
    counted_from = start_field()

    def __init__(self, data: QueryDict | None, *, limits: Limits, proposed: str = "") -> None:
        super().__init__(data, initial={"limit": proposed}, auto_id="l-%s")
        offer_limits(self.fields["limit"], limits)
        self.fields["limit"].help_text = ""
        self.proposed = proposed

    def given(self) -> dict[str, Any]:
        """What was chosen: a limit that the rule gives anyhow is left to the rule, unless it starts on another day."""
        data = self.cleaned_data
        if data["limit"] == self.proposed and data["counted_from"] is None:
            return {}
        return {name: value for name, value in data.items() if value}


def number(value: str | None) -> int | None:
    """A whole number from an address or a hidden field; None for anything else."""
    return int(value) if value and value.isdecimal() and len(value) < 19 else None


def names(value: str) -> list[str]:
    """`市住建局、市财政局` → two names."""
    return list(dict.fromkeys(part.strip() for part in _PARTS.split(value) if part.strip()))


def amounts(value: str, before: list[dict[str, Any]]) -> list[AmountWords]:
    """`20座、3万吨` → figures with their units; what the reader found keeps its own words."""
    known = {amount_text(part): part for part in before}
    found = []
    for part in (p.strip() for p in _PARTS.split(value)):
        if part in known:
            row = known[part]
            found.append(
                AmountWords(
                    text=str(row.get("text", "")), value=str(row["value"]), unit=str(row["unit"])
                )
            )
        elif match := _AMOUNT.search(part):
            found.append(AmountWords(text=part[:60], value=match[1], unit=match[2].strip()))
    return found


def amount_text(part: dict[str, Any]) -> str:
    """A figure as a field shows it: 20座."""
    return f"{part.get('value', '')}{part.get('unit', '')}"


def shown(passage: Passage) -> dict[str, str]:
    """What the fields of a finding show; compared with what comes back to see whether it was changed."""
    return {
        "kind": passage.kind,
        "lead": "、".join(passage.lead_names),
        "co": "、".join(passage.co_names),
        "due_on": passage.due_on.isoformat() if passage.due_on else "",
        "freq": passage.freq,
        "amounts": "、".join(amount_text(part) for part in passage.quantities),
    }


def changes(passage: Passage, data: QueryDict) -> dict[str, Any]:
    """What a reviewer changed in the fields of a finding, as `passage.change` takes it."""
    before = shown(passage)
    typed = {name: data.get(name, value).strip() for name, value in before.items()}
    given: dict[str, Any] = {}
    for name, value in typed.items():
        if value != before[name]:
            given |= _changed(name, value, passage)
    return given


def _changed(name: str, value: str, passage: Passage) -> dict[str, Any]:
    match name:
        case "lead" | "co":
            return {name: names(value)}
        case "due_on":
            return {"deadline": _deadline(value, passage)}
        case "freq":
            freq = value if value in Interval.values else ""
            words = str(passage.recurrence.get("text") or "") if freq else ""
            return {"recurrence": RhythmWords(text=words, freq=freq)}
        case "amounts":
            return {"quantities": amounts(value, passage.quantities)}
    return {"kind": value}


def _deadline(value: str, passage: Passage) -> DeadlineWords:
    """The day typed, with the words the reader found; no day takes the date away and keeps the words."""
    words = str(passage.deadline.get("text") or "")
    if not _ISO.match(value):
        return DeadlineWords(text=words, kind="open" if words else "fixed")
    try:
        return DeadlineWords(text=words, date=date.fromisoformat(value), why=_now("核对时填"))
    except ValueError:
        return DeadlineWords(text=words)


KINDS = Kind.choices
FREQUENCIES = Interval.choices
