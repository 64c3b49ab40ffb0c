"""One reader of brought tables: columns by what offices call them, days in every form officials type."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from huiyin.errors import Refusal
from huiyin.matters import brought
from huiyin.matters.cell_days import NoDay, When, day_in
from huiyin.matters.forms.breaking import HEADS, from_table
from huiyin.matters.taking_over import COLUMNS
from huiyin.web import tables

TODAY = date(2026, 11, 22)
THIS_YEAR = When(today=TODAY)
COMING = When(today=TODAY, since=TODAY)
GONE_BY = When(today=TODAY, until=TODAY)
JUNE = date(2026, 6, 30)
FIVE_O_CLOCK = datetime(2026, 6, 30, 17, 0)  # noqa: DTZ001 - a spreadsheet has no time zone


@pytest.mark.parametrize(
    "said",
    [
        "2026-6-30", "2026-06-30", "2026.6.30", "2026.06.30", "2026/6/30", "2026年6月30日",
        "2026 年 6 月 30 日", "2026年6月30日前", "2026年6月30日之前完成", "２０２６年６月３０日",
        "20260630", "26.6.30", "26年6月30日", "2026-06-30 00:00:00", "2026年6月30日 17:00",
        "二〇二六年六月三十日", "2026年6月", "2026年6月底", "2026年6月末前", "2026-06", "2026.6",
        "2026年二季度", "2026年上半年", "2026年1月至6月", "2026年1-6月",
        "2026年3月1日至2026年6月30日", "2026.3.1-2026.6.30", "46203",
        date(2026, 6, 30), FIVE_O_CLOCK,
        # without a year: this year's
        "6月30日", "6月30号", "6月30日前", "6/30", "6-30", "6.30", "6月", "6月份", "6月底", "6月底前",
        "六月底", "二季度末", "上半年", "今年6月30日", "力争6月30日前完成",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form(said):
    assert day_in(said, THIS_YEAR) == JUNE


@pytest.mark.parametrize(
    ("said", "this_year", "coming", "gone_by"),
    [
        ("6月30日", JUNE, date(2027, 6, 30), JUNE),
        ("12月5日", date(2026, 12, 5), date(2026, 12, 5), date(2025, 12, 5)),
        ("11月22日", TODAY, TODAY, TODAY),
        ("11月", date(2026, 11, 30), date(2026, 11, 30), TODAY),
        ("年底前", date(2026, 12, 31), date(2026, 12, 31), date(2025, 12, 31)),
        ("明年3月底", date(2027, 3, 31), date(2027, 3, 31), date(2027, 3, 31)),
        ("2027年2月底前", date(2027, 2, 28), date(2027, 2, 28), date(2027, 2, 28)),
        ("9月上旬", date(2026, 9, 10), date(2027, 9, 10), date(2026, 9, 10)),
        ("上半年", JUNE, date(2027, 6, 30), JUNE),
        ("2026年6月30日", JUNE, JUNE, JUNE),
    ],
)
def test_the_year_that_is_not_said_is_the_one_that_can_be_meant(said, this_year, coming, gone_by):
    assert day_in(said, THIS_YEAR) == this_year
    assert day_in(said, COMING) == coming
    assert day_in(said, GONE_BY) == gone_by


@pytest.mark.parametrize("said", ["", "  ", "—", "无", "/", None])
def test_an_empty_cell_is_no_day(said):
    assert day_in(said, THIS_YEAR) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("尽快", "“尽快”不是日期，请写成 2026-11-30 这样"),
        ("长期", "不是日期"),
        ("汛期前", "不是日期"),
        ("120", "不是日期"),
        ("6.3", "不是日期"),  # a spreadsheet makes 6.3 of 6.30
        ("2026.1", "不是日期"),
        ("2026年2月30日", "没有这一天"),
        ("13月5日", "没有这一天"),
        ("5月0日前", "没有这一天"),
        ("9999年底前", "不是日期"),
        ("9999-12-31", "不是日期"),
        ("0000年12月31日", "不是日期"),
        ("一百年内", "不是日期"),
        ("99年13月", "不是日期"),
        ("半年内", "说不准是哪一天"),
        ("2026年6月30日前完成主体，12月底前全部完成", "几个日期"),
        ("本月底", "说不准是哪一天"),
        ("10个工作日内", "说不准是哪一天"),
    ],
)
def test_what_is_no_single_day_says_what_to_write(said, words):
    with pytest.raises(NoDay, match=words):
        day_in(said, THIS_YEAR)


def test_words_that_count_from_today_are_understood_in_a_table_of_today():
    assert day_in("本月底", COMING) == date(2026, 11, 30)


@given(st.text(max_size=30), st.sampled_from([THIS_YEAR, COMING, GONE_BY]))
def test_no_cell_is_too_strange(said, when):
    try:
        day_in(said, when)
    except NoDay:
        return


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    for said in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
    ):
        assert day_in(said, THIS_YEAR) == day


@given(st.dates(date(2025, 11, 23), TODAY))
def test_a_day_gone_by_without_its_year_is_read_back(day):
    if (day.month, day.day) != (2, 29):
        assert day_in(f"{day.month}月{day.day}日", GONE_BY) == day


BREAK = {name: names for name, (_label, names) in HEADS.items()}


@pytest.mark.parametrize("columns", [BREAK, COLUMNS])
@pytest.mark.parametrize(
    "head",
    [
        ["单位", "事项", "时限"],
        ["责任单位", "工作任务", "完成时限"],
        ["牵头部门", "任务内容", "办结时限"],
        ["承办 单位", "具体任务*", "完成时限（年月日）"],
        ["序号", "主办单位", "备注2", "督办事项：", "要求完成时间"],
    ],
)
def test_columns_are_known_by_what_offices_call_them(columns, head):
    cells = [["云溪市督办事项"], [], head, ["甲"] * len(head)]
    (row,) = brought.rows_of(cells, columns, needed=("unit", "title"))
    assert {"unit", "title", "due"} <= set(row.cells)
    assert row.line == 4


def test_blank_lines_keep_the_numbers_of_the_others():
    rows = brought.rows_of(
        [["单位", "事项"], [], ["甲", "一"], ["", " "], ["乙", "二"]], BREAK, needed=("unit",)
    )
    assert [row.line for row in rows] == [3, 5]


def test_a_header_without_a_needed_column_is_refused_by_name():
    with pytest.raises(Refusal, match="“单位”"):
        brought.rows_of([["事项", "时限"], ["一", "6月底"]], BREAK, needed=("unit",))


def test_a_list_of_units_alone_needs_no_header():
    assert [line.unit for line in from_table([["第一幼儿园"], ["第二幼儿园"]])] == [
        "第一幼儿园",
        "第二幼儿园",
    ]


@pytest.mark.parametrize("number", [46203, 46203.0])
def test_a_number_of_days_as_a_spreadsheet_counts_them_is_a_day(number):
    assert day_in(number, THIS_YEAR) == JUNE


def test_date_cells_of_a_spreadsheet_are_days():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "m月d日"})
        sheet.write_row(0, 0, ["单位", "时限"])
        sheet.write_string(1, 0, "第一幼儿园")
        sheet.write_datetime(1, 1, FIVE_O_CLOCK, form)
        sheet.write_string(2, 0, "第二幼儿园")
        sheet.write_number(2, 1, 46203)
    lines = from_table(tables.cells_of_file(out.getvalue(), "分解.xlsx"))
    assert [day_in(line.due, COMING) for line in lines] == [JUNE, JUNE]
