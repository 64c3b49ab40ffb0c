"""The urging (催办): a record of who was urged about what, by whom or by which step of the ladder."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import Actor
from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import Matter, UnitList
from huiyin.notices.rules import Channel
from huiyin.people.models import Jurisdiction, Unit


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Urgings about what somebody may see."""

    def visible_to(self, actor: Actor) -> ReminderQuerySet:
        """Those about matters the actor may see, and about lists the actor may see."""
        mine = self.filter(jurisdiction_id=actor.jurisdiction_id)
        if actor.sees_all:
            return mine
        return mine.filter(
            Q(matter__in=Matter.objects.visible_to(actor))
            | Q(unit_list__in=UnitList.objects.visible_to(actor))
        )

    def of_units(self) -> ReminderQuerySet:
        """Those in which a unit or its leader was urged, not the office by its own clock."""
        return self.exclude(rung="office")


class Reminder(OfficeFact):
    """One urging about a matter or an unsigned list (催办), never changed.

    `clock` to `rule` are blank when a person urged; `recipients` holds post, user and names as they
    were then. `anyway` is the reason given for urging within the cool-down.
    """

    append_only: ClassVar[bool] = True

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, related_name="reminders"
    )
    unit_list = models.ForeignKey(
        UnitList, on_delete=models.PROTECT, null=True, related_name="reminders"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reminders")
    clock = models.CharField(max_length=10, default="")
    base_on = models.DateField(null=True)
    days = models.SmallIntegerField(default=0)
    rung = models.CharField(max_length=10, default="")
    slip = models.CharField(max_length=8, default="")
    rule = models.PositiveIntegerField(null=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.SYSTEM)
    words = models.TextField(default="")
    recipients = models.JSONField(default=list)
    anyway = models.TextField(default="")
    sent_at = models.DateTimeField()
    sent_on = models.DateField()
    sent_by = models.BigIntegerField(null=True)
    sent_by_name = models.CharField(max_length=40)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="an_urging_is_about_a_matter_or_a_list",
                condition=Q(matter__isnull=False, unit_list__isnull=True)
                | Q(matter__isnull=True, unit_list__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["matter", "clock", "base_on", "unit", "days", "rung"],
                condition=~Q(clock="") & Q(matter__isnull=False),
                name="a_step_is_sent_once",
            ),
            models.UniqueConstraint(
                fields=["unit_list", "clock", "base_on", "unit", "days", "rung"],
                condition=~Q(clock="") & Q(unit_list__isnull=False),
                name="a_step_about_a_list_is_sent_once",
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "sent_on"], name="reminders_of_matter"),
            models.Index(fields=["unit", "sent_on"], name="reminders_of_unit"),
            models.Index(fields=["jurisdiction", "sent_on"], name="reminders_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.sent_on}: {self.clock or self.channel}{self.days:+d} {self.rung}"

    @property
    def trail(self) -> tuple[str, int]:
        """The history it belongs to: of its matter, or of the notice whose list it is about."""
        if self.matter_id is not None:
            return ("matter", self.matter_id)
        return ("supervisionnotice", self.unit_list.notice_id if self.unit_list else 0)
