"""Rules and their versions: what a place has decided, since when, by whom and on which ground."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import Actor
from huiyin.ledger.models import OfficeFact


class RuleQuerySet(models.QuerySet["Rule"]):
    """Rules of one jurisdiction; everybody who works under them may read them."""

    def visible_to(self, actor: Actor) -> RuleQuerySet:
        return self.filter(jurisdiction_id=actor.jurisdiction_id)


class Rule(OfficeFact):
    """One table of a place's rules (规则), by its code; `current` is the number of the last version."""

    jurisdiction_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    current = models.PositiveIntegerField(default=1)

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction_id", "code"], name="a_rule_stands_once"),
        ]

    def __str__(self) -> str:
        return self.code


class RuleVersion(OfficeFact):
    """A rule as it stands from `effective_on` until a later version does; never changed in place.

    `source` is the article of law or local rule, `reason` why it was amended; `digest` names the
    body (SHA-256 of its canonical form), so that a parsed body can be kept between requests.
    """

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.TextField()
    reason = models.TextField(default="", blank=True)
    effective_on = models.DateField()
    created_at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rule_versions_are_numbered"),
            models.CheckConstraint(condition=Q(number__gte=1), name="rule_versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}/{self.number}"

    @property
    def jurisdiction_id(self) -> int:
        """The jurisdiction of its rule."""
        return self.rule.jurisdiction_id

    @property
    def trail(self) -> tuple[str, int]:
        """The history of a version is that of its rule."""
        return ("rule", self.rule_id)
