"""Filling the same cells of many matters in one act, so that a batch is saved whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal
from huiyin.matters import permits
from huiyin.matters.actions.registering import fill
from huiyin.matters.models import Matter
from huiyin.people.models import Jurisdiction


@action(
    "matter.fill_many",
    label=gettext_lazy("统一填写"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
)
def fill_many(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    matters: Sequence[int],
    lead: int | None = None,
    supporting: Sequence[int] | None = None,
    due_on: date | None = None,
    limit: str = "",
    counted_from: date | None = None,
    interval: str | None = None,
    check_method: str | None = None,
    leader_post: int | None = None,
    restore: Sequence[str] = (),
) -> Facts:
    """Every matter named holds the cells given; a due day or legal limit goes to dated ones, an interval to standing ones.

    `counted_from` is the day a limit is counted from: that of `limit`, or each matter's own when none is chosen.
    A day that a person typed is counted from nothing, so a first day alone leaves it as it is.
    """
    rows = list(
        Matter.objects.filter(jurisdiction=jurisdiction, pk__in=list(matters)).order_by("pk")
    )
    if not rows or len(rows) < len(set(matters)):
        raise Refusal(_("请至少选择一行；有的事项已经不在拟办表中。"), code="nothing_to_fill")
    same: dict[str, Any] = {
        "lead": lead,
        "supporting": supporting,
        "check_method": check_method,
        "leader_post": leader_post,
        "restore": restore,
    }
    standing: dict[str, Any] = {"interval": interval}
    dated: dict[str, Any] = {"due_on": due_on, "limit": limit, "counted_from": counted_from}
    kept = _typed_by_hand(rows) if counted_from and not (due_on or limit) else set()
    if len(kept) == len(rows) and not any(same.values()):
        raise Refusal(
            _("所选各行的时限都是人工填的，不按起算日算，没有改动。"),
            code="nothing_to_fill",
            next_step=_("要按起算日算的，请同时选时限规则。"),
            fields={"counted_from": [_("请同时选时限规则")]},
        )
    for matter in rows:
        own = standing if matter.is_standing else {} if matter.pk in kept else dated
        call.perform(fill, matter, **same, **own)
    return {"count": len(rows) - len(kept), "matters": [matter.pk for matter in rows]}


def _typed_by_hand(rows: Sequence[Matter]) -> set[int]:
    """Dated matters whose day a person typed."""
    return {
        matter.pk
        for matter in rows
        if not matter.is_standing and matter.filled.get("due", {}).get("from") == "hand"
    }
