"""An office starts in mid-year: its running register becomes ours as it is stated."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from huiyin import clock
from huiyin.desk.queries import desk_of
from huiyin.errors import Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.rules import AssignmentState, CameBy, MatterState, Nature
from huiyin.matters.taking_over import COLUMNS, StatedRow, lines_of
from huiyin.matters.tests.road import at_noon
from huiyin.matters.trail import trail
from huiyin.people import queries as people
from huiyin.web import tables

TODAY = date(2026, 11, 22)
HEAD = ["编号", "事项", "牵头单位", "配合单位", "状态", "完成时限", "进度", "进展情况", "办结日期"]
UNDER_WAY = [
    "7",
    "泵站试运行",
    "市水利局",
    "市教育局",
    "办理中",
    "2026-12-31",
    "60%",
    "设备已到场",
    "",
]
CLOSED = ["8", "校车站点调整", "市教育局", "", "已办结", "2026.6.30", "1.0", "", "2026年6月20日"]
FRAME = {"title": "2026年督办台账", "basis": "11月20日办公室主任会"}


def read(*rows, head=None, cast=None):
    directory = people.directory_index(cast.jurisdiction.pk, today=TODAY)
    return lines_of([head or HEAD, *rows], directory, today=TODAY)


def test_rows_are_understood_by_their_header(cast):
    first, second = (line.row for line in read(UNDER_WAY, CLOSED, cast=cast))
    assert (first.number, first.percent, first.due) == ("7", 60, date(2026, 12, 31))
    assert first.unit == cast.units["water"].pk
    assert first.supporting == (cast.units["schools"].pk,)
    assert (second.state, second.closed, second.percent) == ("closed", date(2026, 6, 20), 100)


def test_a_title_above_the_header_does_no_harm(cast):
    directory = people.directory_index(cast.jurisdiction.pk, today=TODAY)
    lines = lines_of([["云溪市2026年督办事项台账"], [], HEAD, UNDER_WAY], directory, today=TODAY)
    assert lines[0].row


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({2: "某某局"}, "不在名录"),
        ({2: ""}, "没有写牵头单位"),
        ({1: ""}, "没有写事项"),
        ({4: "已办结"}, "办结日期"),
        ({5: "抓紧"}, "时限：“抓紧”不是日期，请写成 2026-11-30 这样"),
        ({5: "2026年2月30日"}, "没有这一天"),
        ({5: "本月底"}, "说不准是哪一天"),
        ({6: "160%"}, "超过"),
        ({4: "已办结", 8: "2027-01-01"}, "今天之后"),
    ],
)
def test_what_is_wrong_is_named_by_row(cast, changed, words):
    row = [changed.get(place, value) for place, value in enumerate(UNDER_WAY)]
    line = read(row, cast=cast)[0]
    assert line.row is None
    assert any(words in problem for problem in line.problems)


def test_what_goes_on_for_long_is_standing(cast):
    row = [*UNDER_WAY[:5], "长期推进", *UNDER_WAY[6:]]
    assert read(row, cast=cast)[0].row.nature == Nature.STANDING


def test_a_table_without_a_header_is_refused(cast):
    with pytest.raises(Refusal, match="表头里的“事项”、“牵头单位”列"):
        read(UNDER_WAY, head=["甲", "乙"], cast=cast)


def test_the_column_that_lacks_is_named(cast):
    with pytest.raises(Refusal, match="表头里的“牵头单位”列") as refused:
        read(UNDER_WAY, head=[word if word != "牵头单位" else "谁办" for word in HEAD], cast=cast)
    assert "“事项”" not in refused.value.sentence


def test_a_day_without_its_year_is_the_first_after_the_dispatch(cast):
    row = [*UNDER_WAY[:5], "1月底前", *UNDER_WAY[6:], "2026.3.2"]
    line = read(row, head=[*HEAD, "交办日期"], cast=cast)[0]
    assert line.row.due == date(2027, 1, 31)
    assert read(row, cast=cast)[0].row.due == date(2026, 1, 31)


def test_days_gone_by_are_never_ahead(cast):
    row = [*UNDER_WAY, "12月3日", "11月20日"]
    line = read(row, head=[*HEAD, "交办日期", "进展日期"], cast=cast)[0]
    assert line.row.dispatched == date(2025, 12, 3)
    assert line.row.progress_on == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"state": "suspended"}, "环节"),
        ({"nature": "whatever"}, "性质"),
        ({"percent": 160}, "进度"),
        ({"title": " "}, "没有写事项"),
        ({"state": "closed"}, "办结日期"),
    ],
)
def test_rows_that_come_by_another_way_are_looked_at_too(road, cast, given, words):
    row = StatedRow(**{"line": 2, "title": "泵站", "unit": cast.units["water"].pk} | given)
    with pytest.raises(Refusal) as refused:
        road.do(actions.take_over, cast.jurisdiction, "office", rows=[row], **FRAME)
    assert refused.value.code == "bad_rows"
    assert words in str(refused.value.fields["rows.1"])
    assert not SupervisionNotice.objects.exists()


def pasted(*rows):
    return tables.as_text([HEAD, *rows])


def send(client, *rows, take=True, **more):
    given = FRAME | {"text": pasted(*rows), "request_key": "t1"} | more
    return client.post("/matters/take-over/", given | ({"take": "1"} if take else {}))


def test_nothing_is_taken_over_by_looking(signed_in, cast):
    answer = send(signed_in("office"), UNDER_WAY, CLOSED, take=False)
    assert "接管 2 件" in answer.content.decode()
    assert not Matter.objects.exists()


def test_what_is_stated_stands_in_the_register(signed_in, cast):
    day = clock.today()
    rows = [[*UNDER_WAY[:5], (day + timedelta(days=9)).isoformat(), *UNDER_WAY[6:]]]
    assert (
        send(
            signed_in("office"), *rows, [*CLOSED[:8], (day - timedelta(days=9)).isoformat()]
        ).status_code
        == 302
    )
    first, second = Matter.objects.order_by("row")
    assert (first.state, first.number, first.taken_over) == (MatterState.UNDER_WAY, "7", True)
    report = first.reports.get()
    assert (report.as_stated, report.text, report.percent) == (True, "设备已到场", 60)
    lead = first.assignments.get(role="lead")
    assert (lead.state, lead.came_by) == (AssignmentState.SIGNED, CameBy.TAKE_OVER)
    assert second.state == MatterState.CLOSED
    assert second.close_outs.get().as_stated
    frame = SupervisionNotice.objects.get()
    assert (frame.number, frame.taken_over) == (None, True)
    assert Event.objects.filter(action="matter.take_over").count() == 2


def test_an_extended_day_keeps_the_first_one_in_sight(signed_in, cast):
    head = [*HEAD, "原定时限"]
    text = tables.as_text([head, [*UNDER_WAY, "2026-09-30"]])
    send(signed_in("office"), text=text)
    matter = Matter.objects.get()
    assert (matter.baseline.due_on, matter.due_on) == (date(2026, 9, 30), date(2026, 12, 31))
    assert matter.variations.get().ruling == "granted"


def test_wrong_rows_stop_everything_and_nothing_typed_is_lost(signed_in, cast):
    bad = [*UNDER_WAY[:2], "某某局", *UNDER_WAY[3:]]
    answer = send(signed_in("office"), UNDER_WAY, bad)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不在名录" in page
    assert "泵站试运行\t" in page
    assert not Matter.objects.exists()


def test_a_second_time_nothing_is_doubled(signed_in, cast):
    send(signed_in("office"), UNDER_WAY)
    answer = send(signed_in("office"), UNDER_WAY, [*CLOSED], request_key="t2")
    assert answer.status_code == 302
    assert Matter.objects.count() == 2
    assert send(signed_in("office"), UNDER_WAY, request_key="t3").status_code == 422


@pytest.mark.parametrize("who", ["water", "mayor", "auditor", "sysadmin"])
def test_only_the_office_takes_over(signed_in, who):
    assert signed_in(who).get("/matters/take-over/").status_code == 404


def test_more_than_one_chunk_stands_in_one_frame(signed_in, cast):
    rows = [
        [str(n), f"事项{n}", "市水利局", "", "办理中", "2026-12-31", "", "", ""] for n in range(120)
    ]
    send(signed_in("office"), *rows)
    frame = SupervisionNotice.objects.get()
    assert sorted(frame.matters.values_list("row", flat=True)) == list(range(1, 121))


def test_the_template_is_understood_by_the_take_over(signed_in, cast):
    body = signed_in("office").get("/matters/take-over/template/").content
    cells = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
    assert cells[0] == [names[0] for names in COLUMNS.values()]
    directory = people.directory_index(cast.jurisdiction.pk, today=TODAY)
    assert [line.problems for line in lines_of(cells, directory, today=TODAY)] == [(), ()]


def test_what_is_exported_can_be_taken_over_again(road, signed_in, cast):
    road.planned()
    road.closed()
    body = signed_in("office").post("/matters/export/?view=all").content
    cells = tables.cells_of_file(body, "台账.xlsx")
    directory = people.directory_index(cast.jurisdiction.pk, today=clock.today())
    lines = lines_of(cells, directory, today=clock.today())
    assert [line.problems for line in lines] == [(), ()]
    assert {line.row.state for line in lines} == {"under_way", "closed"}


def test_a_file_that_is_no_table_gets_a_sentence(signed_in):
    file = SimpleUploadedFile("台账.xlsx", b"PK\x03\x04 broken")
    answer = signed_in("office").post("/matters/take-over/", FRAME | {"file": file})
    assert answer.status_code == 422
    assert "不是可以打开的表格" in answer.content.decode()


def test_a_unit_may_say_it_is_not_theirs(signed_in, road, cast):
    send(signed_in("office"), UNDER_WAY)
    road.do(actions.hand_back, road.lead(Matter.objects.get()), "water", reason="应由市住建局办")
    assert road.lead(Matter.objects.get()).state == AssignmentState.OBJECTED


def running(day, *, due=200, **cells):
    """A line under way: dispatched a hundred days ago, due in two hundred, with what is given."""
    given = {"dispatched": (day - timedelta(days=100)).isoformat(), "progress_on": ""} | cells
    values = [
        *UNDER_WAY[:5],
        (day + timedelta(days=due)).isoformat(),
        "60%",
        given.get("said", ""),
        "",
    ]
    return tables.as_text(
        [
            [*HEAD, "交办日期", "进展日期"],
            [*values, given["dispatched"], given["progress_on"]],
        ]
    )


def test_what_runs_is_asked_to_report_like_any_other_dated_matter(signed_in, road, cast):
    day = clock.today()
    said_on = day - timedelta(days=10)
    send(signed_in("office"), text=running(day, said="设备已到场", progress_on=said_on.isoformat()))
    matter = Matter.objects.get()
    assert matter.dispatched_on == day - timedelta(days=100)
    assert matter.rhythm == "quarterly"
    assert matter.filled["report"]["rule"] == "rhythm"
    assert matter.last_reported_on == said_on
    assert matter.next_report_on is not None
    assert matter.next_report_on > day
    told = trail(matter, today=day)[-1]
    assert "接管" in told.lead
    assert "下次反馈" in told.rest


def test_progress_without_a_day_was_stated_today(signed_in, cast):
    day = clock.today()
    send(signed_in("office"), text=running(day, said="设备已到场"))
    matter = Matter.objects.get()
    assert matter.last_reported_on == day == matter.reports.get().stated_on
    assert matter.next_report_on > day + timedelta(days=60)


def test_a_unit_of_which_nothing_was_ever_heard_is_asked_at_once(signed_in, cast):
    day = clock.today()
    text = running(day).replace("60%", "")
    send(signed_in("office"), text=text)
    matter = Matter.objects.get()
    assert matter.last_reported_on is None
    assert day < matter.next_report_on <= day + timedelta(days=10)


def test_a_standing_one_has_its_interval_and_its_check(signed_in, cast):
    text = tables.as_text([HEAD, [*UNDER_WAY[:5], "长期推进", *UNDER_WAY[6:]]])
    send(signed_in("office"), text=text)
    matter = Matter.objects.get()
    assert matter.interval
    assert matter.next_report_on == matter.next_check_on
    assert matter.next_report_on > clock.today()


def test_nothing_is_asked_of_what_had_been_closed(signed_in, cast):
    ended = (clock.today() - timedelta(days=9)).isoformat()
    send(signed_in("office"), [*CLOSED[:8], ended])
    matter = Matter.objects.get()
    assert matter.next_report_on is None
    assert "report" not in matter.filled


def test_a_reminder_reaches_the_unit_of_a_taken_over_matter(signed_in, road, cast):
    """The desk of the unit shows the report when its day has come."""
    day = clock.today()
    send(signed_in("office"), text=running(day, said="设备已到场"))
    matter = Matter.objects.get()
    with at_noon(matter.next_report_on):
        listed = str(desk_of(road.actor("water"), today=clock.today()).sections)
    assert "泵站试运行" in listed


def test_its_story_begins_with_the_take_over(signed_in, cast):
    send(signed_in("office"), UNDER_WAY)
    page = signed_in("office").get(f"/matters/{Matter.objects.get().pk}/").content.decode()
    assert "接管" in page
    assert "设备已到场" in page
