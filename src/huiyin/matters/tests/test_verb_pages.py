"""Forms of the verbs: sent they do it, refused they keep every word and every file."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin import clock
from huiyin.matters import actions
from huiyin.matters.models import CloseOut, HandBack, Matter, Milestone, Report
from huiyin.matters.tests.road import SETTLED
from huiyin.web.models import Upload


def _send(client, matter, verb, **fields):
    fields.setdefault("request_key", uuid4().hex)
    return client.post(f"/matters/{matter.pk}/do/{verb}/", fields)


def _state(matter):
    return Matter.objects.get(pk=matter.pk).state


def test_a_report_with_two_files_stands(road, signed_in):
    matter = road.under_way()
    files = [SimpleUploadedFile("一.jpg", b"1"), SimpleUploadedFile("二.jpg", b"2")]
    answer = _send(
        signed_in("water"), matter, "report-progress", text="设备进场", percent="40", evidence=files
    )
    assert answer.status_code == 302
    report = Report.objects.get()
    assert (report.text, report.percent, report.evidence.count()) == ("设备进场", 40, 2)


def test_the_next_report_is_pre_filled_with_the_last(road, signed_in):
    matter = road.under_way()
    client = signed_in("water")
    _send(client, matter, "report-progress", text="设备进场", percent="40", next_step="安装调试")
    page = client.get(f"/matters/{matter.pk}/do/report-progress/").content.decode()
    assert 'value="40"' in page
    assert "安装调试" in page


def test_a_refused_report_keeps_its_words_and_its_files(road, signed_in):
    matter = road.under_way()
    client = signed_in("water")
    file = SimpleUploadedFile("照片.jpg", b"jpg")
    answer = _send(
        client,
        matter,
        "report-progress",
        text="",
        problems="缺一台泵",
        percent="140",
        evidence=[file],
    )
    page = answer.content.decode()
    upload = Upload.objects.get()
    assert answer.status_code == 422
    assert "缺一台泵" in page
    assert f'name="kept" value="{upload.pk}"' in page
    again = _send(client, matter, "report-progress", text="补写", percent="40", kept=[upload.pk])
    assert again.status_code == 302
    assert Report.objects.get().evidence.get().name == "照片.jpg"


def test_somebody_else_s_upload_cannot_be_kept(road, signed_in):
    matter = road.under_way()
    theirs = Upload.objects.get(sha256=road.evidence("schools").sha256)
    _send(signed_in("water"), matter, "report-progress", text="进展", kept=[theirs.pk])
    assert Report.objects.get().evidence.count() == 0


def test_a_form_sent_twice_is_done_once(road, signed_in):
    matter = road.under_way()
    key = uuid4().hex
    for _ in range(2):
        answer = _send(
            signed_in("water"), matter, "report-progress", text="设备进场", request_key=key
        )
        assert answer.status_code == 302
    assert Report.objects.count() == 1


def test_a_stale_page_shows_what_changed_beside_what_was_typed(road, signed_in):
    matter = road.under_way()
    seen = matter.version
    road.do(actions.set_plan, matter, "water", goal="先前的目标", measures="先前的措施")
    answer = _send(
        signed_in("water_head"), matter, "set-plan", goal="新的目标", measures="新的措施", seen=seen
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "新的目标" in page
    assert "已经有了变化" in page


def test_a_plan_has_as_many_steps_as_the_unit_likes(road, signed_in):
    matter = road.under_way()
    day = clock.today() + timedelta(days=9)
    fields = {
        "goal": "通水",
        "measures": "分段施工",
        "step_due": [day.isoformat(), ""],
        "step_what": ["进场", ""],
    }
    assert _send(signed_in("water"), matter, "set-plan", **fields).status_code == 302
    assert [(m.due_on, m.what) for m in Milestone.objects.all()] == [(day, "进场")]


def test_a_step_without_a_day_is_refused_and_kept(road, signed_in):
    matter = road.under_way()
    fields = {
        "goal": "通水",
        "measures": "分段施工",
        "step_due": [""],
        "step_what": ["设备进场验收"],
    }
    answer = _send(signed_in("water"), matter, "set-plan", **fields)
    assert answer.status_code == 422
    assert "设备进场验收" in answer.content.decode()
    assert not Milestone.objects.exists()


def test_completion_without_evidence_is_refused_beside_the_field(road, signed_in):
    matter = road.planned(supporting=[])
    answer = _send(signed_in("water"), matter, "submit-completion", text="都办完了，请核查")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请先上传佐证材料" in page
    assert "都办完了，请核查" in page
    assert _state(matter) == "under_way"


def test_settling_is_one_screen_pre_filled_from_the_data(road, signed_in):
    matter = road.submitted(source_label="在调研时的讲话", source_from="罗文山市长")
    client = signed_in("office")
    page = client.get(f"/matters/{matter.pk}/do/settle/").content.decode()
    assert "泵站已连续试运行七天" in page
    assert 'value="罗文山市长"' in page
    assert _send(client, matter, "settle", method="on_site", **SETTLED).status_code == 302
    assert _state(matter) == "closed"
    assert CloseOut.objects.get().answer == SETTLED["answer"]


def test_what_was_seen_is_never_pre_filled(road, signed_in):
    matter = road.submitted()
    fields = SETTLED | {"finding": ""}
    answer = _send(signed_in("office"), matter, "settle", method="on_site", **fields)
    assert answer.status_code == 422
    assert _state(matter) == "submitted"


def test_verify_send_back_accept_close_out_and_deliver(road, signed_in):
    matter, client = road.submitted(), signed_in("office")
    assert (
        _send(
            client, matter, "verify", outcome="confirmed", method="papers", finding="属实"
        ).status_code
        == 302
    )
    assert _send(client, matter, "send-back", reason="缺水质报告").status_code == 302
    assert _state(matter) == "under_way"
    road.do(
        actions.submit_completion,
        road.lead(matter),
        "water",
        text="补齐了",
        evidence=[road.evidence("water")],
    )
    _send(client, matter, "verify", outcome="confirmed", method="papers", finding="属实")
    assert _send(client, matter, "accept").status_code == 302
    words = {name: SETTLED[name] for name in ("summary", "addressee", "answer")}
    assert _send(client, matter, "close-out", **words).status_code == 302
    assert _send(client, matter, "deliver").status_code == 302
    assert CloseOut.objects.get().delivered_at is not None


def test_a_standing_matter_is_checked_and_stays_open(road, signed_in):
    matter = road.under_way(nature="standing", due_on=None)
    answer = _send(signed_in("office"), matter, "check", method="sampling", finding="抽查三处都好")
    assert answer.status_code == 302
    assert _state(matter) == "under_way"
    assert Matter.objects.get(pk=matter.pk).last_checked_on == clock.today()


def test_an_objection_is_raised_and_ruled_with_a_new_lead(road, cast, signed_in):
    matter = road.under_way()
    assert _send(signed_in("water"), matter, "hand-back", reason="属于园林中心").status_code == 302
    lead = road.lead(matter)
    client = signed_in("office")
    without = _send(
        client, matter, "rule-hand-back", assignment=lead.pk, granted="yes", reason="同意"
    )
    assert without.status_code == 422
    assert "新的牵头单位" in without.content.decode()
    fields = {"granted": "yes", "reason": "职责在园林", "new_lead": cast.units["parks"].pk}
    assert _send(client, matter, "rule-hand-back", assignment=lead.pk, **fields).status_code == 302
    assert HandBack.objects.get().ruling == "granted"
    assert Matter.objects.get(pk=matter.pk).lead_unit == cast.units["parks"]


def test_withdrawing_needs_its_reason(road, signed_in):
    matter, client = road.under_way(), signed_in("office")
    assert _send(client, matter, "withdraw", reason=" ").status_code == 422
    assert _send(client, matter, "withdraw", reason="重复").status_code == 302
    assert _state(matter) == "withdrawn"


@pytest.mark.parametrize(
    "verb", ["settle", "verify", "send-back", "withdraw", "accept", "close-out"]
)
def test_a_unit_may_not_decide_on_its_own_matter(road, signed_in, verb):
    matter = road.submitted()
    assert signed_in("water").get(f"/matters/{matter.pk}/do/{verb}/").status_code in (403, 404)
    assert _send(signed_in("water"), matter, verb, reason="x").status_code in (403, 404, 422)
    assert _state(matter) == "submitted"


@pytest.mark.parametrize("verb", ["report-progress", "set-plan", "hand-back"])
def test_an_outsider_finds_no_form(road, signed_in, verb):
    assert (
        signed_in("outsider").get(f"/matters/{road.under_way().pk}/do/{verb}/").status_code == 404
    )


def test_a_verb_that_cannot_be_done_now_says_why(road, signed_in):
    page = signed_in("office").get(f"/matters/{road.under_way().pk}/do/settle/")
    assert "不能核查并销号" in page.content.decode()


@pytest.mark.parametrize("slug", ["set-plan", "set_plan"])
def test_a_verb_is_addressed_by_its_name_in_either_spelling(road, signed_in, slug):
    assert signed_in("water").get(f"/matters/{road.under_way().pk}/do/{slug}/").status_code == 200


def test_there_is_no_form_for_a_verb_that_does_not_exist(road, signed_in):
    assert signed_in("office").get(f"/matters/{road.under_way().pk}/do/destroy/").status_code == 404


def test_an_empty_file_is_named_and_the_words_are_kept(road, signed_in):
    matter = road.under_way()
    answer = _send(
        signed_in("water"),
        matter,
        "report-progress",
        text="进展在这里",
        evidence=[SimpleUploadedFile("空.txt", b"")],
    )
    assert answer.status_code == 422
    assert "进展在这里" in answer.content.decode()
