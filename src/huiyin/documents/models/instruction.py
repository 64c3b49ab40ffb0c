"""A leader's instruction (批示): who wrote or said which words on which day, on which paper."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import Actor
from huiyin.documents.models.document import Document
from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import Matter
from huiyin.matters.rules import Urgency
from huiyin.people.models import Jurisdiction, Post


class InstructionQuerySet(models.QuerySet["Instruction"]):
    """Instructions somebody may see."""

    def visible_to(self, actor: Actor) -> InstructionQuerySet:
        """Who sees all: all. Others: their own, and those behind matters they may see."""
        mine = self.filter(jurisdiction_id=actor.jurisdiction_id)
        if actor.sees_all or actor.machine:
            return mine
        matters = Matter.objects.visible_to(actor).filter(source_type="instruction")
        posts = [post.post_id for post in actor.posts]
        return mine.filter(Q(leader_post_id__in=posts) | Q(pk__in=matters.values("source_id")))


class Instruction(OfficeFact):
    """A leader's order on paper or by word of mouth, itself a source of matters.

    `paper` says on what it was written; `document` is that paper when it is stored here. An oral
    one was taken down by `noted_by_name`.
    """

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    leader_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    leader_name = models.CharField(max_length=60)
    given_on = models.DateField()
    words = models.TextField()
    paper = models.CharField(max_length=200, default="", blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, related_name="instructions"
    )
    oral = models.BooleanField(default=False)
    number = models.CharField(max_length=60, default="", blank=True)
    urgency = models.CharField(max_length=14, choices=Urgency.choices, default=Urgency.NORMAL)
    noted_at = models.DateTimeField()
    noted_by_name = models.CharField(max_length=40)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_instruction_has_words_and_a_leader",
                condition=~Q(words="") & ~Q(leader_name=""),
            )
        ]
        indexes = [models.Index(fields=["jurisdiction", "-given_on"], name="instructions_newest")]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def label(self) -> str:
        """How a matter names its source: 纪明川 11月3日批示（关于……的报告）."""
        return f"{self.leader_name}{'口头' if self.oral else ''}批示" + (
            f"（{self.paper}）" if self.paper else ""
        )
