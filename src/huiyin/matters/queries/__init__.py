"""Every read of matters: the register, one matter, the dispatch table, notices, lists, checks."""

from __future__ import annotations

from huiyin.matters.queries.lights import fate_of, light_of
from huiyin.matters.queries.planned import know_plans, plan_share
from huiyin.matters.queries.register import Register, Row, Wanted, all_rows, register

__all__ = [
    "Register",
    "Row",
    "Wanted",
    "all_rows",
    "fate_of",
    "know_plans",
    "light_of",
    "plan_share",
    "register",
]
