"""By when: what is typed holds, else the limit one chose, else the words, else the rule; each day says why."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from huiyin.errors import Refusal
from huiyin.matters import actions
from huiyin.matters.due import Asked, due_of, said_in
from huiyin.matters.models import Matter
from huiyin.matters.running import lawful_extension
from huiyin.matters.tests.road import at_noon
from huiyin.rulebook import queries as rulebook

MONDAY = date(2026, 11, 23)
OPEN = {"due_on": None, "quote": ""}


@pytest.fixture(autouse=True)
def on_monday():
    with at_noon(MONDAY):
        yield


def own(road, **cells: object) -> Matter:
    matter: Matter = road.registered(**{**OPEN, **cells})
    return matter


def why(matter: Matter) -> str:
    return str(matter.filled["due"]["why"])


@pytest.mark.parametrize(
    ("quote", "due", "reason"),
    [
        ("三天内办结", "2026-11-26", "原话写明“三天内”，自2026年11月23日起算，2026年11月26日"),
        ("月底前拿出意见", "2026-11-30", "原话写明“月底前”，2026年11月30日"),
        ("下周一前报", "2026-11-30", "原话写明“下周一前”，2026年11月30日"),
        ("12月15日前", "2026-12-15", "原话写明“12月15日前”，2026年12月15日"),
        ("三天内报方案，年底前建成", "2026-12-31", "“三天内”“年底前”，以最后的为准"),
        ("40个工作日内", "2027-01-18", "2027年节假日未定"),
    ],
)
def test_words_that_name_a_day_set_it_and_say_so(road, quote, due, reason):
    matter = own(road, quote=quote)
    assert (matter.due_on.isoformat(), matter.filled["due"]["from"]) == (due, "words")
    assert reason in why(matter)


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("尽快办理", "原话写明“尽快”，没有写明日期，按规则：自行立项事项30天"),
        ("汛期前完成", "原话写明“汛期前”，哪一天定不下来，按规则：自行立项事项30天"),
        ("今年10月15日前", "2026年10月15日，已经过了，按规则：自行立项事项30天"),
        ("同意", "自行立项事项30天"),
    ],
)
def test_words_that_help_no_further_leave_it_to_the_rule_and_say_so(road, quote, reason):
    matter = own(road, quote=quote)
    assert (matter.due_on, matter.filled["due"]["from"]) == (date(2026, 12, 23), "rule")
    assert why(matter).startswith(reason) or reason in why(matter)


def test_what_is_typed_holds_and_the_other_day_is_said(road):
    matter = road.registered(due_on=date(2026, 12, 10), quote="三天内办结")
    assert matter.due_on == date(2026, 12, 10)
    assert why(matter) == "周明 填；原话写明“三天内”，是2026年11月26日"


def test_what_is_typed_and_said_alike_is_not_remarked_on(road):
    matter = road.registered(due_on=date(2026, 11, 26), quote="三天内办结")
    assert why(matter) == "周明 填"


def test_a_typed_day_goes_before_a_limit_that_was_chosen_too(road):
    matter = road.registered(due_on=date(2026, 12, 10), limit="petition_finish")
    assert (matter.due_on, matter.filled["due"]["from"]) == (date(2026, 12, 10), "hand")


@pytest.mark.parametrize(
    ("limit", "start", "due", "article"),
    [
        ("petition_finish", None, "2027-01-22", "信访工作条例第三十四条"),
        ("petition_finish", date(2026, 11, 10), "2027-01-11", "信访工作条例第三十四条"),
        ("suggestion_answer", None, "2027-02-23", "代表法第五十一条"),
        ("inspection_review", None, "2026-12-23", "政府督查工作条例第十七条"),
        ("hotline_question", None, "2026-11-25", "本地热线办法"),
        ("disclosure_answer", date(2026, 9, 28), "2026-10-30", "政府信息公开条例第三十三条"),
    ],
)
def test_a_limit_of_the_law_sets_the_day_and_its_article(road, limit, start, due, article):
    matter = own(road, limit=limit, counted_from=start)
    cell = matter.filled["due"]
    assert matter.due_on.isoformat() == due
    assert (cell["from"], cell["rule"], cell["limit"]) == ("rule", "time_limits", limit)
    assert article in cell["why"]
    assert "规则“法定时限”第1版" in cell["why"]
    began = start or MONDAY
    assert cell["why"].startswith(f"自{began.year}年{began.month}月{began.day}日起")


def test_a_limit_that_ends_in_a_year_without_holidays_is_flagged(road):
    matter = own(road, limit="petition_finish")
    assert matter.due_flagged
    assert "2027年节假日未定" in why(matter)


def test_a_limit_chosen_goes_before_the_words_and_says_what_they_said(road):
    matter = own(road, limit="hotline_question", quote="本周五前办结")
    assert matter.due_on == date(2026, 11, 25)
    assert "原话写明“本周五前”，是2026年11月27日" in why(matter)


@pytest.mark.parametrize(
    ("source", "limit", "due"),
    [
        ("petition", "petition_finish", "2027-01-22"),
        ("appeal", "petition_finish", "2027-01-22"),
        ("hotline", "hotline_finish", "2026-11-30"),
        ("hotline_complaint", "hotline_complaint", "2026-12-14"),
        ("suggestion", "suggestion_answer", "2027-02-23"),
        ("proposal", "proposal_answer", "2027-02-23"),
        ("disclosure", "disclosure_answer", "2026-12-21"),
    ],
)
def test_what_somebody_outside_asked_for_has_the_clock_of_its_kind(road, source, limit, due):
    matter = own(road, source_kind=source)
    cell = matter.filled["due"]
    assert (matter.due_on.isoformat(), cell["limit"], cell["rule"]) == (due, limit, "time_limits")


def test_a_petition_counts_from_the_day_it_was_taken_up(road):
    matter = own(road, source_kind="petition", counted_from=date(2026, 11, 10))
    assert matter.due_on == date(2027, 1, 11)  # the 9th is a Saturday
    assert why(matter).startswith("自2026年11月10日起")


def test_a_superior_s_paper_without_words_keeps_the_house_default(road):
    matter = own(road, source_kind="superior")
    assert (matter.due_on, matter.filled["due"]["rule"]) == (date(2026, 12, 23), "due_defaults")


def refused(road, **cells) -> Refusal:
    with pytest.raises(Refusal) as found:
        own(road, **cells)
    assert not Matter.objects.exists()
    return found.value


def test_a_limit_nobody_set_is_refused_at_its_field(road):
    refusal = refused(road, limit="moon")
    assert refusal.code == "no_such_limit"
    assert "moon" in str(refusal.sentence)
    assert list(refusal.fields) == ["limit"]


def test_a_limit_does_not_begin_tomorrow(road):
    refusal = refused(road, limit="petition_finish", counted_from=date(2026, 11, 24))
    assert (refusal.code, list(refusal.fields)) == ("start_is_ahead", ["counted_from"])


def test_a_standing_matter_has_no_due_day_whatever_was_chosen(road):
    matter = own(road, nature="standing", limit="petition_finish", quote="三天内")
    assert matter.due_on is None
    assert matter.interval


# In the dispatch table


def fill(road, matter: Matter, **cells) -> Matter:
    road.do(actions.fill, matter, "office", **cells)
    return Matter.objects.get(pk=matter.pk)


def test_the_table_sets_a_day_by_a_limit_and_by_hand_again(road):
    matter = fill(road, own(road), limit="petition_finish", counted_from=date(2026, 11, 10))
    assert matter.due_on == date(2027, 1, 11)
    assert matter.filled["due"]["start"] == "2026-11-10"
    matter = fill(road, matter, due_on=date(2026, 12, 1))
    assert (matter.due_on, why(matter)) == (date(2026, 12, 1), "周明 填")


def test_a_day_typed_in_the_table_says_what_the_words_said(road):
    matter = fill(road, own(road, quote="三天内办结"), due_on=date(2026, 12, 1))
    assert why(matter) == "周明 填；原话写明“三天内”，是2026年11月26日"
    matter = fill(road, matter, acceptance="查清原因")
    assert why(matter).count("原话写明") == 1


def test_the_default_again_is_what_the_words_say(road):
    matter = fill(road, own(road, quote="三天内办结"), due_on=date(2026, 12, 1))
    matter = fill(road, matter, restore=["due"])
    assert (matter.due_on, matter.filled["due"]["from"]) == (date(2026, 11, 26), "words")


def test_words_said_on_monday_mean_the_same_day_on_wednesday(road):
    matter = own(road, quote="三天内办结")
    with at_noon(date(2026, 11, 25)):
        matter = fill(road, fill(road, matter, due_on=date(2026, 12, 1)), restore=["due"])
    assert matter.due_on == date(2026, 11, 26)


def test_many_rows_go_by_one_limit_and_a_standing_one_is_left(road):
    rows = [own(road), own(road), own(road, nature="standing")]
    road.do(
        actions.fill_many,
        road.cast.jurisdiction,
        "office",
        matters=[row.pk for row in rows],
        limit="suggestion_answer",
    )
    found = [Matter.objects.get(pk=row.pk).due_on for row in rows]
    assert found == [date(2027, 2, 23), date(2027, 2, 23), None]


def test_the_rule_s_article_stands_on_the_matter_s_page(road, signed_in):
    matter = own(road, limit="petition_finish")
    page = signed_in("office").get(f"/matters/{matter.pk}/").content.decode()
    assert "信访工作条例第三十四条" in page


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("petition_finish", "法定时限最晚延到2027年2月21日（信访工作条例第三十四条"),
        ("suggestion_answer", "这一法定时限没有规定可以延长（代表法第五十一条"),
        ("", ""),
    ],
)
def test_who_asks_for_an_extension_reads_what_the_law_allows(road, limit, said):
    matter = own(road, limit=limit)
    assert lawful_extension(matter, today=MONDAY).startswith(said)
    assert bool(lawful_extension(matter, today=MONDAY)) == bool(limit)


def test_the_page_that_asks_for_an_extension_quotes_the_law(road, signed_in):
    matter = road.planned(**OPEN, limit="petition_finish", supporting=[])
    page = signed_in("water").get(f"/matters/{matter.pk}/do/ask-extension/").content.decode()
    assert "法定时限最晚延到2027年2月21日" in page


# Pages


def note(client: Client, **typed: str) -> str:
    return client.post("/matters/due/", typed).content.decode()


def test_the_note_says_the_day_while_the_form_is_filled_in(cast, signed_in):
    client = signed_in("office")
    said = note(client, source_kind="instruction", words="本周五前报", given_on="2026-11-23")
    assert "2026年11月27日" in said
    assert "批示写明“本周五前”" in said
    assert "信访事项办结60天" in note(client, source_kind="petition")
    assert note(client, nature="standing", words="三天内").count("时限") == 0
    assert "没有“moon”这一条时限规则" in note(client, limit="moon")


def test_the_note_asks_when_the_typed_day_is_another(cast, signed_in):
    said = note(signed_in("office"), source_kind="own", quote="三天内", due_on="2026-12-01")
    assert "请核对时限" in said
    assert "填的是2026年12月1日" in said


def test_the_list_of_limits_follows_the_kind_of_source(cast, signed_in):
    said = note(signed_in("office"), source_kind="disclosure", ordered_for="own")
    assert said.index('label="政府信息公开"') < said.index('label="信访"')
    assert "<select" not in note(signed_in("office"), source_kind="own", ordered_for="own")


@pytest.mark.parametrize(
    "typed", [{"due_on": "昨天"}, {"source_kind": "moon"}, {"urgency": "x"}, {}]
)
def test_what_cannot_be_read_yet_is_no_trouble(cast, signed_in, typed):
    assert signed_in("office").post("/matters/due/", typed).status_code == 200


@pytest.mark.parametrize("who", ["water", "mayor"])
def test_the_note_is_the_office_s(cast, signed_in, who):
    assert signed_in(who).post("/matters/due/", {}).status_code == 403


def form(**cells) -> dict[str, str]:
    given = {"title": "查清水压", "nature": "task", "source_kind": "own", "urgency": "normal"}
    return {**given, "request_key": uuid4().hex, **cells}


def test_without_scripts_the_words_fill_the_day_when_the_form_is_sent(cast, signed_in):
    assert signed_in("office").post("/matters/new/", form(quote="三天内查清")).status_code == 302
    assert Matter.objects.get().due_on == date(2026, 11, 26)


def test_a_differing_day_is_asked_about_once_and_sent_all_the_same(cast, signed_in):
    client, typed = signed_in("office"), form(quote="三天内查清", due_on="2026-12-01")
    asked = client.post("/matters/new/", typed)
    html = asked.content.decode()
    assert asked.status_code == 422
    assert "请核对时限" in html
    looked = html.split('name="looked" value="')[1].split('"')[0]
    assert client.post("/matters/new/", typed | {"looked": looked}).status_code == 302
    assert Matter.objects.get().due_on == date(2026, 12, 1)


def test_the_form_and_the_row_offer_the_limits_the_sensible_ones_first(road, signed_in):
    client = signed_in("office")
    page = client.get("/matters/new/").content.decode()
    assert '<optgroup label="信访">' in page
    matter = own(road, source_kind="proposal")
    row = client.get(f"/dispatch/{matter.pk}/?edit=1").content.decode()
    assert row.index('<optgroup label="建议提案">') < row.index('<optgroup label="信访">')
    assert '<option value="proposal_answer" selected>' in row


def test_a_row_changed_elsewhere_keeps_its_limit(road, signed_in, cast):
    matter, client = own(road, source_kind="proposal"), signed_in("office")
    typed = {
        "title": matter.title,
        "lead": cast.units["water"].pk,
        "supporting": [cast.units["schools"].pk],
        "due_on": "2027-02-23",
        "limit": "proposal_answer",
        "counted_from": "",
        "rhythm": matter.rhythm,
        "acceptance": matter.acceptance,
        "check_method": "on_site",
        "leader_post": matter.leader_post_id or "",
    }
    send = {**typed, "request_key": uuid4().hex, "seen": matter.version}
    assert client.post(f"/dispatch/{matter.pk}/", send).status_code == 302
    kept = Matter.objects.get(pk=matter.pk)
    assert kept.filled["due"] == matter.filled["due"]
    send = {**typed, "counted_from": "2026-11-10", "request_key": uuid4().hex, "seen": kept.version}
    assert client.post(f"/dispatch/{matter.pk}/", send).status_code == 302
    assert Matter.objects.get(pk=matter.pk).due_on == date(2027, 2, 10)


def test_the_pages_cost_few_queries(road, signed_in, django_assert_max_num_queries):
    client = signed_in("office")
    own(road, quote="三天内")
    client.get("/matters/new/")
    with django_assert_max_num_queries(12):
        client.get("/matters/new/")
    with django_assert_max_num_queries(8):
        note(client, source_kind="petition", quote="三天内", ordered_for="own")


# Programs


def sent_to_fill(client, matter: Matter, **cells):
    return client.post(f"/api/matter/{matter.pk}/fill", cells, content_type="application/json")


def test_a_program_names_a_limit_by_its_code(road, signed_in):
    matter, client = own(road), signed_in("office")
    answer = sent_to_fill(client, matter, limit="petition_finish", counted_from="2026-11-10")
    assert answer.status_code == 200, answer.content
    assert Matter.objects.get(pk=matter.pk).due_on == date(2027, 1, 11)
    refusal = sent_to_fill(client, matter, limit="moon").json()
    assert refusal["code"] == "no_such_limit"
    assert "limit" in refusal["fields"]


@pytest.mark.parametrize(
    "quote",
    ["999个月内", "9999年底前", "0天内", "999年内", "2月30日前", "三" * 400 + "天内", "31号前", "\x00三天内", "内" * 5000],
)  # fmt: skip
@pytest.mark.parametrize("said_on", [date(1, 1, 1), date(2024, 2, 29), MONDAY])
def test_no_words_however_odd_are_more_than_a_rule_can_bear(cast, quote, said_on):
    days = rulebook.calendar(cast.jurisdiction.pk, on=MONDAY)
    book = rulebook.book(cast.jurisdiction.pk)
    said = said_in(quote, on=said_on, days=days)
    asked = Asked(source_kind="own", said=said, said_on=said_on)
    assert due_of(asked, book, today=MONDAY).on >= MONDAY
