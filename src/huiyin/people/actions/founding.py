"""Founding an office: its jurisdiction, its chain, its first rules and its root unit."""
from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin import door
from huiyin.actors import Actor, machine
from huiyin.door import Ask, Call, Facts, action
from huiyin.errors import Refusal
from huiyin.people import permits
from huiyin.people.actions.units import create_unit
from huiyin.people.models import Jurisdiction, Unit
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


@action("jurisdiction.equip", label=_("启用默认规则"), model=Jurisdiction, permit=permits.sets_up, public=False)
def equip(jurisdiction: Jurisdiction, call: Call) -> Facts:
    """The shipped rules are in force and the root unit stands."""
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
    return {"rules": list(SHEETS), "root": done.subject[1]}


def found_office(
    *, name: str, short: str, is_demo: bool = False, uid: UUID | None = None, ask: Ask | None = None
) -> Jurisdiction:
    """An office stands with its chain, default rules and root unit; all of it or nothing.

    `short` is the word before 督 in its numbers. Refuses an empty name, and a short form of more
    than eight characters.
    """
    _check_names(name.strip(), short.strip())
    ask = ask or Ask()
    row = Jurisdiction(uid=uid or uuid4(), name=name.strip(), short=short.strip(), is_demo=is_demo)
    with transaction.atomic():
        door.found(found_jurisdiction, row, ask)
        door.perform(equip, row.pk, machine("set_up", row.pk), Ask(key=f"{ask.key}.equip"))
    return Jurisdiction.objects.get(pk=row.pk)


def _check_names(name: str, short: str) -> None:
    fields: dict[str, list[str]] = {}
    if not 2 <= len(name) <= 80:
        fields["name"] = [_now("请写单位全称，如“云岭市人民政府”。")]
    if not 1 <= len(short) <= 8:
        fields["short"] = [_now("请写编号里“督”字前的简称，一至八个字，如“云”。")]
    if fields:
        raise Refusal(_now("单位名称没有写全。"), code="office_name_missing", fields=fields)
