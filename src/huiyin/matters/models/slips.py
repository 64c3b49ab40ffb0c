"""The slip (蓝单、黄单、红单) that goes with a light: a numbered paper to the unit that answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import Actor
from huiyin.ledger.models import OfficeFact
from huiyin.matters.models.hands import ReportRequest
from huiyin.matters.models.matter import Assignment, Matter
from huiyin.matters.rules import SlipState
from huiyin.people.models import Jurisdiction, Post, Unit


class SlipQuerySet(models.QuerySet["Slip"]):
    """Slips somebody may see."""

    def visible_to(self, actor: Actor) -> SlipQuerySet:
        """With the matter; before it is issued those who see all, and whoever is to sign it."""
        mine = self.filter(matter__in=Matter.objects.visible_to(actor))
        if actor.sees_all:
            return mine
        posts = [post.post_id for post in actor.posts]
        return mine.filter(Q(state=SlipState.ISSUED) | Q(signer_post_id__in=posts))


class Slip(OfficeFact):
    """A slip issued because of a light (发单): which kind, why, what is asked, and by when it is answered.

    The scheme of lights names the kind and who signs; until that post has signed it waits and the
    unit knows nothing. Its number is taken when it is issued and never reused. The unit answers by
    its next report: `request` is the report asked for, answered by whichever report comes first.
    `copied_to` are those who have a copy by the scheme (codes), `copies` who they were when it was
    issued: their post (none of the office as a whole) and how the paper names them.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="slips")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="slips")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SlipState.choices, default=SlipState.WAITING)
    kind = models.CharField(max_length=20)
    light = models.CharField(max_length=10)
    reason = models.TextField()
    asked = models.TextField()
    answer_days = models.PositiveSmallIntegerField()
    answer_by = models.DateField(null=True)
    rule = models.TextField(default="")
    signer = models.CharField(max_length=20)
    signer_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    signer_why = models.TextField(default="")
    drafted_at = models.DateTimeField()
    drafted_by_name = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=40, default="")
    opinion = models.TextField(default="")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    paper_number = models.CharField(max_length=40, default="")
    issued_on = models.DateField(null=True)
    request = models.OneToOneField(
        ReportRequest, on_delete=models.PROTECT, null=True, related_name="slip"
    )
    copied_to = models.JSONField(default=list)
    copies = models.JSONField(default=list)
    received_at = models.DateTimeField(null=True)
    received_by_name = models.CharField(max_length=40, default="")

    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["drafted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "number"], name="slip_numbers_are_never_reused"
            ),
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(state="waiting"),
                name="one_slip_of_a_matter_waits_for_its_signature",
            ),
            models.CheckConstraint(
                name="an_issued_slip_is_numbered_and_asks_for_a_report",
                condition=~Q(state="issued")
                | Q(
                    number__isnull=False,
                    issued_on__isnull=False,
                    answer_by__isnull=False,
                    request__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["signer_post", "state"], name="slips_to_sign")]

    def __str__(self) -> str:
        return f"{self.kind}（{self.paper_number}）" if self.paper_number else self.kind

    @property
    def trail(self) -> tuple[str, int]:
        return ("matter", self.matter_id)
