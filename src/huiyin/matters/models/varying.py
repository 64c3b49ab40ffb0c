"""What was fixed at dispatch, and what may change it, only by decision: variations asked for, stopped clocks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Matter, MatterFact
from huiyin.matters.rules import Ruling, VariationKind
from huiyin.people.models import Post, Unit


class Baseline(MatterFact):
    """What was fixed at dispatch; never changed in place (design, invariant 2)."""

    append_only: ClassVar[bool] = True

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="baseline")
    goal = models.TextField()
    acceptance = models.TextField()
    quantity = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    quantity_unit = models.CharField(max_length=20, default="")
    due_on = models.DateField(null=True)
    interval = models.CharField(max_length=14, default="")
    fixed_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.matter_id}@{self.fixed_on}"


class Variation(MatterFact):
    """A unit's request to vary what was fixed at dispatch (延期、调整), and what became of it.

    `*_was` is what held when it was asked, `*_asked` what the unit wants, `*_granted` what was
    decided; the baseline itself never changes (design, invariant 2). Decided by the post the rule
    names, never by somebody of the asking unit.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="variations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=VariationKind.choices)
    reason = models.TextField()
    due_was = models.DateField(null=True)
    due_asked = models.DateField(null=True)
    due_granted = models.DateField(null=True)
    quantity_was = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    quantity_asked = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    quantity_granted = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    words_was = models.TextField(default="")
    words_asked = models.TextField(default="")
    words_granted = models.TextField(default="")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=40)
    decider_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decider_why = models.TextField(default="")
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=40, default="")
    decision = models.TextField(default="")
    basis = models.TextField(default="")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"],
                condition=Q(ruling="pending"),
                name="one_pending_variation_of_a_kind",
            ),
            models.CheckConstraint(
                name="a_decided_variation_names_who_and_why",
                condition=Q(ruling__in=["pending", "withdrawn"])
                | (Q(decided_at__isnull=False) & ~Q(decided_by_name="") & ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.kind} {self.ruling}"


class Suspension(MatterFact):
    """A stopped clock (中止): from when, why, and the days it gave back when it ran again.

    `days` are counted in `unit`: working days for a limit in working days, else calendar days.
    `with_whole` is the stop of the matter of which this one is a part: they stop and run together.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.TextField()
    basis = models.TextField(default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    decided_by_name = models.CharField(max_length=40)
    resumed_on = models.DateField(null=True)
    resumed_by_name = models.CharField(max_length=40, default="")
    days = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=10, default="calendar")
    with_whole = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="parts_with_it"
    )

    class Meta:
        ordering: ClassVar = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(resumed_on__isnull=True),
                name="a_matter_is_suspended_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.from_on}–{self.resumed_on or ''}"
