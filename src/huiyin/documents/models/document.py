"""The document (文件) as it was taken in, and the readings made of it."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.db.models import Q

from huiyin.actors import LEADERS, UNIT_STAFF, Actor
from huiyin.documents.rules import DocType, DocumentState
from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import Matter
from huiyin.matters.rules import Urgency
from huiyin.people.models import Jurisdiction


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents within what somebody may see."""

    def visible_to(self, actor: Actor) -> DocumentQuerySet:
        """Who sees all: all. A leader: those behind matters within reach. A unit: those opened to it."""
        mine = self.filter(jurisdiction_id=actor.jurisdiction_id)
        if actor.sees_all or actor.machine:
            return mine
        behind = _behind(actor)
        if actor.has(*LEADERS):
            return mine.filter(behind)
        if actor.has(*UNIT_STAFF):
            return mine.filter(behind, opened_to_units=True)
        return mine.none()


def _behind(actor: Actor) -> Q:
    """Documents with words behind a matter the actor may see."""
    matters = Matter.objects.visible_to(actor).values("pk")
    return Q(
        pk__in=models.Subquery(
            Document.objects.filter(passages__links__matter__in=matters).values("pk")
        )
    ) | Q(
        pk__in=models.Subquery(
            Document.objects.filter(
                instructions__pk__in=Matter.objects.visible_to(actor)
                .filter(source_type="instruction")
                .values("source_id")
            ).values("pk")
        )
    )


class Document(OfficeFact):
    """A paper taken in: its bytes lie under `sha256`, its text in its latest reading.

    `pages` counts pages that can be looked at (a scan, a pdf), 0 for none; `reading_error` is the sentence why it could not be read;
    `warnings` are `code: sentence`. `opened_to_units` lets units that answer for something in it
    read the whole paper, otherwise they see only the words behind their matters.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="documents"
    )
    state = models.CharField(
        max_length=12, choices=DocumentState.choices, default=DocumentState.STORED
    )
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100, default="application/octet-stream")
    pasted = models.BooleanField(default=False)
    title = models.CharField(max_length=200, default="", blank=True)
    doc_type = models.CharField(max_length=16, choices=DocType.choices, default=DocType.OTHER)
    number = models.CharField(max_length=60, default="", blank=True)
    issuer = models.CharField(max_length=120, default="", blank=True)
    speaker = models.CharField(max_length=80, default="", blank=True)
    given_on = models.DateField(null=True)
    described = models.BooleanField(default=False)
    urgency = models.CharField(max_length=14, choices=Urgency.choices, default=Urgency.NORMAL)
    text_version = models.PositiveIntegerField(default=0)
    text_sha256 = models.CharField(max_length=64, default="", blank=True)
    warnings = models.JSONField(default=list)
    reading_error = models.TextField(default="", blank=True)
    pages = models.PositiveIntegerField(default=0)
    opened_to_units = models.BooleanField(default=False)
    imported_by = models.BigIntegerField(null=True)
    imported_by_name = models.CharField(max_length=40, default="")
    imported_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "sha256"],
                condition=~Q(state=DocumentState.WITHDRAWN),
                name="the_same_bytes_are_one_document",
            ),
            models.CheckConstraint(
                name="a_read_document_has_a_text",
                condition=~Q(state=DocumentState.READ) | Q(text_version__gt=0),
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-imported_at"], name="documents_newest")]

    def __str__(self) -> str:
        return self.title or self.name

    @cached_property
    def reading(self) -> Reading | None:
        """The latest reading, with the text; None before the first and after a withdrawal."""
        return self.readings.order_by("-pk").first()

    @property
    def told_warnings(self) -> list[str]:
        """The warnings as people read them, without their codes."""
        return [str(line).partition(": ")[2] or str(line) for line in self.warnings]

    @property
    def text(self) -> str:
        """The text that is valid now ("" while there is none)."""
        return self.reading.text if self.reading else ""


class Reading(OfficeFact):
    """One answer of the reading engine about a document; never changed, but emptied by a withdrawal.

    The text and the items stay out of the ledger (whole documents do); their hashes stand in it.
    """

    unrecorded: ClassVar[frozenset[str]] = frozenset({"text", "items", "outline", "places"})

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    text_version = models.PositiveIntegerField()
    text = models.TextField(default="")
    text_sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=60)
    items = models.JSONField(default=list)
    items_sha256 = models.CharField(max_length=64)
    outline = models.JSONField(default=list)
    places = models.JSONField(default=list)
    found = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.text_version} {self.engine}"

    @property
    def jurisdiction_id(self) -> int:
        return self.document.jurisdiction_id

    @property
    def trail(self) -> tuple[str, int]:
        return ("document", self.document_id)
