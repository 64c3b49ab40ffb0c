"""Whose hands a matter is in: objections, referrals, consultations, coordination asked of higher levels, reports asked for."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.ledger.models import OfficeFact
from huiyin.matters.models.matter import Assignment, Matter, MatterFact
from huiyin.matters.models.work import Report
from huiyin.matters.rules import AskState, Level, Ruling
from huiyin.people.models import Post, Unit


class HandBack(OfficeFact):
    """A unit's objection “not ours” (退回) and the office's ruling; until then the unit answers."""

    class Ruling(models.TextChoices):
        PENDING = "pending"
        GRANTED = "granted"
        REFUSED = "refused"

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="hand_backs")
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by_name = models.CharField(max_length=40)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    ruled_at = models.DateTimeField(null=True)
    ruled_by_name = models.CharField(max_length=40, default="")
    ruling_reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(ruling="pending"), name="one_pending_objection"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.ruling}"

    @property
    def trail(self) -> tuple[str, int]:
        return ("matter", self.assignment.matter_id)


class Referral(MatterFact):
    """The lead passes the matter on (转办); it keeps answering until the other unit takes over.

    `for_office`: it was passed on before, so the office rules and nobody else (二传手).
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="referrals")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="referrals")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="referred_here")
    reason = models.TextField()
    for_office = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=40)
    ruling = models.CharField(max_length=10, choices=Ruling.choices, default=Ruling.PENDING)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=40, default="")
    decision = models.TextField(default="")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ruling="pending"), name="one_pending_referral"
            )
        ]
        indexes = [models.Index(fields=["to_unit", "ruling"], name="referrals_to_unit")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.from_unit_id}→{self.to_unit_id} {self.ruling}"


class Consultation(MatterFact):
    """A consultation slip (征求意见、会签) to another unit, with its own clock and the rule behind it.

    Silence is no consent (逾期未复) unless the rule of its kind says so.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="consultations")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="consulted")
    kind = models.CharField(max_length=20, default="opinion")
    question = models.TextField()
    due_on = models.DateField()
    due_why = models.TextField(default="", blank=True)
    silence_consents = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.OPEN)
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=40, default="")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        indexes = [models.Index(fields=["to_unit", "state"], name="consultations_of_unit")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.from_unit_id}?{self.to_unit_id} {self.state}"


class Coordination(MatterFact):
    """What a unit cannot settle itself (需协调事项), asked of the lowest level that can.

    Department → leader in charge → special meeting → executive meeting (design, principle 4); going
    up is a new row that names the one it comes from and its reason. The answer comes down here.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="coordinations")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level.choices, default=Level.LEADER)
    to_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    to_why = models.TextField(default="", blank=True)
    question = models.TextField()
    reason = models.TextField(default="")
    asked_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.OPEN)
    raised_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="raised_to"
    )
    answer = models.TextField(default="")
    basis = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=40, default="")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.level} {self.state}"


class ReportRequest(MatterFact):
    """Somebody asks a unit for a report (要情况): why, by when, which fields. One report answers all open ones.

    `not_enough` says why what was known already did not do; `field_count` is the length of `fields`.
    What a slip asks, and what was asked before posts were kept, has no `asked_by_post`.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="report_requests")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="report_requests"
    )
    asked_by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=40)
    reason = models.TextField()
    not_enough = models.TextField(default="")
    fields = models.JSONField(default=list)
    field_count = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AskState.choices, default=AskState.OPEN)
    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, null=True, related_name="answers_requests"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]
        indexes = [models.Index(fields=["assignment", "state"], name="requests_of_assignment")]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.due_on} {self.state}"
