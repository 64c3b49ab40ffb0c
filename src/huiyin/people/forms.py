"""What people type about units, accounts and posts → typed values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.actors import Role
from huiyin.people.importing import split_aliases
from huiyin.people.models import Portfolio, Post, Unit, User


class DateInput(forms.DateInput):
    """A date field that every browser of the bar shows as a calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DateInput(), **more)


class UnitSelect(forms.Select):
    """A list of units that becomes a combobox in which every name of a unit finds it."""

    aliases: dict[str, str] = {}

    def __init__(self) -> None:
        super().__init__(attrs={"data-combo": ""})

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One option with the unit's other names."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if alias := self.aliases.get(str(value)):
            option["attrs"]["data-alias"] = alias
        return option


def _offer(field: Any, units: list[Unit], *, blank: str = "") -> None:
    """The field offers these units, under a first line `blank` that stands for none."""
    first: list[Any] = [("", blank)] if blank else []
    field.widget = UnitSelect()
    field.choices = [*first, *((unit.pk, str(unit)) for unit in units)]
    field.widget.aliases = {str(unit.pk): " ".join(unit.names) for unit in units}


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
        _offer(self.fields["parent"], units)
        _offer(self.fields["line_superior"], units, blank=_now("没有"))
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

    on = _day(_("撤并日期"))
    successor = forms.TypedChoiceField(
        label=_("继任单位"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()
        _offer(self.fields["successor"], units, blank=_now("没有"))

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

    unit = forms.TypedChoiceField(label=_("单位"), coerce=int)
    role = forms.ChoiceField(label=_("角色"), choices=Post.RoleChoice.choices)
    title = forms.CharField(
        label=_("职务"),
        max_length=40,
        required=False,
        help_text=_("如“办公室主任”；不填时用角色名。"),
    )
    started_on = _day(_("任职日期"), required=False)

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["unit"], units, blank=_now("请选择"))
        self.fields["started_on"].initial = clock.today()


class PortfolioForm(forms.Form):
    """A unit to be given to a leader."""

    unit = forms.TypedChoiceField(label=_("单位"), coerce=int)
    kind = forms.ChoiceField(label=_("分工"), choices=Portfolio.Kind.choices)

    def __init__(self, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["unit"], units, blank=_now("请选择"))


class DelegationForm(forms.Form):
    """Who acts in a post, from when to when."""

    to = forms.TypedChoiceField(label=_("代理人"), coerce=int)
    started_on = _day(_("从"))
    ended_on = _day(_("到（当天起恢复）"))
    reason = forms.CharField(label=_("事由"), max_length=200, required=False)

    def __init__(self, users: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(user.pk, user.name) for user in users]
        self.fields["to"].choices = [("", _now("请选择")), *people]  # type: ignore[attr-defined]
        self.fields["to"].widget.attrs["data-combo"] = ""
        self.fields["started_on"].initial = clock.today()


class OfficeForm(forms.Form):
    """The first step of the set-up."""

    name = forms.CharField(label=_("单位全称"), max_length=80, help_text=_("如“云岭市人民政府”。"))
    short = forms.CharField(
        label=_("编号简称"),
        max_length=8,
        help_text=_("督办通知编号里“督”字前的字，如“云”：云督〔2026〕1号。"),
    )
    office = forms.CharField(
        label=_("督查机构"),
        max_length=80,
        required=False,
        help_text=_("不填时为单位全称加“督查室”。"),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("name") and not data.get("office"):
            data["office"] = f"{data['name']}督查室"
        return data


FIRST_PEOPLE = (
    (Role.SYSTEM_ADMIN, _("系统管理员"), _("管机器和账号，不办事项。"), True),
    (Role.SECURITY_ADMIN, _("安全管理员"), _("管岗位、分工和规则，不办事项。"), True),
    (Role.AUDITOR, _("审计员"), _("看全部记录，不办事项。"), True),
    (Role.SUPERVISION_OFFICER, _("督查员"), _("登记、拟办、核查。"), True),
    (Role.SUPERVISION_OFFICER, _("督查员"), "", False),
    (Role.SUPERVISION_OFFICER, _("督查员"), "", False),
)
"""Role, label, what the role does, whether somebody must be named."""


class FirstPersonForm(forms.Form):
    """One of the first people: name and account."""

    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    username = forms.CharField(
        label=_("账号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(
        self, role: Role, title: Any, about: Any, needed: bool, *args: Any, **kwargs: Any
    ) -> None:  # noqa: FBT001
        super().__init__(*args, **kwargs)
        self.role, self.title, self.about, self.needed = role, title, about, needed

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given = [name for name in ("name", "username") if data.get(name)]
        if given or self.needed:
            for name in {"name", "username"} - set(given):
                self.add_error(name, _now("请填写。"))
        return data


def first_people(data: Any = None) -> list[FirstPersonForm]:
    """A form for each of the first people, in the order of the page."""
    return [
        FirstPersonForm(role, title, about, needed, data, prefix=f"p{place}")
        for place, (role, title, about, needed) in enumerate(FIRST_PEOPLE)
    ]


def check_first_people(rows: list[FirstPersonForm]) -> bool:
    """Whether all are filled and no account is named twice (that is the separation of the three)."""
    valid = not [row for row in rows if not row.is_valid()]
    seen: set[str] = set()
    for row in rows:
        username = row.cleaned_data.get("username", "") if row.is_bound else ""
        if username and username in seen:
            row.add_error("username", _now("和上面的账号相同；每个岗位要由不同的人担任。"))
            valid = False
        seen.add(username)
    return valid
