"""Drafts of forms: saved every few seconds by the page, offered again on return."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.web.models import Draft

KEPT_DAYS = 30
LARGEST = 1_000_000
"""Characters of one draft, over all its fields."""
MOST = 200
"""Drafts one person may have; the oldest go first."""


class SignedOut(Refusal):
    """Nobody is signed in any more; the page asks for sign-in in place."""

    status = 401


@require_http_methods(["GET", "PUT", "POST", "DELETE"])
def draft(request: HttpRequest, key: str) -> HttpResponse:
    """The person's own draft under `key`: read, replaced or discarded; 204 when there is none."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        raise SignedOut(_("登录已过期，请重新登录，您填写的内容还在。"), code="signed_out")
    rows = Draft.objects.filter(owner_id=actor.user_id, key=key[:120])
    if request.method == "GET":
        row = rows.first()
        return HttpResponse(status=204) if row is None else _answer(row)
    if request.method == "DELETE":
        rows.delete()
        return HttpResponse(status=204)
    return _answer(_save(actor.user_id, key[:120], _fields(request)))


def _answer(row: Draft) -> JsonResponse:
    body = {"fields": row.fields, "saved_at": row.saved_at.isoformat()}
    return JsonResponse(body, headers={"Cache-Control": "no-store"})


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    """Field name → values; anything else is refused, so that a draft is never more than a form."""
    if len(request.body) > LARGEST * 4:
        raise Refusal(_("草稿太长，没有保存。请先提交一部分。"), code="draft_too_long")
    try:
        body: Any = json.loads(request.body)
        fields = body["fields"]
        found = {str(name): [str(value) for value in values] for name, values in fields.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refusal(_("草稿的格式不对，没有保存。"), code="bad_draft") from error
    if sum(len(value) for values in found.values() for value in values) > LARGEST:
        raise Refusal(_("草稿太长，没有保存。请先提交一部分。"), code="draft_too_long")
    return {
        name: [value.replace("\x00", "\ufffd") for value in values]
        for name, values in found.items()
    }


def _save(owner_id: int, key: str, fields: dict[str, list[str]]) -> Draft:
    now = clock.now()
    row, _made = Draft.objects.update_or_create(
        owner_id=owner_id, key=key, defaults={"fields": fields, "saved_at": now}
    )
    Draft.objects.filter(owner_id=owner_id, saved_at__lt=now - timedelta(days=KEPT_DAYS)).delete()
    surplus = Draft.objects.filter(owner_id=owner_id).order_by("-saved_at").values("pk")[MOST:]
    Draft.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))).delete()
    return row


def discard(owner_id: int, key: str) -> None:
    """The draft is gone, because what it held has been submitted."""
    Draft.objects.filter(owner_id=owner_id, key=key).delete()
