"""What lies in somebody's inbox: one message a day about one matter, read or not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import Actor
from huiyin.ledger.models import Kept
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.people.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages of one reader."""

    def for_reader(self, actor: Actor) -> MessageQuerySet:
        """The actor's own messages, without those about matters that have gone out of their sight."""
        mine = self.filter(user_id=actor.user_id or 0)
        if actor.sees_all:
            return mine
        return mine.filter(Q(matter=None) | Q(matter__in=Matter.objects.visible_to(actor)))

    def unread(self) -> MessageQuerySet:
        return self.filter(read_at=None)


class Message(models.Model):
    """What somebody is told on one day about one matter (or one notice): every line of that day.

    Written by the follower `inbox` and marked read by its reader, so no projection: housekeeping.
    A line is {kind, why, at, …}: codes and names, made into a sentence when it is read.
    """

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    jurisdiction_id = models.BigIntegerField()
    on = models.DateField()
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(
        SupervisionNotice, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lines = models.JSONField(default=list)
    slip = models.CharField(max_length=8, default="")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "on", "matter"],
                condition=Q(matter__isnull=False),
                name="one_message_a_day_about_a_matter",
            ),
            models.UniqueConstraint(
                fields=["user", "on", "notice"],
                condition=Q(notice__isnull=False),
                name="one_message_a_day_about_a_notice",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "read_at"], name="messages_unread"),
            models.Index(fields=["user", "on"], name="messages_of_a_day"),
            models.Index(fields=["matter", "read_at"], name="messages_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.on}: {self.matter_id or self.notice_id}"
