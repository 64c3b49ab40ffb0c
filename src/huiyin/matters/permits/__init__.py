"""Who may do what to a matter, and what stands against it: small named questions, by theme."""

from __future__ import annotations

from huiyin.matters.permits.conditions import (
    approves_own_unit,
    lead_has_no_plan,
    lead_matter_not_under_way,
    lead_standing,
    matter_is_over,
    no_plan,
    not_lead,
    own_unit,
    rules_own_unit,
    second_person_needed,
    standing_is_kept_open,
    two_persons_needed,
    window_has_passed,
)
from huiyin.matters.permits.main import (
    ACT_FOR_UNIT,
    is_approver,
    is_approver_or_office,
    is_office,
    may_rule,
    may_verify,
    office_of_matter,
    reads_register,
    within_batch,
    works_in_lead_unit,
    works_in_unit,
)

__all__ = [
    "ACT_FOR_UNIT",
    "approves_own_unit",
    "is_approver",
    "is_approver_or_office",
    "is_office",
    "lead_has_no_plan",
    "lead_matter_not_under_way",
    "lead_standing",
    "matter_is_over",
    "may_rule",
    "may_verify",
    "no_plan",
    "not_lead",
    "office_of_matter",
    "own_unit",
    "reads_register",
    "rules_own_unit",
    "second_person_needed",
    "standing_is_kept_open",
    "two_persons_needed",
    "window_has_passed",
    "within_batch",
    "works_in_lead_unit",
    "works_in_unit",
]
