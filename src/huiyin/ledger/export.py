"""The export of one chain, which anybody can check offline: `python -m huiyin.proof FILE`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from huiyin import clock
from huiyin.ledger.models import ChainHead, Event, Seal
from huiyin.ledger.snapshot import snapshot
from huiyin.ledger.verify import each_event, iso
from huiyin.proof import export as proof
from huiyin.proof import seals


def write(jurisdiction_id: int, stream: IO[bytes], *, name: str) -> proof.End:
    """The whole chain with its texts and seals is written; a damaged ledger is exported as it is."""
    with snapshot():
        return _written(jurisdiction_id, stream, name)


def _written(jurisdiction_id: int, stream: IO[bytes], name: str) -> proof.End:
    head = ChainHead.objects.get(pk=jurisdiction_id)
    header = proof.Header(jurisdiction=str(head.uid), name=name, exported_at=iso(clock.now()))
    events = (_event(event) for event in each_event(jurisdiction_id))
    return proof.write(stream, header, events, _seals(head))


def _event(event: Event) -> proof.Event:
    texts = tuple(
        proof.Text(
            field=text.field,
            salt=None if text.text is None else bytes(text.salt).hex(),
            text=text.text,
        )
        for text in event.texts.all()
    )
    return proof.Event(
        position=event.position, hash=event.hash, body=bytes(event.body), texts=texts
    )


def _seals(head: ChainHead) -> Iterator[seals.Seal]:
    for seal in Seal.objects.filter(jurisdiction_id=head.pk).order_by("size"):
        yield seals.Seal(
            jurisdiction=str(head.uid),
            size=seal.size,
            root=seal.root,
            sealed_at=iso(seal.sealed_at),
        )
