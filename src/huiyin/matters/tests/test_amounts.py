"""The amount done so far of the amount demanded: reported, compared, verified, summed."""

from __future__ import annotations

import io
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest

from huiyin import clock
from huiyin.door import Ask, perform
from huiyin.errors import Forbidden, Refusal
from huiyin.ledger.fold import Fold, body_of
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter, Report, UnitList
from huiyin.matters.queries.shaping import rolled_up
from huiyin.matters.rules.amounts import Stated, questions, share
from huiyin.matters.tests.road import SETTLED, Road
from huiyin.web.models import Upload

BY_HAND = {"finding": "逐所看过，28 所在用", "method": "on_site"}


def codes(amount: int, *, wanted: int = 83, **more) -> list[str]:
    stated = Stated(amount=Decimal(amount), wanted=Decimal(wanted), unit="所", **more)
    return [concern.code.value for concern in questions(stated)]


@pytest.mark.parametrize(
    ("amount", "more", "asked"),
    [
        (31, {}, []),
        (31, {"before": Decimal(31), "percent": 37}, []),
        (20, {"before": Decimal(31)}, ["less_amount"]),
        (90, {}, ["more_amount"]),
        (90, {"completion": True, "percent": 100}, []),
        (83, {"completion": True, "percent": 100}, []),
        (60, {"completion": True, "percent": 100}, ["smaller"]),
        (20, {"completion": True, "before": Decimal(31)}, ["less_amount", "smaller"]),
        (31, {"percent": 56}, []),
        (31, {"percent": 57}, ["far_amount"]),
        (80, {"percent": 10}, ["far_amount"]),
        (0, {"percent": 0}, []),
    ],
)
def test_what_an_amount_leaves_open_is_asked(amount, more, asked):
    assert codes(amount, **more) == asked


def test_nothing_demanded_is_no_share_and_eighty_two_of_eighty_three_is_not_all():
    assert share(Decimal(5), Decimal(0)) == 0
    assert share(Decimal(829), Decimal(830)) == 99
    assert codes(5, wanted=0, percent=50) == ["more_amount"]


@pytest.fixture
def matter(road: Road) -> Matter:
    return road.planned(
        goal="新建幼儿园83所", quantity=Decimal(83), quantity_unit="所", supporting=[]
    )


def report(road, matter, **given):
    given = {"text": "幼儿园又建成一批", "percent": 37, "amount": Decimal(31)} | given
    done = road.do(actions.report_progress, road.lead(matter), "water", **given)
    matter.refresh_from_db()
    return done


def page_of(client, matter) -> str:
    return str(client.get(f"/matters/{matter.pk}/").content.decode())


def test_the_amount_stands_with_the_report_and_on_the_matter(road, matter):
    before = Event.objects.count()
    done = report(road, matter)
    assert done.facts["amount"] == "31.0000"
    assert Event.objects.count() == before + 1
    row = Report.objects.get()
    assert (row.amount, row.amount_unit) == (31, "所")
    assert (matter.reported_amount, matter.verified_amount) == (31, None)


def test_an_amount_is_optional_and_the_last_one_stays(road, matter):
    report(road, matter)
    report(road, matter, amount=None, text="又做了一段")
    assert matter.reported_amount == 31
    road.do(actions.report_same, road.lead(matter), "water")
    assert Report.objects.first().amount == 31


def test_reporting_twice_under_one_key_counts_once(road, matter):
    ask, part = Ask(uuid4().hex), road.lead(matter)
    given = {"text": "建成 31 所", "amount": Decimal(31)}
    perform(actions.report_progress, part.pk, road.actor("water"), ask, **given)
    assert perform(actions.report_progress, part.pk, road.actor("water"), ask, **given).repeated
    assert Report.objects.count() == 1


@pytest.mark.parametrize("bad", [Decimal(-1), Decimal("NaN"), Decimal("Infinity"), Decimal(10**16)])
def test_what_is_no_amount_is_refused(road, matter, bad):
    with pytest.raises(Refusal) as refused:
        report(road, matter, amount=bad)
    assert refused.value.code == "bad_amount"


def test_an_amount_is_reported_of_what_was_demanded_in_numbers_only(road):
    matter = road.planned(supporting=[])
    with pytest.raises(Refusal) as refused:
        report(road, matter)
    assert refused.value.code == "no_amount_demanded"


def test_a_supporting_unit_writes_its_own_part_in_words(road):
    matter = road.planned(quantity=Decimal(83), quantity_unit="所")
    part = matter.assignments.get(role="supporting")
    with pytest.raises(Refusal) as refused:
        road.do(actions.report_progress, part, "schools", text="配合建成", amount=Decimal(3))
    assert refused.value.code == "no_amount_demanded"


def test_another_unit_cannot_report_an_amount(road):
    matter = road.planned(quantity=Decimal(83), quantity_unit="所")
    with pytest.raises(Forbidden):
        road.do(actions.report_progress, road.lead(matter), "schools", text="x", amount=Decimal(1))


def test_less_than_last_time_is_asked_and_kept_as_a_code(road, matter):
    report(road, matter)
    done = report(road, matter, amount=Decimal(20), text="重新核过，建成 20 所")
    assert done.facts["concerns"] == ["less_amount"]
    assert matter.reported_amount == 20


def test_where_less_is_better_no_amount_is_asked_about(road):
    cells = {"goal": "积案压减至10件以内", "quantity": Decimal(10), "quantity_unit": "件"}
    matter = road.planned(supporting=[], **cells)
    assert report(road, matter, amount=Decimal(25), text="积案还有 25 件").facts["concerns"] == []


def test_the_form_asks_for_the_amount_filled_with_the_last_one(road, signed_in, matter):
    report(road, matter)
    client = signed_in("water")
    page = client.get(f"/matters/{matter.pk}/do/report-progress/").content.decode()
    assert "已完成数量（所）" in page
    assert "应完成 83 所" in page
    assert 'name="amount" value="31"' in page


def test_the_form_asks_for_no_amount_where_none_was_demanded(road, signed_in):
    matter = road.planned(supporting=[])
    page = signed_in("water").get(f"/matters/{matter.pk}/do/report-progress/").content.decode()
    assert 'name="amount"' not in page


def test_the_writer_is_asked_on_the_page_and_may_send_it_all_the_same(road, signed_in, matter):
    report(road, matter)
    client, address = signed_in("water"), f"/matters/{matter.pk}/do/report-progress/"
    given = {"text": "幼儿园已建成20所", "amount": "20", "percent": "90"}
    answer = client.post(address, given | {"request_key": uuid4().hex})
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "数量比上次报的少：上次 31 所，这次 20 所" in words
    assert "20 所，是原定 83 所的 24%，进度填的是 90%" in words
    sent = client.post(address, given | {"request_key": uuid4().hex, "anyway": "1"})
    assert sent.status_code == 302
    assert Matter.objects.get().reported_amount == 20


def test_the_page_and_the_story_say_it_beside_what_was_fixed(road, signed_in, matter):
    report(road, matter)
    words = page_of(signed_in("office"), matter)
    assert "报送 31/83 所" in words
    assert "已完成 31 所" in words


def test_a_check_keeps_what_was_found_beside_what_was_claimed(road, signed_in, matter):
    report(road, matter)
    done = road.do(actions.check, matter, "office", verified_amount=Decimal(28), **BY_HAND)
    assert (done.facts["claimed_amount"], done.facts["verified_amount"]) == ("31.0000", "28.0000")
    matter.refresh_from_db()
    row = matter.verifications.get()
    assert (row.claimed_amount, row.verified_amount) == (31, 28)
    assert (matter.reported_amount, matter.verified_amount) == (31, 28)
    words = page_of(signed_in("office"), matter)
    assert "报送 31/83 所，核实 28 所" in words
    assert "核实 28 所，比报送的少 3 所" in words


def test_no_amount_is_verified_where_none_was_demanded(road):
    matter = road.planned(supporting=[])
    with pytest.raises(Refusal) as refused:
        road.do(actions.check, matter, "office", verified_amount=Decimal(1), **BY_HAND)
    assert refused.value.code == "no_amount_demanded"


def submitted(road, matter, amount: int = 83):
    return road.do(
        actions.submit_completion,
        road.lead(matter),
        "water",
        text="幼儿园83所已于今天全部建成投用",
        evidence=[road.evidence("water")],
        amount=Decimal(amount),
    )


def test_what_agrees_with_the_claim_is_verified_as_claimed(road, matter):
    submitted(road, matter)
    road.do(actions.settle, matter, "office", **SETTLED)
    row = matter.verifications.get()
    assert (row.claimed_amount, row.verified_amount) == (83, 83)


def test_one_screen_takes_another_amount_than_the_claimed(road, signed_in, matter):
    submitted(road, matter)
    client, address = signed_in("office"), f"/matters/{matter.pk}/do/settle/"
    page = client.get(address).content.decode()
    assert "认定数量（所）" in page
    assert "应完成 83 所，报送 83 所" in page
    given = SETTLED | {"method": "on_site", "verified_amount": "82", "request_key": uuid4().hex}
    assert client.post(address, given).status_code == 302
    matter.refresh_from_db()
    assert (matter.state, matter.verified_amount) == ("closed", 82)


def test_a_refuted_claim_leaves_what_was_found(road, matter):
    submitted(road, matter)
    found = {"outcome": "refuted", "verified_amount": Decimal(60), "verified_percent": 70}
    road.do(actions.verify, matter, "office", **BY_HAND, **found)
    matter.refresh_from_db()
    assert (matter.state, matter.reported_amount, matter.verified_amount) == ("under_way", 60, 60)


def test_a_claim_of_fewer_is_pointed_out_to_writer_and_verifier(road, signed_in, matter):
    client, kept = signed_in("water"), road.evidence("water")
    given = {
        "text": "幼儿园已于11月20日全部建成投用",
        "amount": "60",
        "kept": [Upload.objects.get(sha256=kept.sha256).pk],
        "request_key": uuid4().hex,
    }
    answer = client.post(f"/matters/{matter.pk}/do/submit-completion/", given)
    assert "原定 83 所，报的是 60 所" in answer.content.decode()
    done = submitted(road, matter, 60)
    assert "smaller" in done.facts["concerns"]
    page = signed_in("office").get(f"/matters/{matter.pk}/do/settle/").content.decode()
    assert "报的是 60 所" in page


def test_a_claim_with_its_amount_need_not_say_the_number_again(road, matter):
    given = {"text": "幼儿园已于11月20日全部建成投用", "evidence": [road.evidence("water")]}
    part = road.lead(matter)
    done = road.do(actions.submit_completion, part, "water", amount=Decimal(83), **given)
    assert "no_number" not in done.facts["concerns"]


def test_what_is_opened_again_starts_without_an_amount(road, matter):
    submitted(road, matter)
    road.do(actions.settle, matter, "office", **SETTLED)
    road.do(actions.reopen, matter, "office", reason="群众反映两所没有开园")
    matter.refresh_from_db()
    assert (matter.reported_amount, matter.verified_amount) == (None, None)


# Parts


def a_part(road, whole: Matter, key: str, amount: int) -> Matter:
    row = PartRow(unit=road.cast.units[key].pk, quantity=Decimal(amount))
    done = road.do(actions.break_down, whole, "schools", rows=[row])
    part = Matter.objects.get(pk=done.facts["parts"][0])
    for unit_list in UnitList.objects.filter(notice=part.notice, unit=part.lead_unit, state="sent"):
        road.do(actions.sign_list, unit_list, key)
    part.refresh_from_db()
    return part


def test_real_amounts_are_summed_and_the_others_are_said_to_be_worked_out(road, signed_in, whole):
    first, second = a_part(road, whole, "k1", 200), a_part(road, whole, "k2", 300)
    told = {"text": "学位建好一批"}
    road.do(actions.report_progress, road.lead(first), "k1", percent=60, amount=Decimal(90), **told)
    road.do(actions.report_progress, road.lead(second), "k2", percent=10, **told)
    parts = rolled_up(whole, today=clock.today())
    assert parts is not None
    assert (parts.reported, parts.estimated, parts.percent) == (120, 1, 24)
    words = page_of(signed_in("schools"), whole)
    assert "报送合计 120" in words
    assert "其中 1 件没有报数量，按进度折算" in words
    address = f"/matters/{whole.pk}/do/report-progress/"
    assert 'name="amount" value="120"' in signed_in("schools").get(address).content.decode()


# What leaves the house


def test_the_sheet_has_the_amounts_as_numbers(road, signed_in, matter):
    report(road, matter)
    road.do(actions.check, matter, "office", verified_amount=Decimal(28), **BY_HAND)
    answer = signed_in("office").post("/matters/export/", {"view": "all"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    cells = dict(zip(rows[0], rows[1], strict=False))
    wanted = {"应完成数量": 83, "数量单位": "所", "报送数量": 31, "核实数量": 28}
    assert {name: cells[name] for name in wanted} == wanted


def test_a_program_reads_them_too(road, signed_in, matter):
    report(road, matter)
    found = signed_in("office").get(f"/api/matters/{matter.pk}").json()
    assert (found["quantity_unit"], Decimal(found["reported_amount"])) == ("所", 31)
    assert found["verified_amount"] is None


def test_folding_the_events_gives_every_amount(road, matter):
    report(road, matter)
    submitted(road, matter)
    road.do(actions.settle, matter, "office", verified_amount=Decimal(80), **SETTLED)
    fold = Fold()
    events = Event.objects.filter(jurisdiction_id=matter.jurisdiction_id).order_by("position")
    fold.take((event, body_of(event)) for event in events)
    assert list(fold.differences()) == []
