"""Seals: the Merkle root over a chain, taken daily and carried where the office cannot change it."""

from __future__ import annotations

from huiyin import clock
from huiyin.ledger.models import ChainHead, Event, Seal
from huiyin.ledger.verify import iso
from huiyin.proof import merkle, seals


def take(jurisdiction_id: int) -> Seal | None:
    """The seal over all events there are now, the same one when nothing was added; None over none."""
    head = ChainHead.objects.get(pk=jurisdiction_id)
    if not head.position:
        return None
    hashes = Event.objects.filter(jurisdiction_id=jurisdiction_id, position__lte=head.position)
    # An event's hash is the leaf hash of its bytes; `verify` checks that it is.
    leaves = hashes.order_by("position").values_list("hash", flat=True).iterator(chunk_size=5000)
    root = merkle.root_of(bytes.fromhex(leaf) for leaf in leaves).hex()
    seal, _created = Seal.objects.get_or_create(
        jurisdiction_id=jurisdiction_id,
        size=head.position,
        defaults={"root": root, "sealed_at": clock.now()},
    )
    return seal


def take_due() -> int:
    """Every chain that has grown since a seal of an earlier day is sealed; how many were."""
    taken = 0
    for head in ChainHead.objects.filter(position__gt=0):
        last = Seal.objects.filter(jurisdiction_id=head.pk).order_by("-size").first()
        grown = last is None or last.size < head.position
        if grown and (last is None or clock.day_of(last.sealed_at) < clock.today()):
            take(head.pk)
            taken += 1
    return taken


def file_of(seal: Seal) -> bytes:
    """The seal file: what the auditor downloads, and `huiyin verify --extends` reads."""
    head = ChainHead.objects.get(pk=seal.jurisdiction_id)
    return seals.dump(
        seals.Seal(
            jurisdiction=str(head.uid),
            size=seal.size,
            root=seal.root,
            sealed_at=iso(seal.sealed_at),
        )
    )
