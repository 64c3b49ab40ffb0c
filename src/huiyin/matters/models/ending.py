"""How a matter ends: verification by somebody else, and the close-out with its answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter, MatterFact


class Verification(MatterFact):
    """A check by somebody outside the unit (核查): what was claimed, what was found; both stay."""

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed"
        REFUTED = "refuted"
        CHECKED = "checked"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="verifications")
    method = models.CharField(max_length=20)
    finding = models.TextField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    claimed_percent = models.PositiveSmallIntegerField(null=True)
    verified_percent = models.PositiveSmallIntegerField(null=True)
    claimed_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    verified_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    checked_on = models.DateField()
    checked_by = models.BigIntegerField(null=True)
    checked_by_name = models.CharField(max_length=40)
    checked_by_unit = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.checked_on} {self.outcome}"


class CloseOut(MatterFact):
    """The end of a matter (销号): its summary, and the answer issued to where the words came from.

    A matter that is reopened keeps it, with who reopened it and why; the next end is a row of its own.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="close_outs")
    summary = models.TextField()
    addressee = models.CharField(max_length=120)
    answer = models.TextField()
    answered_at = models.DateTimeField()
    closed_by_name = models.CharField(max_length=40)
    delivered_at = models.DateTimeField(null=True)
    as_stated = models.BooleanField(default=False)
    reopened_at = models.DateTimeField(null=True)
    reopened_by_name = models.CharField(max_length=40, default="", blank=True)
    reopen_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(reopened_at__isnull=True),
                name="a_matter_ends_once_at_a_time",
            ),
            models.CheckConstraint(
                name="nothing_closes_without_summary_and_answer",
                condition=~Q(summary="") & ~Q(answer="") & ~Q(addressee=""),
            ),
        ]

    def __str__(self) -> str:
        return self.summary[:30]

    @property
    def jurisdiction_id(self) -> int:
        """The jurisdiction of its matter."""
        return self.matter.jurisdiction_id
