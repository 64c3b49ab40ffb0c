"""What the system does by itself about an office: it adopts the rules that a release brought."""

from __future__ import annotations

from huiyin.actors import machine
from huiyin.door import Ask, perform
from huiyin.ledger.daily import each_day
from huiyin.people.actions.founding import adopt_new_rules, codes_lacking


@each_day("adopt_rules")
def adopt_rules(_subject: int, jurisdiction_id: int) -> None:
    """Every shipped rule is a rule of the office; nothing is written when none was lacking."""
    if codes_lacking(jurisdiction_id):
        perform(adopt_new_rules, jurisdiction_id, machine("clock", jurisdiction_id), Ask())
