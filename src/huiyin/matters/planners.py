"""Which units made a plan: the events have it, because a plan outlives the unit that made it."""

from __future__ import annotations

import json
from collections.abc import Collection

from huiyin.ledger.models import Event


def planners(matters: Collection[int]) -> dict[int, set[int]]:
    """For each matter, the units whose people made or changed its plan; one query."""
    rows = Event.objects.filter(
        trail_kind="matter", trail_id__in=list(matters), action="matter.set_plan"
    )
    found: dict[int, set[int]] = {}
    for trail_id, body in rows.values_list("trail_id", "body"):
        unit = json.loads(bytes(body))["actor"].get("unit")
        if unit is not None:
            found.setdefault(trail_id, set()).add(unit)
    return found
