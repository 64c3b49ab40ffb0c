"""Followers read every chain once and in order, and one bad event does not stop them."""

from __future__ import annotations

import pytest

from huiyin.door import Ask, perform
from huiyin.door.tests import verbs
from huiyin.ledger import followers
from huiyin.ledger.models import Bookmark, Event, Parked


@pytest.fixture
def reader(monkeypatch):
    """A follower that notes what it read, and fails on what it is told to."""
    monkeypatch.setattr(followers, "_followers", {})

    class Reader:
        def __init__(self):
            self.seen, self.bad = [], set()

        def __call__(self, event):
            assert followers.following() == "reader"
            if event.position in self.bad:
                raise ValueError(f"cannot read {event.position}")
            self.seen.append(event.position)

    made = Reader()
    followers.follows("reader")(made)
    return made


def positions():
    return list(Event.objects.order_by("position").values_list("position", flat=True))


def test_every_event_is_read_once_in_order(cast, office, reader):
    followers.catch_up()
    perform(verbs.add_unit, cast.jurisdiction.pk, office, Ask(), code="later")
    followers.catch_up()
    assert followers.catch_up() == 0
    assert reader.seen == positions()


def test_a_batch_larger_than_one_transaction_is_read_whole(cast, reader, monkeypatch):
    monkeypatch.setattr(followers, "BATCH", 3)
    assert followers.catch_up() == len(positions())
    assert reader.seen == positions()


def test_after_three_failures_an_event_is_parked_with_its_reason_and_the_rest_is_read(cast, reader):
    reader.bad = {4}
    followers.catch_up()
    assert reader.seen[-1] == 3
    followers.catch_up()
    followers.catch_up()
    parked = Parked.objects.get()
    assert (parked.position, parked.failures, parked.reason) == (4, 3, "ValueError: cannot read 4")
    assert set(reader.seen) == set(positions()) - {4}
    assert Bookmark.objects.get().position == positions()[-1]


def test_a_parked_event_can_be_tried_again(cast, reader):
    reader.bad = {4}
    for _ in range(3):
        followers.catch_up()
    assert followers.retry(Parked.objects.get()) is False
    assert Parked.objects.get().failures == 4
    reader.bad = set()
    assert followers.retry(Parked.objects.get()) is True
    assert not Parked.objects.exists()
    assert 4 in reader.seen


def test_a_failure_that_passes_leaves_no_trace(cast, reader):
    reader.bad = {4}
    followers.catch_up()
    assert Parked.objects.get().failures == 1
    reader.bad = set()
    followers.catch_up()
    assert not Parked.objects.exists()


def test_two_followers_cannot_have_one_name(reader):
    with pytest.raises(RuntimeError, match="reader"):
        followers.follows("reader")(lambda event: None)
