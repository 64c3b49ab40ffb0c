"""What is found when somebody goes past the system."""

from __future__ import annotations

import io

import pytest
from django.db import DatabaseError, connection, transaction

from huiyin.door import Ask, perform
from huiyin.door.tests import verbs
from huiyin.ledger import export, guards, seal
from huiyin.ledger.models import ChainHead, Event, EventText, Seal
from huiyin.ledger.verify import verify
from huiyin.people.models import Delegation, Unit
from huiyin.proof import canonical, chain, seals
from huiyin.proof.check import check_export


def faults():
    return "\n".join(verify().faults)


def test_an_office_at_work_is_whole(office_at_work):
    report = verify()
    assert report.faults == []
    assert report.events == Event.objects.count()
    assert report.rows > 20
    assert report.texts > 5


def test_a_changed_byte_is_found_and_named(office_at_work, unguarded):
    event = Event.objects.get(position=5)
    body = bytes(event.body).replace(b"set_up", b"sat_up", 1)
    with unguarded():
        Event.objects.filter(pk=event.pk).update(body=body)
    assert body != bytes(event.body)
    assert f"第5条（{event.action}" in faults()


def test_a_changed_byte_with_its_hash_made_again_breaks_the_next_link(office_at_work, unguarded):
    event = Event.objects.get(position=5)
    body = bytes(event.body).replace(b'"version":', b'"Version":')
    with unguarded():
        Event.objects.filter(pk=event.pk).update(body=body, hash=chain.event_hash(body))
    assert "第6条" in faults()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "matter.close_out"),
        ("subject_id", 999),
        ("actor_name", "别人"),
        ("actor_id", 999),
        ("trail_kind", "matter"),
        ("request", "other"),
        ("subject_version", 77),
    ],
)
def test_a_column_changed_beside_the_body_is_found(office_at_work, unguarded, column, value):
    with unguarded():
        Event.objects.filter(position=7).update(**{column: value})
    assert "第7条" in faults()


def test_a_removed_event_is_found(office_at_work, unguarded):
    with unguarded():
        EventText.objects.filter(event__position=9).delete()
        Event.objects.filter(position=9).delete()
    assert "第9条缺少这条记录" in faults()


def test_a_chain_cut_off_at_its_end_is_found_by_its_head(office_at_work, unguarded):
    last = ChainHead.objects.get().position
    with unguarded():
        EventText.objects.filter(event__position=last).delete()
        Event.objects.filter(position=last).delete()
    assert f"第{last}条缺少" in faults()


def test_a_chain_cut_off_with_its_head_is_found_by_the_seal(office_at_work, unguarded):
    place = office_at_work.jurisdiction.pk
    sealed = seal.take(place)
    last = Event.objects.order_by("-position")[1]
    with unguarded():
        EventText.objects.filter(event__position__gt=last.position).delete()
        Event.objects.filter(position__gt=last.position).delete()
        ChainHead.objects.update(position=last.position, hash=last.hash)
    assert f"封存了{sealed.size}条，现在只有{sealed.size - 1}条" in faults()


def test_a_changed_text_is_found(office_at_work, unguarded):
    with unguarded():
        EventText.objects.filter(text="出差期间代行").update(text="另有安排")
    assert "reason”与记录不符" in faults()


def test_a_withdrawn_text_leaves_the_chain_whole(office_at_work, office, unguarded):
    text = EventText.objects.get(text="出差期间代行")
    row = Delegation.objects.get()
    perform(verbs.withdraw_reason, row.pk, office, Ask())
    text.refresh_from_db()
    assert (text.text, bytes(text.salt)) == (None, b"")
    report = verify()
    assert report.faults == []
    assert report.withdrawn == 1


def test_a_row_changed_directly_is_found_by_table_and_column(office_at_work, unguarded):
    with unguarded():
        Unit.objects.filter(code="water").update(name="改过的局")
    pk = office_at_work.units["water"].pk
    assert f"people.unit表第{pk}行的name栏" in faults()


def test_a_free_text_changed_directly_is_found(office_at_work, unguarded):
    with unguarded():
        Delegation.objects.update(reason="降低标准")
        Unit.objects.filter(code="schools").update(aliases=["别名"])
    assert "的reason栏" in faults()
    assert "的aliases栏" in faults()


def test_a_row_slipped_in_and_a_row_taken_out_are_found(office_at_work, unguarded):
    with unguarded():
        Unit.objects.filter(code="n1").delete()
        row = Unit.objects.get(code="parks")
        row.pk, row.code = None, "slipped"
        row.save(force_insert=True)
    assert "没有任何记录" in faults()
    assert "已经不在表中" in faults()


def test_a_missing_guard_is_a_fault(cast):
    with connection.cursor() as cursor:
        on = " ON ledger_event" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_event_no_delete{on}")
    assert "只增保护缺失：ledger_event_no_delete" in faults()
    guards.install()
    assert faults() == ""


WRITES = {
    "an event changed": lambda: Event.objects.filter(position=1).update(action="x"),
    "an event removed": lambda: connection.cursor().execute(
        "DELETE FROM ledger_event WHERE position = 1"
    ),
    "a text removed": lambda: EventText.objects.filter(text__isnull=False).delete(),
    "a text changed": lambda: EventText.objects.filter(text__isnull=False).update(text="x"),
    "a text half withdrawn": lambda: EventText.objects.filter(text__isnull=False).update(text=None),
    "a seal changed": lambda: Seal.objects.update(root="0" * 64),
    "a seal removed": lambda: Seal.objects.all().delete(),
    "the head set back": lambda: ChainHead.objects.update(position=1),
    "the head of a demo made real": lambda: ChainHead.objects.update(is_demo=False),
    "the head removed": lambda: ChainHead.objects.all().delete(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_the_database_itself_refuses_to_rewrite_the_ledger(office_at_work, stray_writes, write):
    seal.take(office_at_work.jurisdiction.pk)
    stray_writes.lifted = True
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        write()


def test_the_guards_are_the_ones_we_install_not_others_of_the_same_name(cast):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION huiyin_append_only() RETURNS trigger LANGUAGE plpgsql"
                " AS $$ BEGIN RETURN NEW; END $$"
            )
        else:
            cursor.execute("DROP TRIGGER ledger_event_no_delete")
            cursor.execute(
                "CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event BEGIN SELECT 1; END"
            )
    assert "ledger_event_no_delete" in guards.missing()
    guards.install()
    assert guards.missing() == []


# --- seals and exports -----------------------------------------------------------------------


def test_todays_ledger_extends_yesterdays_seal(office_at_work, office):
    earlier = seals.load(seal.file_of(seal.take(office_at_work.jurisdiction.pk)))
    perform(verbs.add_unit, office_at_work.jurisdiction.pk, office, Ask(), code="later")
    assert verify(extends=earlier).faults == []


def test_a_ledger_rewritten_as_a_whole_does_not_extend_the_seal(office_at_work, unguarded):
    place = office_at_work.jurisdiction
    earlier = seals.load(seal.file_of(seal.take(place.pk)))
    _rewrite(place, unguarded)
    assert not any("散列" in fault for fault in verify().faults)
    assert any("与" in fault and "封存不符" in fault for fault in verify(extends=earlier).faults)


def _rewrite(place, unguarded):
    """The strongest attack: somebody with the database's password computes a whole new chain."""
    with unguarded():
        Seal.objects.all().delete()
        previous = chain.genesis(str(place.uid))
        for event in Event.objects.order_by("position"):
            said = canonical.decode(bytes(event.body))
            said |= {"previous": previous, "input": "0" * 64}
            event.body, event.previous, event.input_digest = (
                canonical.encode(said),
                previous,
                "0" * 64,
            )
            event.hash = previous = chain.event_hash(event.body)
            event.save()
        ChainHead.objects.update(hash=previous)


def test_the_seal_of_another_jurisdiction_is_no_proof(office_at_work):
    other = seals.Seal(jurisdiction="other", size=1, root="0" * 64, sealed_at="2026-01-01")
    assert any("另一个辖区" in fault for fault in verify(extends=other).faults)


def test_an_export_is_checked_by_the_standard_library_alone(office_at_work):
    place = office_at_work.jurisdiction
    sealed = seal.take(place.pk)
    out = io.BytesIO()
    end = export.write(place.pk, out, name=place.name)
    out.seek(0)
    result = check_export(out, extends=seals.load(seal.file_of(sealed)))
    assert result.faults == []
    assert (result.count, result.root) == (end.count, sealed.root)


def test_a_seal_over_nothing_new_is_the_same_seal(office_at_work):
    place = office_at_work.jurisdiction.pk
    assert seal.take(place).pk == seal.take(place).pk
