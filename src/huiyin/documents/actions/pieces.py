"""One finding becomes two, two become one, and what the reader missed is added."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.documents import permits
from huiyin.documents.actions.checks import one_of
from huiyin.documents.actions.findings import (
    attribute,
    decide,
    move,
    put_on_page,
    repeated,
    share,
    together,
)
from huiyin.documents.models import Document, Passage
from huiyin.documents.rules import (
    AmountWords,
    DeadlineWords,
    Decision,
    Kind,
    RhythmWords,
    is_span,
    trimmed,
)
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal

BEFORE_A_MATTER = (permits.withdrawn, permits.merged_away, permits.has_matter)


@action(
    "passage.split",
    label=gettext_lazy("拆开"),
    model=Passage,
    permit=permits.is_office,
    unless=BEFORE_A_MATTER,
)
def split(passage: Passage, call: Call, *, at: int) -> Facts:
    """Two findings stand where one was, cut before code point `at`; both wait for a decision."""
    text = passage.document.text
    if passage.start is None or passage.end is None or not passage.start < at < passage.end:
        raise Refusal(_("请在这一处的文字中间选定拆开的地方。"), code="no_place_to_split")
    first, second = trimmed(text, passage.start, at), trimmed(text, at, passage.end)
    if not (is_span(text, *first) and is_span(text, *second)):
        raise Refusal(_("拆开后有一半没有文字，请换个地方。"), code="no_place_to_split")
    rest = Passage(
        document=passage.document,
        text_version=passage.text_version,
        start=second[0],
        end=second[1],
        quote=text[slice(*second)],
        kind=passage.kind,
        confidence=passage.confidence,
        found=passage.found,
        changed=True,
        attributes=share(passage.attributes, text[slice(*second)], text[slice(*first)]),
    )
    rest.due_on, rest.freq = repeated(rest.attributes)
    call.create(rest)
    passage.start, passage.end = first
    passage.quote = text[slice(*first)]
    attribute(passage, share(passage.attributes, passage.quote, rest.quote))
    passage.changed, passage.decision = True, Decision.UNDECIDED
    return {"second": rest.pk, "at": at}


def _next_one(passage: Passage) -> list[Passage]:
    """The next finding in the text, if there is one."""
    later = passage.document.passages.filter(
        ~Q(decision=Decision.MERGED), start__gt=passage.start or 0
    )
    return list(later.order_by("start", "pk")[:1])


@action(
    "passage.merge",
    label=gettext_lazy("与下一处合并"),
    model=Passage,
    permit=permits.is_office,
    unless=BEFORE_A_MATTER,
    locks=_next_one,
)
def merge(passage: Passage, call: Call) -> Facts:
    """One finding reaches from here to the end of the next one, with what both said."""
    following = _following(passage)
    if permits.has_matter(following, call.actor):
        raise Refusal(_("下一处已经有事项承接，不能合并。"), code="has_matter")
    text = passage.document.text
    passage.end = following.end
    passage.quote = text[passage.start or 0 : passage.end]
    attribute(passage, together(passage.attributes, following.attributes))
    passage.changed = True
    following.merged_into = passage
    decide(following, call, Decision.MERGED)
    call.save(following)
    return {"merged": following.pk}


@action(
    "passage.add",
    label=gettext_lazy("补上漏读的"),
    model=Document,
    permit=permits.is_office,
    unless=(permits.withdrawn,),
    touches=False,
)
def add(
    document: Document,
    call: Call,
    *,
    kind: str,
    start: int | None = None,
    end: int | None = None,
    page: int | None = None,
    quote: str = "",
    lead: Sequence[str] = (),
    co: Sequence[str] = (),
    deadline: DeadlineWords | None = None,
    recurrence: RhythmWords | None = None,
    quantities: Sequence[AmountWords] = (),
) -> Facts:
    """What the reader missed stands as a confirmed finding: a stretch of the text, or typed for a page."""
    passage = Passage(
        document=document, text_version=document.text_version, kind=one_of(Kind, kind, "kind")
    )
    if start is not None:
        move(passage, start, end)
    else:
        put_on_page(passage, document, page, quote)
    attribute(
        passage,
        {
            "lead": lead,
            "co": co,
            "deadline": deadline,
            "recurrence": recurrence,
            "quantities": quantities,
        },
    )
    decide(passage, call, Decision.CONFIRMED)
    call.create(passage, concerns=True)
    return {"passage": passage.pk, "document": document.pk}


def _following(passage: Passage) -> Passage:
    found = _next_one(passage)
    if passage.start is None or not found:
        raise Refusal(_("后面没有可以合并的一处。"), code="nothing_follows")
    return found[0]
