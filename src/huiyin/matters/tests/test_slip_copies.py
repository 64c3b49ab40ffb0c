"""抄送: whom the scheme names has a copy of a slip, in the inbox and on the paper; who signs it or has it already has not."""

from __future__ import annotations

import pytest

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger import followers
from huiyin.ledger.fold import Fold, body_of
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Matter, Slip
from huiyin.matters.tests.road import Road, at_noon
from huiyin.matters.trail import trail
from huiyin.notices import followers as _told  # noqa: F401 - registers the follower
from huiyin.notices.queries.inbox import inbox
from huiyin.people import actions as people
from huiyin.people.models import Post
from huiyin.rulebook.actions import amend
from huiyin.rulebook.defaults import LIGHT_SETS, light_set
from huiyin.rulebook.models import Rule
from huiyin.rulebook.queries import brought_up
from huiyin.rulebook.rules import LIGHT_SCHEME, clean
from huiyin.rulebook.rules.words import COPIED

GIVEN = {"reason": "逾期未办结", "asked": "查明原因，写明补救措施和完成时间"}


@pytest.fixture
def late(road: Road) -> Matter:
    return road.planned(supporting=[])


def overdue(matter: Matter):
    return at_noon(matter.due_on, later=2)


def copied_to(road: Road, *codes: str, light: str = "overdue") -> None:
    """The scheme names these for the slip of a light."""
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="lights")
    body = light_set(LIGHT_SETS[0]).body
    rows = [row | ({"copied_to": codes} if row["light"] == light else {}) for row in body["rows"]]
    given = {"source": "本市规定", "effective_on": clock.today()}
    road.do(amend, rule, "secadmin", body=body | {"rows": rows}, reason="抄送", **given)


def issued(road: Road, matter: Matter) -> Slip:
    done = road.do(actions.issue_slip, matter, "office", **GIVEN)
    slip = Slip.objects.get(pk=done.facts["slip"])
    if slip.state == "waiting":
        assert slip.signer_post is not None
        road.do(actions.sign_slip, slip, slip.signer_post.user.username)
        slip.refresh_from_db()
    return slip


def named(slip: Slip) -> list[str]:
    return [copy["words"] for copy in slip.copies]


def lines(cast, who: str) -> list[str]:
    followers.catch_up()
    box = inbox(cast.actor(who), today=clock.today())
    return [line.what for item in box.today for line in item.lines]


def test_by_default_the_head_of_the_unit_has_a_copy(road, late, signed_in):
    with overdue(late):
        slip = issued(road, late)
        assert named(slip) == ["市水利局江涛局长"]
        paper = signed_in("water").get(f"/slips/{slip.pk}/print/").content.decode()
        assert "抄送：市水利局江涛局长。" in paper


def test_whom_the_scheme_names_is_told_and_printed(road, late, cast, signed_in):
    with overdue(late):
        copied_to(road, "principal_leader", "office_head", "office")
        slip = issued(road, late)
        assert named(slip) == ["罗文山市长", "何静督查室主任", "督查室"]
        said = f"沈岚副市长签发督办单（{slip.paper_number}），抄送您"
        for who in ("mayor", "office_head", "office"):
            assert said in lines(cast, who)
        assert said not in lines(cast, "outsider") + lines(cast, "auditor")
        paper = signed_in("mayor").get(f"/slips/{slip.pk}/print/").content.decode()
        assert "抄送：罗文山市长、何静督查室主任、督查室。" in paper
        assert "抄送罗文山市长、何静督查室主任、督查室" in trail(late, today=clock.today())[0].rest
        page = signed_in("office").get(f"/matters/{late.pk}/").content.decode()
        assert page.count("抄送罗文山市长") == 2


def test_who_signs_it_and_who_has_it_as_the_unit_is_not_told_twice(road, late, cast):
    with overdue(late):
        copied_to(road, "unit_head", "leader_in_charge")
        slip = issued(road, late)
        assert named(slip) == ["市水利局江涛局长"]
        assert not [line for line in lines(cast, "vice") if "抄送您" in line]
        assert [line for line in lines(cast, "water_head") if "督办单" in line] == [
            f"沈岚副市长发来督办单（{slip.paper_number}），等签收、回应"
        ]


def test_until_it_is_signed_nobody_has_a_copy_and_the_preview_says_who_will(road, late, cast, signed_in):  # fmt: skip
    with overdue(late):
        copied_to(road, "principal_leader")
        form = signed_in("office").get(f"/matters/{late.pk}/do/issue-slip/").content.decode()
        assert "抄送罗文山市长。" in form
        road.do(actions.issue_slip, late, "office", **GIVEN)
        slip = Slip.objects.get()
        assert (slip.copied_to, slip.copies) == (["principal_leader"], [])
        assert not [line for line in lines(cast, "mayor") if "抄送" in line]
        vice = signed_in("vice")
        assert "抄送：罗文山市长。" in vice.get(f"/slips/{slip.pk}/print/").content.decode()
        sign = vice.get(f"/matters/{late.pk}/do/slip-sign/?about={slip.pk}").content.decode()
        assert "抄送罗文山市长" in sign


def test_a_post_nobody_holds_has_no_copy_and_an_unnamed_head_is_named_by_the_post(road, late):
    with overdue(late):
        copied_to(road, "unit_head", "office_head")
        for who in ("water_head", "office_head"):
            road.do(people.end_post, Post.objects.get(user__username=who), "secadmin")
    with at_noon(late.due_on, later=3):
        slip = issued(road, late)
        assert slip.copies == [{"code": "unit_head", "post": None, "words": "市水利局主要负责人"}]


def test_the_paper_keeps_who_had_it_then(road, late, signed_in):
    with overdue(late):
        slip = issued(road, late)
        road.do(people.end_post, Post.objects.get(user__username="water_head"), "secadmin")
    with at_noon(late.due_on, later=9):
        paper = signed_in("office").get(f"/slips/{slip.pk}/print/").content.decode()
        assert "抄送：市水利局江涛局长。" in paper


def test_folding_the_events_gives_the_copies(road, late):
    with overdue(late):
        copied_to(road, "unit_head", "principal_leader", "office")
        issued(road, late)
    fold = Fold()
    events = Event.objects.filter(jurisdiction_id=late.jurisdiction_id).order_by("position")
    fold.take((event, body_of(event)) for event in events)
    assert list(fold.differences()) == []


# The rule


@pytest.mark.parametrize("name", LIGHT_SETS)
def test_every_shipped_scheme_names_copies_that_can_be_found(name):
    for mark in LIGHT_SCHEME.parse(light_set(name).body).marks:
        assert set(mark.copied_to) <= set(COPIED)
        assert mark.slip or not mark.copied_to


def test_a_scheme_adopted_before_there_were_copies_is_brought_up():
    old = light_set(LIGHT_SETS[0]).body
    rows = [{k: v for k, v in row.items() if k != "copied_to"} for row in old["rows"]]
    scheme = LIGHT_SCHEME.parse(brought_up(LIGHT_SCHEME, old | {"rows": rows}))
    assert scheme.mark("overdue").copied_to == ("unit_head",)
    assert scheme.mark("near").copied_to == ()


@pytest.mark.parametrize("value", ["unit_head", ["moon"], {"unit_head": 1}, 7])
def test_a_copy_for_somebody_unknown_is_refused(value):
    body = light_set(LIGHT_SETS[0]).body
    rows = [row | {"copied_to": value} for row in body["rows"]]
    with pytest.raises(Refusal) as refused:
        clean(LIGHT_SCHEME, body | {"rows": rows})
    assert "rows-0-copied_to" in refused.value.fields


def test_the_page_of_the_rule_offers_them_and_the_trial_says_what_changes(road, signed_in):
    client = signed_in("secadmin")
    page = client.get("/settings/rules/lights/").content.decode()
    assert 'name="rows-4-copied_to" value="unit_head" checked' in page
    body = light_set(LIGHT_SETS[0]).body
    typed = {name: value for name, value in body.items() if name != "rows"}
    typed |= dict.fromkeys(("milestones", "returned_is_behind"), "on")
    for number, row in enumerate(body["rows"]):
        typed |= {f"rows-{number}-{name}": value for name, value in row.items()}
    typed["rows-4-copied_to"] = ["unit_head", "principal_leader"]
    given = {"source": "本市规定", "reason": "抄送", "effective_on": clock.today().isoformat()}
    tried = client.post("/settings/rules/lights/", {**typed, **given, "try": "1"}).content.decode()
    assert "抄送：承办单位主要负责人、主要领导" in tried
    assert (
        client.post("/settings/rules/lights/", {**typed, **given, "save": "1"}).status_code == 302
    )
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="lights")
    kept = rule.versions.get(number=rule.current).body["rows"][4]["copied_to"]
    assert kept == ["unit_head", "principal_leader"]
