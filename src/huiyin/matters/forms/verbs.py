"""Forms of the verbs of the main road: what a person writes, turned into the input of a verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.matters.forms.amounts import name_amount
from huiyin.matters.forms.asked_fields import PREFIX, add_asked_fields, with_answers
from huiyin.matters.forms.base import ReasonForm, VerbForm, WithFiles
from huiyin.matters.forms.fields import (
    UnitField,
    amount_field,
    method_field,
    offer_units,
    percent_field,
    words_area,
)
from huiyin.matters.models import ReportRequest
from huiyin.matters.queries.parts import silent_parts
from huiyin.matters.rules.concerns import Concern
from huiyin.matters.second_look import at_report
from huiyin.web.format import day


class SendBackForm(ReasonForm):
    """退回重办."""

    reason = forms.CharField(label=_("退回的理由，还差什么"), widget=words_area(3))


class HandBackForm(ReasonForm):
    """退回（非本单位）."""

    reason = forms.CharField(label=_("为什么不属于本单位，应由谁办"), widget=words_area(3))


class WithdrawForm(ReasonForm):
    """撤销事项."""

    reason = forms.CharField(
        label=_("撤销的理由"),
        widget=words_area(3),
        help_text=_("撤销后原话重新成为无人认领，记录都保留。"),
    )
    with_parts = forms.BooleanField(label=_("分解事项一并撤销"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not getattr(self.about.matter, "open_parts", 0):
            del self.fields["with_parts"]


class ReportForm(WithFiles):
    """反馈进展: pre-filled with what was said last, so that only what changed is asked for."""

    template = "matters/_form_report.html"
    optional = ("problems", "next_step")

    text = forms.CharField(label=_("这一段做了什么"), widget=words_area(4))
    percent = percent_field(label=_("完成进度（%）"))
    amount = amount_field(label=_("已完成数量"))
    problems = forms.CharField(label=_("困难和需要协调的"), widget=words_area(2))
    next_step = forms.CharField(label=_("下一步"), widget=words_area(2))
    milestones_done = forms.TypedMultipleChoiceField(
        label=_("这次完成的节点"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_steps = [step for step in self.about.milestones if step.done_on is None]
        today = clock.today()
        steps = [(str(s.pk), f"{day(s.due_on, today=today)} {s.what}") for s in open_steps]
        self.fields["milestones_done"].choices = steps  # type: ignore[attr-defined]
        if not open_steps or not self.about.is_lead:
            del self.fields["milestones_done"]
        if not self.about.is_lead or self.about.matter.is_standing:
            del self.fields["percent"]
        name_amount(self, "amount")
        self.asked_names: list[str] = []
        self.asked: list[ReportRequest] = add_asked_fields(self)

    def given(self) -> dict[str, Any]:
        """The input of the verb, with the fields that were asked for besides."""
        return with_answers(self)

    @property
    def asked_inputs(self) -> list[Any]:
        """The inputs of the fields that were asked for besides."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def concerns(self) -> list[Concern]:
        """The plain questions about the text."""
        if self.about.assignment is None:
            return []
        values = self.cleaned_data
        return at_report(
            self.about.assignment,
            text=values["text"],
            plans=values["next_step"],
            percent=values.get("percent"),
            amount=values.get("amount"),
            today=clock.today(),
        )


class CompletionForm(WithFiles):
    """报送办结."""

    template = "matters/_form_report.html"

    text = forms.CharField(
        label=_("办成了什么"),
        widget=words_area(5),
        help_text=_("对照验收标准写：数量、标准、日期。"),
    )
    amount = amount_field(label=_("完成数量"))
    parts_note = forms.CharField(
        label=_("没有反馈的配合单位，那几份怎么办的"), widget=words_area(2)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_amount(self, "amount")
        silent = silent_parts(self.about.matter)
        if silent:
            names = gettext("、").join(str(row.unit) for row in silent)
            words = gettext("%(units)s还没有反馈。牵头单位对整件事负责。") % {"units": names}
            self.fields["parts_note"].help_text = words
        else:
            del self.fields["parts_note"]

    def concerns(self) -> list[Concern]:
        """Every question about a claim that it is done; one without any evidence is refused first."""
        evidence = self.cleaned_data["evidence"] or self.about.matter.evidence.exists()
        if self.about.assignment is None or not evidence:
            return []
        return at_report(
            self.about.assignment,
            text=self.cleaned_data["text"],
            percent=100,
            amount=self.cleaned_data.get("amount"),
            completion=True,
            today=clock.today(),
        )


class VerifyForm(WithFiles):
    """核查 alone, where another person accepts."""

    template = "matters/_form_verify.html"

    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=[("confirmed", _("与报送相符")), ("refuted", _("与报送不符，退回重办"))],
        widget=forms.RadioSelect,
        initial="confirmed",
    )
    method = method_field()
    finding = forms.CharField(label=_("看到了什么"), widget=words_area(4))
    verified_percent = percent_field(
        label=_("认定完成（%）"), help_text=_("相符的不填，记为 100。")
    )
    verified_amount = amount_field(label=_("认定数量"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_amount(self, "verified_amount")


class SettleForm(WithFiles):
    """核查并销号 on one screen: what was found, the summary, the answer to the source."""

    template = "matters/_form_settle.html"

    method = method_field()
    finding = forms.CharField(label=_("看到了什么"), widget=words_area(4))
    verified_amount = amount_field(label=_("认定数量"))
    summary = forms.CharField(label=_("总结"), widget=words_area(3))
    addressee = forms.CharField(label=_("答复给谁"), max_length=120)
    answer = forms.CharField(label=_("答复"), widget=words_area(5))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_amount(self, "verified_amount")


class CloseOutForm(VerbForm):
    """销号 after acceptance."""

    summary = forms.CharField(label=_("总结"), widget=words_area(3))
    addressee = forms.CharField(label=_("答复给谁"), max_length=120)
    answer = forms.CharField(label=_("答复"), widget=words_area(5))


class CheckForm(WithFiles):
    """检查一次, of a standing matter."""

    template = "matters/_form_verify.html"

    method = method_field()
    finding = forms.CharField(label=_("看到了什么"), widget=words_area(4))
    verified_percent = percent_field(label=_("认定进度（%，可不填）"))
    verified_amount = amount_field(label=_("认定数量"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_amount(self, "verified_amount")


class RuleForm(VerbForm):
    """裁定归属: granted needs a new lead, so that somebody always answers."""

    template = "matters/_form_rule.html"
    optional = ("new_lead",)
    asks_unit = True

    granted = forms.TypedChoiceField(
        label=_("裁定"),
        choices=[("no", _("不同意退回，仍由该单位办理")), ("yes", _("同意退回，改由别的单位牵头"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    new_lead = UnitField(label=_("新的牵头单位"))
    reason = forms.CharField(label=_("裁定的理由"), widget=words_area(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.about.assignment.unit_id if self.about.assignment else None
        offer_units(self.fields["new_lead"], [u for u in self.about.units if u.pk != own])
        if not self.about.is_lead:
            del self.fields["new_lead"]
            choices = [
                ("no", gettext("不同意退回，仍由该单位配合")),
                ("yes", gettext("同意退回，不再配合")),
            ]
            self.fields["granted"].choices = choices  # type: ignore[attr-defined]
