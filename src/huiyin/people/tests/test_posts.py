"""Posts, portfolios and delegations: every change of what somebody may do has its keeper."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import build

from huiyin import clock
from huiyin.actors import Role
from huiyin.door import Ask, perform
from huiyin.errors import Conflict, Forbidden, Refusal
from huiyin.people import actions, queries
from huiyin.people.models import Delegation, Portfolio, Post


@pytest.fixture
def real(db):
    """An office that is no demo: the separation of the three administrators holds."""
    return build(is_demo=False)


def appoint(cast, actor, who="outsider", role=Role.UNIT_HEAD, unit="parks"):
    unit_id = cast.units[unit].pk
    return perform(
        actions.appoint, cast.users[who].pk, actor, Ask(), unit_id=unit_id, role=role.value
    )


def test_the_security_administrator_appoints_and_the_person_acts_in_both_posts(cast, secadmin):
    appoint(cast, secadmin)
    assert cast.actor("outsider").roles == {Role.LIAISON_OFFICER, Role.UNIT_HEAD}


@pytest.mark.parametrize("who", ["office", "sysadmin", "mayor", "auditor", "water"])
def test_nobody_else_appoints(cast, who):
    with pytest.raises(Forbidden):
        appoint(cast, cast.actor(who))


def test_nobody_appoints_themselves(cast, secadmin):
    with pytest.raises(Conflict, match="自己"):
        appoint(cast, secadmin, "secadmin")


@pytest.mark.parametrize(
    ("who", "role"),
    [
        ("sysadmin", Role.SECURITY_ADMIN),
        ("auditor", Role.SYSTEM_ADMIN),
        ("office", Role.AUDITOR),
        ("sysadmin", Role.SUPERVISION_OFFICER),
    ],
)
def test_outside_a_demo_the_three_administrators_stay_apart(real, who, role):
    with pytest.raises(Refusal):
        appoint(real, real.actor("secadmin"), who, role)


def test_a_demo_may_put_them_together(cast, secadmin):
    assert appoint(cast, secadmin, "auditor", Role.SYSTEM_ADMIN)


def test_the_same_post_is_not_given_twice_nor_in_an_unknown_unit(cast, secadmin):
    appoint(cast, secadmin)
    with pytest.raises(Conflict):
        appoint(cast, secadmin)
    with pytest.raises(Refusal):
        perform(
            actions.appoint,
            cast.users["water"].pk,
            secadmin,
            Ask(),
            unit_id=10**6,
            role="unit_head",
        )


def test_an_ended_post_permits_nothing_from_today(cast, secadmin):
    post = Post.objects.get(user=cast.users["vice"])
    perform(actions.end_post, post.pk, secadmin, Ask())
    assert not cast.actor("vice").posts
    assert not Portfolio.objects.filter(post=post, ended_on=None).exists()
    with pytest.raises(Conflict):
        perform(actions.end_post, post.pk, secadmin, Ask())


def test_the_last_system_administrator_stays(cast, secadmin):
    post = Post.objects.get(user=cast.users["sysadmin"])
    with pytest.raises(Conflict, match="最后一位"):
        perform(actions.end_post, post.pk, secadmin, Ask())


def test_a_unit_has_one_leader_in_charge(cast, secadmin):
    appoint(cast, secadmin, "outsider", Role.LEADER_IN_CHARGE, "city")
    post = Post.objects.get(user=cast.users["outsider"], role=Role.LEADER_IN_CHARGE)
    perform(actions.give_portfolio, post.pk, secadmin, Ask(), unit_id=cast.units["water"].pk)
    leader = queries.leader_post_for(cast.units["water"].pk, today=clock.today())
    assert leader == post
    assert cast.units["water"].pk not in next(iter(cast.actor("vice").posts)).portfolio


def test_only_leaders_have_a_portfolio(cast, secadmin, vice):
    post = Post.objects.get(user=cast.users["water"])
    with pytest.raises(Conflict, match="领导"):
        perform(actions.give_portfolio, post.pk, secadmin, Ask(), unit_id=cast.units["schools"].pk)
    leaders = Post.objects.get(user=cast.users["vice"])
    with pytest.raises(Forbidden):
        perform(actions.give_portfolio, leaders.pk, vice, Ask(), unit_id=cast.units["parks"].pk)


def test_a_portfolio_ends(cast, secadmin):
    row = Portfolio.objects.get(unit=cast.units["water"])
    perform(actions.end_portfolio, row.pk, secadmin, Ask())
    assert queries.leader_post_for(cast.units["water"].pk, today=clock.today()) is None


def lend(cast, actor, who="vice", to="office_head", days=7):
    post = Post.objects.get(user=cast.users[who])
    today = clock.today()
    return perform(
        actions.set_delegation,
        post.pk,
        actor,
        Ask(),
        to_id=cast.users[to].pk,
        started_on=today,
        ended_on=today + timedelta(days=days),
        reason="出差",
    )


@pytest.mark.parametrize("who", ["office", "secadmin", "vice"])
def test_the_office_lends_a_leaders_post_and_both_names_are_kept(cast, who):
    lend(cast, cast.actor(who))
    lent = [post for post in cast.actor("office_head").posts if post.on_behalf_of]
    assert [(post.role, post.on_behalf_of_name) for post in lent] == [
        (Role.LEADER_IN_CHARGE, "沈岚")
    ]


def test_a_lent_post_makes_no_unit_ones_own(cast, office):
    lend(cast, office)
    assert cast.units["city"].pk not in cast.actor("office_head").own_units


@pytest.mark.parametrize("who", ["water", "sysadmin", "auditor"])
def test_others_lend_nobodys_post(cast, who):
    with pytest.raises(Forbidden):
        lend(cast, cast.actor(who))


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_term_is_at_least_a_day_and_at_most_a_year(cast, office, days):
    with pytest.raises(Refusal):
        lend(cast, office, days=days)


def test_administrators_posts_are_not_lent(cast, secadmin):
    with pytest.raises(Conflict, match="不能委托"):
        lend(cast, secadmin, "sysadmin")


def test_outside_a_demo_no_administrator_is_lent_a_business_post(real):
    with pytest.raises(Refusal):
        lend(real, real.actor("office"), "vice", "sysadmin")


def test_a_delegation_is_ended_early(cast, office):
    lend(cast, office)
    perform(actions.end_delegation, Delegation.objects.get().pk, office, Ask())
    assert len(cast.actor("office_head").posts) == 1


def test_the_actor_costs_three_queries(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        cast.actor("vice")
