"""The rules in the settings: read by everybody, tried before they are saved, amended by one role."""

from __future__ import annotations

import re

import pytest

from huiyin import clock
from huiyin.rulebook import queries
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.rules import SHEETS

pytestmark = pytest.mark.urls("huiyin.rulebook.tests.urls")


def test_everybody_reads_the_rules(signed_in):
    page = signed_in("water").get("/settings/rules/")
    assert page.status_code == 200
    assert "时限默认" in page.content.decode()


@pytest.mark.parametrize("code", SHEETS)
def test_every_rule_has_its_own_form(signed_in, code):
    page = signed_in("secadmin").get(f"/settings/rules/{code}/").content.decode()
    assert str(SHEETS[code].label) in page
    assert 'name="save"' in page


def test_who_may_not_amend_sees_why(signed_in):
    page = signed_in("office").get("/settings/rules/lights/").content.decode()
    assert 'name="save"' not in page
    assert "安全管理员" in page


def test_a_rule_that_is_not_there_is_not_found(signed_in):
    assert signed_in("secadmin").get("/settings/rules/nonsense/").status_code == 404


def form(page):
    """Everything the page's form would send."""
    html = page.content.decode()
    data = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', html))
    for name, options in re.findall(
        r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', html, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    data |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', html))
    return {name: value for name, value in data.items() if "remove" not in name}


def post(client, code, **change):
    return client.post(
        f"/settings/rules/{code}/", form(client.get(f"/settings/rules/{code}/")) | change
    )


def test_an_amendment_is_tried_without_being_saved(signed_in, cast):
    page = post(
        signed_in("secadmin"), "objection_window", days="5", **{"try": "1"}
    ).content.decode()
    assert "还没有保存" in page
    assert "5" in page
    assert queries.in_force(cast.jurisdiction.pk, "objection_window", clock.today()).number == 1


def test_an_amendment_is_saved_with_its_ground(signed_in, cast):
    answer = post(signed_in("secadmin"), "objection_window", days="5", save="1", reason="来不及")
    assert answer.status_code == 302
    assert queries.in_force(cast.jurisdiction.pk, "objection_window", clock.today()).body.days == 5


def test_what_was_typed_stays_beside_what_is_wrong(signed_in):
    page = post(
        signed_in("secadmin"), "due_defaults", save="1", reason="改", **{"rows-2-days": "许多"}
    )
    assert page.status_code == 422
    html = page.content.decode()
    assert 'value="许多"' in html
    assert "请填整数" in html


def test_the_holidays_of_a_new_year_are_pasted_from_the_notice(signed_in, cast):
    new = {
        "rows-3-year": "2027",
        "rows-3-off": "1月1日（周五）至3日（周日）放假",
        "rows-3-work": "",
        "save": "1",
        "reason": "新一年的通知",
    }
    answer = post(signed_in("secadmin"), "holidays", **new)
    assert answer.status_code == 302, answer.content.decode()
    days = queries.calendar(cast.jurisdiction.pk, on=clock.today())
    assert 2027 in days.years
    assert len(days.years) == len(shipped("holidays").body["rows"]) + 1


def test_a_row_is_removed_and_a_page_costs_few_queries(signed_in, django_assert_max_num_queries):
    client = signed_in("secadmin")
    answer = post(client, "due_defaults", save="1", reason="并入一般", **{"rows-1-remove": "on"})
    assert answer.status_code == 302
    with django_assert_max_num_queries(15):
        client.get("/settings/rules/due_defaults/")
