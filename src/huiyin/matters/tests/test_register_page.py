"""The register's page: what is on it, in which order, for whom, and what it costs."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin import clock
from huiyin.ledger.models import Event
from huiyin.matters.queries.register import Wanted, register
from huiyin.matters.tests.road import at_noon

MOST_QUERIES = 10


def _page(client, query=""):
    answer = client.get(f"/matters/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_matter_under_way_stands_in_the_register_with_its_number(road, signed_in):
    matter = road.under_way()
    page = _page(signed_in("office"))
    assert matter.title in page
    assert f"{matter.notice.number}-{matter.row:02d}" in page


def test_rows_stand_by_consequence_overdue_first(road, office):
    today = clock.today()
    late = road.dispatched(title="逾期的", due_on=today + timedelta(days=5))
    road.dispatched(title="按期的", due_on=today + timedelta(days=900))
    found = register(viewer=office, wanted=Wanted(), today=today + timedelta(days=10))
    assert [group.code for group in found.groups] == ["overdue", "ontime"]
    assert found.groups[0].rows[0].matter.pk == late.pk
    assert found.groups[0].rows[0].shown.word == "逾期 5 天"


def test_every_count_is_the_length_of_its_list(road, office):
    road.registered()
    road.dispatched()
    road.under_way(nature="standing", due_on=None)
    road.submitted()
    road.closed()
    first = register(viewer=office, wanted=Wanted(), today=clock.today())
    for view, count in first.counts.items():
        if not view.startswith("group_"):
            assert (
                register(viewer=office, wanted=Wanted(view=view), today=clock.today()).total
                == count
            )
    assert first.counts["all"] == 5


def test_a_unit_sees_what_it_answers_for_and_an_outsider_nothing(road, signed_in):
    matter = road.under_way()
    assert matter.title in _page(signed_in("water"))
    assert matter.title in _page(signed_in("schools"))
    assert matter.title not in _page(signed_in("outsider"), "?view=all")


def test_what_is_not_dispatched_is_not_shown_to_the_unit(road, signed_in):
    matter = road.registered()
    assert matter.title not in _page(signed_in("water"), "?view=all")
    assert matter.title in _page(signed_in("office"), "?view=draft")


@pytest.mark.parametrize(
    "word", ["泵站", "城北提升 试运行", "水利局", "{number}", "〔{year}〕{number}"]
)
def test_it_finds_by_words_unit_and_number(road, signed_in, word):
    matter = road.under_way()
    number = f"{matter.notice.number}-{matter.row:02d}"
    asked = word.format(number=number, year=matter.notice.year)
    assert matter.title in _page(signed_in("office"), f"?view=all&q={asked}")
    assert matter.title not in _page(signed_in("office"), "?view=all&q=没有这样的字")


@pytest.mark.parametrize(
    "query",
    [
        "?unit=99999999999999",
        "?page=0",
        "?page=-3",
        "?state=nonsense",
        "?year=9",
        "?view=x",
        "?leader=a",
        "?page=999",
        "?q=%00",
    ],
)
def test_an_address_that_makes_no_sense_is_no_error(road, signed_in, query):
    road.under_way()
    _page(signed_in("office"), query)


def test_a_light_alone_is_looked_for_everywhere(road, signed_in):
    matter = road.under_way(title="每季要做的", nature="standing", due_on=None)
    assert matter.title in _page(signed_in("office"), "?light=standing")


def test_filters_stand_as_chips_that_can_be_removed(road, cast, signed_in):
    road.under_way()
    unit = cast.units["schools"]
    page = _page(signed_in("office"), f"?unit={unit.pk}&source=own")
    assert "市教育局" in page
    assert "没有符合这些条件的事项" in page
    assert "城北提升泵站试运行" not in page


def test_the_page_costs_the_same_for_one_row_and_for_many(road, signed_in):
    client = signed_in("office")
    road.under_way()
    few = _queries(client)
    road.issued(*[road.registered(title=f"事项{n}") for n in range(12)])
    many = _queries(client)
    assert many == few
    assert many <= MOST_QUERIES


def _queries(client):
    with CaptureQueriesContext(connection) as caught:
        _page(client)
    return len(caught)


def test_a_leader_s_page_keeps_to_the_limit_too(road, signed_in):
    road.under_way()
    client = signed_in("vice")
    assert _queries(client) <= MOST_QUERIES


def test_the_export_holds_exactly_the_list_shown(road, signed_in):
    road.under_way(title="要办的")
    road.closed(title="办结的")
    client = signed_in("office")
    assert _titles(client, "?view=open") == ["要办的"]
    assert _titles(client, "?view=closed") == ["办结的"]


def test_the_export_may_be_of_the_picked_rows(road, signed_in):
    one = road.under_way(title="甲")
    road.under_way(title="乙")
    assert _titles(signed_in("office"), "", pick=[one.pk]) == ["甲"]


def test_the_ledger_knows_who_took_how_much(road, cast, signed_in):
    road.under_way()
    _titles(signed_in("water"), "")
    event = Event.objects.get(action="matter_register.export")
    assert event.actor_name == "秦川"
    assert json.loads(bytes(event.body))["facts"]["count"] == 1


def test_who_has_no_business_takes_nothing(road, signed_in):
    road.under_way()
    assert signed_in("sysadmin").post("/matters/export/").status_code == 403


def test_no_text_of_the_export_is_a_formula(road, signed_in):
    road.under_way(title='=HYPERLINK("http://x","点我")')
    sheet = _sheet(signed_in("office"), "")
    cell = sheet["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("=HYPERLINK")
    assert cell.quotePrefix


def test_an_outsider_s_export_is_empty(road, signed_in):
    road.under_way()
    assert _titles(signed_in("outsider"), "?view=all") == []


def _sheet(client, query, **sent):
    answer = client.post(f"/matters/export/{query}", sent)
    assert answer["Content-Disposition"].startswith("attachment")
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def _titles(client, query, **sent):
    return [row[1] for row in _sheet(client, query, **sent).iter_rows(min_row=2, values_only=True)]


def test_a_standing_matter_says_when_it_should_be_checked(road, signed_in):
    matter = road.under_way(nature="standing", due_on=None)
    assert matter.next_check_on is not None
    with at_noon(matter.next_check_on + timedelta(days=1)):
        assert "该查了" in _page(signed_in("office"), "?view=standing")


def test_nobody_signed_in_is_led_to_sign_in(client, db):
    answer = client.get("/matters/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
