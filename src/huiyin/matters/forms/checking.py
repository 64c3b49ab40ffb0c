"""Forms of draws, effect checks and strike-offs."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.matters.forms.base import ReasonForm, VerbForm
from huiyin.matters.forms.fields import method_field, percent_field, words_area
from huiyin.matters.forms.verbs import VerifyForm
from huiyin.matters.rules import Effect
from huiyin.matters.rules.draws import SCOPES


class DrawForm(forms.Form):
    """随机抽查: from what, how many (blank: as the rule says), how they are checked."""

    scope = forms.ChoiceField(label=_("在哪些事项里抽"), choices=list(SCOPES.items()))
    size = forms.IntegerField(
        label=_("抽几件"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("不填的按规则定的比例。"),
    )
    method = method_field()


class DrawnCheckForm(VerifyForm):
    """记录抽查: what was refuted stays open; nobody sends it back by that."""

    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=[("confirmed", _("与报送相符")), ("refuted", _("与报送不符"))],
        widget=forms.RadioSelect,
        initial="confirmed",
    )
    verified_percent = percent_field(label=_("认定进度（%，可不填）"))


class DropForm(ReasonForm):
    """不再抽查."""

    reason = forms.CharField(label=_("为什么不查了"), widget=words_area(3))


class EffectForm(VerbForm):
    """回头看见效."""

    outcome = forms.ChoiceField(
        label=_("有没有见效"), choices=Effect.choices, widget=forms.RadioSelect
    )
    method = method_field()
    finding = forms.CharField(label=_("看到了什么"), widget=words_area(4))


class SignForm(VerbForm):
    """签字验收: who signs answers for it."""

    optional = ("opinion",)
    opinion = forms.CharField(
        label=_("签字意见"), widget=words_area(3), help_text=_("谁验收、谁负责。")
    )


class ObjectionForm(VerbForm):
    """公示有异议."""

    objection = forms.CharField(label=_("谁提出了什么异议，查明了什么"), widget=words_area(3))
