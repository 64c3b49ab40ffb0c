"""The slip a light calls for: drafted, signed by whom the scheme names, numbered, signed for, answered."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin import clock
from huiyin.door import Ask, options, perform
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.ledger.fold import Fold, body_of
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.light_slips import LADDER
from huiyin.matters.models import Matter, ReportRequest, Slip
from huiyin.matters.tests.road import SETTLED, Road, at_noon
from huiyin.people import actions as people
from huiyin.people.models import Post
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.actions import amend
from huiyin.rulebook.defaults import LIGHT_SETS, light_set
from huiyin.rulebook.models import Rule
from huiyin.rulebook.queries import brought_up
from huiyin.rulebook.rules import LIGHT_SCHEME, NUMBERING

GIVEN = {"reason": "逾期未办结", "asked": "查明原因，写明补救措施和完成时间"}


@pytest.fixture
def behind(road: Road) -> Matter:
    """A matter whose claim was refuted: behind, whose slip the office signs itself."""
    matter = road.submitted(supporting=[])
    road.do(actions.verify, matter, "office", finding="没有办完", outcome="refuted")
    return Matter.objects.get(pk=matter.pk)


@pytest.fixture
def late(road: Road) -> Matter:
    """A matter due in thirty days; the tests look at it later."""
    return road.planned(supporting=[])


def overdue(matter: Matter):
    return at_noon(matter.due_on, later=2)


def issued(road: Road, matter: Matter, by: str = "office", **given) -> Slip:
    done = road.do(actions.issue_slip, matter, by, **(GIVEN | given))
    return Slip.objects.get(pk=done.facts["slip"])


def offered(road: Road, subject, by: str) -> dict[str, str]:
    return {o.name: "" if o.allowed else o.code for o in options(subject, by=road.actor(by))}


def page_of(client, matter) -> str:
    return str(client.get(f"/matters/{matter.pk}/").content.decode())


def test_the_office_signs_and_issues_in_one_act(road, behind):
    before = Event.objects.count()
    slip = issued(road, behind)
    assert Event.objects.count() == before + 1
    assert (slip.state, slip.kind, slip.light) == ("issued", "催办单", "behind")
    assert slip.paper_number == f"云督单〔{clock.today().year}〕1号"
    assert slip.unit_id == behind.lead_unit_id
    assert slip.answer_by is not None
    days = rulebook.calendar(behind.jurisdiction_id, on=clock.today())
    assert days.working_days_between(clock.today(), slip.answer_by) == 3
    request = ReportRequest.objects.get()
    assert (slip.request, request.due_on) == (request, slip.answer_by)
    assert "逾期未办结" in request.reason


def test_a_leader_s_slip_waits_on_his_desk_and_the_unit_knows_nothing(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        assert (slip.state, slip.signer, slip.paper_number) == ("waiting", "leader_in_charge", "")
        assert slip.signer_post is not None
        assert slip.signer_post.user.username == "vice"
        assert not ReportRequest.objects.exists()
        assert "督办单，发市水利局" in signed_in("vice").get("/desk/").content.decode()
        office = page_of(signed_in("office"), late)
        assert "等沈岚副市长签发" in office
        unit = page_of(signed_in("water"), late)
        assert "发过的单" not in unit
        assert "拟发督办单" not in unit
        assert signed_in("water").get(f"/slips/{slip.pk}/print/").status_code == 404


def test_the_leader_signs_and_the_unit_has_days_to_answer(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        before = Event.objects.count()
        road.do(actions.sign_slip, slip, "vice", opinion="限期整改")
        assert Event.objects.count() == before + 1
        slip.refresh_from_db()
        assert (slip.state, slip.decided_by_name) == ("issued", "沈岚")
        assert slip.request is not None
        page = page_of(signed_in("water"), late)
        assert f"督办单（{slip.paper_number}）" in page
        assert "等回应" in page
        assert "沈岚副市长签发督办单" in page
        desk = signed_in("water").get("/desk/").content.decode()
        assert "收到的单" in desk
        assert "要情况的" not in desk
        road.do(actions.sign_for_slip, slip, "water")
        desk = signed_in("water").get("/desk/").content.decode()
        assert "收到的单" not in desk
        assert "要情况的" in desk


def test_who_signs_by_the_scheme_issues_at_once(road, late):
    with overdue(late):
        with pytest.raises(Forbidden):
            issued(road, late, by="vice")
        with pytest.raises(Forbidden):
            issued(road, late, by="water")
        slip = issued(road, late)
        for by in ("office", "water", "schools", "auditor", "mayor"):
            with pytest.raises((Forbidden, NotFound)):
                road.do(actions.sign_slip, slip, by)


def test_the_head_of_the_office_signs_what_the_scheme_leaves_to_him(road, late):
    scheme_of(road, "slips")
    done = {"text": "水泵没有装完", "evidence": [road.evidence("water")]}
    road.do(actions.submit_completion, road.lead(late), "water", **done)
    road.do(actions.verify, late, "office", finding="没有办完", outcome="refuted")
    drafted = issued(road, late)
    assert (drafted.kind, drafted.signer, drafted.state) == ("黄单", "office_head", "waiting")
    road.do(actions.return_slip, drafted, "office", reason="请主任自己发")
    own = issued(road, late, by="office_head")
    assert (own.kind, own.state) == ("黄单", "issued")


def scheme_of(road: Road, name: str) -> None:
    rule = Rule.objects.get(jurisdiction_id=road.cast.jurisdiction.pk, code="lights")
    found = light_set(name)
    given = {"body": found.body, "source": found.source, "effective_on": clock.today()}
    road.do(amend, rule, "secadmin", reason="改用三单", **given)


def test_the_scheme_in_force_names_the_slip_and_its_signer(road, late):
    scheme_of(road, "slips")
    with overdue(late):
        slip = issued(road, late)
        assert (slip.kind, slip.signer) == ("红单", "principal_leader")
        assert slip.signer_post is not None
        assert slip.signer_post.user.username == "mayor"
        assert slip.answer_days == 2
        assert "第2版" in slip.rule


def test_a_light_without_a_slip_issues_none(road, late):
    assert offered(road, late, "office")["matter.issue_slip"] == "no_slip_called_for"
    with pytest.raises(Conflict, match="不用发单"):
        issued(road, late)
    done = {"text": "设备已进场", "percent": 98, "milestones_done": [late.milestones.get().pk]}
    with at_noon(late.due_on, later=-1):
        road.do(actions.report_progress, road.lead(late), "water", **done)
        with pytest.raises(Conflict, match="这盏灯不发单"):
            issued(road, late)


def test_the_same_slip_is_not_issued_twice_and_a_graver_one_may_be(road, behind):
    first = issued(road, behind)
    with pytest.raises(Conflict, match="还没有回应，不重复发"):
        issued(road, behind)
    with overdue(behind):
        second = issued(road, behind)
        assert (first.kind, second.kind) == ("催办单", "督办单")
        with pytest.raises(Conflict, match="等签发"):
            issued(road, behind)
        road.do(actions.sign_slip, second, "vice")
    second.refresh_from_db()
    assert second.number == 2


def test_a_slip_says_why_and_what_is_asked(road, behind):
    for blank in ({"reason": " "}, {"asked": ""}):
        with pytest.raises(Refusal):
            issued(road, behind, **blank)
    assert not Slip.objects.exists()


def test_the_same_request_twice_issues_one(road, behind):
    ask, actor = Ask(uuid4().hex), road.actor("office")
    perform(actions.issue_slip, behind.pk, actor, ask, **GIVEN)
    assert perform(actions.issue_slip, behind.pk, actor, ask, **GIVEN).repeated
    assert Slip.objects.count() == 1


def test_a_leader_who_works_in_the_unit_stands_back(road, late):
    vice, water = road.cast.users["vice"], road.cast.units["water"]
    road.do(people.appoint, vice, "secadmin", unit_id=water.pk, role="unit_head")
    with overdue(late):
        slip = issued(road, late)
        assert slip.signer == "principal_leader"
        assert "回避" in slip.signer_why
        with pytest.raises((Conflict, Forbidden, NotFound)):
            road.do(actions.sign_slip, slip, "vice")
        road.do(actions.sign_slip, slip, "mayor")


def test_what_is_not_signed_goes_back_with_its_reason(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        with pytest.raises(Refusal):
            road.do(actions.return_slip, slip, "vice", reason="")
        road.do(actions.return_slip, slip, "vice", reason="已当面说过")
        slip.refresh_from_db()
        assert (slip.state, slip.number) == ("returned", None)
        assert not ReportRequest.objects.exists()
        assert "已当面说过" in page_of(signed_in("office"), late)
        assert issued(road, late).state == "waiting"


def test_the_office_may_take_its_draft_back_and_nobody_else(road, late):
    with overdue(late):
        slip = issued(road, late)
        with pytest.raises((Forbidden, NotFound)):
            road.do(actions.return_slip, slip, "water", reason="不想要")
        road.do(actions.return_slip, slip, "office", reason="填错了")


def test_the_unit_signs_for_it_once_and_nobody_else_does(road, behind):
    slip = issued(road, behind)
    for by in ("outsider", "vice", "auditor"):
        with pytest.raises((Forbidden, NotFound)):
            road.do(actions.sign_for_slip, slip, by)
    road.do(actions.sign_for_slip, slip, "water")
    slip.refresh_from_db()
    assert slip.received_by_name == "秦川"
    with pytest.raises(Conflict, match="已经签收"):
        road.do(actions.sign_for_slip, slip, "water")


def test_the_next_report_answers_it_and_the_story_says_so(road, signed_in, behind):
    slip = issued(road, behind)
    form = signed_in("water").get(f"/matters/{behind.pk}/do/report-progress/").content.decode()
    assert "这次反馈同时答复" in form
    assert slip.paper_number in form
    done = road.do(actions.report_progress, road.lead(behind), "water", text="已返工，下周办完")
    assert done.facts["slips"] == [f"催办单（{slip.paper_number}）"]
    page = page_of(signed_in("office"), behind)
    assert "已回应" in page
    assert f"回应催办单（{slip.paper_number}）" in page
    assert offered(road, behind, "office")["matter.issue_slip"] == ""


def test_one_click_of_no_change_is_no_answer(road, behind):
    issued(road, behind)
    road.do(actions.ask_report, road.lead(behind), "office", reason="另要", not_enough="没有数")
    with pytest.raises(Conflict):
        road.do(actions.report_same, road.lead(behind), "water")


def test_nothing_is_sent_for_what_is_no_longer_in_the_unit_s_hands(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        given = {"text": "泵站已于今天办完", "evidence": [road.evidence("water")]}
        road.do(actions.submit_completion, road.lead(late), "water", **given)
        with pytest.raises(Conflict, match="不再发出"):
            road.do(actions.sign_slip, slip, "vice")
        assert "督办单，发" not in signed_in("vice").get("/desk/").content.decode()
        assert "去退回" in signed_in("office").get("/desk/").content.decode()
        road.do(actions.settle, late, "office", **SETTLED)
        assert "matter.issue_slip" not in [
            name for name, code in offered(road, Matter.objects.get(), "office").items() if not code
        ]
        road.do(actions.return_slip, slip, "office", reason="已经办结")


def test_a_slip_of_a_closed_matter_is_answered_by_its_completion(road, signed_in, behind):
    issued(road, behind)
    given = {"text": "泵站已于今天办完", "evidence": [road.evidence("water")]}
    road.do(actions.submit_completion, road.lead(behind), "water", **given)
    road.do(actions.settle, behind, "office", **SETTLED)
    assert "已回应" in page_of(signed_in("office"), behind)
    assert "收到的单" not in signed_in("water").get("/desk/").content.decode()


def test_what_a_leader_signed_is_taken_back_by_the_leader_alone(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        road.do(actions.sign_slip, slip, "vice")
        request = ReportRequest.objects.get()
        with pytest.raises(Conflict, match="由签发人收回"):
            road.do(actions.take_back_request, request, "office")
        with pytest.raises(Forbidden):
            road.do(actions.take_back_request, request, "mayor")
        road.do(actions.take_back_request, request, "vice")
        assert "已收回，不用回应" in page_of(signed_in("office"), late)


def test_the_office_takes_its_own_slip_back(road, behind):
    issued(road, behind)
    road.do(actions.take_back_request, ReportRequest.objects.get(), "office")


def test_it_is_printed_as_a_paper(road, signed_in, behind):
    slip = issued(road, behind)
    answer = signed_in("water").get(f"/slips/{slip.pk}/print/")
    words = answer.content.decode()
    assert answer.status_code == 200
    for said in (slip.paper_number, "催办单", "云溪市水利局：", "逾期未办结", "书面回应"):
        assert said in words
    assert "签发人" in words
    assert signed_in("outsider").get(f"/slips/{slip.pk}/print/").status_code == 404


def test_a_draft_is_printed_as_a_preview(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        words = signed_in("vice").get(f"/slips/{slip.pk}/print/").content.decode()
        assert "预览，未签发" in words


def test_the_form_proposes_the_light_s_reason_and_says_who_signs(road, signed_in, late):
    with overdue(late):
        client = signed_in("office")
        page = client.get(f"/matters/{late.pk}/do/issue-slip/").content.decode()
        assert "督办单由沈岚副市长签发" in page
        assert "逾期 2 天" in page
        assert "日到期，至今没有办结" in page
        answer = client.post(
            f"/matters/{late.pk}/do/issue-slip/", GIVEN | {"request_key": uuid4().hex}
        )
        assert answer.status_code == 302
        vice = signed_in("vice")
        slip = Slip.objects.get()
        assert "/do/slip-sign/" in page_of(vice, late)
        sent = {"about": slip.pk, "opinion": "", "request_key": uuid4().hex}
        assert vice.post(f"/matters/{late.pk}/do/slip-sign/", sent).status_code == 302
        slip.refresh_from_db()
        assert slip.state == "issued"


def test_the_register_lists_what_still_has_to_be_answered(road, signed_in, behind):
    assert behind.title not in rows_of(signed_in("office"))
    issued(road, behind)
    assert behind.title in rows_of(signed_in("office"))
    road.do(actions.report_progress, road.lead(behind), "water", text="已返工，下周办完")
    assert behind.title not in rows_of(signed_in("office"))


def rows_of(client) -> str:
    return str(client.get("/matters/?view=slips").content.decode())


def test_a_program_issues_and_signs(road, signed_in, late):
    with overdue(late):
        answer = signed_in("office").post(
            f"/api/matter/{late.pk}/issue_slip", GIVEN, content_type="application/json"
        )
        assert answer.status_code == 200
        slip = answer.json()["facts"]["slip"]
        sent = signed_in("vice").post(f"/api/slip/{slip}/sign", {}, content_type="application/json")
        assert sent.json()["facts"]["number"].startswith("云督单")


def test_folding_the_events_gives_the_slip(road, late):
    with overdue(late):
        slip = issued(road, late)
        road.do(actions.sign_slip, slip, "vice")
        slip.refresh_from_db()
        road.do(actions.sign_for_slip, slip, "water")
        road.do(actions.report_progress, road.lead(late), "water", text="已返工，下周办完")
    fold = Fold()
    events = Event.objects.filter(jurisdiction_id=late.jurisdiction_id).order_by("position")
    fold.take((event, body_of(event)) for event in events)
    assert list(fold.differences()) == []


@pytest.mark.parametrize("name", LIGHT_SETS)
def test_every_shipped_scheme_says_who_signs_and_by_when(name):
    for mark in LIGHT_SCHEME.parse(light_set(name).body).marks:
        assert not mark.slip or (mark.signer in LADDER and mark.answer_days > 0)


def test_a_scheme_and_numbers_adopted_before_there_were_slips_are_brought_up():
    old = light_set("slips").body
    rows = [{k: v for k, v in row.items() if k != "answer_days"} for row in old["rows"]]
    scheme = LIGHT_SCHEME.parse(brought_up(LIGHT_SCHEME, old | {"rows": rows}))
    assert scheme.mark("overdue").answer_days == 2
    numbers = {"notice": "督〔{year}〕{n}号", "matter": "{notice}-{n}"}
    found = NUMBERING.parse(brought_up(NUMBERING, numbers))
    assert found.slip_number(short="云", year=2026, n=3) == "云督单〔2026〕3号"


def test_a_post_that_was_left_is_signed_for_by_the_next_authority(road, signed_in, late):
    with overdue(late):
        slip = issued(road, late)
        post = Post.objects.get(user__username="vice", role="leader_in_charge")
        road.do(people.end_post, post, "secadmin")
        slip.refresh_from_db()
        with at_noon(late.due_on, later=3):
            assert "督办单，发市水利局" in signed_in("mayor").get("/desk/").content.decode()
            road.do(actions.sign_slip, slip, "mayor")
