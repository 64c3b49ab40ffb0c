"""The check of the whole ledger as wanted work: asked on a page, done by the worker."""

from __future__ import annotations

from huiyin import clock
from huiyin.actors import Actor
from huiyin.audit.models import LedgerCheck
from huiyin.ledger import verify as ledger
from huiyin.ledger import work

KIND = "check_ledger"
MOST_FAULTS = 200


def ask(actor: Actor) -> LedgerCheck:
    """A check is wanted; the one already waiting when there is one."""
    waiting = LedgerCheck.objects.filter(
        jurisdiction_id=actor.jurisdiction_id, finished_at=None
    ).first()
    if waiting is None:
        waiting = LedgerCheck.objects.create(
            jurisdiction_id=actor.jurisdiction_id, asked_at=clock.now(), asked_by_name=actor.name
        )
    work.want(KIND, waiting.pk, actor.jurisdiction_id)
    return waiting


@work.works(KIND)
def check(pk: int, jurisdiction_id: int) -> None:  # noqa: ARG001
    """The row holds what `verify` found; done twice, it says the same."""
    found = ledger.verify()
    LedgerCheck.objects.filter(pk=pk).update(
        finished_at=clock.now(),
        events=found.events,
        texts=found.texts,
        rows=found.rows,
        seals=found.seals,
        faults=found.faults[:MOST_FAULTS],
    )
