"""What the system does by itself about matters: each day, and when a rule of the clocks was amended."""

from __future__ import annotations

from huiyin import clock
from huiyin.actors import machine
from huiyin.door import Ask, perform
from huiyin.ledger import work
from huiyin.ledger.daily import each_day
from huiyin.ledger.followers import follows
from huiyin.ledger.models import Event
from huiyin.matters.actions.timing import derived, retime
from huiyin.matters.clocks import turning_of
from huiyin.matters.models import Matter
from huiyin.matters.rules import OPEN, Turning
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.models import Rule

KIND = "retime_matters"
RULES = ("lights", "holidays", "rhythm")
"""Rules on which the days of a matter depend."""


@follows("lights")
def follow(event: Event) -> None:
    """An amended rule of the clocks wants every open matter's days set again."""
    if event.action == "rule.amend":
        rule = Rule.objects.filter(pk=event.subject_id, code__in=RULES).first()
        if rule is not None:
            work.want(KIND, rule.pk, event.jurisdiction_id)


@work.works(KIND)
def retime_all(_rule: int, jurisdiction_id: int) -> None:
    """Every open matter has the days that the rules in force today give; one short transaction each.

    Derived first on a copy, so that a matter whose days stand writes nothing.
    """
    today = clock.today()
    book = rulebook.book(jurisdiction_id)
    actor = machine("clock", jurisdiction_id)
    rows = Matter.objects.filter(jurisdiction_id=jurisdiction_id, state__in=OPEN)
    for matter in rows.prefetch_related("milestones").iterator(chunk_size=200):
        before = _days(matter)
        if before != _days(derived(matter, book, today=today)):
            perform(retime, matter.pk, actor, Ask())


@each_day("clocks_of_matters")
def each_morning(_subject: int, jurisdiction_id: int) -> None:
    """Lights that turned overnight bring the next report nearer; a rule in force from today is applied."""
    retime_all(0, jurisdiction_id)


def _days(matter: Matter) -> tuple[Turning, object, bool]:
    return turning_of(matter), matter.next_report_on, matter.due_flagged
