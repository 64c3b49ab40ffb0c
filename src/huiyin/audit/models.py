"""What the last checks of the ledger found. Housekeeping: the ledger itself is the evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.ledger.models import Kept


class LedgerCheck(models.Model):
    """One check of the whole database: asked for, and, once the worker is through, its result."""

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    jurisdiction_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=40)
    finished_at = models.DateTimeField(null=True)
    events = models.BigIntegerField(default=0)
    texts = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    seals = models.BigIntegerField(default=0)
    faults = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.asked_at}"

    @property
    def whole(self) -> bool:
        return self.finished_at is not None and not self.faults
