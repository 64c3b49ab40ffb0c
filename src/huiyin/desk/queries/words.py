"""What a desk shows of documents: half read ones, words nobody took up, this year's echoes."""
from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries.waiting import LISTED, counted, section
from huiyin.desk.rules import Act, Entry, Section, Share
from huiyin.documents.models import Document, Passage, RequirementMatter
from huiyin.documents.queries.documents import listed
from huiyin.documents.rules import Decision
from huiyin.matters.rules import OPEN, MatterState

RECENT = 8


def half_read(viewer: Actor) -> Section:
    """Documents with findings nobody has decided on yet."""
    undecided = Q(passages__decision=Decision.UNDECIDED)
    rows = (
        Document.objects.visible_to(viewer)
        .annotate(left=Count("passages", filter=undecided))
        .annotate(all=Count("passages", filter=~Q(passages__decision=Decision.MERGED)))
        .filter(left__gt=0)
        .order_by("-imported_at")
    )
    entries = [_half(row) for row in rows[:LISTED]]
    return section(_("读到一半的"), entries, rows.count(), reverse("documents:documents"))


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
    answered = RequirementMatter.objects.filter(
        passage=OuterRef("pk"), matter__state__in=[*OPEN, MatterState.CLOSED]
    )
    rows = (
        Passage.objects.visible_to(viewer)
        .requirements()
        .filter(~Exists(answered))
        .select_related("document")
        .order_by("document__given_on", "pk")
    )
    entries = [_nobody(row, today) for row in rows[:LISTED]]
    return section(_("还没人接的话"), entries, rows.count(), reverse("documents:documents"))


def _nobody(row: Passage, today: date) -> Entry:
    since = row.document.given_on or row.document.imported_at.date()
    url = reverse("documents:document", args=[row.document_id]) + f"#p{row.pk}"
    return Entry(
        light="unclaimed",
        word=_("%(n)d 天") % {"n": max(0, (today - since).days)},
        title=row.quote,
        url=url,
        said=True,
        why=_("%(document)s。还没有交办给任何单位。") % {"document": row.document},
        acts=(Act(label=_("看原话"), url=url),),
    )


def documents(viewer: Actor, today: date) -> tuple[Share, ...]:
    """The latest documents that demand something, with the fates of what they demand."""
    rows = listed(list(Document.objects.visible_to(viewer)[:RECENT]), today)
    return tuple(
        Share(
            name=str(row.document),
            url=reverse("documents:document", args=[row.document.pk]),
            counts=dict(row.counts),
            total=row.demands,
        )
        for row in rows
        if row.demands
    )
