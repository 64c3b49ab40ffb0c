"""Does the text answer? Number, date, deed, and whether it says anything new. It asks and never blocks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.answers import concerns, pressing
from huiyin.matters.models import Matter, Report
from huiyin.matters.rules.concerns import About, Demand, Said
from huiyin.matters.tests.road import Road

TODAY = date(2026, 11, 22)
DEMAND = Demand(
    words="新建、改扩建幼儿园83所，年底前建成投用",
    quantity=Decimal(83),
    unit="所",
    due_on=date(2026, 12, 31),
)


def asked(text: str, demand: Demand = DEMAND, **said) -> set[str]:
    said = {"completion": True} | said
    return {one.code.value for one in concerns(Said(text=text, **said), demand, today=TODAY)}


@pytest.mark.parametrize(
    "text",
    [
        "83所幼儿园已于11月20日全部建成投用",
        "幼儿园八十三所已于11月1日通过验收",
        "城北建成40所、城南建成43所幼儿园，11月20日全部投用",
        "截至11月15日，建成幼儿园85所",
        "11月15日按计划建成83所",
    ],
)
def test_a_text_that_answers_is_asked_nothing(text):
    assert asked(text) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("幼儿园建成60所，11月20日投用", "smaller"),
        ("幼儿园建成六十所，11月20日投用", "smaller"),
        ("近83所幼儿园11月20日建成", "smaller"),
        ("建成80至90所幼儿园，11月20日投用", "smaller"),
        ("83所中的60所幼儿园11月20日建成投用", "smaller"),
        ("幼儿园11月20日全部建成投用", "no_number"),
        ("幼儿园83所，积极推进建设，11月20日已部署", "weaker"),
        ("幼儿园83所基本建成，11月20日", "weaker"),
        ("幼儿园83所尚未建成，11月20日", "weaker"),
        ("幼儿园83所正有序推进，预计在今年12月20日前建成", "weaker"),
        ("幼儿园建成83所，预计明年3月31日前投用", "later"),
        ("幼儿园建成83所，预计3月15日投用", "later"),
        ("幼儿园83所全部建成投用", "no_date"),
        ("道路11月20日竣工", "elsewhere"),
    ],
)
def test_what_a_text_leaves_open_is_asked(text, code):
    assert code in asked(text)


@pytest.mark.parametrize(
    ("quantity", "unit", "text", "less"),
    [
        ("3.5", "亿元", "完成投资3.2亿元", True),
        ("3.5", "亿元", "完成投资35000万元", False),
        ("35000", "万元", "完成投资3亿元", True),
        ("1.2", "万亩", "完成造林1万亩", True),
        ("1.2", "万亩", "完成造林12000亩", False),
        ("95", "%", "办结率达到92%", True),
        ("95", "%", "办结率达到95.6%", False),
    ],
)
def test_amounts_are_compared_in_one_unit(quantity, unit, text, less):
    demand = Demand(words="办成", quantity=Decimal(quantity), unit=unit)
    assert ("smaller" in asked(text, demand)) is less


def test_a_word_of_completion_counts_within_its_clause_only():
    demand = Demand(words="更换水泵", quantity=Decimal(120), unit="台")
    assert "smaller" not in asked("更换水泵120台，全部投入使用，补换36台", demand)


def test_where_less_is_better_no_smaller_number_is_asked_about():
    demand = Demand(words="积案压减至10件以内", quantity=Decimal(10), unit="件")
    assert asked("积案压减到5件", demand) == set()


def test_on_the_way_a_smaller_number_is_no_question():
    assert asked("已开工幼儿园40所，建设按计划推进", completion=False) == set()
    assert asked("幼儿园建设有序推进，持续加强督导", completion=False) == {"no_number", "weaker"}


def test_last_month_s_text_again_and_a_percentage_that_goes_back():
    text = "幼儿园83所的选址和图纸已于11月1日办完，正在招标"
    found = asked(text, completion=False, earlier=[text + "。"], percent=40, earlier_percent=60)
    assert {"same_text", "less_percent"} <= found


def test_nobody_is_held_up_on_the_way_by_a_gentle_question():
    found = concerns(Said(text="设备进场"), Demand(words="泵站试运行"), today=TODAY)
    assert [one.code for one in found] == [About.ELSEWHERE]
    assert pressing(found, completion=False) == []
    assert pressing(found, completion=True) == found


@given(wanted=st.integers(2, 5000), data=st.data())
def test_a_smaller_number_is_always_asked_about(wanted, data):
    said = data.draw(st.integers(1, wanted - 1))
    demand = Demand(words="新建幼儿园", quantity=Decimal(wanted), unit="所")
    assert "smaller" in asked(f"幼儿园建成{said}所", demand)
    assert "smaller" not in asked(f"幼儿园建成{wanted + said}所", demand)


@given(days=st.integers(1, 900))
def test_a_later_day_is_always_asked_about(days):
    day = DEMAND.due_on + timedelta(days=days)
    assert "later" in asked(f"幼儿园83所，{day.year}年{day.month}月{day.day}日建成")


@given(text=st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_asked_about(text):
    found = concerns(Said(text=text, completion=True, earlier=[text]), DEMAND, today=TODAY)
    assert all(one.words for one in found)


@given(text=st.text("城北泵站设备进场安装调试验收", min_size=6, max_size=60))
def test_the_same_text_is_always_noticed(text):
    assume(len(text) >= 6)
    assert "same_text" in asked(text, completion=False, earlier=[text])


# On the pages


@pytest.fixture
def matter(road: Road) -> Matter:
    return road.planned(
        goal="新建幼儿园83所", quantity=Decimal(83), quantity_unit="所", supporting=[]
    )


def send(client, matter, verb, **fields):
    fields.setdefault("request_key", uuid4().hex)
    return client.post(f"/matters/{matter.pk}/do/{verb}/", fields)


def test_the_writer_is_asked_once_and_may_send_it_as_it_is(road, signed_in, matter):
    kept = road.evidence("water")
    client = signed_in("water")
    from huiyin.web.models import Upload

    upload = Upload.objects.get(sha256=kept.sha256)
    given = {"text": "幼儿园建成60所，11月20日投用", "kept": [upload.pk]}
    answer = send(client, matter, "submit-completion", **given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请再看一眼" in page
    assert "原定 83 所，写的是 60所" in page
    assert 'name="anyway"' in page
    assert f'name="kept" value="{upload.pk}"' in page
    assert not Report.objects.exists()
    assert send(client, matter, "submit-completion", anyway="1", **given).status_code == 302
    assert Report.objects.get().kind == "completion"


def test_what_was_asked_is_kept_as_codes_and_shown_to_the_verifier(road, signed_in, matter):
    done = road.do(
        actions.submit_completion,
        road.lead(matter),
        "water",
        text="幼儿园建成60所，11月20日投用",
        evidence=[road.evidence("water")],
    )
    assert done.facts["concerns"] == ["smaller"]
    event = Event.objects.get(action="assignment.submit_completion")
    assert "60所" not in bytes(event.body).decode()
    assert (
        "写的是 60所"
        in signed_in("office").get(f"/matters/{matter.pk}/do/settle/").content.decode()
    )
    assert (
        "对照原定：数量少于原定"
        in signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    )


def test_a_good_report_takes_one_step(signed_in, matter):
    answer = send(
        signed_in("water"), matter, "report-progress", text="幼儿园已建成20所", percent="30"
    )
    assert answer.status_code == 302


def test_a_double_click_is_not_taken_for_the_same_text_again(signed_in, matter):
    client, key = signed_in("water"), uuid4().hex
    given = {"text": "幼儿园已建成20所，其余在建", "percent": "30", "request_key": key}
    for _ in range(2):
        assert send(client, matter, "report-progress", **given).status_code == 302
    assert Report.objects.count() == 1


def test_a_supporting_unit_is_only_asked_whether_it_is_new(road, signed_in):
    matter = road.under_way(quantity=Decimal(83), quantity_unit="所")
    client = signed_in("schools")
    assert send(client, matter, "report-progress", text="已通知各校配合").status_code == 302
    answer = send(client, matter, "report-progress", text="已通知各校配合。")
    assert answer.status_code == 422
    assert "几乎一样" in answer.content.decode()
