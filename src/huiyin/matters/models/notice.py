"""The supervision notice (督办通知) of one batch, and each unit's list in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import Actor
from huiyin.ledger.models import OfficeFact
from huiyin.matters.rules import NoticeState
from huiyin.people.models import Jurisdiction, Post, Unit


class NoticeQuerySet(models.QuerySet["SupervisionNotice"]):
    """Notices somebody may see."""

    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """Those who see all; the approver; units, and their leader, once their list has been issued."""
        mine = self.filter(jurisdiction_id=actor.jurisdiction_id)
        if actor.sees_all:
            return mine
        posts = [post.post_id for post in actor.posts]
        issued = UnitList.objects.visible_to(actor)
        return mine.filter(Q(approver_post_id__in=posts) | Q(pk__in=issued.values("notice_id")))


class SupervisionNotice(OfficeFact):
    """The formal paper of one dispatch: proposed as a batch, approved in one act, issued with a number.

    Numbers are taken at issue and never reused; a void one stays void. `basis` records the decision
    or instruction that stands for the approval, with its number. `taken_over` is the frame of a
    running register (既有台账) that was taken over; it takes no number of ours. One whose matters were
    all withdrawn before it was issued is made void (作废), with who did so and why.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(
        max_length=10, choices=NoticeState.choices, default=NoticeState.PROPOSED
    )
    title = models.TextField()
    opening = models.TextField(default="")
    source_type = models.CharField(max_length=20, default="")
    source_id = models.BigIntegerField(null=True)
    source_label = models.TextField(default="")
    approver_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    approver_why = models.TextField(default="")
    proposed_at = models.DateTimeField()
    proposed_by_name = models.CharField(max_length=40)
    approved_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=40, default="")
    opinion = models.TextField(default="")
    basis = models.TextField(default="")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    paper_number = models.CharField(max_length=40, default="")
    issued_on = models.DateField(null=True)
    taken_over = models.BooleanField(default=False)
    voided_on = models.DateField(null=True)
    voided_by_name = models.CharField(max_length=40, default="")
    void_reason = models.TextField(default="")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "number"], name="notice_numbers_are_never_reused"
            ),
            models.CheckConstraint(
                name="an_issued_notice_is_approved_and_numbered",
                condition=~Q(state="issued")
                | (
                    Q(approved_at__isnull=False, issued_on__isnull=False)
                    & (Q(number__isnull=False) | Q(taken_over=True))
                ),
            ),
            models.CheckConstraint(
                name="a_void_notice_says_who_and_why",
                condition=~Q(state="void")
                | (Q(voided_on__isnull=False) & ~Q(voided_by_name="") & ~Q(void_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "state"], name="notice_state")]

    def __str__(self) -> str:
        return self.paper_number or self.title


class UnitListQuerySet(models.QuerySet["UnitList"]):
    """Lists somebody may see."""

    def visible_to(self, actor: Actor) -> UnitListQuerySet:
        """Those who see all; a unit its own; a leader those of the portfolio."""
        mine = self.filter(notice__jurisdiction_id=actor.jurisdiction_id)
        if actor.sees_all:
            return mine
        return mine.filter(
            unit_id__in=actor.unit_ids().union(*(post.portfolio for post in actor.posts))
        )


class UnitList(OfficeFact):
    """What one notice asks of one unit: the list it signs for once, with exceptions."""

    class State(models.TextChoices):
        SENT = "sent"
        SIGNED = "signed"

    notice = models.ForeignKey(SupervisionNotice, on_delete=models.PROTECT, related_name="lists")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="lists")
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=40, default="")

    objects = UnitListQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["unit__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "unit"], condition=Q(state="sent"), name="one_open_list_per_unit"
            )
        ]
        indexes = [models.Index(fields=["unit", "state"], name="lists_of_unit")]

    def __str__(self) -> str:
        return f"{self.notice}: {self.unit}"

    @property
    def jurisdiction_id(self) -> int:
        return self.notice.jurisdiction_id

    @property
    def trail(self) -> tuple[str, int]:
        return ("supervisionnotice", self.notice_id)
