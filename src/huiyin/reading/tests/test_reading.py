"""What holds for every reading, and what a reading of a whole paper gives."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.reading.lexicon import rows
from huiyin.reading.tests.support import read_text
from huiyin.reading.types import Document, Table, UnitName

PAPER = """白石县人民政府办公室关于做好防汛工作的通知
白政办〔2024〕6号
各乡镇人民政府，县政府各部门：
为做好今年防汛工作，现将有关事项通知如下：
一、压实工作责任
各乡镇要牢固树立底线思维，坚决克服麻痹思想。县水利局要在4月20日前制定防汛预案，报县政府备案。
二、开展隐患排查
对全县46座水库进行一次全面排查，建立问题台账。（县水利局牵头，县应急管理局配合）
各乡镇每周五报送排查进度。
白石县人民政府办公室
2024年3月11日
"""


def facts(reading):
    return [
        (i.kind, i.lead, i.co, i.deadline and i.deadline.date, [q.value for q in i.quantities])
        for i in reading.items
    ]


def test_a_notice_is_read_from_title_to_time_limit():
    reading = read_text(PAPER)
    assert (reading.title, reading.doc_type, reading.date) == (
        PAPER.split("\n")[0],
        "notice",
        "2024-03-11",
    )
    assert reading.number == "白政办〔2024〕6号"
    assert [(h.level, h.number, h.heading) for h in reading.outline] == [
        (1, "一", "压实工作责任"),
        (1, "二", "开展隐患排查"),
    ]
    task = next(item for item in reading.items if "防汛预案" in item.quote)
    assert (task.kind, task.lead, task.deadline.date) == ("task", ("县水利局",), "2024-04-20")


def test_a_bracket_behind_the_sentence_names_its_units():
    task = next(item for item in read_text(PAPER).items if "46座水库" in item.quote)
    assert (task.lead, task.co) == (("县水利局",), ("县应急管理局",))
    assert [(q.value, q.unit) for q in task.quantities] == [(46, "座")]


def test_a_duty_that_recurs_is_standing_and_has_its_rhythm():
    duty = next(item for item in read_text(PAPER).items if "每周五" in item.quote)
    assert (duty.kind, duty.recurrence.freq, duty.deadline) == ("standing", "weekly", None)


def test_every_finding_quotes_its_words_and_says_why():
    reading = read_text(PAPER)
    assert reading.items
    for item in reading.items:
        assert PAPER[item.start : item.end] == item.quote
        assert item.because
        assert 0 <= item.confidence <= 1


def test_reading_twice_gives_the_same():
    assert read_text(PAPER) == read_text(PAPER)


def test_traditional_characters_give_the_same_items():
    back = {row[0]: row[1][0] for row in rows("traditional")}
    traditional = "".join(back.get(char, char) for char in PAPER)
    mine, theirs = read_text(PAPER), read_text(traditional)
    assert [(i.kind, i.start, i.end) for i in mine.items] == [
        (i.kind, i.start, i.end) for i in theirs.items
    ]
    assert traditional != PAPER


@pytest.mark.parametrize(
    "noise",
    [
        "- 3 -",
        "第3页 共11页",
        "当前位置：首页 > 政务公开 > 通知",
        "扫一扫在手机打开当前页",
        "来源：县政府网站",
        "<U+00A0>",
        "浏览次数：123",
    ],
)
def test_noise_between_sentences_changes_no_item(noise):
    lines = PAPER.splitlines()
    for at in (4, 6, 8):
        noisy = "\n".join([*lines[:at], noise, *lines[at:]]) + "\n"
        assert facts(read_text(noisy)) == facts(read_text(PAPER))


def test_a_page_number_torn_into_a_sentence_is_left_out():
    torn = PAPER.replace("全面排查", "全面- 7 -排查")
    assert facts(read_text(torn)) == facts(read_text(PAPER))


def test_a_hard_wrapped_sentence_is_one_item():
    wrapped = PAPER.replace(
        "坚决克服麻痹思想。县水利局要在4月20日前制定",
        "坚决克服麻痹思想。县水利局要在4月20日前制\n定",
    )
    assert facts(read_text(wrapped)) == facts(read_text(PAPER))


def test_a_sentence_that_dates_the_task_before_it_is_no_item():
    text = "关于摸底排查的通知\n一、摸底排查\n各地对校舍进行全面排查，建立台账。该项工作于2019年4月底前完成。\n"
    items = read_text(text).items
    assert [(i.kind, i.deadline and i.deadline.date) for i in items] == [("task", "2019-04-30")]


def test_a_task_table_is_read_by_its_header_row():
    cells = [
        ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"],
        ["1", "建设城东小学", "县教育局", "县住建局、县财政局", "8月底前"],
        ["2", "修订应急预案", "县应急管理局", "", "长期"],
    ]
    text, spans = "2024年重点任务分解表\n", []
    for row in cells:
        line = []
        for cell in row:
            line.append((len(text), len(text) + len(cell)))
            text += cell + "\t"
        spans.append(tuple(line))
        text = text[:-1] + "\n"
    document = Document(
        name="t.docx",
        sha256="0",
        media_type="docx",
        text=text,
        tables=(Table(header=0, rows=tuple(spans)),),
    )
    from huiyin.reading import pipeline

    reading = pipeline.run(document, date="2024-03-01")
    assert [(i.kind, i.lead, i.co, i.deadline.date, i.deadline.kind) for i in reading.items] == [
        ("task", ("县教育局",), ("县住建局", "县财政局"), "2024-08-31", "period"),
        ("task", ("县应急管理局",), (), None, "open"),
    ]


def test_names_are_matched_to_the_directory_by_alias():
    units = [
        UnitName(name="白石县水利局", aliases=("县水利局", "水利局")),
        UnitName(name="白石县应急管理局", aliases=("县应急局",)),
    ]
    task = next(item for item in read_text(PAPER, units=units).items if "防汛预案" in item.quote)
    assert task.lead_units == ("白石县水利局",)


def test_ten_thousand_units_are_no_burden():
    units = [UnitName(name=f"第{n}街道办事处", aliases=(f"{n}街道",)) for n in range(10_000)]
    assert read_text(PAPER, units=units).items


def test_working_days_follow_the_calendar_given():
    class OneHoliday:
        def is_workday(self, date: dt.date) -> bool | None:
            return date != dt.date(2024, 3, 12) and date.weekday() < 5

    text = "关于开展自查的通知\n一、开展自查\n各乡镇要在2个工作日内制定自查方案。\n"
    found = read_text(text, date="2024-03-11", calendar=OneHoliday()).items
    assert [i.deadline.date for i in found if i.deadline] == ["2024-03-14"]


def test_an_empty_text_has_an_empty_reading():
    assert read_text("").items == ()
    assert read_text("\n \n").title is None


@pytest.mark.parametrize("numbers", ["①②③", "⑴⑵⑶", "⑽⑾⑿", "一、二、三、", "123"])
def test_every_way_of_numbering_has_its_outline(numbers):
    size = len(numbers) // 3
    signs = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    dot = "." if numbers.isdecimal() else ""
    paper = "".join(f"{sign}{dot}各乡镇要在月底前上报清单。\n" for sign in signs)
    if numbers == "⑽⑾⑿":  # no count begins at ten
        assert len(read_text(paper).items) == 3
    else:
        assert len(read_text(paper).outline) == 3


PIECES = (
    *"一二三十百、。；，：（）()【】0３七年月日前要 \n\t%％第“”《》.．-—①⑳⑴⒇²٣½ⅣxX★|",
    *(
        "12",
        "2024",
        "〔2024〕6号",
        "年底前",
        "三季度末",
        "第①批",
        "一是",
        "其中：",
        "1：23",
        "（一）",
        "3.",
        "5）",
    ),
    *(
        "各部门",
        "市教育局",
        "牵头",
        "配合",
        "负责",
        "责任单位：",
        "完成时限：",
        "长期",
        "每月5日前",
        "会后5个工作日内",
    ),
    *(
        "不得",
        "制定方案",
        "增长8%",
        "83所",
        "3.5亿元",
        "第九位",
        "XX%",
        "同志们：",
        "会议指出：",
        "关于",
        "的通知",
    ),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_no_text_breaks_the_reading_and_spans_always_quote(text):
    for item in read_text(text).items:
        assert text[item.start : item.end] == item.quote
        assert item.quote


HOTLINE = """民声直通·白石县12345热线办理结果公开
诉求编号：BS20240307-0016
诉求内容：朝阳路中段路灯坏了半个月，晚上一片漆黑，几位老人摔过跤。
承办单位：县城市管理局
办理结果：您好，我局已于3月9日更换损坏路灯12盏。下一步，我局将加强夜间巡查。
诉求编号：BS20240311-0042
诉求内容：北门菜市场的下水道又堵了，污水漫到人行道上，没有人管。
承办单位：县市场服务中心
办理结果：您好，3月底前完成管网清淤600米。
"""


def test_what_was_asked_and_answered_on_a_hotline_page_is_read_without_its_labels():
    quotes = [item.quote for item in read_text(HOTLINE).items]
    assert not [quote for quote in quotes if "编号" in quote or "：" in quote]
    assert any(quote.endswith("更换损坏路灯12盏") for quote in quotes)
    assert any(quote.endswith("完成管网清淤600米") for quote in quotes)
