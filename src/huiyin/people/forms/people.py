"""What is typed about accounts, posts, portfolios and delegations → typed values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin import clock
from huiyin.people.forms.fields import day_field, offer_units
from huiyin.people.models import Portfolio, Post, Unit, User


class PasswordForm(forms.Form):
    """The old password and twice the new one."""

    old = forms.CharField(
        label=_("现在的密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        help_text=_("至少10个字符，不能全是数字，不要和账号姓名相近。"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_now("现在的密码不对。"))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        if new == self.data.get("old"):
            raise forms.ValidationError(_now("新密码不能和现在的一样。"))
        return new

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.data.get("new"):
            raise forms.ValidationError(_now("两次输入的新密码不一样。"))
        return again


class PersonForm(forms.Form):
    """An account's name and telephone."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)


class NewPersonForm(PersonForm):
    """A new account, if wanted with its first post named later by the security administrator."""

    username = forms.CharField(
        label=_("账号"),
        max_length=60,
        help_text=_("登录用，可以是拼音或工号，定了不再改。"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ("name", "username", "phone")


class PostForm(forms.Form):
    """A post to be appointed to."""

    unit = forms.TypedChoiceField(label=pgettext_lazy("one", "单位"), coerce=int)
    role = forms.ChoiceField(label=_("角色"), choices=Post.RoleChoice.choices)
    title = forms.CharField(
        label=_("职务"),
        max_length=40,
        required=False,
        help_text=_("如“办公室主任”；不填时用角色名。"),
    )
    started_on = day_field(_("任职日期"), required=False)

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["unit"], units, blank=_now("请选择"))
        self.fields["started_on"].initial = clock.today()


class PortfolioForm(forms.Form):
    """A unit to be given to a leader."""

    unit = forms.TypedChoiceField(label=pgettext_lazy("one", "单位"), coerce=int)
    kind = forms.ChoiceField(label=_("分工"), choices=Portfolio.Kind.choices)

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self.fields["unit"], units, blank=_now("请选择"))


class DelegationForm(forms.Form):
    """Who acts in a post, from when to when."""

    to = forms.TypedChoiceField(label=_("代理人"), coerce=int)
    started_on = day_field(_("从"))
    ended_on = day_field(_("到（当天起恢复）"))
    reason = forms.CharField(label=_("事由"), max_length=200, required=False)

    def __init__(self, users: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(user.pk, user.name) for user in users]
        self.fields["to"].choices = [("", _now("请选择")), *people]  # type: ignore[attr-defined]
        self.fields["to"].widget.attrs["data-combo"] = ""
        self.fields["started_on"].initial = clock.today()
