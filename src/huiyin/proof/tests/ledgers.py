"""A small ledger for the tests: events of one office, chained as the store chains them."""

from __future__ import annotations

import io

from huiyin.proof import canonical
from huiyin.proof.chain import Entry, event_hash, genesis
from huiyin.proof.export import Event, Header, Text, write
from huiyin.proof.merkle import leaf_hash, root_of
from huiyin.proof.seals import Seal

UID = "0192f0c4-7d1e-7c00-8000-00000000c0de"
SALT = bytes(range(16))


def entries(count: int, uid: str = UID) -> list[Entry]:
    previous, chain = genesis(uid), []
    for position in range(1, count + 1):
        chain.append(entry(position, previous))
        previous = chain[-1].hash
    return chain


def entry(position: int, previous: str, **changed: object) -> Entry:
    said = f"第{position}次反馈"
    body = {
        "position": position,
        "previous": previous,
        "action": "matter.report_progress",
        "at": f"2026-03-{position % 28 + 1:02}T01:30:00Z",
        "facts": {"matter": position * 7, "note": "堤防"},
        "texts": {"report": canonical.digest(SALT, said)},
        **changed,
    }
    data = canonical.encode(body)
    columns = {"previous": previous, "action": str(body["action"])}
    return Entry(position=position, hash=event_hash(data), body=data, columns=columns)


def event(stored: Entry, text: str | None = "") -> Event:
    said = f"第{stored.position}次反馈" if text == "" else text
    texts = (Text(field="report", salt=SALT.hex() if said else None, text=said),)
    return Event(position=stored.position, hash=stored.hash, body=stored.body, texts=texts)


def seal(chain: list[Entry], size: int, uid: str = UID) -> Seal:
    root = root_of(leaf_hash(entry.body) for entry in chain[:size]).hex()
    return Seal(jurisdiction=uid, size=size, root=root, sealed_at="2026-03-31T16:00:00Z")


def export(events: list[Event], seals: list[Seal] | None = None, uid: str = UID) -> bytes:
    stream = io.BytesIO()
    header = Header(jurisdiction=uid, name="云川市", exported_at="2026-04-01T00:00:00Z")
    write(stream, header, events, seals or [])
    return stream.getvalue()
