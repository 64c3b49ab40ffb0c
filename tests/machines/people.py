"""A larger cast: everybody who can stand in some relation to a matter, also those who must stand back.

Beside the small cast: `schools_head`, `parks` (the outsider's bureau) with a deputy mayor who heads it
himself (`deputy`: recusal), `stranger_leader` in charge of nothing here, `standin` to whom the deputy mayor in charge lent the post,
`borrower` to whom the deputy mayor who heads a bureau lent his, stations below schools, a county with
a bureau of its own, `surveyor` in whose stead nobody can act, and `foreigner` of another jurisdiction.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.people import actions as people
from huiyin.people.actions.accounts import hashed
from huiyin.people.models import Post, Unit, User
from tests.cast import PASSWORD, PEOPLE, Cast, build

STATIONS = (("k1", "云溪市第一幼儿园"), ("k2", "云溪市第二幼儿园"))
MORE = (
    # key, name, unit, role, title
    ("schools_head", "白露", "schools", "unit_head", "局长"),
    ("deputy", "谢远", "city", "leader_in_charge", "副市长"),
    ("stranger_leader", "杜衡", "city", "leader_in_charge", "副市长"),
    ("standin", "韩青", "city", "liaison_officer", "副秘书长"),
    ("borrower", "温和", "city", "liaison_officer", "副秘书长"),
    ("k1", "叶小舟", "k1", "liaison_officer", "园长"),
    ("k2", "夏禾", "k2", "liaison_officer", "园长"),
    ("county", "龙山", "county", "liaison_officer", "县府办主任"),
    ("cbureau", "钟鸣", "cbureau", "liaison_officer", "股长"),
)


def large_cast() -> Cast:
    """The office with everybody in it, made through the door."""
    cast = build()
    for key, name in STATIONS:
        _unit(cast, key, name, "station", "schools")
    _unit(cast, "county", "青石县人民政府", "government", "city")
    _unit(cast, "cbureau", "青石县教育局", "bureau", "county")
    for key, name, unit, role, title in MORE:
        _person(cast, key, name, unit, role, title)
    appoint(cast, "deputy", "parks", "unit_head", "局长（兼）")
    _in_charge(cast, "deputy", "parks")
    _in_charge(cast, "stranger_leader", "computing")
    lend(cast, "vice", "standin")
    lend(cast, "deputy", "borrower")
    return cast


def everybody() -> list[str]:
    """The keys of everybody in the large cast, in a fixed order."""
    return [row[0] for row in (*PEOPLE, *MORE)]


def _do(cast: Cast, by: str, verb: Any, pk: int, **given: Any) -> Any:
    return perform(verb, pk, cast.actor(by), Ask(uuid4().hex), **given)


def _unit(cast: Cast, key: str, name: str, kind: str, parent: str) -> None:
    above = cast.units[parent]
    done = _do(
        cast,
        "office",
        people.create_unit,
        cast.jurisdiction.pk,
        name=name,
        kind=kind,
        parent_id=above.pk,
        code=key,
    )
    cast.units[key] = Unit.objects.get(pk=done.subject[1])


def _person(cast: Cast, key: str, name: str, unit: str, role: str, title: str) -> None:
    done = _do(
        cast,
        "sysadmin",
        people.create_user,
        cast.jurisdiction.pk,
        username=key,
        name=name,
        password=hashed(PASSWORD),
        must_change=False,
    )
    cast.users[key] = User.objects.get(pk=done.subject[1])
    appoint(cast, key, unit, role, title)


def appoint(cast: Cast, key: str, unit: str, role: str, title: str) -> None:
    """The person holds one post more."""
    _do(
        cast,
        "secadmin",
        people.appoint,
        cast.users[key].pk,
        unit_id=cast.units[unit].pk,
        role=role,
        title=title,
    )


def leaders_post(cast: Cast, key: str) -> Post:
    """The post in which somebody of the cast is a leader."""
    return Post.objects.get(
        user=cast.users[key], role__in=["leader_in_charge", "principal_leader"], ended_on=None
    )


def _in_charge(cast: Cast, key: str, unit: str) -> None:
    post = leaders_post(cast, key)
    _do(cast, "secadmin", people.give_portfolio, post.pk, unit_id=cast.units[unit].pk)


def lend(cast: Cast, key: str, to: str) -> None:
    """A leader's post is lent for a year (AB角)."""
    today = clock.today()
    _do(
        cast,
        "secadmin",
        people.set_delegation,
        leaders_post(cast, key).pk,
        to_id=cast.users[to].pk,
        started_on=today,
        ended_on=today + timedelta(days=360),
        reason="外出学习",
    )
