"""Forms of merging, splitting, reopening, following on and volunteering."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.matters.actions.splitting import MOST, Share
from huiyin.matters.forms.base import ReasonForm, VerbForm
from huiyin.matters.forms.fields import (
    UnitField,
    UnitsField,
    day_input,
    offer_leaders,
    offer_units,
    words_area,
)
from huiyin.matters.queries.kin import mergeable
from huiyin.matters.rules import Interval, Nature
from huiyin.people.models import Unit

BLANK_SHARES = 2


class MergeForm(ReasonForm):
    """合并: into which, and why; another lead has to be wanted."""

    template = "matters/_form_merge.html"
    field_order = ("into", "reason", "other_lead")
    optional = ("other_lead",)

    into = forms.TypedChoiceField(
        label=_("并入哪一件"),
        coerce=int,
        widget=forms.Select(attrs={"data-combo": True}),
        help_text=_("它继续办理两件的要求；本件的原话、回音随它走，配合单位带着各自的份转过去。"),
    )
    reason = forms.CharField(label=_("合并的理由"), widget=words_area(3))
    other_lead = forms.BooleanField(label=_("牵头单位不同，仍由那一件的牵头单位一并办理"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = mergeable(self.about.matter, viewer=self.about.viewer)
        choices = [("", "")] + [
            (str(row.pk), f"{row.number} {row.title}（{row.lead_unit or ''}）".strip())
            for row in rows
        ]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]


class SplitForm(ReasonForm):
    """拆分: a row for each new matter; units are named as the directory names them."""

    template = "matters/_form_split.html"
    asks_unit = True

    reason = forms.CharField(label=_("拆分的理由"), widget=words_area(2))

    def rows(self) -> list[dict[str, str]]:
        """The rows as typed; at first one with the matter's own lead and title, and blank ones."""
        if self.is_bound:
            return [*self._typed(), {}]
        matter = self.about.matter
        first = {"lead": matter.lead_unit.name if matter.lead_unit else "", "title": matter.title}
        return [first, *[{}] * BLANK_SHARES]

    def clean(self) -> dict[str, Any]:
        """The shares stand beside the reason; what cannot be read is said by row."""
        cleaned: dict[str, Any] = super().clean() or {}
        shares, wrong = [], []
        for place, row in enumerate(self._typed(), start=1):
            share, error = self._share(row)
            shares.append(share)
            if error:
                words = {"n": place, "what": error}
                wrong.append(gettext("第 %(n)d 件：%(what)s") % words)
        for sentence in wrong:
            self.add_error(None, sentence)
        return cleaned | {"shares": [share for share in shares if share is not None]}

    def refuse(self, refusal: Any) -> None:
        """Refusals of a share name its place."""
        for name, lines in refusal.fields.items():
            place = name.removeprefix("shares.")
            if place.isdecimal():
                words = [gettext("第 %(n)s 件：%(what)s") % {"n": place, "what": x} for x in lines]
                self.add_error(None, words)
            else:
                self.add_error(name if name in self.fields else None, lines)

    def _typed(self) -> list[dict[str, str]]:
        data: Any = self.data
        names = ("lead", "title", "due", "quantity")
        columns = {name: data.getlist(f"share_{name}") for name in names}
        rows = [
            dict(zip(names, (text.strip() for text in values), strict=True))
            for values in list(zip(*columns.values(), strict=False))[: MOST + 1]
        ]
        return [row for row in rows if any(row.values())]

    def _share(self, row: dict[str, str]) -> tuple[Share | None, str]:
        unit = self._unit(row["lead"])
        if unit is None:
            return None, gettext("名录里没有“%(name)s”。") % {"name": row["lead"]}
        try:
            due = date.fromisoformat(row["due"]) if row["due"] else None
        except ValueError:
            return None, gettext("“%(words)s”不是日期，请写成 2026-11-30 这样。") % {
                "words": row["due"]
            }
        try:
            amount = Decimal(row["quantity"]) if row["quantity"] else None
        except InvalidOperation:
            return None, gettext("“%(words)s”不是可以相加的数量。") % {"words": row["quantity"]}
        return Share(lead=unit.pk, title=row["title"], due_on=due, quantity=amount), ""

    def _unit(self, name: str) -> Unit | None:
        return next((unit for unit in self.about.units if name in unit.names), None)


class ReopenForm(ReasonForm):
    """重新启封: why, until when, and by whom when the old lead is no more."""

    asks_unit = True
    optional = ("due_on", "new_lead")

    reason = forms.CharField(label=_("为什么重新启封，还差什么"), widget=words_area(3))
    due_on = forms.DateField(label=_("新的时限"), widget=day_input())
    new_lead = UnitField(label=_("现在的牵头单位"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matter = self.about.matter
        passed = matter.due_on is not None and matter.due_on < clock.today()
        self.fields["due_on"].help_text = (
            gettext("原时限已过；不填的按规则另定。原定时限不会改写。")
            if passed
            else gettext("不填的仍按原时限。原定时限不会改写。")
        )
        if matter.lead_unit is not None and matter.lead_unit.ended_on is None:
            del self.fields["new_lead"]
        else:
            offer_units(self.fields["new_lead"], self.about.units)


class FollowOnForm(VerbForm):
    """办结后新批示: whose words, of which day; the rest is taken from the matter that is closed."""

    asks_unit = asks_leader = True
    optional = ("due_on", "lead")

    leader_post = forms.TypedChoiceField(label=_("谁的批示"), coerce=int)
    given_on = forms.DateField(label=_("哪天"), widget=day_input())
    words = forms.CharField(label=_("批示原话"), widget=words_area(3))
    title = forms.CharField(label=_("事项名称"), widget=words_area(2))
    lead = UnitField(label=_("牵头单位"))
    due_on = forms.DateField(
        label=_("时限"),
        widget=day_input(),
        help_text=_("不填的按批示写明的日期，没有写明的按规则拟一个，在拟办表里可改。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_leaders(self.fields["leader_post"], self.about.leaders)
        offer_units(self.fields["lead"], self.about.units, blank=gettext("（还没定）"))


class VolunteerForm(forms.Form):
    """单位主动立项."""

    title = forms.CharField(label=_("要办什么事"), widget=words_area(2))
    nature = forms.ChoiceField(
        label=_("性质"), choices=Nature.choices, widget=forms.RadioSelect, initial="task"
    )
    goal = forms.CharField(label=_("目标"), required=False, widget=words_area(2))
    acceptance = forms.CharField(
        label=_("怎样算办成"),
        required=False,
        widget=words_area(2),
        help_text=_("数量、标准、日期，能核查的。"),
    )
    quantity = forms.DecimalField(
        label=_("数量"), required=False, max_digits=19, decimal_places=4, min_value=0
    )
    quantity_unit = forms.CharField(label=_("计量单位"), required=False, max_length=20)
    due_on = forms.DateField(label=_("时限"), required=False, widget=day_input())
    interval = forms.ChoiceField(
        label=_("周期（长期推进的）"), required=False, choices=[("", ""), *Interval.choices]
    )
    supporting = UnitsField(label=_("需要哪些单位配合"), required=False)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["supporting"], units)

    def given(self) -> dict[str, Any]:
        """The input of `matter.volunteer`."""
        data = dict(self.cleaned_data)
        standing = data["nature"] == Nature.STANDING
        return data | {"due_on": None if standing else data["due_on"],
                       "interval": data["interval"] if standing else ""}  # fmt: skip
