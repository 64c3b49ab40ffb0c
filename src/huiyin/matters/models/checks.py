"""Checks beyond the verification of a claim: by draw, of the effect, and the strike-off of problems."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.ledger.models import OfficeFact
from huiyin.matters.models.ending import Verification
from huiyin.matters.models.matter import Matter, MatterFact
from huiyin.matters.rules import DrawnState, Effect, StrikeOffState
from huiyin.people.models import Jurisdiction, Post


class Draw(OfficeFact):
    """A random draw of matters to be checked (抽查): anybody can draw again from the recorded seed.

    `seed` comes from the head of the ledger when the draw is made, so that nobody chooses it;
    `population` is the ordered list of matter ids drawn from.
    """

    append_only: ClassVar[bool] = True

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=64)
    scope = models.TextField()
    population = models.JSONField()
    size = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by_name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.drawn_at:%Y-%m-%d} {self.size}"


class DrawnCheck(MatterFact):
    """One matter drawn for a check, by somebody outside the unit, until it is checked.

    `merged_from` is the matter the draw gave, when that was merged and the check goes on in another.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="checks")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="drawn_checks")
    merged_from = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.PositiveIntegerField()
    checker_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    method = models.CharField(max_length=20)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=DrawnState.choices, default=DrawnState.OPEN)
    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["draw", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "matter"],
                condition=Q(merged_from=None),
                name="a_draw_draws_a_matter_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}/{self.place}: {self.matter_id}"

    @property
    def drawn_id(self) -> int:
        """The matter the draw gave, be it merged since."""
        return self.merged_from_id or self.matter_id


class EffectCheck(MatterFact):
    """Some months after closing (见效): is what was done still there, and does it work?"""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="effect_checks")
    outcome = models.CharField(max_length=10, choices=Effect.choices)
    finding = models.TextField()
    method = models.CharField(max_length=20, default="")
    checked_on = models.DateField()
    checked_by = models.BigIntegerField(null=True)
    checked_by_name = models.CharField(max_length=40)
    checked_by_unit = models.CharField(max_length=80, default="")

    class Meta:
        ordering: ClassVar = ["-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.outcome}"


class StrikeOff(MatterFact):
    """The way a problem is struck off (整改销号): applied for, checked, signed, published inside, recorded.

    谁验收、谁负责: the signature names the leader; the publication lasts until `published_until`.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="strike_offs")
    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        max_length=10, choices=StrikeOffState.choices, default=StrikeOffState.CHECKED
    )
    checked_on = models.DateField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=40, default="")
    signed_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    opinion = models.TextField(default="")
    published_on = models.DateField(null=True)
    published_until = models.DateField(null=True)
    published_by_name = models.CharField(max_length=40, default="")
    objection = models.TextField(default="")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=~Q(state="void"),
                name="a_problem_is_struck_off_one_way_at_a_time",
            ),
            models.CheckConstraint(
                name="a_published_strike_off_was_signed",
                condition=~Q(state__in=["published", "recorded"])
                | Q(signed_at__isnull=False, published_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.state}"
