"""The form of a take-over: the table, what it is called, and on whose decision it is taken over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeOverForm(forms.Form):
    """A running register: a file, or lines pasted from a spreadsheet."""

    title = forms.CharField(label=_("台账名称"), max_length=200)
    basis = forms.CharField(
        label=_("依据"),
        max_length=400,
        help_text=_("依据谁的决定接管，例如：2026年11月20日办公室主任会。"),
    )
    file = forms.FileField(
        label=_("表格文件"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    text = forms.CharField(
        label=_("或者从表格里粘贴"),
        required=False,
        strip=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 10, "class": "mono", "spellcheck": "false"}),
        help_text=_("连表头一起复制。至少要有“事项”和“牵头单位”两列，别的有多少填多少。"),
    )
