"""`huiyin work --retry`, and what `doctor` says of work that was given up."""

from __future__ import annotations

import pytest

from huiyin.commands import doctor, work
from huiyin.errors import Refusal
from huiyin.ledger import work as wanted
from huiyin.ledger.models import WantedWork

pytestmark = pytest.mark.django_db


@pytest.fixture
def typist(monkeypatch):
    """Work of the kind `type` that fails until it is told not to."""
    monkeypatch.setattr(wanted, "_handlers", {})
    failing = {"now": True}

    @wanted.works("type")
    def do(subject_id, jurisdiction_id):
        if failing["now"]:
            raise Refusal("文件已加密。", code="encrypted")

    wanted.want("type", 7, 1)
    wanted.do_all()
    return failing


def test_doctor_names_what_was_given_up(typist):
    (finding,) = [f for f in doctor.examine() if f.what == "后台工作"]
    assert finding.mark == doctor.Mark.LACKING
    assert "type 7" in finding.said


def test_what_failed_is_tried_again(typist, capsys, monkeypatch):
    monkeypatch.setattr(work, "load_handlers", lambda: None)
    assert work.main(["--retry"]) == 1
    assert "文件已加密。" in capsys.readouterr().err
    typist["now"] = False
    assert work.main(["--retry"]) == 0
    assert WantedWork.objects.get().state == WantedWork.State.DONE
