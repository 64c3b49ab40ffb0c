"""What the auditor does; taking records out of the office is itself on record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from huiyin.audit import permits
from huiyin.door import Call, Facts, action
from huiyin.ledger.models import ChainHead
from huiyin.people.models import Jurisdiction


@action(
    "ledger.export",
    label=gettext_lazy("导出存证账"),
    model=Jurisdiction,
    permit=permits.carries_away,
    touches=False,
)
def export(jurisdiction: Jurisdiction, call: Call) -> Facts:  # noqa: ARG001
    """It is on record that the ledger was exported, and how long it was then."""
    return {"size": ChainHead.objects.get(pk=jurisdiction.pk).position}


@action(
    "ledger.take_seal",
    label=gettext_lazy("领取封条"),
    model=Jurisdiction,
    permit=permits.carries_away,
    touches=False,
)
def take_seal(jurisdiction: Jurisdiction, call: Call, *, size: int) -> Facts:  # noqa: ARG001
    """It is on record that the seal over `size` events left the office."""
    return {"size": size}
