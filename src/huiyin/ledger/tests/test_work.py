"""Wanted work: done once, tried again, taken over from the dead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger import work, worker
from huiyin.ledger.models import WantedWork
from huiyin.ledger.work import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def typist(monkeypatch):
    """Does the work `type`; `raises` is what it fails with."""
    monkeypatch.setattr(work, "_handlers", {})

    class Typist:
        def __init__(self):
            self.done, self.raises, self.meanwhile = [], None, lambda: None

        def __call__(self, subject_id, jurisdiction_id):
            self.meanwhile()
            if self.raises:
                raise self.raises
            self.done.append((subject_id, jurisdiction_id))

    made = Typist()
    work.works("type")(made)
    return made


def only():
    return WantedWork.objects.get()


def test_what_is_wanted_is_done_once(typist):
    work.want("type", 7, 1)
    work.want("type", 7, 1)
    assert work.do_all() == 1
    assert typist.done == [(7, 1)]
    assert only().state == State.DONE


def test_what_waited_longest_is_done_first(typist):
    for moment, subject in ((2, 20), (1, 10)):
        with clock.at(clock.now() - timedelta(days=1) + timedelta(seconds=moment)):
            work.want("type", subject, 1)
    work.do_all()
    assert typist.done == [(10, 1), (20, 1)]


def test_work_done_is_done_again_when_it_is_wanted_again(typist):
    for _ in range(2):
        work.want("type", 7, 1)
        work.do_all()
    assert typist.done == [(7, 1), (7, 1)]


def test_work_wanted_while_it_is_being_done_is_done_again(typist):
    def once():
        typist.meanwhile = lambda: None
        work.want("type", 7, 1)

    work.want("type", 7, 1)
    typist.meanwhile = once
    assert work.do_all() == 2
    assert only().state == State.DONE


def test_a_failure_is_tried_again_later_and_the_third_one_stands_with_its_reason(typist):
    typist.raises = ValueError("no such page")
    work.want("type", 7, 1)
    now = clock.now()
    for failures in (1, 2, 3):
        with clock.at(now + timedelta(hours=failures)):
            assert work.do_all() == 1
            assert only().failures == failures
    assert (only().state, only().reason) == (State.FAILED, "ValueError: no such page")
    assert work.unfinished("type", [7])[7].state == State.FAILED


def test_a_refusal_is_not_tried_again(typist):
    typist.raises = Refusal("文件已加密，请解密后再上传。", code="encrypted")
    work.want("type", 7, 1)
    work.do_all()
    assert (only().state, only().reason) == (State.FAILED, "文件已加密，请解密后再上传。")


def test_work_whose_lease_has_run_out_is_taken_again(typist):
    work.want("type", 7, 1)
    WantedWork.objects.update(
        state=State.TAKEN, taken_by="elsewhere:1", leased_until=clock.now() - timedelta(seconds=1)
    )
    assert work.do_all() == 1


def test_work_held_by_the_living_is_left_alone(typist):
    work.want("type", 7, 1)
    WantedWork.objects.update(
        state=State.TAKEN, taken_by="elsewhere:1", leased_until=clock.now() + timedelta(seconds=50)
    )
    assert work.do_all() == 0


def test_what_a_killed_process_of_this_machine_held_is_free_at_once(typist):
    work.want("type", 7, 1)
    WantedWork.objects.update(
        state=State.TAKEN,
        taken_by=f"{work._machine()}:{2**22 + 1}",
        leased_until=clock.now() + timedelta(seconds=50),
    )
    assert work.release_dead() == 1
    assert work.do_all() == 1


def test_nobody_takes_work_that_he_does_not_know(typist):
    work.want("carve", 7, 1)
    assert work.do_all() == 0


def test_what_a_transaction_wanted_is_not_wanted_when_it_fails(typist):
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        work.want("type", 7, 1)
        raise ZeroDivisionError
    assert not WantedWork.objects.exists()


def test_the_worker_seals_each_chain_once_a_day(cast, typist):
    from huiyin.ledger.models import Seal

    while worker.run_once():
        pass
    assert Seal.objects.count() == 1
