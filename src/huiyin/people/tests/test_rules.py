"""Which roles exclude each other, and how places are written."""

from __future__ import annotations

import pytest

from huiyin.actors import Role
from huiyin.people.rules import THREE_ADMINISTRATORS, clash, place_of, short_name_of

BUSINESS = set(Role) - THREE_ADMINISTRATORS - {Role.MACHINE}


@pytest.mark.parametrize("held", THREE_ADMINISTRATORS)
@pytest.mark.parametrize("new", THREE_ADMINISTRATORS)
def test_two_of_the_three_administrators_never_lie_with_one_person(held, new):
    assert bool(clash({held}, new)) is (held is not new)


@pytest.mark.parametrize("administrator", THREE_ADMINISTRATORS)
@pytest.mark.parametrize("business", BUSINESS)
def test_no_administrator_holds_a_business_post(administrator, business):
    assert clash({business}, administrator)
    assert clash({administrator}, business)


def test_business_posts_go_together():
    assert clash({Role.LEADER_IN_CHARGE}, Role.UNIT_HEAD) is None
    assert clash(set(), Role.SYSTEM_ADMIN) is None


@pytest.mark.parametrize(
    ("name", "place", "short"),
    [
        ("云岭市人民政府", "云岭市", "市政府"),
        ("云岭市教育局", "云岭市", "市教育局"),
        ("云岭市人民政府办公室", "云岭市", "市政府办"),
        ("松鸣镇人民政府", "云岭市", "松鸣镇人民政府"),
        ("云岭县水利局", "云岭县", "县水利局"),
        ("云岭市", "云岭市", "云岭市"),
        ("办公室", "", "办公室"),
    ],
)
def test_a_short_name_leaves_the_place_out(name, place, short):
    assert short_name_of(name, place) == short


@pytest.mark.parametrize(
    ("office", "place"),
    [("云岭市人民政府", "云岭市"), ("青峰自治县人民政府", "青峰自治县"), ("办公室", "")],
)
def test_the_place_is_read_off_the_office(office, place):
    assert place_of(office) == place
