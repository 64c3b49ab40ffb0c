"""Variations and stopped clocks on the pages: asked, decided, told; the ledger folds to the rows."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from huiyin import clock
from huiyin.ledger.verify import verify
from huiyin.matters import actions
from huiyin.matters.models import Matter, Variation
from huiyin.matters.tests.road import Road


def day(n: int) -> str:
    return (clock.today() + timedelta(days=n)).isoformat()


def send(client, matter, verb, **fields):
    fields.setdefault("request_key", uuid4().hex)
    return client.post(f"/matters/{matter.pk}/do/{verb}/", fields)


@pytest.fixture
def matter(road: Road) -> Matter:
    return road.planned(quantity=Decimal(83), quantity_unit="所", supporting=[])


def page_of(client, matter) -> str:
    return str(client.get(f"/matters/{matter.pk}/").content.decode())


def test_the_form_says_who_decides_and_how_far_it_may_go(signed_in, matter):
    page = signed_in("water").get(f"/matters/{matter.pk}/do/ask-extension/").content.decode()
    assert "由督查室决定" in page
    assert "最晚可延到" in page


def test_an_extension_from_asking_to_the_page(signed_in, matter):
    water, office = signed_in("water"), signed_in("office")
    assert send(water, matter, "ask-extension", until=day(45), reason="汛期").status_code == 302
    page = page_of(office, matter)
    assert "决定变更申请" in page
    assert "等督查室决定" in page
    assert "收回申请" in page_of(water, matter)
    assert "决定变更申请" not in page_of(signed_in("vice"), matter)
    row = Variation.objects.get()
    form = office.get(f"/matters/{matter.pk}/do/variation-decide/?about={row.pk}").content.decode()
    assert f'value="{day(45)}"' in form
    given = {"about": row.pk, "granted": "yes", "until": day(40), "decision": "属实"}
    assert send(office, matter, "variation-decide", **given).status_code == 302
    page = page_of(office, matter)
    assert "经周明同意延至" in page
    assert "<s>" in page
    assert "与申请的不同" in page
    assert "属实" in page


def test_an_amount_is_asked_and_refused(signed_in, matter):
    given = {"what": "amount", "quantity": "60", "reason": "资金不够"}
    assert send(signed_in("water"), matter, "ask-adjustment", **given).status_code == 302
    row = Variation.objects.get()
    form = signed_in("vice").get(f"/matters/{matter.pk}/do/variation-decide/").content.decode()
    assert "83 所" in form
    assert "60 所" in form
    given = {"about": row.pk, "granted": "no", "decision": "不能降低"}
    assert send(signed_in("vice"), matter, "variation-decide", **given).status_code == 302
    page = page_of(signed_in("office"), matter)
    assert "不同意调整数量" in page
    assert "没有改变什么的申请" in page


@pytest.mark.parametrize(
    ("verb", "fields", "words"),
    [
        ("ask-extension", {"until": "", "reason": "汛期不能施工"}, "汛期不能施工"),
        ("ask-extension", {"until": "2020-01-01", "reason": "汛期不能施工"}, "要晚于现行时限"),
        ("ask-adjustment", {"what": "amount", "reason": "资金不够"}, "请填新的数量"),
        (
            "ask-adjustment",
            {"what": "scope", "words": "", "reason": "资金不够"},
            "请写出要改成什么",
        ),
        ("ask-suspension", {"until": "2020-01-01", "reason": "等批复"}, "要在今天以后"),
    ],
)
def test_a_refused_request_keeps_what_was_typed(signed_in, matter, verb, fields, words):
    answer = send(signed_in("water"), matter, verb, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert fields["reason"] in page
    assert not Variation.objects.exists()


def test_the_clock_is_stopped_and_started_on_the_page(signed_in, matter):
    office = signed_in("office")
    given = {"reason": "等待批复", "until": day(10), "basis": "会议纪要"}
    assert send(office, matter, "suspend", **given).status_code == 302
    page = page_of(office, matter)
    assert "恢复办理" in page
    assert "中止办理" in page
    assert send(office, matter, "resume", reason="批复已到").status_code == 302
    assert "批复已到" in page_of(office, matter)
    assert Matter.objects.get(pk=matter.pk).state == "under_way"


def test_the_ledger_folds_to_the_rows_after_all_of_it(road, matter):
    ask = {"kind": "standard", "words": "主体完工", "reason": "装修来不及"}
    row = road.do(actions.ask_adjustment, matter, "water", **ask).facts["variation"]
    road.do(actions.decide_variation, row, "vice", granted=True, decision="属实")
    until = clock.today() + timedelta(days=40)
    row = road.do(actions.ask_extension, matter, "water", until=until, reason="雨").facts[
        "variation"
    ]
    road.do(actions.take_back_variation, row, "water")
    row = road.do(actions.ask_suspension, matter, "water", until=until, reason="雨").facts[
        "variation"
    ]
    road.do(actions.decide_variation, row, "vice", granted=True, decision="属实")
    road.do(actions.resume, matter, "mayor")
    report = verify()
    assert report.faults == []


def test_a_matter_without_variations_costs_no_query_for_them(
    signed_in, matter, django_assert_max_num_queries
):
    client = signed_in("auditor")
    with django_assert_max_num_queries(16):
        page_of(client, matter)
