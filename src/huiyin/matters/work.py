"""What the system does by itself about matters: a new light rule sets every turning date again."""

from __future__ import annotations

from huiyin import clock
from huiyin.actors import machine
from huiyin.door import Ask, perform
from huiyin.ledger import work
from huiyin.ledger.followers import follows
from huiyin.ledger.models import Event
from huiyin.matters.actions.timing import retime
from huiyin.matters.clocks import retime as derive
from huiyin.matters.clocks import turning_of
from huiyin.matters.models import Matter
from huiyin.matters.rules import OPEN
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.models import Rule

KIND = "retime_matters"


@follows("lights")
def follow(event: Event) -> None:
    """An amended light rule wants every open matter's turning dates set again."""
    if event.action == "rule.amend":
        rule = Rule.objects.filter(pk=event.subject_id, code="lights").first()
        if rule is not None:
            work.want(KIND, rule.pk, event.jurisdiction_id)


@work.works(KIND)
def retime_all(rule_id: int, jurisdiction_id: int) -> None:  # noqa: ARG001
    """Every open matter has the turning dates of the rule in force; one short transaction each."""
    today = clock.today()
    book = rulebook.book(jurisdiction_id)
    actor = machine("clock", jurisdiction_id)
    for matter in Matter.objects.filter(jurisdiction_id=jurisdiction_id, state__in=OPEN).iterator():
        before = turning_of(matter)
        derive(matter, book, today=today)
        if before != turning_of(matter):
            perform(retime, matter.pk, actor, Ask())
