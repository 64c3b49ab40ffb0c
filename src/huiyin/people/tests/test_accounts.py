"""Accounts and tokens: opened by the system administrator, passwords never in the ledger."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from huiyin.actors import machine
from huiyin.door import Ask, perform
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.people import actions
from huiyin.people.models import ApiToken, Post, User
from huiyin.people.tokens import actor_from_token, issue_token


def create(cast, actor, username="liu", ask=None, password="初始-password-1"):
    done = perform(
        actions.create_user,
        cast.jurisdiction.pk,
        actor,
        ask or Ask(),
        username=username,
        name="刘禾",
        password=actions.hashed(password),
    )
    return User.objects.get(pk=done.subject[1])


def test_the_system_administrator_opens_an_account_that_must_change_its_password(cast, sysadmin):
    user = create(cast, sysadmin)
    assert user.must_change_password
    assert user.check_password("初始-password-1")


@pytest.mark.parametrize("who", ["office", "secadmin", "mayor", "auditor", "water"])
def test_nobody_else_opens_accounts(cast, who):
    with pytest.raises(Forbidden):
        create(cast, cast.actor(who))


@pytest.mark.parametrize("username", ["water", "x", "two words", ""])
def test_a_bad_or_taken_account_name_is_refused_at_its_field(cast, sysadmin, username):
    with pytest.raises(Refusal) as refused:
        create(cast, sysadmin, username)
    assert "username" in refused.value.fields


def test_a_password_that_was_not_hashed_is_never_stored(cast, sysadmin):
    with pytest.raises(Refusal):
        perform(
            actions.create_user,
            cast.jurisdiction.pk,
            sysadmin,
            Ask(),
            username="liu",
            name="刘禾",
            password=actions.PasswordHash("plain"),
        )


def test_a_repeated_request_is_harmless_although_its_hash_differs(cast, sysadmin):
    user = create(cast, sysadmin, ask=Ask(key="k"))
    assert create(cast, sysadmin, ask=Ask(key="k")) == user


def test_one_sets_ones_own_password_and_nobody_elses(cast, water, sysadmin):
    own, other = cast.users["water"].pk, cast.users["schools"].pk
    new = actions.hashed("新的-password-2")
    perform(actions.set_password, own, water, Ask(), password=new)
    assert User.objects.get(pk=own).check_password("新的-password-2")
    for actor in (water, sysadmin):
        with pytest.raises(Forbidden):
            perform(actions.set_password, other, actor, Ask(), password=new)


def test_a_reset_password_must_be_changed(cast, sysadmin, secadmin):
    pk = cast.users["water"].pk
    perform(actions.reset_password, pk, sysadmin, Ask(), password=actions.hashed("重置-password-3"))
    assert User.objects.get(pk=pk).must_change_password
    with pytest.raises(Forbidden):
        perform(actions.reset_password, pk, secadmin, Ask(), password=actions.hashed("x"))


def test_a_deactivated_account_loses_posts_and_tokens(cast, sysadmin, water):
    raw = issue_token(cast.users["water"], name="台账", by=water)
    perform(actions.deactivate, cast.users["water"].pk, sysadmin, Ask())
    assert not User.objects.get(username="water").is_active
    assert not Post.objects.filter(user__username="water", ended_on=None).exists()
    assert actor_from_token(raw) is None


def test_an_account_comes_back_without_its_posts(cast, sysadmin):
    pk = cast.users["water"].pk
    perform(actions.deactivate, pk, sysadmin, Ask())
    perform(actions.activate, pk, sysadmin, Ask())
    assert User.objects.get(pk=pk).is_active
    assert not Post.objects.filter(user_id=pk, ended_on=None).exists()
    with pytest.raises(Conflict):
        perform(actions.activate, pk, sysadmin, Ask())


def test_an_administrator_neither_stops_his_own_account_nor_the_last_of_the_other(cast, sysadmin):
    with pytest.raises(Conflict, match="自己"):
        perform(actions.deactivate, cast.users["sysadmin"].pk, sysadmin, Ask())
    with pytest.raises(Conflict, match="最后一位"):
        perform(actions.deactivate, cast.users["secadmin"].pk, sysadmin, Ask())


def test_a_name_is_corrected(cast, sysadmin, office):
    pk = cast.users["water"].pk
    perform(actions.change_user, pk, sysadmin, Ask(), name="秦川（改）", phone="0000")
    assert User.objects.get(pk=pk).name == "秦川（改）"
    with pytest.raises(Refusal):
        perform(actions.change_user, pk, sysadmin, Ask(), name=" ")
    with pytest.raises(Forbidden):
        perform(actions.change_user, pk, office, Ask(), name="别人")


def test_a_token_acts_as_its_owner_and_is_kept_as_a_digest(cast, water):
    raw = issue_token(cast.users["water"], name="台账", by=water)
    assert actor_from_token(raw) == cast.actor("water")
    assert raw not in ApiToken.objects.get().digest


@pytest.mark.parametrize("raw", ["", "hy_", "hy_nonsense", "x" * 500, "hy_" + "x" * 500])
def test_what_is_no_token_is_nobody(cast, raw):
    assert actor_from_token(raw) is None


def test_nobody_makes_a_token_for_another_but_the_terminal_does(cast, water):
    with pytest.raises(Forbidden):
        issue_token(cast.users["schools"], name="x", by=water)
    assert issue_token(
        cast.users["schools"], name="x", by=machine("terminal", cast.jurisdiction.pk)
    )


def test_a_revoked_token_opens_nothing(cast, water, schools):
    raw = issue_token(cast.users["water"], name="台账", by=water)
    token = ApiToken.objects.get()
    with pytest.raises((Forbidden, NotFound)):
        perform(actions.revoke_token, token.pk, schools, Ask())
    perform(actions.revoke_token, token.pk, water, Ask())
    assert actor_from_token(raw) is None


def test_the_terminal_resets_a_password_when_no_administrator_can_sign_in(cast, capsys):
    call_command("reset_password", "sysadmin")
    password = capsys.readouterr().out.strip().rsplit("：", 1)[1]
    user = User.objects.get(username="sysadmin")
    assert user.check_password(password)
    assert user.must_change_password
    with pytest.raises(CommandError):
        call_command("reset_password", "nobody")
