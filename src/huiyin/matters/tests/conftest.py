"""`stations`, `county`: units below those of the cast.

`whole`: a matter of the education bureau that is broken down to its stations.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import PASSWORD, Cast

from huiyin.door import Ask, perform
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import Road
from huiyin.people import actions as people
from huiyin.people.actions.accounts import hashed
from huiyin.people.models import Unit, User


@pytest.fixture
def stations(cast: Cast) -> list[Unit]:
    """Three kindergartens below the education bureau, each with its liaison officer k1, k2, k3."""
    return [
        a_unit(cast, f"k{n}", f"云溪市第{word}幼儿园", kind="station", parent=cast.units["schools"])
        for n, word in enumerate("一二三", start=1)
    ]


@pytest.fixture
def whole(road: Road, stations: list[Unit]) -> Matter:
    """Five hundred places in kindergartens, asked of the education bureau, under way."""
    return road.under_way(
        title="新增普惠性幼儿园学位",
        lead=road.cast.units["schools"].pk,
        supporting=[],
        quantity=Decimal(500),
        quantity_unit="个",
    )


@pytest.fixture
def county(cast: Cast) -> tuple[Unit, Unit]:
    """A county government in the city and a bureau of it, with their liaison officers."""
    top = a_unit(cast, "county", "青石县人民政府", kind="government", parent=cast.units["city"])
    return top, a_unit(cast, "cbureau", "青石县教育局", kind="bureau", parent=top)


def a_unit(cast: Cast, key: str, name: str, *, kind: str, parent: Unit) -> Unit:
    """A unit with one liaison officer, who is in the cast under the key."""
    office = cast.jurisdiction.pk
    made = _do(cast, "office", people.create_unit, office, name=name, kind=kind, parent_id=parent.pk, code=key)  # fmt: skip
    unit = Unit.objects.get(pk=made.subject[1])
    account = _do(cast, "sysadmin", people.create_user, office, username=key, name=f"{key}联络员", password=hashed(PASSWORD), must_change=False)  # fmt: skip
    user = User.objects.get(pk=account.subject[1])
    _do(cast, "secadmin", people.appoint, user.pk, unit_id=unit.pk, role="liaison_officer")
    cast.units[key], cast.users[key] = unit, user
    return unit


def _do(cast: Cast, by: str, verb: Any, pk: int, **given: Any) -> Any:
    return perform(verb, pk, cast.actor(by), Ask(uuid4().hex), **given)
