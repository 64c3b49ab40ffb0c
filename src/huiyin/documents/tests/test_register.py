"""Requirements become matters with what their words say, and are answered by matters that are there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from huiyin import clock
from huiyin.documents import actions
from huiyin.documents.models import Instruction, RequirementMatter
from huiyin.documents.rules import AmountWords
from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.errors import Conflict, Refusal
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.sources import url_of


@pytest.fixture
def speech(office):
    return papers.paper(office)


@pytest.fixture
def confirmed(speech, office):
    for row in speech.passages.all():
        papers.decide(actions.confirm, row, office)
    return speech


def registered(speech, words, office):
    row = papers.passage(speech, words)
    return Matter.objects.get(pk=perform(actions.register, row.pk, office, Ask()).facts["matter"])


def test_a_matter_takes_who_when_and_how_much_from_the_words(confirmed, office, cast, settings):
    with clock.at(datetime(2026, 3, 10, 9, tzinfo=UTC)):
        matter = registered(confirmed, "水利局", office)
    assert matter.lead_unit == cast.units["water"]
    assert [a.unit for a in matter.assignments.filter(role="supporting")] == [cast.units["schools"]]
    assert matter.due_on.isoformat() == "2026-06-30"
    assert (str(matter.quantity.normalize()), matter.quantity_unit) == ("2E+1", "座")
    assert matter.filled["lead"]["from"] == matter.filled["due"]["from"] == "words"


def test_of_several_named_the_first_is_proposed_and_marked(confirmed, office, cast):
    matter = registered(confirmed, "教育局", office)
    assert matter.lead_unit == cast.units["schools"]
    assert "并列点名2家" in matter.filled["lead"]["why"]


def test_a_day_that_has_passed_is_replaced_by_the_rules_proposal(confirmed, office):
    matter = registered(confirmed, "水利局", office)
    assert matter.due_on > matter.registered_on
    assert matter.filled["due"]["from"] == "rule"


def test_a_standing_demand_keeps_its_rhythm(confirmed, office):
    matter = registered(confirmed, "各部门", office)
    assert (matter.nature, matter.interval, matter.due_on) == ("standing", "weekly", None)


def test_all_demands_are_registered_in_one_act_and_no_fact(confirmed, office):
    done = perform(actions.register_all, confirmed.pk, office, Ask())
    assert done.facts["count"] == 4
    assert Event.objects.filter(action="matter.register").count() == 4
    with pytest.raises(Refusal, match="没有可以立项"):
        perform(actions.register_all, confirmed.pk, office, Ask())


def test_a_double_click_registers_once(confirmed, office):
    ask = Ask(key="once")
    perform(actions.register_all, confirmed.pk, office, ask)
    assert perform(actions.register_all, confirmed.pk, office, ask).repeated
    assert Matter.objects.count() == 4


def test_a_fact_and_an_unconfirmed_finding_do_not_become_matters(speech, office):
    papers.decide(actions.confirm, papers.passage(speech, "去年新增"), office)
    with pytest.raises(Conflict, match="事实不立项"):
        registered(speech, "去年新增", office)
    with pytest.raises(Conflict, match="先确认"):
        registered(speech, "水利局", office)


def test_a_demand_with_a_matter_is_not_decided_again(confirmed, office):
    registered(confirmed, "水利局", office)
    with pytest.raises(Conflict, match="已经有事项"):
        perform(actions.reject, papers.passage(confirmed, "水利局").pk, office, Ask())


def test_a_demand_is_answered_by_a_matter_that_is_there(speech, office):
    papers.decide(actions.confirm, papers.passage(speech, "教育局"), office)
    matter = registered(speech, "教育局", office)
    row = papers.decide(actions.link, papers.passage(speech, "水利局"), office, matter=matter.pk)
    assert row.decision == "confirmed"
    assert RequirementMatter.objects.filter(matter=matter).count() == 2
    papers.decide(actions.unlink, row, office, matter=matter.pk)
    assert RequirementMatter.objects.filter(matter=matter).count() == 1


def test_the_trace_to_the_words_is_not_cut_while_the_matter_lives(confirmed, office):
    matter = registered(confirmed, "水利局", office)
    with pytest.raises(Refusal, match="从这句话立的"):
        perform(
            actions.unlink, papers.passage(confirmed, "水利局").pk, office, Ask(), matter=matter.pk
        )


def test_from_a_matter_one_finds_back_to_the_words(confirmed, office, signed_in):
    matter = registered(confirmed, "教育局", office)
    answer = signed_in("office").get(url_of(matter))
    assert answer["Location"] == f"/documents/{confirmed.pk}/#d4"


def test_an_instruction_is_registered_and_dispatched_in_one_act(office, mayor, cast):
    given = {
        "words": "请水利局月底前拿出意见。",
        "given_on": clock.today(),
        "leader_post": mayor.posts[0].post_id,
        "lead": cast.units["water"].pk,
        "supporting": [cast.units["schools"].pk],
        "paper": "关于北门泵站的报告",
        "number": "批〔2026〕7号",
        "urgency": "urgent",
    }
    done = perform(actions.dispatch_instruction, office.jurisdiction_id, office, Ask(), **given)
    instruction = Instruction.objects.get(pk=done.facts["instruction"])
    matter = Matter.objects.get(pk=done.facts["matter"])
    notice = SupervisionNotice.objects.get(pk=done.facts["notice"])
    assert (instruction.leader_name, matter.state, notice.state) == (
        mayor.name,
        "dispatched",
        "issued",
    )
    assert mayor.name in notice.basis
    assert "批〔2026〕7号" in notice.basis
    assert matter.quote == given["words"]


def test_the_one_amount_a_leader_names_is_what_reports_are_held_to(office, mayor, cast):
    given = {"given_on": clock.today(), "leader_post": mayor.posts[0].post_id}
    given["lead"] = cast.units["water"].pk
    found = []
    for words in ("请水利局更换水泵120台。", "请水利局投资3000万元，更换水泵120台。"):
        done = perform(
            actions.dispatch_instruction,
            office.jurisdiction_id,
            office,
            Ask(),
            words=words,
            **given,
        )
        matter = Matter.objects.get(pk=done.facts["matter"])
        found.append((matter.quantity, matter.quantity_unit))
    assert found == [(120, "台"), (None, "")]


def test_an_instruction_without_a_unit_is_kept_on_the_form(office, mayor):
    with pytest.raises(Refusal) as refusal:
        perform(
            actions.dispatch_instruction, office.jurisdiction_id, office, Ask(),
            words="请抓紧。", given_on=clock.today(), leader_post=mayor.posts[0].post_id,
        )  # fmt: skip
    assert list(refusal.value.fields) == ["lead"]
    assert not Instruction.objects.exists()


def test_a_unit_records_no_instruction(water, cast):
    with pytest.raises(Refusal):
        perform(
            actions.dispatch_instruction, water.jurisdiction_id, water, Ask(),
            words="请抓紧。", given_on=clock.today(), leader_name="某领导", lead=cast.units["water"].pk,
        )  # fmt: skip


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400", "许多", ""])
def test_a_figure_that_is_no_number_stays_in_the_words(speech, office, value):
    row = papers.passage(speech, "水利局")
    amounts = [AmountWords(text="若干", value=value, unit="座")]
    papers.decide(actions.change, row, office, quantities=amounts)
    assert registered(speech, "水利局", office).quantity is None
