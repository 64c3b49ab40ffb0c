"""The event ledger: one hash chain per jurisdiction, its seals, and the bookmarks of its followers.

Every table of the product is declared as one of three kinds (`Kept`): office facts are written only
inside `perform`, projections only by their follower, housekeeping holds no business fact.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models


class Kept(StrEnum):
    """How a table is written."""

    OFFICE_FACT = "office fact"
    PROJECTION = "projection"
    HOUSEKEEPING = "housekeeping"
    LEDGER = "ledger"


class OfficeFact(models.Model):
    """A row that changes only through the door; `version` counts the verbs that touched it.

    `unrecorded` names columns whose content never enters an event (secrets, whole documents).
    """

    kept: ClassVar[Kept] = Kept.OFFICE_FACT
    unrecorded: ClassVar[frozenset[str]] = frozenset()

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def trail(self) -> tuple[str, int]:
        """The thing whose history an event on this row belongs to: (kind, id)."""
        return (self._meta.model_name or "", self.pk)


class ChainHead(models.Model):
    """The end of one jurisdiction's chain; its row is locked before an event is appended."""

    kept: ClassVar[Kept] = Kept.LEDGER

    jurisdiction_id = models.BigIntegerField(primary_key=True)
    uid = models.UUIDField(unique=True)
    is_demo = models.BooleanField(default=False)
    position = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.uid}@{self.position}"


class Event(models.Model):
    """One change of an office fact: who, in which post, did what to which thing, when.

    `body` holds the canonical bytes that were hashed (see `huiyin.proof.canonical`); the columns
    repeat what pages filter by, and `verify` compares them with the body.
    """

    kept: ClassVar[Kept] = Kept.LEDGER

    jurisdiction_id = models.BigIntegerField()
    position = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    body = models.BinaryField()
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_version = models.PositiveIntegerField()
    trail_kind = models.CharField(max_length=40)
    trail_id = models.BigIntegerField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    request = models.CharField(max_length=160)
    input_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction_id", "position"], name="event_positions_are_unique"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction_id", "previous"], name="the_chain_cannot_fork"
            ),
            models.UniqueConstraint(
                fields=["jurisdiction_id", "request"], name="a_request_is_kept_once"
            ),
        ]
        indexes = [
            models.Index(fields=["trail_kind", "trail_id", "position"], name="event_trail"),
            models.Index(
                fields=["subject_kind", "subject_id", "subject_version"], name="event_subject"
            ),
            models.Index(fields=["jurisdiction_id", "at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.action}"


class EventText(models.Model):
    """Free text of an event, beside the chain and bound to it by a salted digest.

    `text` may be withdrawn (set to null) without breaking the chain; nothing else ever changes.
    """

    kept: ClassVar[Kept] = Kept.LEDGER

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="texts")
    field = models.CharField(max_length=160)
    salt = models.BinaryField()
    text = models.TextField(null=True)  # noqa: DJ001 - null means withdrawn, which "" does not

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "field"], name="one_text_per_field_of_an_event"
            )
        ]

    def __str__(self) -> str:
        return self.field


class Seal(models.Model):
    """The Merkle root over the first `size` events, taken daily and carried off this machine."""

    kept: ClassVar[Kept] = Kept.LEDGER

    jurisdiction_id = models.BigIntegerField()
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["jurisdiction_id", "size"], name="one_seal_per_size")
        ]

    def __str__(self) -> str:
        return f"{self.size}:{self.root[:12]}"


class Bookmark(models.Model):
    """How far a follower has read one chain."""

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    follower = models.CharField(max_length=60)
    jurisdiction_id = models.BigIntegerField()
    position = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "jurisdiction_id"], name="one_bookmark_per_chain"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follower}@{self.position}"


class Parked(models.Model):
    """An event a follower failed on: tried again until three failures, then left with its reason."""

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    follower = models.CharField(max_length=60)
    jurisdiction_id = models.BigIntegerField()
    position = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    reason = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "jurisdiction_id", "position"], name="an_event_is_parked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follower}: {self.position}"


class WantedWork(models.Model):
    """Work of over a second that somebody waits for; the worker re-takes what a kill interrupted.

    `leased_until`: taken, until when the taker holds it; wanted, before when it is not tried again.
    """

    kept: ClassVar[Kept] = Kept.HOUSEKEEPING

    class State(models.TextChoices):
        WANTED = "wanted"
        TAKEN = "taken"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    jurisdiction_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WANTED)
    failures = models.PositiveIntegerField(default=0)
    reason = models.TextField(default="")
    wanted_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=80, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id"], name="work_is_wanted_once")
        ]
        indexes = [models.Index(fields=["state", "wanted_at"], name="wanted_next")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: {self.state}"
