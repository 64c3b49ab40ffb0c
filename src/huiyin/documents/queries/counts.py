"""Counts of fates and of review, for one document or a page of documents, in constant queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count

from huiyin.documents.models import Passage, RequirementMatter
from huiyin.documents.rules import DEMANDS, Decision, Fate, Linked, Progress, counts, fate, progress
from huiyin.matters.models import Matter
from huiyin.matters.queries.kin import carriers
from huiyin.matters.rules import BEFORE_DISPATCH, REPLACED, MatterState, Nature


def linked(matter: Matter) -> Linked:
    """What a fate needs of a matter."""
    return _linked(matter.state, matter.nature, matter.late_on)


def _linked(state: str, nature: str, late_on: date | None) -> Linked:
    return Linked(
        standing=nature == Nature.STANDING,
        dispatched=state not in BEFORE_DISPATCH,
        closed=state == MatterState.CLOSED,
        withdrawn=state == MatterState.WITHDRAWN or state in REPLACED,
        late_on=None if state == MatterState.SUSPENDED else late_on,
    )


def reviewed(documents: Sequence[int]) -> dict[int, Progress]:
    """How far the review of each document has come; one query."""
    rows = (
        Passage.objects.filter(document__in=documents)
        .values_list("document_id", "decision", "changed")
        .annotate(n=Count("pk"))
    )
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for document, decision, changed, n in rows:
        found[document] += [(decision, changed)] * n
    return {document: progress(found[document]) for document in documents}


def fates(documents: Sequence[int], today: date) -> dict[int, dict[str, int]]:
    """The disjoint counts of each document; two queries, whatever the number of demands."""
    demands = Passage.objects.filter(document__in=documents).demands()
    sums = demands.values_list("document_id", "decision").annotate(n=Count("pk"))
    total: dict[int, int] = defaultdict(int)
    aside: dict[int, int] = defaultdict(int)
    for document, decision, n in sums:
        total[document] += n
        aside[document] += n if decision == Decision.SET_ASIDE else 0
    claimed = _claimed(documents, today)
    found: dict[int, dict[str, int]] = {}
    for document in documents:
        told = counts([*claimed.get(document, ()), *[Fate.ASIDE] * aside[document]])
        told[Fate.UNCLAIMED] += total[document] - sum(told.values())
        found[document] = told
    return found


def _claimed(documents: Sequence[int], today: date) -> dict[int, list[Fate]]:
    """The fates of the requirements that have a matter; of what was merged or split, what carries it on."""
    rows = list(
        RequirementMatter.objects.filter(
            passage__document__in=documents,
            passage__decision=Decision.CONFIRMED,
            passage__kind__in=DEMANDS,
        ).values_list(
            "passage__document_id",
            "passage_id",
            "matter_id",
            "matter__state",
            "matter__nature",
            "matter__late_on",
        )
    )
    carried = carriers(matter for _d, _p, matter, state, *_more in rows if state in REPLACED)
    matters: dict[tuple[int, int], list[Linked]] = defaultdict(list)
    for document, passage, matter, state, nature, late_on in rows:
        if matter in carried:
            matters[document, passage] += map(linked, carried[matter])
        else:
            matters[document, passage].append(_linked(state, nature, late_on))
    found: dict[int, list[Fate]] = defaultdict(list)
    for (document, _passage), several in matters.items():
        found[document].append(fate(Decision.CONFIRMED, several, today))
    return found


def of_document(rows: Iterable[tuple[str, Iterable[Linked]]], today: date) -> dict[str, int]:
    """The same counts from demands already in hand: (decision, matters)."""
    return counts(fate(decision, matters, today) for decision, matters in rows)
