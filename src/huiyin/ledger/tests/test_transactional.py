"""Tests that need real commits: the guards stand within them, and are lifted only to empty the tables."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.cast import build

from huiyin.ledger import bell, guards, worker
from huiyin.ledger.models import Event, WantedWork
from huiyin.ledger.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("turn", [1, 2])
def test_the_guards_stand_and_the_next_test_begins_empty(turn, stray_writes):
    assert Event.objects.count() == 0
    build()
    assert guards.missing() == []
    assert verify().faults == []
    stray_writes.lifted = True
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.all()._raw_delete("default")


def test_the_bell_rings_when_a_verb_stands_and_not_before():
    bell.wait(0)
    with transaction.atomic():
        build()
        assert not bell._rung.is_set()
    assert bell._rung.is_set()


def test_a_round_of_the_worker_leaves_nothing_to_do():
    build()
    worker.load_handlers()
    while worker.run_once():
        pass
    assert not WantedWork.objects.exclude(state="done").exists()
