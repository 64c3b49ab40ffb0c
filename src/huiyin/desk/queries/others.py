"""Desks apart from business: the auditor's and the administrators'."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor, Role
from huiyin.desk.queries import unmanned, waiting, words
from huiyin.desk.queries.waiting import section
from huiyin.desk.rules import Act, Desk, Entry, Section
from huiyin.ledger.models import ChainHead, Seal


def auditor(viewer: Actor, today: date) -> Desk:
    """The ledger's state, what is overdue, what happened."""
    head = ChainHead.objects.filter(pk=viewer.jurisdiction_id).first()
    seal = Seal.objects.filter(jurisdiction_id=viewer.jurisdiction_id).order_by("-size").first()
    why = (
        _("最近一次封存在第 %(n)d 条。") % {"n": seal.size}
        if seal
        else _("还没有封存过，建议下载一份封条带走。")
    )
    url = reverse("audit:audit")
    ledger = Entry(
        tag=_("存证"),
        title=_("存证账共 %(n)d 条") % {"n": head.position if head else 0},
        url=url,
        why=why,
        acts=(Act(label=_("核验"), url=url, primary=True),),
    )
    late = waiting.piles(waiting.whole_matters(viewer), today, late=waiting.is_overdue(today))[
        "late"
    ]
    return Desk(
        lead=_("账在这里，随时可以核验。"),
        rest="",
        sections=(section(_("存证账"), [ledger]), waiting.red(late, today, _("逾期的"))),
        happenings=waiting.happenings(viewer, waiting.last_work_day(today)),
        documents=words.documents(words.papers(viewer), today),
    )


def administrator(viewer: Actor, today: date) -> Desk:
    """Where administrators work; they take no part in business.

    Who appoints people is told which units have nobody for what was given to them, and not what that is.
    """
    places = [
        (Role.SYSTEM_ADMIN, _("账号与密码"), "/people/", _("开户、停用、重设密码。")),
        (Role.SYSTEM_ADMIN, _("单位名录"), "/units/", _("单位、别名、上下级，可从表格导入。")),
        (
            Role.SYSTEM_ADMIN,
            _("后台工作"),
            reverse("audit:background"),
            _("读文、核验有没有办不成的，可以重试。"),
        ),
        (Role.SECURITY_ADMIN, _("岗位与分工"), "/people/", _("谁在哪个单位任什么岗、分管什么。")),
        (Role.SECURITY_ADMIN, _("规则"), "/settings/rules/", _("时限、周期、审批、亮灯、节假日。")),
    ]
    entries = [
        Entry(title=title, url=url, why=why, acts=(Act(label=_("打开"), url=url),))
        for role, title, url, why in places
        if viewer.has(role)
    ]
    return Desk(
        lead=_("管理员不办理事项。"),
        rest=_("开户、分工、规则在这里。"),
        sections=tuple(
            one
            for one in (_unmanned(viewer, today), section(_("可以做的"), entries))
            if one.entries
        ),
    )


def _unmanned(viewer: Actor, today: date) -> Section:
    """Units that wait for somebody to be appointed."""
    rows = unmanned.units(viewer, today) if viewer.has(Role.SECURITY_ADMIN) else ()
    entries = [
        Entry(
            tag=_("暂无人员"),
            title=unit.name,
            url=reverse("people:unit", args=[unit.pk]),
            why=_("该单位暂无人员，交办给它的事没有人看到，请任命联络员。"),
            acts=(Act(label=_("去任命"), url=reverse("people:people")),),
        )
        for unit in rows
    ]
    return unmanned.section(entries)
