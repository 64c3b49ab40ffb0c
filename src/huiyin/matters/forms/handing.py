"""Forms of the side roads between units: referral, joint handling, consultation, coordination, personal lead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.actors import LEADERS
from huiyin.matters.forms.base import ReasonForm, VerbForm, WithFiles
from huiyin.matters.forms.fields import (
    UnitField,
    UnitsField,
    day_input,
    offer_leaders,
    offer_units,
    words_area,
)
from huiyin.matters.models import Coordination
from huiyin.matters.rules import Level, Response
from huiyin.rulebook.rules.joint import SLIPS


class ReferForm(ReasonForm):
    """转办: to whom, and why."""

    asks_unit = True

    to = UnitField(label=_("应由谁办"))
    reason = forms.CharField(
        label=_("为什么应由该单位办理"),
        widget=words_area(3),
        help_text=_("对方接手以前，仍由本单位办理、反馈。"),
    )
    field_order = ("to", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.about.matter.lead_unit_id
        offer_units(self.fields["to"], [u for u in self.about.units if u.pk != own])


class DeclineForm(ReasonForm):
    """不接手."""

    reason = forms.CharField(label=_("为什么不接手，应由谁办"), widget=words_area(3))


class RuleReferralForm(ReasonForm):
    """裁定转办."""

    granted = forms.TypedChoiceField(
        label=_("裁定"),
        choices=[("no", _("不同意转办，仍由原单位办理")), ("yes", _("同意转办，由接收单位牵头"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    reason = forms.CharField(label=_("裁定的理由"), widget=words_area(3))
    field_order = ("granted", "reason")


class PartForm(VerbForm):
    """明确分工: what one supporting unit does, by when."""

    optional: tuple[str, ...] = ("due_on",)

    task = forms.CharField(label=_("这个单位具体办什么"), widget=words_area(2))
    due_on = forms.DateField(
        label=_("什么时候反馈"), widget=day_input(), help_text=_("不填的按规则定。")
    )


class AddSupportingForm(PartForm):
    """增加配合单位."""

    optional = ("task", "due_on")
    asks_unit = True

    unit = UnitField(label=_("单位"))
    field_order = ("unit", "task", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {row.unit_id for row in self.about.matter.assignments.all() if row.state != "ended"}
        offer_units(self.fields["unit"], [u for u in self.about.units if u.pk not in there])


class ReleaseForm(ReasonForm):
    """免去配合."""

    reason = forms.CharField(label=_("为什么不再需要它配合"), widget=words_area(2))


class FinishPartForm(WithFiles):
    """本单位的份已办完."""

    template = "matters/_form_report.html"

    text = forms.CharField(label=_("本单位的份办成了什么"), widget=words_area(4))


class ResponseForm(VerbForm):
    """记录配合情况: a fact for the record, nobody is scored."""

    optional = ("note",)

    response = forms.ChoiceField(
        label=_("配合情况"), choices=Response.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("说明"), widget=words_area(2), help_text=_("记的是事实，不打分、不排名。")
    )


class ConsultForm(VerbForm):
    """征求意见."""

    asks_unit = True

    units = UnitsField(label=_("征求哪些单位"))
    kind = forms.ChoiceField(label=_("种类"), choices=list(SLIPS.items()))
    question = forms.CharField(
        label=_("征求什么意见"),
        widget=words_area(3),
        help_text=_("期限由规则定；逾期未复会显示出来，不算同意，规则另有规定的除外。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.about.matter.lead_unit_id
        offer_units(self.fields["units"], [u for u in self.about.units if u.pk != own])


class AnswerSlipForm(VerbForm):
    """答复征求意见."""

    answer = forms.CharField(
        label=_("意见"), widget=words_area(3), help_text=_("没有意见的写“无意见”。")
    )


class AskCoordinationForm(VerbForm):
    """提请协调."""

    question = forms.CharField(
        label=_("什么事情本单位定不了，需要怎样协调"),
        widget=words_area(3),
        help_text=_("先报分管领导。等答复期间事项继续办理，时限不停。"),
    )


class AnswerCoordinationForm(VerbForm):
    """答复协调: a meeting's answer with the number of its minutes."""

    answer = forms.CharField(label=_("怎么定，由谁办"), widget=words_area(3))
    basis = forms.CharField(label=_("会议纪要文号"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.about.subject
        if isinstance(row, Coordination) and row.level == Level.LEADER:
            del self.fields["basis"]


class RaiseForm(ReasonForm):
    """提请上一级: to the next level, which the form names."""

    reason = forms.CharField(label=_("为什么本级定不了"), widget=words_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row, levels = self.about.subject, Level.values
        if isinstance(row, Coordination) and row.level != levels[-1]:
            above = Level(levels[levels.index(row.level) + 1])
            words = gettext("提请%(level)s，不能越级。") % {"level": above.label}
            self.fields["reason"].help_text = words


class LeadPersonallyForm(VerbForm):
    """领导领办: the office names the leader; a leader names nobody but himself."""

    asks_leader = True

    leader = forms.TypedChoiceField(label=_("领办的领导"), coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.about.viewer.has(*LEADERS):
            del self.fields["leader"]
        else:
            offer_leaders(self.fields["leader"], self.about.leaders)


class EndPersonalLeadForm(ReasonForm):
    """不再领办."""

    reason = forms.CharField(label=_("为什么不再领办"), widget=words_area(2))
