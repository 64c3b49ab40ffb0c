"""Founding an office: its chain, its rules, its first people; then the machine is out of it."""

from __future__ import annotations

import pytest

from huiyin.actors import Role, machine
from huiyin.door import Ask, perform
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.ledger.models import Event
from huiyin.people import actions
from huiyin.people.models import Jurisdiction, Post, Unit, User
from huiyin.people.permits import has_administrator
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import SHEETS

FIRST = (
    ("gao", Role.SYSTEM_ADMIN),
    ("fang", Role.SECURITY_ADMIN),
    ("yan", Role.AUDITOR),
    ("zhou", Role.SUPERVISION_OFFICER),
)


@pytest.fixture
def office(db):
    return actions.found_office(name="云溪市人民政府", short="云", office="云溪市人民政府督查室")


def first_people():
    password = actions.hashed("初始-password-1")
    return [
        actions.FirstAccount(username=username, name=username, role=role.value, password=password)
        for username, role in FIRST
    ]


def staff(office, accounts=None, key="staff"):
    unit = Unit.objects.get(jurisdiction=office, kind="office")
    return perform(
        actions.staff,
        office.pk,
        machine("set_up", office.pk),
        Ask(key=key),
        unit_id=unit.pk,
        accounts=accounts or first_people(),
    )


def test_it_has_its_rules_and_its_root_unit_and_its_supervision_office(office):
    assert set(Rule.objects.values_list("code", flat=True)) == set(SHEETS)
    names = list(Unit.objects.order_by("position").values_list("short_name", "kind"))
    assert names == [("市政府", "government"), ("市政府督查室", "office")]


def test_the_first_event_of_its_chain_says_that_it_is_no_demo(office):
    first = Event.objects.get(jurisdiction_id=office.pk, position=1)
    assert first.action == "jurisdiction.found"
    assert b'"is_demo":false' in bytes(first.body).replace(b" ", b"")


@pytest.mark.parametrize(
    ("name", "short"), [("", "云"), ("云溪市人民政府", ""), ("云溪市", "云溪市人民政府督查室")]
)
def test_without_its_names_nothing_is_founded(db, name, short):
    with pytest.raises(Refusal):
        actions.found_office(name=name, short=short)
    assert not Jurisdiction.objects.exists()


def test_the_first_people_stand_in_their_posts_and_must_change_their_passwords(office):
    staff(office)
    assert {post.user.username: post.role for post in Post.objects.all()} == {
        u: r.value for u, r in FIRST
    }
    assert User.objects.filter(must_change_password=True).count() == len(FIRST)
    assert has_administrator(office.pk)


def test_no_password_enters_the_ledger(office):
    staff(office)
    bodies = b"".join(bytes(event.body) for event in Event.objects.all())
    assert b"md5$" not in bodies
    assert User.objects.first().password.encode() not in bodies


def test_once_there_are_administrators_the_machine_sets_nothing_up_any_more(office):
    staff(office)
    with pytest.raises(Forbidden):
        staff(office, key="again")


def test_a_double_click_makes_the_people_once(office):
    staff(office)
    assert staff(office).repeated
    assert User.objects.count() == len(FIRST)


def test_one_person_cannot_be_two_administrators(office):
    twice = [
        *first_people()[:1],
        actions.FirstAccount(
            username="gao", name="gao", role=Role.SECURITY_ADMIN.value, password=actions.hashed("x")
        ),
    ]
    with pytest.raises(Refusal):
        staff(office, twice)
    assert not User.objects.exists()


def test_a_second_office_has_a_chain_of_its_own(office):
    other = actions.found_office(name="松鸣县人民政府", short="松")
    assert Event.objects.filter(jurisdiction_id=other.pk, position=1).exists()
    assert Unit.objects.get(jurisdiction=other).short_name == "县政府"


def test_a_code_is_not_given_twice(office):
    with pytest.raises((Refusal, Conflict)):
        perform(
            actions.create_unit,
            office.pk,
            machine("set_up", office.pk),
            Ask(),
            name="云溪市林业局",
            code=Unit.objects.first().code,
        )
