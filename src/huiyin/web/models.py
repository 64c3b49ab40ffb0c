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
        constraints = [
            models.UniqueConstraint(fields=["owner_id", "key"], name="one_draft_per_form")
        ]
        indexes = [models.Index(fields=["saved_at"], name="old_drafts")]

    def __str__(self) -> str:
        return self.key


class Upload(models.Model):
    """A file somebody uploaded: a verb may name a file by its hash only if its actor uploaded it."""

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    owner_id = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    uploaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner_id", "sha256"], name="uploads_of_a_person")]

    def __str__(self) -> str:
        return self.name
