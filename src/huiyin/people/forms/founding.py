"""What is typed in the first set-up → typed values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.actors import Role


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPost:
    """A post of the set-up's last step; `needed` when somebody must be named."""

    role: Role
    title: Promise
    about: Promise | str = ""
    needed: bool = False


FIRST_POSTS = (
    FirstPost(
        role=Role.SYSTEM_ADMIN,
        title=_("系统管理员"),
        about=_("管机器和账号，不办事项。"),
        needed=True,
    ),
    FirstPost(
        role=Role.SECURITY_ADMIN,
        title=_("安全管理员"),
        about=_("管岗位、分工和规则，不办事项。"),
        needed=True,
    ),
    FirstPost(role=Role.AUDITOR, title=_("审计员"), about=_("看全部记录，不办事项。"), needed=True),
    FirstPost(
        role=Role.SUPERVISION_OFFICER,
        title=_("督查员"),
        about=_("登记、拟办、核查。"),
        needed=True,
    ),
    FirstPost(role=Role.SUPERVISION_OFFICER, title=_("督查员")),
    FirstPost(role=Role.SUPERVISION_OFFICER, title=_("督查员")),
)


class FirstPersonForm(forms.Form):
    """One of the first people: name and account."""

    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    username = forms.CharField(
        label=_("账号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(self, post: FirstPost, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post = post

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given = [name for name in ("name", "username") if data.get(name)]
        if given or self.post.needed:
            for name in {"name", "username"} - set(given):
                self.add_error(name, _now("请填写。"))
        return data


def first_people(data: Any = None) -> list[FirstPersonForm]:
    """A form for each of the first people, in the order of the page."""
    return [
        FirstPersonForm(post, data, prefix=f"p{place}") for place, post in enumerate(FIRST_POSTS)
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
