"""A reviewer decides what the findings are: confirm, change, split, merge, reject, set aside, add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import LEADERS, Role
from huiyin.documents import permits
from huiyin.documents.actions.checks import one_of
from huiyin.documents.actions.reading import day
from huiyin.documents.models import Document, Passage
from huiyin.documents.rules import (
    AmountWords,
    DeadlineWords,
    Decision,
    DocumentState,
    Kind,
    RhythmWords,
    is_span,
    overlaps,
    trimmed,
)
from huiyin.door import Call, Facts, action, plain
from huiyin.errors import Refusal
from huiyin.people.models import Post

OPEN = (permits.withdrawn, permits.merged_away)
BEFORE_A_MATTER = (*OPEN, permits.has_matter)


@action(
    "passage.confirm",
    label=gettext_lazy("确认"),
    model=Passage,
    permit=permits.is_office,
    unless=(*OPEN, permits.confirmed_already),
)
def confirm(passage: Passage, call: Call) -> Facts:
    """The finding is what the reader said it is; a demand is now a requirement."""
    _decide(passage, call, Decision.CONFIRMED)
    return {"kind": passage.kind}


def _paper_when_moved(
    passage: Passage, *, start: int | None = None, end: int | None = None, **_given: Any
) -> list[Document]:
    """Two neighbours moved at once must not come to overlap: the paper is locked for that."""
    return [passage.document] if start is not None or end is not None else []


@action(
    "passage.change",
    label=gettext_lazy("修改"),
    model=Passage,
    permit=permits.is_office,
    unless=BEFORE_A_MATTER,
    locks=_paper_when_moved,
)
def change(
    passage: Passage,
    call: Call,
    *,
    kind: str | None = None,
    start: int | None = None,
    end: int | None = None,
    quote: str | None = None,
    lead: Sequence[str] | None = None,
    co: Sequence[str] | None = None,
    deadline: DeadlineWords | None = None,
    recurrence: RhythmWords | None = None,
    quantities: Sequence[AmountWords] | None = None,
    decide: bool = True,
) -> Facts:
    """The finding says what the reviewer made of it, and is confirmed unless `decide` is false.

    Only what is given changes; an empty list or mapping takes an attribute away. `quote` may be
    typed for a page of a scan only: in a text the words are what stands between start and end.
    """
    if kind is not None:
        passage.kind = one_of(Kind, kind, "kind")
    if start is not None or end is not None:
        _move(
            passage, passage.start if start is None else start, passage.end if end is None else end
        )
    if quote is not None and passage.start is None:
        passage.quote = _typed(quote)
    given = {
        "lead": lead,
        "co": co,
        "deadline": deadline,
        "recurrence": recurrence,
        "quantities": quantities,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    _attribute(passage, changed)
    passage.changed = True
    if decide:
        _decide(passage, call, Decision.CONFIRMED)
    return {
        "attributes": sorted(changed),
        "kind": passage.kind,
        "place": [passage.start, passage.end],
    }


@action(
    "passage.reject",
    label=gettext_lazy("不是要求"),
    model=Passage,
    permit=permits.is_office,
    unless=(*BEFORE_A_MATTER, permits.rejected_already),
)
def reject(passage: Passage, call: Call, *, reason: str = "") -> Facts:
    """The words demand and report nothing; they are shown no more, and kept."""
    _decide(passage, call, Decision.REJECTED, reason=reason)
    return {"kind": passage.kind}


@action(
    "passage.set_aside",
    label=gettext_lazy("不立项"),
    model=Passage,
    permit=permits.is_office,
    unless=(*BEFORE_A_MATTER, permits.is_fact),
)
def set_aside(passage: Passage, call: Call, *, reason: str, approver_post: int | None) -> Facts:
    """The demand stays in sight as one nobody will pursue, with the reason and who agreed to it."""
    if not reason.strip():
        raise Refusal(
            _("请写明不立项的理由。"), code="reason_missing", fields={"reason": [_("必填")]}
        )
    post = _approver(passage, approver_post)
    _decide(passage, call, Decision.SET_ASIDE, reason=reason)
    passage.approver_post, passage.approver_name = post, post.user.name
    return {"approver": post.pk}


@action(
    "passage.reopen",
    label=gettext_lazy("撤回决定"),
    model=Passage,
    permit=permits.is_office,
    unless=(permits.withdrawn, permits.has_matter, permits.undecided_already),
)
def reopen(passage: Passage, _call: Call) -> Facts:
    """The finding waits for a decision again."""
    before = passage.decision
    passage.decision = Decision.UNDECIDED
    passage.reason, passage.approver_post, passage.approver_name = "", None, ""
    passage.merged_into = None
    passage.decided_by, passage.decided_by_name, passage.decided_at = None, "", None
    return {"from": before}


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
        attributes=_share(passage.attributes, text[slice(*second)], text[slice(*first)]),
    )
    rest.due_on, rest.freq = _repeated(rest.attributes)
    call.create(rest)
    passage.start, passage.end = first
    passage.quote = text[slice(*first)]
    _attribute(passage, _share(passage.attributes, passage.quote, rest.quote))
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
    _attribute(passage, _together(passage.attributes, following.attributes))
    passage.changed = True
    following.merged_into = passage
    _decide(following, call, Decision.MERGED)
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
        _move(passage, start, end)
    else:
        _put_on_page(passage, document, page, quote)
    _attribute(
        passage,
        {
            "lead": lead,
            "co": co,
            "deadline": deadline,
            "recurrence": recurrence,
            "quantities": quantities,
        },
    )
    _decide(passage, call, Decision.CONFIRMED)
    call.create(passage, concerns=True)
    return {"passage": passage.pk, "document": document.pk}


def _decide(passage: Passage, call: Call, decision: str, *, reason: str = "") -> None:
    passage.decision, passage.reason = decision, reason.strip()
    passage.approver_post, passage.approver_name = None, ""
    passage.decided_by, passage.decided_by_name = call.actor.user_id, call.actor.name
    passage.decided_at = call.at


def _move(passage: Passage, start: int | None, end: int | None) -> None:
    """The passage holds these words, without blanks and stops at the ends; it may touch no other."""
    text = passage.document.text
    if start is None or end is None or not is_span(text, start, end):
        raise Refusal(_("没有选中文字，请重新选定起止。"), code="no_words")
    start, end = trimmed(text, start, end)
    if start >= end:
        raise Refusal(_("选中的只有标点，请重新选定起止。"), code="no_words")
    others = (
        passage.document.passages.exclude(pk=passage.pk)
        .exclude(decision__in=[Decision.MERGED, Decision.REJECTED])
        .filter(start__lt=end, end__gt=start)
    )
    if any(overlaps((start, end), (o.start or 0, o.end or 0)) for o in others):
        raise Refusal(
            _("这段文字与另一处重叠。"),
            code="overlaps",
            next_step=_("请先调整另一处，或者与它合并。"),
        )
    passage.start, passage.end, passage.quote = start, end, text[start:end]
    passage.text_version, passage.adrift = passage.document.text_version, False


def _put_on_page(passage: Passage, document: Document, page: int | None, quote: str) -> None:
    scanned = document.state != DocumentState.READ
    last = max(document.pages, 1 if scanned else 0)
    if page is None or not 1 <= page <= last:
        raise Refusal(_("请在正文中选定文字，或者写明在第几页。"), code="no_words")
    passage.page, passage.quote = page, _typed(quote)


def _typed(quote: str) -> str:
    words = quote.replace("\x00", "\ufffd").strip()
    if not words:
        raise Refusal(
            _("请照原文录入这一处的文字。"), code="no_words", fields={"quote": [_("必填")]}
        )
    return words


def _attribute(passage: Passage, changed: Mapping[str, Any]) -> None:
    """Attributes take the given values; the date and the rhythm are repeated in their columns."""
    passage.attributes = {
        **passage.attributes,
        **{name: _words(value) for name, value in changed.items()},
    }
    passage.due_on, passage.freq = _repeated(passage.attributes)


def _words(value: Any) -> Any:
    """As the reader's items are kept; a time limit or rhythm without words and day is none."""
    kept = plain(value)
    if isinstance(kept, dict):
        return kept if kept.get("text") or kept.get("date") or kept.get("freq") else None
    return kept


def _repeated(attributes: Mapping[str, Any]) -> tuple[Any, str]:
    deadline, rhythm = attributes.get("deadline") or {}, attributes.get("recurrence") or {}
    return day(deadline.get("date")), rhythm.get("freq") or ""


def _share(attributes: Mapping[str, Any], mine: str, other: str) -> dict[str, Any]:
    """What a half keeps: units always; a date, rhythm or amount unless its words lie in the other half."""

    def stays(part: Mapping[str, Any] | None) -> bool:
        words = (part or {}).get("text") or ""
        return bool(part) and (words in mine or words not in other)

    kept = dict(attributes)
    for name in ("deadline", "recurrence"):
        kept[name] = kept.get(name) if stays(kept.get(name)) else None
    kept["quantities"] = [part for part in kept.get("quantities") or [] if stays(part)]
    return kept


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Units and amounts of both; the first one's date and rhythm unless only the second has them."""
    both = dict(one)
    for name in ("deadline", "recurrence", "measure"):
        both[name] = one.get(name) or other.get(name)
    both["lead"] = list(dict.fromkeys([*(one.get("lead") or []), *(other.get("lead") or [])]))
    co = [*(one.get("co") or []), *(other.get("co") or [])]
    both["co"] = [name for name in dict.fromkeys(co) if name not in both["lead"]]
    both["quantities"] = [*(one.get("quantities") or []), *(other.get("quantities") or [])]
    return both


def _following(passage: Passage) -> Passage:
    found = _next_one(passage)
    if passage.start is None or not found:
        raise Refusal(_("后面没有可以合并的一处。"), code="nothing_follows")
    return found[0]


def _approver(passage: Passage, pk: int | None) -> Post:
    """The post of a leader (or the head of the office) who agreed."""
    roles = [*LEADERS, Role.OFFICE_HEAD]
    posts = Post.objects.filter(jurisdiction_id=passage.jurisdiction_id, role__in=roles)
    post: Post | None = posts.filter(pk=pk).select_related("user").first()
    if post is None:
        raise Refusal(
            _("请选择批准不立项的领导。"),
            code="approver_missing",
            fields={"approver_post": [_("必填")]},
        )
    return post
