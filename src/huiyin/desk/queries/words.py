"""What a desk shows of documents: half read ones, words nobody took up, this year's echoes."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.actors import Actor
from huiyin.desk.queries.waiting import LISTED, counted, section
from huiyin.desk.rules import Act, Entry, Section, Share
from huiyin.documents.models import Document, Passage, RequirementMatter
from huiyin.documents.queries.counts import fates
from huiyin.documents.rules import Decision
from huiyin.matters.rules import OPEN, REPLACED, MatterState

RECENT = 8
SHOWN = 40
"""Documents looked at: all that are under review, then the newest."""


def papers(viewer: Actor) -> list[Document]:
    """The latest documents, those still under review first, with how much of each is undecided."""
    undecided = Q(passages__decision=Decision.UNDECIDED)
    rows = (
        Document.objects.visible_to(viewer)
        .annotate(left=Count("passages", filter=undecided))
        .annotate(all=Count("passages", filter=~Q(passages__decision=Decision.MERGED)))
        .order_by(Case(When(left__gt=0, then=Value(0)), default=Value(1)), "-imported_at")
    )
    return list(rows[:SHOWN])


def half_read(rows: list[Document]) -> Section:
    """Documents with findings nobody has decided on yet."""
    half = [row for row in rows if counted(row, "left")]
    entries = [_half(row) for row in half[:LISTED]]
    return section(_("读到一半的"), entries, len(half), reverse("documents:documents"))


def _half(row: Document) -> Entry:
    left, everything = counted(row, "left"), counted(row, "all")
    url = reverse("documents:review", args=[row.pk])
    return Entry(
        tag=f"{everything - left}/{everything}",
        title=str(row),
        url=url,
        why=_("还有 %(n)d 处没看。") % {"n": left},
        acts=(Act(label=_("开始看") if left == everything else _("接着看"), url=url),),
    )


def unclaimed(viewer: Actor, today: date) -> Section:
    """Requirements that no dispatched matter answers, oldest words first."""
    alive = [*OPEN, MatterState.SUSPENDED, MatterState.CLOSED, *REPLACED]
    answered = RequirementMatter.objects.filter(
        # What was merged or split answers through what carries it on.
        Q(matter__state__in=alive[: -len(REPLACED)])
        | Q(matter__merged_into__state__in=alive)
        | Q(matter__split_into__state__in=alive),
        passage=OuterRef("pk"),
    )
    rows = (
        Passage.objects.visible_to(viewer)
        .requirements()
        .filter(~Exists(answered))
        .annotate(total=Window(Count("pk")))
        .select_related("document")
        .order_by("document__given_on", "pk")
    )
    found = list(rows[:LISTED])
    total = counted(found[0], "total") if found else 0
    entries = [_nobody(row, today) for row in found]
    return section(_("还没人接的话"), entries, total, reverse("documents:documents"))


def _nobody(row: Passage, today: date) -> Entry:
    since = row.document.given_on or row.document.imported_at.date()
    days = max(0, (today - since).days)
    url = reverse("documents:document", args=[row.document_id]) + f"#p{row.pk}"
    return Entry(
        light="unclaimed",
        word=ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days},
        title=row.quote,
        url=url,
        said=True,
        why=_("%(document)s。还没有交办给任何单位。") % {"document": row.document},
        acts=(Act(label=_("看原话"), url=url),),
    )


def documents(rows: list[Document], today: date) -> tuple[Share, ...]:
    """The latest documents that demand something, with the fates of what they demand."""
    newest = sorted(rows, key=lambda row: row.imported_at, reverse=True)[:RECENT]
    told = fates([row.pk for row in newest], today)
    return tuple(
        Share(
            name=str(row),
            url=reverse("documents:document", args=[row.pk]),
            counts=told[row.pk],
            total=sum(told[row.pk].values()),
        )
        for row in newest
        if sum(told[row.pk].values())
    )
