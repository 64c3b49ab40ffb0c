"""A unit's list: signed for once, with exceptions; nothing written is lost."""

from __future__ import annotations

from uuid import uuid4

from huiyin.matters.models import HandBack, UnitList


def _list(road, unit="water"):
    road.issued(road.registered(title="甲事"), road.registered(title="乙事"))
    return UnitList.objects.get(unit__code=unit)


def _sign(client, row, **fields):
    return client.post(f"/lists/{row.pk}/", {"request_key": uuid4().hex, **fields})


def test_the_list_says_what_is_asked_and_until_when_one_may_object(road, signed_in):
    row = _list(road)
    page = signed_in("water").get(f"/lists/{row.pk}/").content.decode()
    for words in ("甲事", "乙事", "签收这 2 项", "前都可以提出", "不属于本单位"):
        assert words in page


def test_it_is_signed_for_once_with_an_exception(road, signed_in):
    row = _list(road)
    part = row.assignments.first()
    answer = _sign(
        signed_in("water"), row, not_ours=[part.pk], **{f"reason_{part.pk}": "应由园林中心办"}
    )
    assert answer.status_code == 302
    assert UnitList.objects.get(pk=row.pk).state == "signed"
    assert HandBack.objects.get().reason == "应由园林中心办"


def test_an_exception_without_reason_is_refused_and_the_others_are_kept(road, signed_in):
    row = _list(road)
    one, two = row.assignments.all()
    answer = _sign(
        signed_in("water"),
        row,
        not_ours=[one.pk, two.pk],
        **{f"reason_{one.pk}": "写好了的理由", f"reason_{two.pk}": ""},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "写好了的理由" in page
    assert page.count("checked") == 2
    assert UnitList.objects.get(pk=row.pk).state == "sent"


def test_another_unit_cannot_open_it(road, signed_in):
    row = _list(road)
    assert signed_in("outsider").get(f"/lists/{row.pk}/").status_code == 404
    assert _sign(signed_in("outsider"), row).status_code == 404


def test_the_office_sees_it_and_cannot_sign_for_the_unit(road, signed_in):
    row = _list(road)
    page = signed_in("office").get(f"/lists/{row.pk}/").content.decode()
    assert "签收这 2 项" not in page
    assert _sign(signed_in("office"), row).status_code == 403


def test_lists_that_wait_come_first(road, signed_in):
    row = _list(road)
    client = signed_in("water")
    assert "1 份等着签收" in client.get("/lists/").content.decode()
    _sign(client, row)
    assert "都签收了" in client.get("/lists/").content.decode()
    assert "签收这" not in client.get(f"/lists/{row.pk}/").content.decode()
