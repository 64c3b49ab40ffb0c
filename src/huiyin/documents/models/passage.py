"""Passages: exact words of a document (or of a page of a scan) and what a reviewer made of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from huiyin.actors import Actor
from huiyin.documents.models.document import Document
from huiyin.documents.rules import DEMANDS, Decision, Kind
from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import Matter
from huiyin.people.models import Post


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages by what they are, in the order of the words."""

    def visible_to(self, actor: Actor) -> PassageQuerySet:
        """Those of visible documents, and those behind visible matters."""
        documents = Document.objects.visible_to(actor).values("pk")
        behind = RequirementMatter.objects.filter(matter__in=Matter.objects.visible_to(actor))
        return self.filter(Q(document__in=documents) | Q(pk__in=behind.values("passage_id")))

    def in_order(self) -> PassageQuerySet:
        """As the document says them: by page for a scan, else by place in the text."""
        return self.order_by(F("page").asc(nulls_first=True), F("start").asc(nulls_last=True), "pk")

    def standing_findings(self) -> PassageQuerySet:
        """Findings that count: all but those merged into another."""
        return self.exclude(decision=Decision.MERGED)

    def requirements(self) -> PassageQuerySet:
        """Requirements (任务要求): confirmed passages that demand something."""
        return self.filter(decision=Decision.CONFIRMED, kind__in=DEMANDS)

    def demands(self) -> PassageQuerySet:
        """What has a fate: requirements, and demands set aside."""
        return self.filter(decision__in=[Decision.CONFIRMED, Decision.SET_ASIDE], kind__in=DEMANDS)

    def undecided(self) -> PassageQuerySet:
        return self.filter(decision=Decision.UNDECIDED)


class Passage(OfficeFact):
    """Words of a document and what they are: `quote` is `text[start:end]` of `text_version`.

    On a scan there are no offsets: `page` and the words as typed. `found` is the reader's item as it
    came (kind, confidence, because, path of headings); what a reviewer changed stands in the columns.
    `attributes` holds lead, co, deadline, recurrence, quantities and measure as in the contract of
    `huiyin read`; `due_on` and `freq` repeat its date and rhythm. Confidence is per mille, null when
    a person added the passage. `adrift` says that a new text no longer holds the words.
    """

    unrecorded: ClassVar[frozenset[str]] = frozenset({"found"})

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages")
    text_version = models.PositiveIntegerField(default=0)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    page = models.PositiveIntegerField(null=True)
    quote = models.TextField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TASK)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.UNDECIDED)
    changed = models.BooleanField(default=False)
    adrift = models.BooleanField(default=False)
    found = models.JSONField(default=dict)
    attributes = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    freq = models.CharField(max_length=14, default="", blank=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(default="", blank=True)
    approver_post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    approver_name = models.CharField(max_length=60, default="", blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    decided_by = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=40, default="", blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_passage_has_a_place",
                condition=Q(start__isnull=False, end__gt=F("start")) | Q(page__isnull=False),
            ),
            models.CheckConstraint(
                name="a_decided_passage_says_when",
                condition=Q(decision=Decision.UNDECIDED) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="setting_aside_has_a_reason_and_an_approver",
                condition=~Q(decision=Decision.SET_ASIDE) | (~Q(reason="") & ~Q(approver_name="")),
            ),
        ]
        indexes = [models.Index(fields=["document", "decision"], name="passages_of_a_document")]

    def __str__(self) -> str:
        return self.quote[:40]

    @property
    def jurisdiction_id(self) -> int:
        return self.document.jurisdiction_id

    @property
    def trail(self) -> tuple[str, int]:
        return ("document", self.document_id)

    @property
    def lead_names(self) -> list[str]:
        """Who leads, as written."""
        return list(self.attributes.get("lead") or [])

    @property
    def co_names(self) -> list[str]:
        """Who supports, as written."""
        return list(self.attributes.get("co") or [])

    @property
    def deadline(self) -> dict[str, Any]:
        """{text, date, kind, why} of the time limit, empty when the words give none."""
        return dict(self.attributes.get("deadline") or {})

    @property
    def quantities(self) -> list[dict[str, Any]]:
        """[{text, value, unit}]."""
        return list(self.attributes.get("quantities") or [])

    @property
    def recurrence(self) -> dict[str, Any]:
        """{text, freq}, empty when the words give no rhythm."""
        return dict(self.attributes.get("recurrence") or {})

    @property
    def because(self) -> list[str]:
        """Why it was read so."""
        return list(self.found.get("because") or [])

    @property
    def headings(self) -> list[str]:
        """The path of headings above the words, outermost first."""
        return list(self.found.get("headings") or [])

    @property
    def is_demand(self) -> bool:
        return self.kind in DEMANDS


class RequirementMatterQuerySet(models.QuerySet["RequirementMatter"]):
    """Links somebody may follow: those of visible matters."""

    def visible_to(self, actor: Actor) -> RequirementMatterQuerySet:
        return self.filter(matter__in=Matter.objects.visible_to(actor))


class RequirementMatter(OfficeFact):
    """A requirement is answered by a matter: registered from it, or linked to an existing one."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="links")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="requirement_links")
    registered = models.BooleanField(default=False)
    linked_at = models.DateTimeField()
    linked_by_name = models.CharField(max_length=40)

    objects = RequirementMatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "matter"], name="a_requirement_is_linked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} → {self.matter_id}"

    @property
    def jurisdiction_id(self) -> int:
        return self.matter.jurisdiction_id

    @property
    def trail(self) -> tuple[str, int]:
        return ("document", self.passage.document_id)
