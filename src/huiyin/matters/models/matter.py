"""The matter (事项) and the units assigned to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import LEADERS, UNIT_STAFF, Actor
from huiyin.ledger.models import OfficeFact
from huiyin.matters.rules import (
    OPEN,
    AssignmentRole,
    AssignmentState,
    CameBy,
    Interval,
    MatterState,
    Nature,
    Origin,
    Reason,
    Response,
    Rhythm,
    Ruling,
    Urgency,
)
from huiyin.people.models import Jurisdiction, Post, Unit

if TYPE_CHECKING:
    from huiyin.matters.models.ending import CloseOut

DISPATCHED_OR_LATER = Q(state__in=[*OPEN, MatterState.SUSPENDED, MatterState.CLOSED])


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters within what somebody may see."""

    def visible_to(self, actor: Actor) -> MatterQuerySet:
        """Office, principal leader, auditor: all; a leader: the portfolio, what waits for a decision; a unit: its own."""
        mine = self.filter(jurisdiction_id=actor.jurisdiction_id)
        if actor.sees_all:
            return mine
        reach = frozenset[int]().union(*(post.portfolio for post in actor.posts))
        units = actor.unit_ids(*UNIT_STAFF)
        sent = Assignment.objects.filter(unit_id__in=units).exclude(state=AssignmentState.PROPOSED)
        led = sent.filter(role=AssignmentRole.LEAD)
        seen = Q(pk__in=sent.values("matter_id")) | Q(parent_id__in=led.values("matter_id"))
        seen |= Q(pk__in=Matter.objects.filter(consultations__to_unit_id__in=units).values("pk"))
        seen |= Q(pk__in=Matter.objects.filter(referrals__to_unit_id__in=units).values("pk"))
        seen |= Q(volunteered_by_id__in=units)
        if actor.has(*LEADERS):
            posts = [post.post_id for post in actor.posts]
            seen |= Q(lead_unit_id__in=reach) | Q(leader_post_id__in=posts)
            seen |= Q(personal_lead_id__in=posts) | Q(notice__approver_post_id__in=posts)
            seen |= Q(parent__lead_unit_id__in=reach) | Q(parent__leader_post_id__in=posts)
            asked = Q(variations__ruling=Ruling.PENDING, variations__decider_post_id__in=posts)
            seen |= Q(pk__in=Matter.objects.filter(asked).values("pk"))
        return mine.filter(seen)


class Matter(OfficeFact):
    """One thing a unit must answer for (事项).

    What it came from is kept as kind, id, label, who said it, quote and context, so that a matter
    needs to know no feature above it; the answer goes to who said it. `filled` says for each cell where its value comes from (words, rule, hand).
    Turning dates are derived by `rules.turning`; a light is a comparison of them with today. `due_flagged`: the due day was counted in a year
    without a holiday table. `unchanged_reports`: how many reports in a row said nothing new.
    `volunteered_by` is the unit that entered it of its own accord (单位主动立项).
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="matters")
    title = models.TextField()
    nature = models.CharField(max_length=10, choices=Nature.choices, default=Nature.TASK)
    state = models.CharField(
        max_length=12, choices=MatterState.choices, default=MatterState.REGISTERED
    )
    urgency = models.CharField(max_length=14, choices=Urgency.choices, default=Urgency.NORMAL)
    origin = models.CharField(max_length=14, choices=Origin.choices)
    source_kind = models.CharField(max_length=20)
    source_type = models.CharField(max_length=20, default="")
    source_id = models.BigIntegerField(null=True)
    source_label = models.TextField(default="")
    source_from = models.TextField(default="")
    quote = models.TextField(default="")
    context = models.TextField(default="")
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="led")
    leader_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    goal = models.TextField(default="")
    acceptance = models.TextField(default="")
    quantity = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    quantity_unit = models.CharField(max_length=20, default="")
    due_on = models.DateField(null=True)
    due_flagged = models.BooleanField(default=False)
    interval = models.CharField(max_length=14, choices=Interval.choices, default="", blank=True)
    rhythm = models.CharField(max_length=14, choices=Rhythm.choices, default="", blank=True)
    check_method = models.CharField(max_length=20, default="")
    check_on = models.DateField(null=True)
    filled = models.JSONField(default=dict)
    notice = models.ForeignKey(
        "matters.SupervisionNotice", on_delete=models.PROTECT, null=True, related_name="matters"
    )
    row = models.PositiveIntegerField(null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    part = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_here"
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="split_into"
    )
    personal_lead = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    volunteered_by = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="volunteered"
    )
    taken_over = models.BooleanField(default=False)
    stated_number = models.CharField(max_length=60, default="", blank=True)
    registered_on = models.DateField()
    dispatched_on = models.DateField(null=True)
    reported_percent = models.PositiveSmallIntegerField(null=True)
    verified_percent = models.PositiveSmallIntegerField(null=True)
    reported_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    verified_amount = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    last_reported_on = models.DateField(null=True)
    next_report_on = models.DateField(null=True)
    last_checked_on = models.DateField(null=True)
    next_check_on = models.DateField(null=True)
    sent_back = models.PositiveSmallIntegerField(default=0)
    unchanged_reports = models.PositiveSmallIntegerField(default=0)
    behind_on = models.DateField(null=True)
    behind_why = models.CharField(max_length=10, choices=Reason.choices, default="", blank=True)
    attention_on = models.DateField(null=True)
    grave_on = models.DateField(null=True)
    grave_why = models.CharField(max_length=10, choices=Reason.choices, default="", blank=True)
    late_on = models.DateField(null=True)
    suspended_from = models.CharField(max_length=12, default="", blank=True)
    effect_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    moved_at = models.DateTimeField()
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_dispatched_matter_is_complete",
                condition=~DISPATCHED_OR_LATER
                | (
                    Q(lead_unit__isnull=False, notice__isnull=False, row__isnull=False)
                    & Q(dispatched_on__isnull=False)
                    & (Q(due_on__isnull=False) | ~Q(interval=""))
                    & ~Q(acceptance="")
                    & ~Q(check_method="")
                ),
            ),
            models.CheckConstraint(
                name="a_closed_matter_has_its_day",
                condition=~Q(state=MatterState.CLOSED) | Q(closed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_standing_matter_is_kept_open",
                condition=~Q(nature=Nature.STANDING)
                | ~Q(state__in=["submitted", "verified", "accepted", "closed"]),
            ),
            models.CheckConstraint(
                name="progress_is_a_percentage",
                condition=(Q(reported_percent=None) | Q(reported_percent__lte=100))
                & (Q(verified_percent=None) | Q(verified_percent__lte=100)),
            ),
            models.UniqueConstraint(
                fields=["notice", "row", "part"], name="one_matter_per_row_of_a_notice"
            ),
            models.CheckConstraint(
                name="a_suspended_matter_knows_where_it_goes_on",
                condition=~Q(state=MatterState.SUSPENDED) | ~Q(suspended_from=""),
            ),
            models.CheckConstraint(
                name="a_merged_matter_says_into_which",
                condition=~Q(state=MatterState.MERGED) | Q(merged_into__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "state", "late_on"], name="matter_lights"),
            models.Index(fields=["jurisdiction", "state", "due_on"], name="matter_due"),
            models.Index(fields=["lead_unit", "state"], name="matter_of_unit"),
            models.Index(fields=["source_type", "source_id"], name="matter_source"),
            models.Index(fields=["jurisdiction", "nature", "next_check_on"], name="matter_checks"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """〔2026〕12-03 once dispatched (12-03-2 a part of it), as stated when taken over, else empty."""
        if self.taken_over:
            return self.stated_number
        if self.notice is None or self.notice.number is None or self.row is None:
            return ""
        part = f"-{self.part}" if self.part else ""
        return f"〔{self.notice.year}〕{self.notice.number}-{self.row:02d}{part}"

    @property
    def close_out(self) -> CloseOut | None:
        """The end that stands now; None while it is open, also after it was reopened."""
        return next((end for end in self.close_outs.all() if end.reopened_at is None), None)

    @property
    def is_standing(self) -> bool:
        return self.nature == Nature.STANDING


class OfSeenMatters(models.QuerySet[Any]):
    """Rows of matters somebody may see; the others are not found."""

    def visible_to(self, actor: Actor) -> OfSeenMatters:
        return self.filter(matter__in=Matter.objects.visible_to(actor))


class MatterFact(OfficeFact):
    """A row that belongs to one matter: its events stand in the matter's trail; seen with the matter."""

    if TYPE_CHECKING:
        matter: models.ForeignKey[Matter, Matter]
        matter_id: int

    objects = OfSeenMatters.as_manager()

    class Meta:
        abstract = True

    @property
    def trail(self) -> tuple[str, int]:
        return ("matter", self.matter_id)

    @property
    def jurisdiction_id(self) -> int:
        return self.matter.jurisdiction_id


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments of matters somebody may see."""

    def visible_to(self, actor: Actor) -> AssignmentQuerySet:
        return self.filter(matter__in=Matter.objects.visible_to(actor))

    def current(self) -> AssignmentQuerySet:
        return self.exclude(state=AssignmentState.ENDED)


class Assignment(MatterFact):
    """One unit's part in a matter: lead or supporting, sent, signed for, reported on by itself."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=AssignmentRole.choices)
    state = models.CharField(
        max_length=10, choices=AssignmentState.choices, default=AssignmentState.PROPOSED
    )
    unit_list = models.ForeignKey(
        "matters.UnitList", on_delete=models.PROTECT, null=True, related_name="assignments"
    )
    came_by = models.CharField(max_length=12, choices=CameBy.choices, default=CameBy.DISPATCH)
    task = models.TextField(default="", blank=True)
    due_on = models.DateField(null=True)
    due_why = models.TextField(default="", blank=True)
    finished_on = models.DateField(null=True)
    response = models.CharField(max_length=8, choices=Response.choices, default="", blank=True)
    response_note = models.TextField(default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.BigIntegerField(null=True)
    signed_by_name = models.CharField(max_length=40, default="")
    objection_until = models.DateField(null=True)
    last_reported_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        ordering: ClassVar = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(role="lead") & ~Q(state="ended"),
                name="exactly_one_unit_leads",
            ),
            models.UniqueConstraint(
                fields=["matter", "unit"], condition=~Q(state="ended"), name="a_unit_has_one_part"
            ),
            models.CheckConstraint(
                name="a_signed_assignment_says_when",
                condition=~Q(state__in=["signed", "objected"]) | Q(signed_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="assignment_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit}（{self.get_role_display()}）"
