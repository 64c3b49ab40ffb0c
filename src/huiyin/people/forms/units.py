"""What is typed about units → typed values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.people.forms.fields import day_field, offer_units
from huiyin.people.importing import split_aliases
from huiyin.people.models import Unit


class UnitForm(forms.Form):
    """A unit's names, kind and place."""

    name = forms.CharField(label=_("单位名称"), max_length=80)
    short_name = forms.CharField(
        label=_("简称"),
        max_length=40,
        required=False,
        help_text=_("不填时由全称得出，如“市教育局”。"),
    )
    aliases = forms.CharField(
        label=_("别名"),
        max_length=600,
        required=False,
        help_text=_("文件里可能出现的其他叫法，用顿号隔开。"),
    )
    kind = forms.ChoiceField(label=_("类型"), choices=Unit.Kind.choices, initial=Unit.Kind.BUREAU)
    parent = forms.TypedChoiceField(label=_("上级单位"), coerce=int)
    line_superior = forms.TypedChoiceField(
        label=_("业务主管单位"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("条线上的主管部门，没有就不选。"),
    )

    def __init__(self, units: list[Unit], *args: Any, is_root: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["parent"], units)
        offer_units(self.fields["line_superior"], units, blank=_now("没有"))
        if is_root:
            del self.fields["parent"]

    def values(self) -> dict[str, Any]:
        """What `unit.create` and `unit.change` take."""
        data = self.cleaned_data
        found = {name: data[name] for name in ("name", "short_name", "kind")}
        found["aliases"] = split_aliases(data["aliases"])
        found["line_superior_id"] = data["line_superior"]
        if "parent" in data:
            found["parent_id"] = data["parent"]
        return found


class EndUnitForm(forms.Form):
    """When a unit ended, and who follows it."""

    on = day_field(_("撤并日期"))
    successor = forms.TypedChoiceField(
        label=_("继任单位"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()
        offer_units(self.fields["successor"], units, blank=_now("没有"))

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > clock.today():
            raise forms.ValidationError(_now("撤并日期不能晚于今天。"))
        return on


class TableForm(forms.Form):
    """A table of units: a file, or lines typed or pasted."""

    file = forms.FileField(
        label=_("表格文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    text = forms.CharField(
        label=_("或者直接写、从表格里粘贴"),
        required=False,
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 12, "class": "mono", "spellcheck": "false"}),
        help_text=_(
            "一行一个单位：单位名称、简称、别名、上级单位、类型，用制表符或逗号隔开；只写名称也可以。"
        ),
    )
