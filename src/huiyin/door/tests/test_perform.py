"""What `perform` does in one transaction, in its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.cast import build

from huiyin import clock
from huiyin.actors import machine
from huiyin.door import Ask, perform
from huiyin.door.tests import verbs
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal, Stale
from huiyin.ledger.models import ChainHead, Event
from huiyin.people.models import Delegation, Unit
from huiyin.proof import canonical


@pytest.fixture
def bureau(cast):
    return cast.units["water"]


def events():
    return Event.objects.order_by("position")


def body(event):
    return canonical.decode(bytes(event.body))


def test_the_change_and_its_event_stand_together(bureau, water):
    done = perform(verbs.rename, bureau.pk, water, Ask(seen=bureau.version), name="云溪市水务局")
    bureau.refresh_from_db()
    assert (bureau.name, bureau.version) == ("云溪市水务局", done.version)
    event = events().last()
    assert (event.position, event.action, event.subject_version) == (
        done.position,
        "test.rename",
        bureau.version,
    )
    assert body(event)["facts"] == {"from": "云溪市水利局", "to": "云溪市水务局"}


def test_the_event_names_the_actor_in_one_post(bureau, water):
    perform(verbs.rename, bureau.pk, water, Ask(), name="x")
    who = body(events().last())["actor"]
    assert (who["id"], who["name"], who["role"]) == (water.user_id, "秦川", "liaison_officer")
    assert (who["unit"], who["unit_name"], who["on_behalf_of"]) == (bureau.pk, "市水利局", None)


def test_the_event_holds_the_columns_that_changed_and_no_others(bureau, water):
    perform(verbs.rename, bureau.pk, water, Ask(), name="新名")
    (change,) = body(events().last())["changes"]
    assert change[:3] == ["people.unit", bureau.pk, {"name": "新名", "version": bureau.version + 1}]


def test_another_unit_may_not(bureau, schools):
    before = events().count()
    with pytest.raises(Forbidden) as refused:
        perform(verbs.rename, bureau.pk, schools, Ask(), name="x")
    assert refused.value.code == "not_permitted"
    assert events().count() == before


def test_another_jurisdiction_is_not_found(bureau, water):
    stranger = replace(water, jurisdiction_id=water.jurisdiction_id + 999)
    with pytest.raises(NotFound):
        perform(verbs.rename, bureau.pk, stranger, Ask(), name="x")


@pytest.mark.parametrize("pk", [0, -1, 10**9, 2**63, 2**200])
def test_what_is_not_there_is_not_found(cast, water, pk):
    with pytest.raises(NotFound):
        perform(verbs.rename, pk, water, Ask(), name="x")


def test_a_stale_page_is_told_what_happened_since(bureau, water):
    opened = bureau.version
    perform(verbs.rename, bureau.pk, water, Ask(seen=opened), name="first")
    with pytest.raises(Stale) as stale:
        perform(verbs.rename, bureau.pk, water, Ask(seen=opened), name="second")
    (change,) = stale.value.changes
    assert (change["who"], change["what"]) == ("秦川", "更名")
    bureau.refresh_from_db()
    assert bureau.name == "first"


def test_a_condition_refuses_with_its_name_as_the_code(bureau, office, water):
    perform(verbs.close, bureau.pk, office, Ask())
    with pytest.raises(Conflict) as refused:
        perform(verbs.rename, bureau.pk, water, Ask(), name="x")
    assert refused.value.code == "unit_is_closed"
    assert refused.value.sentence == "这个单位已经撤销。"


def test_the_permit_is_asked_before_the_guard(bureau, office, schools):
    perform(verbs.close, bureau.pk, office, Ask())
    with pytest.raises(Forbidden):
        perform(verbs.rename, bureau.pk, schools, Ask(), name="x")


# --- repeats ---------------------------------------------------------------------------------


def test_a_double_click_is_done_once(bureau, water):
    ask = Ask(seen=bureau.version)
    first = perform(verbs.rename, bureau.pk, water, ask, name="once")
    again = perform(verbs.rename, bureau.pk, water, ask, name="once")
    assert again == replace(first, repeated=True)
    assert events().filter(action="test.rename").count() == 1


def test_a_repeat_is_harmless_even_when_it_may_no_longer_be_done(bureau, water, office):
    ask = Ask()
    perform(verbs.rename, bureau.pk, water, ask, name="once")
    perform(verbs.close, bureau.pk, office, Ask())
    assert perform(verbs.rename, bureau.pk, water, ask, name="once").repeated


def test_a_key_used_for_something_else_is_refused(bureau, water, office):
    ask = Ask()
    perform(verbs.rename, bureau.pk, water, ask, name="once")
    for verb, actor, given in [
        (verbs.rename, water, {"name": "other"}),
        (verbs.close, office, {}),
    ]:
        with pytest.raises(Conflict) as refused:
            perform(verb, bureau.pk, actor, ask, **given)
        assert refused.value.code == "key_reused"


def test_another_persons_key_is_not_a_repeat(cast, bureau, water, water_head):
    ask = Ask()
    perform(verbs.rename, bureau.pk, water, ask, name="once")
    with pytest.raises(Conflict):
        perform(verbs.rename, bureau.pk, water_head, ask, name="once")


def test_two_machines_do_not_share_a_key(bureau):
    ask = Ask(key="nightly")
    perform(verbs.rename, bureau.pk, machine("importer", bureau.jurisdiction_id), ask, name="x")
    with pytest.raises(Conflict):
        perform(verbs.rename, bureau.pk, machine("reader", bureau.jurisdiction_id), ask, name="x")


@pytest.mark.parametrize("key", ["", "a/1", "x" * 121, "空", "a b", "a\n"])
def test_a_key_that_cannot_be_kept_is_refused(bureau, water, key):
    with pytest.raises(Refusal) as refused:
        perform(verbs.rename, bureau.pk, water, Ask(key=key), name="x")
    assert refused.value.code == "bad_key"


# --- what cannot be written ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", 2**63])
def test_what_no_column_can_hold_is_refused(bureau, water, name):
    with pytest.raises(Refusal) as refused:
        perform(verbs.rename, bureau.pk, water, Ask(), name=name)
    assert refused.value.code == "not_keepable"


def test_input_is_given_by_name(bureau, water):
    with pytest.raises(TypeError):
        perform(verbs.rename, bureau.pk, water, Ask(), "x")


def test_what_is_there_already_is_refused_not_an_error(cast, jurisdiction, office):
    perform(verbs.add_unit, jurisdiction.pk, office, Ask(), code="same")
    with pytest.raises(Conflict) as refused:
        perform(verbs.add_unit, jurisdiction.pk, office, Ask(), code="same")
    assert refused.value.code == "already_there"


# --- verbs within verbs ----------------------------------------------------------------------


def test_a_verb_within_a_verb_is_an_event_of_its_own_before_the_outer_one(
    cast, jurisdiction, office
):
    ask = Ask(key="all")
    done = perform(verbs.rename_all, jurisdiction.pk, office, ask, prefix="新")
    written = list(events().filter(request__startswith="all"))
    assert [e.action for e in written][-2:] == ["test.rename_by_office", "test.rename_all"]
    assert [e.request for e in written] == [f"all/{n}" for n in range(1, len(written))] + ["all"]
    assert done.position == written[-1].position == ChainHead.objects.get().position


def test_when_the_outer_verb_fails_nothing_within_it_has_happened(cast, jurisdiction, office):
    before = events().count()
    with pytest.raises(ZeroDivisionError):
        perform(verbs.rename_all, jurisdiction.pk, office, Ask(), prefix="新", fail=True)
    assert events().count() == before
    assert not Unit.objects.filter(name__startswith="新").exists()


def test_the_whole_is_repeated_as_one(cast, jurisdiction, office):
    ask = Ask()
    perform(verbs.rename_all, jurisdiction.pk, office, ask, prefix="新")
    count = events().count()
    assert perform(verbs.rename_all, jurisdiction.pk, office, ask, prefix="新").repeated
    assert events().count() == count


def test_an_older_copy_is_never_saved_over_a_newer_one(bureau, office):
    with pytest.raises(RuntimeError, match="two copies"):
        perform(verbs.save_old_copy, bureau.pk, office, Ask())


def test_a_container_keeps_its_version(cast, jurisdiction, office):
    version = jurisdiction.version
    done = perform(verbs.add_unit, jurisdiction.pk, office, Ask(seen=version), code="n1")
    perform(verbs.add_unit, jurisdiction.pk, office, Ask(seen=version), code="n2")
    assert done.subject == ("unit", done.facts["unit"])


def test_other_rows_that_a_verb_changes_have_a_new_version(cast, bureau, office):
    other = cast.units["schools"]
    before = other.version
    perform(verbs.swap, bureau.pk, office, Ask(), other=other.pk)
    other.refresh_from_db()
    assert (other.name, other.version) == ("云溪市水利局", before + 1)


# --- free text -------------------------------------------------------------------------------


def test_free_text_lies_beside_the_chain_bound_by_a_salted_digest(cast, jurisdiction, office):
    post = Unit.objects.get(code="water").posts.first()
    reason = "出差期间由副职代行"
    given = {"post": post.pk, "to": cast.users["schools"].pk}
    perform(verbs.lend, jurisdiction.pk, office, Ask(), **given, reason=reason)
    event = events().last()
    assert reason.encode() not in bytes(event.body)
    text = event.texts.get()
    assert text.text == reason
    assert body(event)["texts"] == {text.field: canonical.digest(bytes(text.salt), reason)}
    assert len(text.salt) == 16


def test_a_removed_row_is_an_event_about_it(cast, jurisdiction, office):
    post = Unit.objects.get(code="water").posts.first()
    lent = perform(
        verbs.lend,
        jurisdiction.pk,
        office,
        Ask(),
        post=post.pk,
        to=cast.users["schools"].pk,
        reason="",
    )
    done = perform(verbs.forget, lent.subject[1], office, Ask())
    assert done.subject == lent.subject
    assert not Delegation.objects.exists()
    assert body(events().last())["changes"][0][:3] == ["people.delegation", lent.subject[1], None]


def test_a_password_never_enters_an_event(cast):
    for event in events():
        assert b"password" not in bytes(event.body).replace(b"must_change_password", b"")


# --- the clock -------------------------------------------------------------------------------


def test_a_demo_office_lives_at_the_moment_it_is_told(bureau, water):
    moment = datetime(2025, 3, 1, 1, 0, tzinfo=UTC)
    with clock.at(moment):
        perform(verbs.rename, bureau.pk, water, Ask(), name="x")
    assert events().last().at == moment


@pytest.mark.django_db
def test_a_real_office_cannot_be_told_the_time():
    cast = build(is_demo=False)
    with clock.at(clock.now() - timedelta(days=9)), pytest.raises(Refusal) as refused:
        perform(verbs.rename, cast.units["water"].pk, cast.actor("water"), Ask(), name="x")
    assert refused.value.code == "clock_is_shifted"


@pytest.mark.parametrize(("utc", "day"), [((15, 30), 1), ((16, 30), 2)])
def test_the_day_of_a_verb_is_the_offices_day(bureau, office, utc, day):
    """23:30 and 00:30 in Beijing, the machine in UTC."""
    with clock.at(datetime(2025, 3, 1, *utc, tzinfo=UTC)):
        perform(verbs.close, bureau.pk, office, Ask())
    bureau.refresh_from_db()
    assert bureau.ended_on.day == day
