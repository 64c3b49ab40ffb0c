"""The auditor reads everything, checks the chain, and what is carried away is on record."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast

from huiyin import clock
from huiyin.audit import work
from huiyin.audit.models import LedgerCheck
from huiyin.ledger.models import Event, WantedWork
from huiyin.proof.check import check_export


@pytest.mark.parametrize("who", ["auditor", "mayor", "office"])
def test_those_who_see_all_read_the_trail(signed_in: Callable[[str], Client], who: str):
    answer = signed_in(who).get("/audit/")
    assert answer.status_code == 200
    assert "存证账" in answer.content.decode()


@pytest.mark.parametrize("who", ["water", "vice", "sysadmin", "outsider"])
def test_nobody_else_knows_of_it(signed_in: Callable[[str], Client], who: str):
    assert signed_in(who).get("/audit/").status_code == 404
    assert signed_in(who).get("/audit/events/1/").status_code == 404


def test_an_event_is_shown_in_full(signed_in: Callable[[str], Client]):
    page = signed_in("auditor").get("/audit/events/1/").content.decode()
    assert Event.objects.get(position=1).hash in page


def test_an_export_proves_itself_and_is_on_record(cast: Cast, signed_in: Callable[[str], Client]):
    answer = signed_in("auditor").post("/audit/export/")
    result = check_export(io.BytesIO(answer.getvalue()))
    assert not result.faults
    assert Event.objects.filter(action="ledger.export", actor_name="严正").count() == 1


def test_the_office_cannot_carry_the_ledger_away(signed_in: Callable[[str], Client]):
    assert signed_in("office").post("/audit/export/").status_code == 403


def test_a_seal_is_a_small_file_and_on_record(signed_in: Callable[[str], Client]):
    seal = json.loads(signed_in("auditor").post("/audit/seal/").content)
    assert seal["schema"] == "huiyin.seal/1"
    assert Event.objects.get(action="ledger.take_seal").position == seal["size"] + 1


def test_a_check_asked_on_the_page_is_done_by_the_worker(
    cast: Cast, signed_in: Callable[[str], Client]
):
    client = signed_in("auditor")
    client.post("/audit/check/")
    row = LedgerCheck.objects.get()
    assert "正在核验" in client.get("/audit/check/progress/").content.decode()
    work.check(row.pk, cast.jurisdiction.pk)
    assert "完好" in client.get("/audit/check/progress/").content.decode()


def test_work_that_was_given_up_is_shown_to_the_administrator_and_tried_again(
    cast: Cast, signed_in: Callable[[str], Client]
):
    office = cast.jurisdiction.pk
    WantedWork.objects.create(
        kind="check_ledger",
        subject_id=1,
        jurisdiction_id=office,
        state="failed",
        reason="磁盘已满",
        wanted_at=clock.now(),
    )
    client = signed_in("sysadmin")
    assert "磁盘已满" in client.get("/settings/background/").content.decode()
    client.post("/settings/background/retry/")
    assert WantedWork.objects.get().state == "wanted"
    assert "都正常" in client.get("/settings/background/").content.decode()


@pytest.mark.parametrize("who", ["office", "auditor", "water", "secadmin"])
def test_background_work_is_the_system_administrators_own(
    signed_in: Callable[[str], Client], who: str
):
    assert signed_in(who).get("/settings/background/").status_code == 404
