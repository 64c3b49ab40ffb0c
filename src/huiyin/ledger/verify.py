"""Checking a ledger in the database: guards, chain, columns, texts, seals, and the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import prefetch_related_objects

from huiyin.ledger import guards
from huiyin.ledger.fold import Fold, body_of
from huiyin.ledger.models import ChainHead, Event, Seal
from huiyin.ledger.snapshot import snapshot
from huiyin.proof import canonical, merkle, seals
from huiyin.proof.chain import Checker, Entry, leaf_hash

CHUNK = 1000


@dataclass(slots=True)
class Report:
    """What a check found: the faults as sentences (Chinese), and what was checked."""

    events: int = 0
    texts: int = 0
    withdrawn: int = 0
    seals: int = 0
    rows: int = 0
    roots: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(*, extends: seals.Seal | None = None) -> Report:
    """Check every chain of the database, its seals and its tables; with `extends`, that earlier seal too.

    All of it as it stood at one moment: those who work meanwhile neither wait nor disturb.
    """
    with snapshot():
        return _verified(extends)


def _verified(extends: seals.Seal | None) -> Report:
    report = Report(
        faults=[f"只增保护缺失：{name}。请运行 huiyin migrate。" for name in guards.missing()]
    )
    fold = Fold()
    heads = list(ChainHead.objects.order_by("pk"))
    for head in heads:
        checking = _Checking(head, report, _seals_of(head, extends))
        fold.take(checking.events())
        checking.finish()
    _check_no_orphans(heads, report)
    if extends is not None and extends.jurisdiction not in {str(head.uid) for head in heads}:
        report.faults.append("封存文件属于另一个辖区，本库没有它的台账。")
    report.rows = len(fold.rows)
    report.faults += [str(difference) for difference in fold.differences()]
    return report


def _seals_of(head: ChainHead, extends: seals.Seal | None) -> list[seals.Seal]:
    rows = Seal.objects.filter(jurisdiction_id=head.pk).order_by("size")
    found = [
        seals.Seal(
            jurisdiction=str(head.uid), size=row.size, root=row.root, sealed_at=iso(row.sealed_at)
        )
        for row in rows
    ]
    mine = extends is not None and extends.jurisdiction == str(head.uid)
    return [*found, extends] if mine and extends else found


def _check_no_orphans(heads: list[ChainHead], report: Report) -> None:
    known = [head.pk for head in heads]
    for jurisdiction_id in (
        Event.objects.exclude(jurisdiction_id__in=known)
        .order_by("jurisdiction_id")
        .values_list("jurisdiction_id", flat=True)
        .distinct()
    ):
        report.faults.append(f"辖区{jurisdiction_id}有记录而没有链头，链头被删除过。")


class _Checking:
    """One pass over one chain."""

    def __init__(self, head: ChainHead, report: Report, sealed: list[seals.Seal]) -> None:
        self.head = head
        self.report = report
        self.sealed = sealed
        self.checker = Checker(str(head.uid))
        self.tree = merkle.Tree()
        self.roots = {0: self.tree.root().hex()}
        self.last = ""

    def events(self) -> Iterator[tuple[Event, Mapping[str, Any]]]:
        """Each event in order, checked; those with a readable body are passed on."""
        sizes = {seal.size for seal in self.sealed}
        for event in each_event(self.head.pk):
            body = self._check(event)
            self.tree.append(leaf_hash(bytes(event.body)))
            if self.tree.size in sizes:
                self.roots[self.tree.size] = self.tree.root().hex()
            if body is not None:
                yield event, body

    def finish(self) -> None:
        """What can be said only after the last event: the head, the seals, the root."""
        head, report = self.head, self.report
        report.events += self.tree.size
        report.roots[head.pk] = self.tree.root().hex()
        report.faults += map(str, self.checker.finish(head.position))
        if self.tree.size > head.position or (self.tree.size and head.hash != self.last):
            report.faults.append(f"链头（第{head.position}条）与最后一条记录不符，链头被改动过。")
        for seal in self.sealed:
            self._check_seal(seal)

    def _check(self, event: Event) -> dict[str, Any] | None:
        body = body_of(event)
        entry = Entry(
            position=event.position,
            hash=event.hash,
            body=bytes(event.body),
            columns=_columns(event, self.head),
        )
        self.report.faults += map(str, self.checker.feed(entry))
        self.last = event.hash
        if body is not None:
            self._check_actor(event, body)
            self._check_texts(event, body)
        return body

    def _check_actor(self, event: Event, body: Mapping[str, Any]) -> None:
        actor = body.get("actor")
        who = (actor.get("id"), actor.get("name")) if isinstance(actor, dict) else None
        if who != (event.actor_id, event.actor_name):
            self._fault(event, "经办人一栏与记录内容不一致")

    def _check_texts(self, event: Event, body: Mapping[str, Any]) -> None:
        bound = body.get("texts")
        digests: dict[str, Any] = dict(bound) if isinstance(bound, dict) else {}
        for text in event.texts.all():
            digest = digests.pop(text.field, None)
            self.report.texts += 1
            if text.text is None:
                self.report.withdrawn += 1
            elif digest != canonical.digest(bytes(text.salt), text.text):
                self._fault(event, f"文字“{text.field}”与记录不符，被改动过")
        for name in digests:
            self._fault(event, f"缺少文字“{name}”")

    def _check_seal(self, seal: seals.Seal) -> None:
        self.report.seals += 1
        root = self.roots.get(seal.size)
        if root is None:
            self.report.faults.append(
                f"{seal.sealed_at}封存了{seal.size}条，现在只有{self.tree.size}条，其后的记录被删除过。"
            )
        elif root != seal.root:
            self.report.faults.append(
                f"前{seal.size}条与{seal.sealed_at}的封存不符，封存以前的记录被改动过。"
            )

    def _fault(self, event: Event, sentence: str) -> None:
        self.report.faults.append(
            f"第{event.position}条（{event.action}，{iso(event.at)}）{sentence}。"
        )


def _columns(event: Event, head: ChainHead) -> dict[str, Any]:
    """What the table repeats of the body, by the body's names."""
    return {
        "jurisdiction": str(head.uid),
        "previous": event.previous,
        "at": iso(event.at),
        "action": event.action,
        "subject": [event.subject_kind, event.subject_id],
        "version": event.subject_version,
        "trail": [event.trail_kind, event.trail_id],
        "request": event.request,
        "input": event.input_digest,
    }


def each_event(jurisdiction_id: int) -> Iterator[Event]:
    """Every event of a chain in order, with its texts, a thousand at a time."""
    position = 0
    while True:
        events = Event.objects.filter(jurisdiction_id=jurisdiction_id, position__gt=position)
        chunk = list(events.order_by("position", "pk")[:CHUNK])
        if not chunk:
            return
        prefetch_related_objects(chunk, "texts")
        yield from chunk
        position = chunk[-1].position


def iso(moment: datetime) -> str:
    """An instant as bodies and exports write it: UTC, with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
