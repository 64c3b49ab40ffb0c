"""Programs read the same things under the same rules as people."""

from __future__ import annotations

from huiyin.matters.models import UnitList


def test_the_register_is_read_page_by_page(road, signed_in):
    matter = road.under_way()
    body = signed_in("office").get("/api/matters").json()
    assert body["total"] == 1
    assert body["items"][0]["id"] == matter.pk
    assert body["items"][0]["light"] == "ontime"
    assert body["counts"]["open"] == 1


def test_filters_work_as_on_the_page(road, signed_in):
    road.under_way()
    client = signed_in("office")
    assert client.get("/api/matters?view=closed").json()["total"] == 0
    assert client.get("/api/matters?q=泵站").json()["total"] == 1
    assert client.get("/api/matters?page=9").json()["page"] == 1


def test_a_matter_comes_with_its_trail_and_the_verbs_allowed(road, signed_in):
    matter = road.under_way()
    body = signed_in("water").get(f"/api/matters/{matter.pk}").json()
    offers = {offer["action"]: offer for offer in body["allowed_actions"]}
    assert offers["assignment.report_progress"]["allowed"]
    assert offers["assignment.report_progress"]["subject_id"] == road.lead(matter).pk
    assert body["trail"][-1]["sentence"].startswith("市政府督查室周明立项")
    assert len(body["haves"]) == 7


def test_what_may_not_be_seen_is_not_found(road, signed_in):
    matter = road.under_way()
    row = UnitList.objects.first()
    client = signed_in("outsider")
    for path in (
        f"matters/{matter.pk}",
        f"notices/{matter.notice_id}",
        f"lists/{row.pk}",
        "matters/99999999999999999999",
    ):
        assert client.get(f"/api/{path}").status_code in (404, 422)
    assert client.get("/api/matters").json()["total"] == 0


def test_notices_and_lists_are_read(road, signed_in):
    notice = road.issued()
    client = signed_in("water")
    assert client.get("/api/notices").json()["items"][0]["number"] == notice.paper_number
    detail = client.get(f"/api/notices/{notice.pk}").json()
    assert detail["rows"] == [notice.matters.get().pk]
    rows = client.get("/api/lists").json()
    assert [row["state"] for row in rows] == ["sent"]
    assert client.get(f"/api/lists/{rows[0]['id']}").json()["assignments"][0]["role"] == "lead"
