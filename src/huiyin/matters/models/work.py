"""What a unit does about a matter: its plan, milestones, reports and evidence."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.matters.models.matter import Assignment, Matter, MatterFact


class Plan(MatterFact):
    """The lead unit's plan (办理方案): goal, measures, focus, the accountable person."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="plan")
    goal = models.TextField(default="")
    measures = models.TextField(default="")
    focus = models.TextField(default="")
    responsible_officer = models.CharField(max_length=40, default="")
    made_on = models.DateField()
    made_by_name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.matter_id}"


class Milestone(MatterFact):
    """A dated step of a plan (节点)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="milestones")
    due_on = models.DateField()
    what = models.TextField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.due_on} {self.what[:20]}"


class Report(MatterFact):
    """A unit's report on its own assignment: interim (进展反馈) or of completion (报送办结).

    `unchanged`: it says nothing that the one before did not say. `answers`: values of the fields
    that were asked for besides, by name. `amount` is what has been done so far of the amount that was
    demanded (31 of 83 所), in the unit it was demanded in.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress"
        COMPLETION = "completion"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PROGRESS)
    text = models.TextField()
    percent = models.PositiveSmallIntegerField(null=True)
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    amount_unit = models.CharField(max_length=20, default="")
    problems = models.TextField(default="")
    next_step = models.TextField(default="")
    unchanged = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    reported_at = models.DateTimeField()
    reported_by_name = models.CharField(max_length=40)
    as_stated = models.BooleanField(default=False)
    stated_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-reported_at", "-pk"]
        indexes = [models.Index(fields=["matter", "-reported_at"], name="reports_of_matter")]
        constraints = [
            models.CheckConstraint(name="a_report_says_something", condition=~Q(text=""))
        ]

    def __str__(self) -> str:
        return self.text[:30]


class Evidence(MatterFact):
    """A file behind a claim (佐证材料), kept under its SHA-256; the hash grants no access."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="evidence")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="evidence")
    verification = models.ForeignKey(
        "matters.Verification", on_delete=models.PROTECT, null=True, related_name="evidence"
    )
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100, default="application/octet-stream")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
