"""Forms of variations: what a unit asks to change, what is decided, when a clock stands and runs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.matters import deciders
from huiyin.matters.forms.base import ReasonForm, VerbForm
from huiyin.matters.forms.fields import day_input, words_area
from huiyin.matters.models import Variation
from huiyin.matters.queries.people import leader_name
from huiyin.matters.queries.varying import amount, both
from huiyin.matters.rules import VariationKind
from huiyin.matters.running import lawful_extension
from huiyin.web.format import day as day_words
from huiyin.web.format import full_day


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=day_input(), **kwargs)


def _quantity(label: Any, **kwargs: Any) -> forms.DecimalField:
    widget = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": 0})
    return forms.DecimalField(
        label=label, widget=widget, max_digits=20, decimal_places=4, min_value=0, **kwargs
    )


class AskForm(ReasonForm):
    """A request to vary: who decides it is said before it is sent."""

    kind: VariationKind

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = self._who_decides()

    def _who_decides(self) -> str:
        matter, today = self.about.matter, clock.today()
        rule = deciders.rule_of(matter, today=today)
        unit_id = matter.lead_unit_id or 0
        found = deciders.choose_decider(matter, self.kind, rule, unit_id=unit_id, today=today)
        if found is None:
            return gettext("按规则不再受理这类申请。")
        who = leader_name(found.post) or gettext("督查室")
        return gettext("由%(who)s决定（%(why)s）。") % {"who": who, "why": found.why}


class ExtensionForm(AskForm):
    """申请延期."""

    kind = VariationKind.EXTEND

    until = _day(_("延到哪一天"))
    reason = forms.CharField(label=_("理由：为什么不能按期，已经办到哪一步"), widget=words_area(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due, today = self.about.matter.due_on, clock.today()
        if due is not None:
            rule = deciders.rule_of(self.about.matter, today=today)
            row = deciders.row_of(self.about.matter, self.kind, rule)
            words = {"due": full_day(due), "last": full_day(row.last_day(max(due, today)))}
            self.fields["until"].help_text = (
                gettext("现行时限%(due)s，这一次最晚可延到%(last)s。") % words
            ) + lawful_extension(self.about.matter, today=today)


class AdjustmentForm(AskForm):
    """申请调整: an amount, or words of the standard or the goal."""

    template = "matters/_form_adjust.html"
    optional = ("quantity", "words")
    kind = VariationKind.STANDARD

    what = forms.ChoiceField(
        label=_("调整什么"),
        choices=[
            (VariationKind.AMOUNT.value, _("数量")),
            (VariationKind.STANDARD.value, _("验收标准")),
            (VariationKind.SCOPE.value, _("目标、范围")),
        ],
        widget=forms.RadioSelect,
    )
    quantity = _quantity(_("新的数量（调整数量的填）"))
    words = forms.CharField(
        label=_("改成什么（调整标准、目标的填）"), widget=words_area(3), max_length=2000
    )
    reason = forms.CharField(label=_("理由：为什么达不到原定的"), widget=words_area(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matter = self.about.matter
        if matter.quantity is None:
            del self.fields["quantity"]
            self.fields["what"].choices = self.fields["what"].choices[1:]  # type: ignore[attr-defined]
            return
        now = amount(matter.quantity, matter.quantity_unit)
        self.fields["quantity"].help_text = gettext("现行 %(now)s") % {"now": now}

    def given(self) -> dict[str, Any]:
        """The kind under the name the verb knows."""
        values = dict(self.cleaned_data)
        return {"kind": values.pop("what"), **values}

    def refuse(self, refusal: Any) -> None:
        """What the verb says of `kind` stands beside `what`."""
        if "kind" in refusal.fields:
            refusal.fields["what"] = refusal.fields.pop("kind")
        super().refuse(refusal)


class AskSuspensionForm(AskForm):
    """申请中止."""

    kind = VariationKind.SUSPEND

    until = _day(_("预计哪一天恢复办理"))
    reason = forms.CharField(label=_("理由：在等什么，为什么办不下去"), widget=words_area(3))


class SuspendForm(VerbForm):
    """中止办理."""

    optional = ("basis",)

    reason = forms.CharField(label=_("中止的理由"), widget=words_area(3))
    until = _day(
        _("最迟哪一天恢复"), help_text=_("到期没有恢复的，会提醒督查室。中止几天，时限就顺延几天。")
    )
    basis = forms.CharField(
        label=_("依据"), max_length=400, help_text=_("批示、会议决定或者文件的名称、文号。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts := getattr(self.about.matter, "open_parts", 0):
            self.fields["reason"].help_text = gettext(
                "在办的分解事项一并中止（现有 %(n)d 件没有办结），恢复时一并恢复；单独中止的不动。"
            ) % {"n": parts}


class ResumeForm(VerbForm):
    """恢复办理."""

    optional = ("reason",)

    reason = forms.CharField(label=_("恢复的理由"), widget=words_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(self.about.matter, "open_parts", 0):
            self.fields["reason"].help_text = _("随它中止的分解事项一并恢复，单独中止的仍然中止。")


class DecideForm(VerbForm):
    """决定变更申请: granted as asked, granted otherwise, or refused."""

    template = "matters/_form_decide.html"
    optional = ("basis", "until", "quantity", "words")

    granted = forms.TypedChoiceField(
        label=_("决定"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    until = _day(_("同意延至"))
    quantity = _quantity(_("同意改为"))
    words = forms.CharField(label=_("同意改为"), widget=words_area(3), max_length=2000)
    decision = forms.CharField(label=_("理由、意见"), widget=words_area(2))
    basis = forms.CharField(label=_("依据"), max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.row
        asked = {
            "until": row.due_asked,
            "quantity": amount(row.quantity_asked, ""),
            "words": row.words_asked or None,
        }
        for name, value in asked.items():
            if value is None:
                del self.fields[name]
            else:
                self.fields[name].initial = value
                self.fields[name].help_text = gettext("已填申请的，可以改定；不同意的不用管。")
        if row.kind == VariationKind.SUSPEND:
            self.fields["until"].label = gettext("同意中止到")
        if row.kind == VariationKind.EXTEND:
            self.fields["until"].help_text += lawful_extension(
                self.about.matter, today=clock.today()
            )

    @property
    def row(self) -> Variation:
        """The request."""
        assert isinstance(self.about.subject, Variation)  # noqa: S101 - the page's own subject
        return self.about.subject

    @property
    def asked(self) -> dict[str, Any]:
        """The request in words: from what to what, who asked when, and why it comes to this desk."""
        row, today = self.row, clock.today()
        was, now = both(row, self.about.matter.quantity_unit, today)
        return {
            "kind": row.get_kind_display(),
            "unit": row.unit,
            "name": row.asked_by_name,
            "on": day_words(_asked_on(row), today=today),
            "was": was,
            "now": now,
            "reason": row.reason,
            "why": deciders.turn_of(row, today=today).why,
        }


def _asked_on(row: Variation) -> date:
    return clock.day_of(row.asked_at)
