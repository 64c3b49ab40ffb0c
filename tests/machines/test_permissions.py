"""The law of the matrix, and the page that shows it (`HUIYIN_WRITE=1` writes docs/permissions.md)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import translation

from huiyin.door import registry
from tests.machines import laws
from tests.machines.matrix import MAY, MAY_NOT, NOT_NOW, RELATIONS, UNSEEN, matrix, page, verbs

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAGE = Path(__file__).parents[2] / "docs/permissions.md"
ABOUT_MATTERS = {
    "Matter", "Assignment", "CloseOut", "Consultation", "Coordination", "DrawnCheck", "Referral",
    "ReportRequest", "StrikeOff", "Variation", "SupervisionNotice", "UnitList",
}  # fmt: skip
ADMINISTRATORS = ("auditor", "sysadmin", "secadmin")
INSIDE = ("lead", "lead_head", "supporting", "recused", "recused_delegate")
AUDITS = {"ledger.export", "ledger.take_seal"}
"""What an auditor does: carry away what proves; it changes no matter."""


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """The matrix, built once for the module and taken back."""
    from django.db import transaction

    with django_db_blocker.unblock(), translation.override("zh-hans"), transaction.atomic():
        yield matrix()
        transaction.set_rollback(True)


def about_matters():
    return [verb.name for verb in verbs() if verb.model.__name__ in ABOUT_MATTERS]


def words(found, names, columns):
    """(verb, column) → word for the cells that are there."""
    return {(n, c): found[n][c].word for n in names for c in columns if c in found[n]}


def test_the_page_is_up_to_date(found):
    with translation.override("zh-hans"):
        made = page(found)
    if os.environ.get("HUIYIN_WRITE"):
        PAGE.write_text(made, "utf-8")
    assert PAGE.read_text("utf-8") == made, "HUIYIN_WRITE=1 pytest … writes it anew"


def test_every_verb_can_be_done_by_somebody_in_the_scene(found):
    nobody = [n for n, row in found.items() if MAY not in {cell.word for cell in row.values()}]
    assert nobody == []


def test_nobody_of_the_unit_judges_what_it_did_or_asked(found):
    judging = [name for name in laws.JUDGING if name in found]
    inside = words(found, judging, INSIDE)
    wrong = {place for place, word in inside.items() if word == MAY}
    # A supporting unit asked for nothing; where what the lead asked is answered, it has no post to answer.
    assert wrong == set()


def test_no_administrator_acts_on_matters(found):
    told = words(found, about_matters(), ADMINISTRATORS)
    assert [place for place, word in told.items() if word in (MAY, NOT_NOW)] == []


def test_an_auditor_only_reads(found):
    may = {n for n, row in found.items() if row["auditor"].word == MAY}
    own = {name for name in may if name.split(".")[0] in ("token", "delegation")}
    assert may - own <= AUDITS


def test_an_auditor_sees_what_it_may_not_touch(found):
    told = words(found, about_matters(), ("auditor",))
    assert set(told.values()) == {MAY_NOT}


def test_to_an_outsider_a_matter_does_not_exist(found):
    told = words(found, about_matters(), ("outsider", "other_leader"))
    assert [place for place, word in told.items() if word != UNSEEN] == []


def test_who_keeps_the_machine_sees_no_matter(found):
    told = words(found, about_matters(), ("sysadmin", "secadmin"))
    assert set(told.values()) == {UNSEEN}


def test_a_delegate_may_what_the_leader_may(found):
    leader, delegate = (words(found, about_matters(), (who,)) for who in ("leader", "delegate"))
    for (name, _who), word in leader.items():
        if word == MAY:
            assert delegate[name, "delegate"] == MAY, name


def test_every_public_verb_has_its_row(found):
    assert {n for n, v in registry().items() if v.public and not n.startswith("test.")} == set(
        found
    )
    assert len(RELATIONS) == 17
