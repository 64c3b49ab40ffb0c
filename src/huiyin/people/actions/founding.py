"""Founding an office: its jurisdiction, its chain, its first rules and its root unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin import door
from huiyin.actors import Actor, Role, machine
from huiyin.door import Ask, Call, Facts, action
from huiyin.errors import Refusal
from huiyin.people import permits
from huiyin.people.actions.accounts import PasswordHash, create_user
from huiyin.people.actions.posts import appoint
from huiyin.people.actions.units import create_unit
from huiyin.people.models import Jurisdiction, Unit, User
from huiyin.people.rules import place_of, short_name_of
from huiyin.rulebook.actions import adopt
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import SHEETS


def _founds(actor: Actor, subject: Jurisdiction) -> bool:
    return actor.machine == "set_up" and actor.jurisdiction_id == subject.pk


@action("jurisdiction.found", label=_("建立单位"), model=Jurisdiction, permit=_founds, public=False)
def found_jurisdiction(jurisdiction: Jurisdiction, call: Call) -> Facts:  # noqa: ARG001
    """The jurisdiction stands and its chain begins with this event, which says whether it is a demo."""
    return {"uid": jurisdiction.uid, "is_demo": jurisdiction.is_demo}


@action(
    "jurisdiction.equip",
    label=_("启用默认规则"),
    model=Jurisdiction,
    permit=permits.sets_up,
    public=False,
)
def equip(jurisdiction: Jurisdiction, call: Call, *, office: str = "") -> Facts:
    """The shipped rules are in force; the root unit stands, and the supervision office when named."""
    for code in SHEETS:
        call.perform(adopt, Rule(jurisdiction_id=jurisdiction.pk, code=code))
    short_name = short_name_of(jurisdiction.name, place_of(jurisdiction.name))
    done = call.perform(
        create_unit,
        jurisdiction,
        name=jurisdiction.name,
        short_name=short_name,
        kind=Unit.Kind.GOVERNMENT,
    )
    if office.strip():
        call.perform(create_unit, jurisdiction, name=office, kind=Unit.Kind.OFFICE)
    return {"rules": list(SHEETS), "root": done.subject[1]}


def _is_clock(actor: Actor, subject: Jurisdiction) -> bool:
    return actor.machine == "clock" and actor.jurisdiction_id == subject.pk


@action(
    "jurisdiction.adopt_new_rules",
    label=_("启用新增规则"),
    model=Jurisdiction,
    permit=_is_clock,
    public=False,
    touches=False,
)
def adopt_new_rules(jurisdiction: Jurisdiction, call: Call) -> Facts:
    """Rules that a later release brought are in force as shipped, and can be amended."""
    lacking = codes_lacking(jurisdiction.pk)
    for code in lacking:
        call.perform(adopt, Rule(jurisdiction_id=jurisdiction.pk, code=code))
    return {"rules": lacking}


def codes_lacking(jurisdiction_id: int) -> list[str]:
    """Rules the office has not adopted."""
    there = set(Rule.objects.filter(jurisdiction_id=jurisdiction_id).values_list("code", flat=True))
    return [code for code in SHEETS if code not in there]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAccount:
    """One of the first people: account, post and initial password."""

    username: str
    name: str
    role: str
    password: PasswordHash
    title: str = ""


@action(
    "jurisdiction.staff",
    label=_("任命首批人员"),
    model=Jurisdiction,
    permit=permits.sets_up,
    public=False,
)
def staff(
    jurisdiction: Jurisdiction, call: Call, *, unit_id: int, accounts: Sequence[FirstAccount]
) -> Facts:
    """The first accounts stand with their posts in `unit_id`; the machine may set nothing up any more.

    Administrators come last, since with them the powers of `set_up` end.
    """
    last = {Role.SYSTEM_ADMIN.value: 1, Role.SECURITY_ADMIN.value: 2}
    for account in sorted(accounts, key=lambda account: last.get(account.role, 0)):
        done = call.perform(
            create_user,
            jurisdiction,
            username=account.username,
            name=account.name,
            password=account.password,
        )
        user = User.objects.get(pk=done.subject[1])
        call.perform(appoint, user, unit_id=unit_id, role=account.role, title=account.title)
    return {"accounts": [account.username for account in accounts]}


def found_office(
    *,
    name: str,
    short: str,
    office: str = "",
    is_demo: bool = False,
    uid: UUID | None = None,
    ask: Ask | None = None,
) -> Jurisdiction:
    """An office stands with its chain, default rules and root unit; all of it or nothing.

    With `office`, a unit of that name is its supervision office (督查室).

    `short` is the word before 督 in its numbers. Refuses an empty name, and a short form of more
    than eight characters.
    """
    _check_names(name.strip(), short.strip())
    ask = ask or Ask()
    row = Jurisdiction(uid=uid or uuid4(), name=name.strip(), short=short.strip(), is_demo=is_demo)
    with transaction.atomic():
        door.found(found_jurisdiction, row, ask)
        door.perform(
            equip, row.pk, machine("set_up", row.pk), Ask(key=f"{ask.key}.equip"), office=office
        )
    return Jurisdiction.objects.get(pk=row.pk)


def _check_names(name: str, short: str) -> None:
    fields: dict[str, list[str]] = {}
    if not 2 <= len(name) <= 80:
        fields["name"] = [_now("请写单位全称，如“云岭市人民政府”。")]
    if not 1 <= len(short) <= 8:
        fields["short"] = [_now("请写编号里“督”字前的简称，一至八个字，如“云”。")]
    if fields:
        raise Refusal(_now("单位名称没有写全。"), code="office_name_missing", fields=fields)
