"""The small cast of every test: a made-up city, its office, two bureaus, an outsider, the three posts.

`office` supervises, `mayor` decides, `vice` is in charge of water and schools, `water` leads,
`schools` supports, `outsider` may not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin import clock
from huiyin.actors import Actor, Role
from huiyin.door import Ask, Call, Facts, action, found
from huiyin.people.models import Jurisdiction, Portfolio, Post, Unit, User
from huiyin.people.queries import actor_of
from huiyin.rulebook.actions import adopt
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import SHEETS

SINCE = date(2020, 1, 1)
UNITS: tuple[tuple[str, str, str, list[str], Unit.Kind], ...] = (
    # key, name, short name, aliases, kind
    ("city", "云溪市人民政府", "市政府", ["云溪市政府"], Unit.Kind.GOVERNMENT),
    ("office", "云溪市人民政府督查室", "市政府督查室", ["督查室"], Unit.Kind.OFFICE),
    ("water", "云溪市水利局", "市水利局", ["水利局", "水务局"], Unit.Kind.BUREAU),
    ("schools", "云溪市教育局", "市教育局", ["教育局", "教体局"], Unit.Kind.BUREAU),
    ("parks", "云溪市园林绿化中心", "市园林中心", ["园林局"], Unit.Kind.BUREAU),
    ("audit", "云溪市审计局", "市审计局", ["审计局"], Unit.Kind.BUREAU),
    ("computing", "云溪市大数据中心", "市大数据中心", [], Unit.Kind.STATION),
)
PEOPLE = (
    # key, name, unit, role, title
    ("office", "周明", "office", Role.SUPERVISION_OFFICER, "督查员"),
    ("office_head", "何静", "office", Role.OFFICE_HEAD, "督查室主任"),
    ("mayor", "罗文山", "city", Role.PRINCIPAL_LEADER, "市长"),
    ("vice", "沈岚", "city", Role.LEADER_IN_CHARGE, "副市长"),
    ("water", "秦川", "water", Role.LIAISON_OFFICER, "办公室副主任"),
    ("water_head", "江涛", "water", Role.UNIT_HEAD, "局长"),
    ("schools", "林晓", "schools", Role.LIAISON_OFFICER, "办公室干部"),
    ("outsider", "石磊", "parks", Role.LIAISON_OFFICER, "综合科科长"),
    ("auditor", "严正", "audit", Role.AUDITOR, "审计员"),
    ("sysadmin", "高远", "computing", Role.SYSTEM_ADMIN, "系统管理员"),
    ("secadmin", "方慎", "computing", Role.SECURITY_ADMIN, "安全管理员"),
)
IN_CHARGE = {"vice": ("water", "schools")}
PASSWORD = "correct horse 电池"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The office with its people, by key."""

    jurisdiction: Jurisdiction
    units: dict[str, Unit]
    users: dict[str, User]

    def actor(self, key: str) -> Actor:
        """One of the cast, with the posts held today."""
        return actor_of(self.users[key], today=clock.today())


def _sets_up(actor: Actor, subject: Any) -> bool:
    return actor.machine == "set_up"


@action("test.found_office", label="设立", model=Jurisdiction, permit=_sets_up, public=False)
def found_office(jurisdiction: Jurisdiction, call: Call) -> Facts:
    """The jurisdiction has its units, people, posts and the shipped rules."""
    units = _units(jurisdiction, call)
    _people(jurisdiction, call, units)
    for code in SHEETS:
        call.perform(adopt, Rule(jurisdiction_id=jurisdiction.pk, code=code))
    return {"is_demo": jurisdiction.is_demo}


def _units(jurisdiction: Jurisdiction, call: Call) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for position, (key, name, short, aliases, kind) in enumerate(UNITS):
        parent = units.get("city")
        unit = Unit(
            jurisdiction=jurisdiction,
            parent=parent,
            code=key,
            name=name,
            short_name=short,
            aliases=aliases,
            kind=kind,
            position=position,
        )
        units[key] = call.create(unit)
        unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
        call.save(unit)
    return units


def _people(jurisdiction: Jurisdiction, call: Call, units: dict[str, Unit]) -> None:
    for position, (key, name, unit, role, title) in enumerate(PEOPLE):
        user = User(jurisdiction=jurisdiction, username=key, name=name)
        user.set_password(PASSWORD)
        call.create(user)
        post = Post(
            jurisdiction=jurisdiction,
            user=user,
            unit=units[unit],
            role=role,
            title=title,
            position=position,
            started_on=SINCE,
        )
        call.create(post)
        for charge in IN_CHARGE.get(key, ()):
            call.create(
                Portfolio(
                    jurisdiction=jurisdiction, post=post, unit=units[charge], started_on=SINCE
                )
            )


def build(*, name: str = "云溪市", short: str = "云", is_demo: bool = True) -> Cast:
    """A new office with the whole cast stands in the database, made through the door."""
    done = found(found_office, Jurisdiction(name=name, short=short, is_demo=is_demo), Ask())
    jurisdiction = Jurisdiction.objects.get(pk=done.subject[1])
    return cast_of(jurisdiction)


def cast_of(jurisdiction: Jurisdiction) -> Cast:
    """The cast of an office that `build` has made, read from the database."""
    return Cast(
        jurisdiction=jurisdiction,
        units={unit.code: unit for unit in Unit.objects.filter(jurisdiction=jurisdiction)},
        users={user.username: user for user in User.objects.filter(jurisdiction=jurisdiction)},
    )
