"""The review of a reading: one finding in hand, every decision a small POST that moves on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiyin import clock
from huiyin.actors import OFFICE
from huiyin.documents import actions, forms, queries
from huiyin.documents.models import Document, Passage
from huiyin.documents.queries.review import Review, place_of
from huiyin.documents.rules import DOUBTFUL, Decision
from huiyin.documents.views import limits
from huiyin.door import perform
from huiyin.errors import NotFound, Refusal
from huiyin.matters.models import Matter
from huiyin.matters.queries.register import NUMBER
from huiyin.people.models import Unit
from huiyin.web import refusals
from huiyin.web.asked import Request, ask

STOPS = "，。；：！？,;:!?、"


@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """The text left, the finding in hand right; the most doubtful one that waits comes first."""
    document = queries.get(pk, viewer=request.actor)
    at = forms.number(request.GET.get("at"))
    return _page(request, document, at=at, text=True)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """One verb on one finding is done; the answer holds the next one."""
    document = queries.get(pk, viewer=request.actor)
    name = request.POST.get("verb", "confirm")
    if name not in VERBS:
        raise Refusal(_("没有这个操作。"), code="no_such_verb")
    at, moved = VERBS[name](request, document)
    if not refusals.is_part(request):
        page = forms.number(request.POST.get("page"))
        if page is not None and request.POST.get("back") == "pages":
            return redirect(f"{reverse('documents:pages', args=[pk])}?page={page}")
        address = reverse("documents:review", args=[pk])
        return redirect(f"{address}?at={at}" if at else address)
    fresh = queries.get(pk, viewer=request.actor)
    return _page(request, fresh, at=at, text=moved)


def _page(request: Request, document: Document, *, at: int | None, text: bool) -> HttpResponse:
    today = clock.today()
    found = queries.review(document, viewer=request.actor, today=today, at=at, text=text)
    context = {"found": found, "document": document, **_context(request, document, found)}
    part = refusals.is_part(request)
    return render(request, "documents/_review.html" if part else "documents/review.html", context)


def _context(request: Request, document: Document, found: Review) -> dict[str, Any]:
    row = found.current.passage if found.current else None
    last = _last(document, request.actor.user_id)
    return {
        "is_office": request.actor.has(*OFFICE),
        "row": row,
        "fields": forms.shown(row) if row else {},
        "kinds": forms.KINDS,
        "frequencies": forms.FREQUENCIES,
        "units": list(Unit.objects.visible_to(request.actor).standing_on(clock.today())),
        "doubtful": row is not None and row.confidence is not None and row.confidence < DOUBTFUL,
        "confidence": f"{row.confidence / 1000:.2f}" if row and row.confidence is not None else "",
        "place": place_of(document, row) if row else "",
        "cuts": cuts(row) if row else [],
        "ends": ends(document.text, row) if row else {},
        "last": last,
        "source": "，".join(filter(None, [document.number, document.name])),
        "paragraphs": found.paragraphs,
        **limits.offered(row),
    }


def _last(document: Document, user_id: int | None) -> Passage | None:
    """What this person decided last here, and may take back."""
    rows = document.passages.filter(decided_by=user_id, links__isnull=True)
    last: Passage | None = (
        rows.exclude(decision=Decision.UNDECIDED).order_by("-decided_at", "-pk").first()
    )
    return last


def cuts(row: Passage) -> list[tuple[int, str, str]]:
    """Places where a finding can be split without a selection: (offset, words before, words after)."""
    if row.start is None:
        return []
    found = [place + 1 for place, sign in enumerate(row.quote[:-1]) if sign in STOPS]
    return [(row.start + place, row.quote[:place][-12:], row.quote[place:][:12]) for place in found]


def ends(text: str, row: Passage) -> dict[str, int]:
    """Where [ and ] move the end of a finding to: one clause back, one clause on."""
    if row.start is None or row.end is None:
        return {}
    inside = [row.start + place for place, sign in enumerate(row.quote[:-1]) if sign in STOPS]
    after = next(
        (p for p in range(row.end + 1, min(row.end + 400, len(text))) if text[p] in STOPS + "\n"),
        None,
    )
    found = {"back": inside[-1]} if inside else {}
    return found | ({"on": after} if after else {})


# --- one function a verb: (request, document) → (the finding to show next or None, were marks moved) ---

Step = Callable[[Request, Document], tuple[int | None, bool]]


def _row(request: Request, document: Document) -> Passage:
    row: Passage | None = document.passages.filter(
        pk=forms.number(request.POST.get("passage")) or 0
    ).first()
    if row is None:
        raise NotFound(_("没有找到这一处，它可能已经被重新读过。"), code="not_found")
    return row


def _confirm(request: Request, document: Document) -> tuple[int | None, bool]:
    """Confirmed as read, or with what was changed in the fields."""
    row = _row(request, document)
    given = forms.changes(row, request.POST)
    if row.page is not None and request.POST.get("quote", row.quote).strip() != row.quote:
        given["quote"] = request.POST["quote"]
    if given:
        perform(actions.change, row.pk, request.actor, ask(request), **given)
    else:
        perform(actions.confirm, row.pk, request.actor, ask(request))
    return None, False


def _reject(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    reason = request.POST.get("reason", "")
    perform(actions.reject, row.pk, request.actor, ask(request), reason=reason)
    return None, False


def _set_aside(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    perform(
        actions.set_aside,
        row.pk,
        request.actor,
        ask(request),
        reason=request.POST.get("reason", ""),
        approver_post=forms.number(request.POST.get("approver_post")),
    )
    return None, False


def _link(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    matter = _matter(request.POST.get("matter", ""), document)
    perform(actions.link, row.pk, request.actor, ask(request), matter=matter)
    return None, False


def _matter(words: str, document: Document) -> int:
    """The matter meant by an id or by a number as it is written, 〔2026〕12-03; 0 when there is none."""
    typed = NUMBER.search(words)
    if typed is None:
        return forms.number(words.strip()) or 0
    year, notice, row = typed.groups()
    rows = Matter.objects.filter(
        jurisdiction_id=document.jurisdiction_id, notice__number=int(notice), row=int(row)
    )
    rows = rows.filter(notice__year=int(year)) if year else rows.order_by("-notice__year")
    return rows.values_list("pk", flat=True).first() or 0


def _register(request: Request, document: Document) -> tuple[int | None, bool]:
    """The one requirement in hand is a matter; it stands in the table of proposals with the others."""
    row = _row(request, document)
    form = limits.form(row, request.POST)
    if not form.is_valid():
        raise Refusal(_("起算日或时限填得不对。"), code="bad_cells", fields=limits.errors(form))
    perform(actions.register, row.pk, request.actor, ask(request), **form.given())
    return row.pk, False


def _unlink(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    matter = forms.number(request.POST.get("matter")) or 0
    perform(actions.unlink, row.pk, request.actor, ask(request), matter=matter)
    return row.pk, False


def _reopen(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    perform(actions.reopen, row.pk, request.actor, ask(request))
    return row.pk, True


def _split(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    at = forms.number(request.POST.get("at")) or 0
    perform(actions.split, row.pk, request.actor, ask(request), at=at)
    return row.pk, True


def _merge(request: Request, document: Document) -> tuple[int | None, bool]:
    row = _row(request, document)
    perform(actions.merge, row.pk, request.actor, ask(request))
    return row.pk, True


def _extent(request: Request, document: Document) -> tuple[int | None, bool]:
    """The words between start and end are the finding; it still waits for its decision."""
    row = _row(request, document)
    start = forms.number(request.POST.get("start"))
    end = forms.number(request.POST.get("end"))
    perform(actions.change, row.pk, request.actor, ask(request), start=start, end=end, decide=False)
    return row.pk, True


def _add(request: Request, document: Document) -> tuple[int | None, bool]:
    """From a selection (start, end), from words pasted here, or typed beside a page."""
    start, end = _selected(request.POST, document)
    done = perform(
        actions.add,
        document.pk,
        request.actor,
        ask(request),
        kind=request.POST.get("kind", "task"),
        start=start,
        end=end,
        page=forms.number(request.POST.get("page")),
        quote=request.POST.get("quote", ""),
    )
    return int(done.facts["passage"]), True


def _selected(data: QueryDict, document: Document) -> tuple[int | None, int | None]:
    start, end = forms.number(data.get("start")), forms.number(data.get("end"))
    quote = data.get("quote", "").strip()
    if start is not None or not quote or not document.text:
        return start, end
    place = document.text.find(quote)
    if place < 0:
        raise Refusal(
            _("正文里找不到这段话，请照原文粘贴，一字不差。"),
            code="no_words",
            fields={"quote": [_("与原文不符")]},
        )
    return place, place + len(quote)


VERBS: dict[str, Step] = {
    "confirm": _confirm,
    "reject": _reject,
    "set_aside": _set_aside,
    "link": _link,
    "register": _register,
    "unlink": _unlink,
    "reopen": _reopen,
    "split": _split,
    "merge": _merge,
    "extent": _extent,
    "add": _add,
}
