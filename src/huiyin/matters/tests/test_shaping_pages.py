"""Pages of breaking down, merging, splitting, reopening, following on, volunteering."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from huiyin import clock
from huiyin.matters import actions, sheets
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter
from huiyin.people import actions as people
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


def page(client, matter: Matter):
    answer = client.get(f"/matters/{matter.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def rows(*lines: tuple[str, str], skip: tuple[int, ...] = ()) -> dict[str, list[str]]:
    """The grid as a browser sends it."""
    blank = [""] * len(lines)
    return {
        "row_unit": [unit for unit, _n in lines],
        "row_quantity": [amount for _unit, amount in lines],
        **{f"row_{name}": blank for name in ("title", "due", "acceptance", "leader", "later")},
        "skip": [str(place) for place in skip],
    }


def test_the_form_stands_there_with_a_row_for_each_unit_below(signed_in, whole, stations):
    client = signed_in("schools")
    assert f"/matters/{whole.pk}/parts/" in page(client, whole)
    text = client.get(f"/matters/{whole.pk}/parts/").content.decode()
    assert all(f'value="{unit.name}"' in text for unit in stations)


def test_a_table_is_read_and_looked_at_before_anything_is_given_out(signed_in, whole, stations):
    table = sheets.workbook(
        title="分解",
        heads=[("单位", 20), ("数量（个）", 8), ("完成时限", 12)],
        rows=[
            [stations[0].name, "120个", whole.due_on],
            ["没有这家幼儿园", 100, None],
            [stations[1].short_name, 80, whole.due_on + timedelta(days=5)],
        ],
    )
    file = SimpleUploadedFile("分解表.xlsx", table)
    client = signed_in("schools")
    answer = client.post(f"/matters/{whole.pk}/parts/", {"do": "read", "table": file})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "名录里没有“没有这家幼儿园”" in text
    assert "时限晚于所属事项" in text
    assert 'value="120个"' in text
    assert not whole.children.exists()


def test_pasted_rows_are_summed_against_what_was_asked(signed_in, whole, stations):
    pasted = "单位\t数量\n" + "\n".join(f"{unit.name}\t100" for unit in stations)
    client = signed_in("schools")
    answer = client.post(f"/matters/{whole.pk}/parts/", {"do": "read", "text": pasted})
    assert answer.status_code == 200
    assert "分解后合计少于下达数，差 200 个" in answer.content.decode()


def test_the_grid_is_given_out_at_once_and_what_is_ticked_is_left_out(signed_in, whole, stations):
    names = [(unit.name, "100") for unit in stations]
    client = signed_in("schools")
    sent = {"do": "give", **rows(*names, skip=(2,))}
    answer = client.post(f"/matters/{whole.pk}/parts/", sent)
    assert answer.status_code == 302
    assert set(whole.children.values_list("lead_unit", flat=True)) == {u.pk for u in stations[:2]}
    text = page(client, whole)
    assert "分解合计" in text
    assert "差 300 个" in text


def test_a_wrong_row_gives_nothing_out_and_keeps_what_was_typed(signed_in, whole, stations):
    client = signed_in("schools")
    sent = {"do": "give", **rows((stations[0].name, "-5"), (stations[1].name, "100"))}
    answer = client.post(f"/matters/{whole.pk}/parts/", sent)
    assert answer.status_code == 422
    assert 'value="-5"' in answer.content.decode()
    assert not whole.children.exists()


def test_a_day_in_words_stands_as_the_day_it_was_taken_for(signed_in, whole, stations):
    due = whole.due_on
    said = f"{due.month}月{due.day}日前"
    pasted = f"责任单位\t完成时限\n{stations[0].name}\t{said}\n{stations[1].name}\t抓紧"
    client = signed_in("schools")
    answer = client.post(f"/matters/{whole.pk}/parts/", {"do": "read", "text": pasted})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{due.isoformat()}"' in text
    assert 'value="抓紧"' in text
    assert "第 2 行" in text
    assert "时限：“抓紧”不是日期，请写成 2026-11-30 这样" in text


def test_the_table_to_fill_in_has_the_units_in_it(signed_in, whole, stations):
    answer = signed_in("schools").get(f"/matters/{whole.pk}/parts/table/")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    lines = sheet.to_python()
    assert [line[0] for line in lines] == ["单位", *[unit.name for unit in stations]]


def test_others_do_not_come_to_the_form(signed_in, whole):
    assert signed_in("outsider").get(f"/matters/{whole.pk}/parts/").status_code == 404
    assert signed_in("auditor").get(f"/matters/{whole.pk}/parts/").status_code == 403


def test_a_part_names_its_whole_which_its_unit_may_not_open(road, signed_in, whole, stations):
    done = road.do(actions.break_down, whole, "schools", rows=[PartRow(unit=stations[0].pk)])
    part = Matter.objects.get(pk=done.facts["parts"][0])
    text = page(signed_in("k1"), part)
    assert "所属事项" in text
    assert f'href="/matters/{whole.pk}/"' not in text
    assert f'href="/matters/{whole.pk}/"' in page(signed_in("schools"), part)


def test_the_lead_is_offered_what_its_parts_come_to(road, signed_in, whole, stations):
    given = [PartRow(unit=unit.pk, quantity=Decimal(250)) for unit in stations[:2]]
    road.do(actions.break_down, whole, "schools", rows=given)
    lst = stations[0].lists.get(state="sent")
    road.do(actions.sign_list, lst, "k1")
    part = whole.children.get(lead_unit=stations[0])
    road.do(actions.report_progress, road.lead(part), "k1", text="用房改造过半", percent=60)
    text = signed_in("schools").get(f"/matters/{whole.pk}/do/report-progress/").content.decode()
    assert 'value="30"' in text
    assert "共 2 件" in text


def test_merging_offers_open_matters_and_carries_on(road, signed_in):
    one = road.under_way()
    other = road.under_way(title="城北泵站通水", due_on=clock.today() + timedelta(days=9))
    client = signed_in("office")
    assert other.title in client.get(f"/matters/{one.pk}/do/merge/").content.decode()
    answer = client.post(f"/matters/{one.pk}/do/merge/", {"into": other.pk, "reason": "是一回事"})
    assert answer.status_code == 302
    text = page(client, one)
    assert "已并入" in text
    assert "并入本件的" in page(client, other)


def test_splitting_keeps_the_rows_when_they_ask_for_less(road, signed_in):
    matter = road.under_way(quantity=Decimal(10), quantity_unit="台")
    names = [road.cast.units[key].name for key in ("water", "parks")]
    sent = {
        "share_lead": names,
        "share_title": ["城北泵站", "园区泵站"],
        "share_due": ["", ""],
        "share_quantity": ["6", "3"],
        "reason": "分开办",
    }
    client = signed_in("office")
    answer = client.post(f"/matters/{matter.pk}/do/split/", sent)
    assert answer.status_code == 422
    assert "少于原来的 10台" in answer.content.decode()
    sent["share_quantity"] = ["6", "4"]
    assert client.post(f"/matters/{matter.pk}/do/split/", sent).status_code == 302
    assert "拆分成" in page(client, matter)


def test_what_was_opened_again_shows_its_earlier_end(road, signed_in):
    matter = road.closed()
    client = signed_in("office")
    assert client.get(f"/matters/{matter.pk}/do/reopen/").status_code == 200
    answer = client.post(f"/matters/{matter.pk}/do/reopen/", {"reason": "又停了"})
    assert answer.status_code == 302
    text = page(client, matter)
    assert "曾于" in text
    assert "按期完成试运行" in text


def test_a_new_instruction_is_pre_filled_and_both_pages_show_the_chain(road, signed_in):
    matter = road.closed()
    client = signed_in("office")
    form = client.get(f"/matters/{matter.pk}/do/follow-on/").content.decode()
    assert matter.title in form
    sent = {
        "leader_post": road.cast.users["mayor"].posts.get().pk,
        "given_on": clock.today().isoformat(),
        "words": "请把经验推开",
        "title": matter.title,
        "lead": matter.lead_unit_id,
    }
    assert client.post(f"/matters/{matter.pk}/do/follow-on/", sent).status_code == 302
    following = Matter.objects.get(follows=matter)
    assert "办结后新批示" in page(client, matter)
    assert "接续前件" in page(client, following)


def test_a_unit_volunteers_and_sees_it_in_the_register(signed_in, cast):
    client = signed_in("water")
    assert client.get("/matters/volunteer/").status_code == 200
    sent = {"title": "汛前排查全部泵站", "nature": "task", "acceptance": "逐站有记录"}
    answer = client.post("/matters/volunteer/", sent, follow=True)
    assert "单位主动立项" in answer.content.decode()
    assert "到拟办表填写" not in answer.content.decode()
    assert "/matters/volunteer/" in client.get("/matters/").content.decode()
    assert signed_in("mayor").get("/matters/volunteer/").status_code == 403


def kindergartens(road, count: int) -> list[Unit]:
    schools = road.cast.units["schools"]
    lines = [
        {"name": f"云溪市第{n}幼儿园", "parent": schools.name, "kind": "station"}
        for n in range(count)
    ]
    road.do(people.import_rows, road.cast.jurisdiction, "office", rows=lines)
    return list(Unit.objects.filter(parent=schools))


@pytest.mark.parametrize("count", [3, 83])
def test_a_whole_costs_the_same_queries_whatever_the_number_of_its_parts(
    road, signed_in, cast, count, django_assert_max_num_queries
):
    whole = road.under_way(lead=cast.units["schools"].pk, supporting=[])
    given = [PartRow(unit=unit.pk) for unit in kindergartens(road, count)]
    road.do(actions.break_down, whole, "schools", rows=given)
    client = signed_in("schools")
    page(client, whole)
    with django_assert_max_num_queries(19):
        page(client, whole)
