"""What the verbs of a review share: deciding, placing a finding in its paper, its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from huiyin.documents.actions.reading import day
from huiyin.documents.models import Document, Passage
from huiyin.documents.rules import Decision, DocumentState, is_span, overlaps, trimmed
from huiyin.door import Call, plain
from huiyin.errors import Refusal


def decide(passage: Passage, call: Call, decision: str, *, reason: str = "") -> None:
    """The passage says what was decided, by whom and when."""
    passage.decision, passage.reason = decision, reason.strip()
    passage.approver_post, passage.approver_name = None, ""
    passage.decided_by, passage.decided_by_name = call.actor.user_id, call.actor.name
    passage.decided_at = call.at


def move(passage: Passage, start: int | None, end: int | None) -> None:
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


def put_on_page(passage: Passage, document: Document, page: int | None, quote: str) -> None:
    """The passage stands on a page that can be looked at, with the words as typed."""
    scanned = document.state != DocumentState.READ
    last = max(document.pages, 1 if scanned else 0)
    if page is None or not 1 <= page <= last:
        raise Refusal(_("请在正文中选定文字，或者写明在第几页。"), code="no_words")
    passage.page, passage.quote = page, typed(quote)


def typed(quote: str) -> str:
    """Words typed from a page; a Refusal when there are none."""
    words = quote.replace("\x00", "\ufffd").strip()
    if not words:
        raise Refusal(
            _("请照原文录入这一处的文字。"), code="no_words", fields={"quote": [_("必填")]}
        )
    return words


def attribute(passage: Passage, changed: Mapping[str, Any]) -> None:
    """Attributes take the given values; the date and the rhythm are repeated in their columns."""
    passage.attributes = {
        **passage.attributes,
        **{name: _words(value) for name, value in changed.items()},
    }
    passage.due_on, passage.freq = repeated(passage.attributes)


def _words(value: Any) -> Any:
    """As the reader's items are kept; a time limit or rhythm without words and day is none."""
    kept = plain(value)
    if isinstance(kept, dict):
        return kept if kept.get("text") or kept.get("date") or kept.get("freq") else None
    return kept


def repeated(attributes: Mapping[str, Any]) -> tuple[Any, str]:
    """The day and the rhythm, as the columns repeat them."""
    deadline, rhythm = attributes.get("deadline") or {}, attributes.get("recurrence") or {}
    return day(deadline.get("date")), rhythm.get("freq") or ""


def share(attributes: Mapping[str, Any], mine: str, other: str) -> dict[str, Any]:
    """What a half keeps: units always; a date, rhythm or amount unless its words lie in the other half."""

    def stays(part: Mapping[str, Any] | None) -> bool:
        words = (part or {}).get("text") or ""
        return bool(part) and (words in mine or words not in other)

    kept = dict(attributes)
    for name in ("deadline", "recurrence"):
        kept[name] = kept.get(name) if stays(kept.get(name)) else None
    kept["quantities"] = [part for part in kept.get("quantities") or [] if stays(part)]
    return kept


def together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Units and amounts of both; the first one's date and rhythm unless only the second has them."""
    both = dict(one)
    for name in ("deadline", "recurrence", "measure"):
        both[name] = one.get(name) or other.get(name)
    both["lead"] = list(dict.fromkeys([*(one.get("lead") or []), *(other.get("lead") or [])]))
    co = [*(one.get("co") or []), *(other.get("co") or [])]
    both["co"] = [name for name in dict.fromkeys(co) if name not in both["lead"]]
    both["quantities"] = [*(one.get("quantities") or []), *(other.get("quantities") or [])]
    return both
