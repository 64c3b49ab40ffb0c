"""A leader's words name the due day of what they order; the screen says so before, the matter ever after."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from huiyin.documents import actions
from huiyin.documents.models import Instruction
from huiyin.door import Ask, perform
from huiyin.errors import Refusal
from huiyin.matters.models import Matter
from huiyin.matters.tests.road import at_noon

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def on_monday():
    with at_noon(MONDAY):
        yield


@pytest.fixture
def ordered(office, mayor, cast):
    """Dispatches the words of an instruction and gives the matter."""

    def order(words: str, **given) -> Matter:
        cells = {
            "words": words,
            "given_on": MONDAY,
            "leader_post": mayor.posts[0].post_id,
            "lead": cast.units["water"].pk,
        }
        done = perform(
            actions.dispatch_instruction, office.jurisdiction_id, office, Ask(), **cells | given
        )
        return Matter.objects.get(pk=done.facts["matter"])

    return order


@pytest.mark.parametrize(
    ("words", "due", "reason"),
    [
        (
            "请水利局三天内查清，报我。",
            "2026-11-26",
            "批示写明“三天内”，自批示之日起算，2026年11月26日",
        ),
        ("一周内拿出意见", "2026-11-30", "批示写明“一周内”，自批示之日起算，2026年11月30日"),
        ("请抓紧，月底前办结", "2026-11-30", "批示写明“月底前”，2026年11月30日"),
        ("本周五前报结果", "2026-11-27", "批示写明“本周五前”，2026年11月27日"),
        ("下周一报", "2026-11-30", "批示写明“下周一”，2026年11月30日"),
        ("10月15日前建成", "2027-10-15", "批示写明“10月15日前”，2027年10月15日"),
        ("国庆节前通水", "2027-09-30", "批示写明“国庆节前”"),
        ("年底前完成", "2026-12-31", "批示写明“年底前”，2026年12月31日"),
    ],
)
def test_the_words_set_the_day_and_the_matter_says_why(ordered, words, due, reason):
    matter = ordered(words)
    assert (matter.due_on.isoformat(), matter.filled["due"]["from"]) == (due, "words")
    assert reason in matter.filled["due"]["why"]


@pytest.mark.parametrize(
    ("urgency", "due", "row"),
    [
        ("normal", "2026-12-08", "领导批示事项15天"),
        ("urgent", "2026-11-26", "领导批示急件3个工作日"),
        ("extra_urgent", "2026-11-24", "领导批示特急1个工作日"),
    ],
)
@pytest.mark.parametrize("soon", ["尽快", "立即", "抓紧"])
def test_soon_means_the_house_default_by_urgency_and_says_so(ordered, soon, urgency, due, row):
    matter = ordered(f"请水利局{soon}办理", urgency=urgency)
    assert matter.due_on.isoformat() == due
    why = matter.filled["due"]["why"]
    assert why.startswith(f"批示写明“{soon}”，没有写明日期，按规则：{row}，规则“时限默认”第1版")


def test_words_count_from_the_day_they_were_given(ordered):
    matter = ordered("一周内报", given_on=date(2026, 11, 20))
    assert matter.due_on == date(2026, 11, 27)


def test_a_day_that_had_passed_when_it_was_registered_is_left_to_the_rule(ordered):
    matter = ordered("三天内报", given_on=date(2026, 11, 2))
    assert matter.due_on == date(2026, 12, 8)
    assert "批示写明“三天内”，2026年11月5日，已经过了，按规则" in matter.filled["due"]["why"]


def test_what_is_typed_holds_and_the_matter_says_both(ordered):
    matter = ordered("三天内报", due_on=date(2026, 12, 1))
    assert matter.due_on == date(2026, 12, 1)
    assert matter.filled["due"]["why"] == "周明 填；批示写明“三天内”，是2026年11月26日"


def test_a_legal_limit_may_be_chosen_and_counts_from_the_instruction(ordered):
    matter = ordered("请认真答复代表。", limit="suggestion_answer", given_on=date(2026, 11, 20))
    assert matter.due_on == date(2027, 2, 22)  # the 20th is a Saturday
    assert matter.filled["due"]["why"].startswith("自2026年11月20日起，代表建议答复3个月")


def test_an_unknown_limit_is_refused_and_nothing_is_kept(ordered):
    with pytest.raises(Refusal) as refused:
        ordered("请办理。", limit="moon")
    assert refused.value.code == "no_such_limit"
    assert not Instruction.objects.exists()


def test_a_standing_order_has_a_rhythm_and_no_day(ordered):
    matter = ordered("三天内动起来，长期抓下去", nature="standing")
    assert matter.due_on is None
    assert matter.interval


# The screen


def fields(mayor, cast, **cells) -> dict[str, object]:
    given = {
        "leader_post": mayor.posts[0].post_id,
        "given_on": "2026-11-23",
        "words": "请水利局三天内查清。",
        "lead": cast.units["water"].pk,
        "nature": "task",
        "urgency": "normal",
        "request_key": uuid4().hex,
    }
    return given | cells


def test_without_scripts_the_day_is_filled_when_the_form_is_sent(mayor, cast, signed_in):
    answer = signed_in("office").post("/instructions/new/", fields(mayor, cast))
    assert answer.status_code == 302
    assert Matter.objects.get().due_on == date(2026, 11, 26)


def test_a_differing_day_is_asked_about_once_and_not_held_up(mayor, cast, signed_in):
    client, typed = signed_in("office"), fields(mayor, cast, due_on="2026-12-01")
    asked = client.post("/instructions/new/", typed)
    html = asked.content.decode()
    assert asked.status_code == 422
    assert "批示写明“三天内”，是2026年11月26日；填的是2026年12月1日" in html
    assert not Matter.objects.exists()
    looked = html.split('name="looked" value="')[1].split('"')[0]
    assert client.post("/instructions/new/", typed | {"looked": looked}).status_code == 302
    assert Matter.objects.get().due_on == date(2026, 12, 1)


def test_a_limit_that_is_none_is_kept_on_the_form(mayor, cast, signed_in):
    answer = signed_in("office").post("/instructions/new/", fields(mayor, cast, limit="moon"))
    assert answer.status_code == 422
    assert "三天内查清" in answer.content.decode()


def test_the_screen_says_what_happens_when_no_day_is_typed(
    cast, signed_in, django_assert_max_num_queries
):
    client = signed_in("office")
    client.get("/instructions/new/")
    with django_assert_max_num_queries(13):
        page = client.get("/instructions/new/").content.decode()
    assert "不填时限，就是" in page
    assert "领导批示事项15天" in page
    assert 'hx-post="/matters/due/"' in page
