"""The one door: every change of an office fact goes through `perform`.

In one transaction: lock → repeat? → permit → seen → guard → change → save → event. `options` asks
the same questions without acting; `graph` draws the states from the registry. There is no bypass:
the clock, imports and the demo act as named actors with permits of their own.

    verbs.py     Action, @action, the registry
    asking.py    may they? can it be done now? options, graph
    running.py   Call: one verb inside a transaction, and verbs within it
    outermost.py perform, found: the transaction, locks, repeats, retries
"""

from __future__ import annotations

from huiyin.door.asking import Option, changes_since, graph, may_see, options, permitted
from huiyin.door.outermost import found, perform
from huiyin.door.running import Call, performing
from huiyin.door.verbs import (
    Action,
    Ask,
    Condition,
    Done,
    Facts,
    Permit,
    action,
    label_of,
    registry,
)
from huiyin.ledger.values import plain

__all__ = [
    "Action",
    "Ask",
    "Call",
    "Condition",
    "Done",
    "Facts",
    "Option",
    "Permit",
    "action",
    "changes_since",
    "found",
    "graph",
    "label_of",
    "may_see",
    "options",
    "perform",
    "performing",
    "permitted",
    "plain",
    "registry",
]
