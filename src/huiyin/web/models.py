"""Drafts: what somebody was typing, kept for thirty days. Housekeeping, never in the ledger."""
from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.ledger.models import Kept


class Draft(models.Model):
    """The fields of one form as one person last had them; `key` names the form and its subject."""

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    owner_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner_id", "key"], name="one_draft_per_form")]
        indexes = [models.Index(fields=["saved_at"], name="old_drafts")]

    def __str__(self) -> str:
        return self.key
