"""A program reads its owner's inbox and marks it read, as the page does."""

from __future__ import annotations

from huiyin.ledger import followers
from huiyin.notices.models import Message


def _inbox(client):
    followers.catch_up()
    return client.get("/api/inbox").json()


def _mark(client, path, **body):
    return client.post(f"/api/inbox/{path}", body, content_type="application/json")


def test_the_reader_finds_what_the_page_shows(road, signed_in):
    matter = road.submitted()
    [item] = [i for i in _inbox(signed_in("office"))["items"] if i["matter"] == matter.pk]
    assert item["title"] == matter.title
    assert item["read_at"] is None
    assert item["lines"][0]["what"] == "市水利局报送办结，等核查"
    assert item["light_word"]


def test_everything_up_to_a_message_counts_as_read(road, signed_in):
    road.submitted()
    client = signed_in("office")
    box = _inbox(client)
    assert box["unread"]
    assert _mark(client, "read", last=box["last"]).json() == {"marked": box["unread"], "unread": 0}
    assert _mark(client, "read", last=box["last"]).json()["marked"] == 0


def test_one_message_is_marked_by_itself(road, signed_in):
    road.submitted()
    client = signed_in("office")
    box = _inbox(client)
    assert _mark(client, f"{box['items'][0]['id']}/read").json()["unread"] == box["unread"] - 1


def test_somebody_elses_message_is_not_found_and_stays_unread(road, signed_in):
    road.submitted()
    box = _inbox(signed_in("office"))
    pk = box["items"][0]["id"]
    assert _mark(signed_in("outsider"), f"{pk}/read").status_code == 404
    assert _mark(signed_in("outsider"), "read", last=pk).json()["marked"] == 0
    assert Message.objects.get(pk=pk).read_at is None


def test_a_stranger_reads_nothing(client):
    assert client.get("/api/inbox").status_code == 401
