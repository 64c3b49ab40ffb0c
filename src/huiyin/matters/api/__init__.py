"""Reads of matters for programs: the register, one matter, notices and lists, as their viewer sees them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from huiyin import clock
from huiyin.actors import Actor
from huiyin.matters.api.schemas import (
    ListDetailOut,
    ListOut,
    MatterDetailOut,
    NoticeDetailOut,
    NoticesOut,
    RegisterOut,
    RegisterQuery,
)
from huiyin.matters.forms import filters
from huiyin.matters.models import Assignment, Matter, SupervisionNotice, UnitList
from huiyin.matters.queries import lists as list_queries
from huiyin.matters.queries import notices as notice_queries
from huiyin.matters.queries.offers import Offer
from huiyin.matters.queries.page import MatterPage, Part, matter_page
from huiyin.matters.queries.register import PAGE, Row, register
from huiyin.matters.queries.shaping import Breakdown

router = Router(tags=["matters"])


@router.get("/matters", response=RegisterOut, operation_id="matters.list")
def matters(request: HttpRequest, asked: Query[RegisterQuery]) -> dict[str, Any]:
    """One page of the register under the filters given; what makes no sense is left out."""
    wanted = filters.wanted({name: str(value) for name, value in asked.dict().items()})
    found = register(viewer=_actor(request), wanted=wanted, today=clock.today(), page=asked.page)
    rows = [row for group in found.groups for row in group.rows]
    views = {name: n for name, n in found.counts.items() if not name.startswith("group_")}
    page = (found.first - 1) // PAGE + 1 if found.total else 1
    items = [_row(row) for row in rows]
    return {"items": items, "total": found.total, "page": page, "page_size": PAGE, "counts": views}


@router.get("/matters/{pk}", response=MatterDetailOut, operation_id="matters.get")
def matter(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One matter with its trail and the verbs offered to the caller."""
    page = matter_page(pk, viewer=_actor(request), today=clock.today(), with_system=True)
    return _detail(page)


@router.get("/notices", response=NoticesOut, operation_id="notices.list")
def notices(request: HttpRequest, view: str = "", page: int = 1) -> dict[str, Any]:
    """One page of the notices of a view (proposed, approved, issued, returned)."""
    found = notice_queries.notices(viewer=_actor(request), view=view, page=page)
    items = [_notice(row, row.asked) for row in found.rows]
    return {"items": items, "total": found.total, "page": found.page, "counts": found.counts}


@router.get("/notices/{pk}", response=NoticeDetailOut, operation_id="notices.get")
def notice(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One notice with the matters and lists of it that the caller may see."""
    page = notice_queries.notice_page(pk, viewer=_actor(request), today=clock.today())
    offers = [
        Offer(name=o.name, label=o.label, reason="" if o.allowed else o.reason, subject=page.notice)
        for o in page.options.values()
    ]
    return _notice(page.notice, len(page.matters)) | {
        "opinion": page.notice.opinion,
        "basis": page.notice.basis,
        "rows": [m.pk for m in page.matters],
        "lists": [row.pk for row in page.lists],
        "allowed_actions": [_offer(offer) for offer in offers],
    }


@router.get("/lists", response=list[ListOut], operation_id="lists.list")
def lists(request: HttpRequest) -> list[dict[str, Any]]:
    """Lists that wait to be signed for, then those signed last, of the units the caller may see."""
    found = list_queries.lists(viewer=_actor(request))
    return [_list(row) for row in [*found.waiting, *found.signed]]


@router.get("/lists/{pk}", response=ListDetailOut, operation_id="lists.get")
def one_list(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One list with the parts on it."""
    page = list_queries.list_page(pk, viewer=_actor(request), today=clock.today())
    parts = [_assignment(asked.assignment, page.unit_list.unit.short_name) for asked in page.rows]
    return _list(page.unit_list) | {"assignments": parts}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _row(row: Row) -> dict[str, Any]:
    shown = row.shown
    return _matter(row.matter, str(shown.light), shown.word, shown.why, row.last)


def _matter(matter: Matter, light: str, word: str, why: str, last: str) -> dict[str, Any]:
    plain = (
        "version", "number", "title", "state", "nature", "source_kind", "source_label", "due_on", "interval",
        "reported_percent", "verified_percent", "closed_on", "quantity", "quantity_unit", "reported_amount",
        "verified_amount",
    )  # fmt: skip
    return {name: getattr(matter, name) for name in plain} | {
        "id": matter.pk,
        "light": light,
        "light_word": word,
        "light_why": why,
        "lead_unit": matter.lead_unit_id,
        "lead_unit_name": str(matter.lead_unit or ""),
        "last_progress": last,
        "parent": matter.parent_id,
        "volunteered_by": matter.volunteered_by_id,
    }


def _detail(page: MatterPage) -> dict[str, Any]:
    matter, shown = page.matter, page.shown
    last = page.reports[0].text if page.reports else ""
    return _matter(matter, str(shown.light), shown.word, shown.why, last) | {
        "quote": matter.quote,
        "context": matter.context,
        "acceptance": matter.acceptance,
        "goal": matter.goal,
        "answering": page.answering.who,
        "next": page.next,
        "haves": [{"name": n, "state": str(h), "note": w} for n, h, w in page.haves.rows()],
        "assignments": [_part(part) for part in page.parts],
        "evidence": [
            {"id": f.pk, "name": f.name, "size": f.size, "sha256": f.sha256} for f in page.evidence
        ],
        "trail": [
            {"at": e.at, "sentence": e.lead + e.rest, "words": e.quote, "system": e.system}
            for e in page.trail
        ],
        "kin": [
            {
                "tie": k.tie,
                "id": k.matter.pk,
                "number": k.matter.number,
                "title": k.matter.title,
                "state": k.matter.state,
            }
            for k in page.kin
        ],
        "parts": _parts(page.broken_down),
        "allowed_actions": [_offer(offer) for offer in [*page.offers, *page.side]],
    }


def _parts(found: Breakdown | None) -> dict[str, Any] | None:
    if found is None:
        return None
    plain = ("closed", "late", "percent", "asked", "allotted", "done", "reported", "verified", "estimated")  # fmt: skip
    return {name: getattr(found, name) for name in plain} | {
        "parts": [line.matter.pk for line in found.lines]
    }


def _part(part: Part) -> dict[str, Any]:
    return _assignment(part.assignment, str(part.assignment.unit))


def _assignment(row: Assignment, unit: str) -> dict[str, Any]:
    plain = ("version", "role", "state", "signed_at", "objection_until")
    return {name: getattr(row, name) for name in plain} | {
        "id": row.pk,
        "unit": row.unit_id,
        "unit_name": unit,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "action": offer.name,
        "label": str(offer.label),
        "subject_kind": offer.subject._meta.model_name,
        "subject_id": offer.subject.pk,
        "seen": offer.subject.version,
        "allowed": offer.allowed,
        "reason": str(offer.reason),
    }


def _notice(notice: SupervisionNotice, count: int) -> dict[str, Any]:
    post = notice.approver_post
    return {
        "id": notice.pk,
        "version": notice.version,
        "state": notice.state,
        "title": notice.title,
        "number": notice.paper_number,
        "approver": f"{post.user.name}{post.title}" if post else "",
        "issued_on": notice.issued_on,
        "matters": count,
    }


def _list(row: UnitList) -> dict[str, Any]:
    return {
        "id": row.pk,
        "version": row.version,
        "state": row.state,
        "unit": row.unit_id,
        "unit_name": str(row.unit),
        "notice": row.notice_id,
        "notice_number": row.notice.paper_number,
        "signed_at": row.signed_at,
    }
