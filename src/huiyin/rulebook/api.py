"""Reads of the rulebook for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from huiyin import clock
from huiyin.errors import NotFound
from huiyin.rulebook import queries
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import SHEETS

router = Router(tags=["rulebook"])


class RuleOut(Schema):
    """A rule and the number of the version in force today."""

    id: int
    version: int
    code: str
    label: str
    number: int
    source: str


class VersionOut(Schema):
    """One version of a rule with its body."""

    number: int
    body: dict[str, Any]
    source: str
    reason: str
    effective_on: date
    author: str


class RuleDetailOut(RuleOut):
    """A rule with all of its versions, the newest first."""

    versions: list[VersionOut]


@router.get("/rules", response=list[RuleOut], operation_id="rules.list")
def rules(request: HttpRequest) -> list[dict[str, Any]]:
    """Every rule of the office with the version in force today."""
    actor = request.actor  # type: ignore[attr-defined]
    book = queries.book(actor.jurisdiction_id)
    return [_rule(rule, book) for rule in queries.rules_of(actor.jurisdiction_id)]


@router.get("/rules/{code}", response=RuleDetailOut, operation_id="rules.get")
def rule(request: HttpRequest, code: str) -> dict[str, Any]:
    """One rule with every version."""
    actor = request.actor  # type: ignore[attr-defined]
    found = Rule.objects.visible_to(actor).filter(code=code).first()
    if found is None or code not in SHEETS:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    versions = [
        {
            "number": version.number,
            "body": version.body,
            "source": version.source,
            "reason": version.reason,
            "effective_on": version.effective_on,
            "author": version.author_name,
        }
        for version in found.versions.order_by("-number")
    ]
    return _rule(found, queries.book(actor.jurisdiction_id)) | {"versions": versions}


def _rule(found: Rule, book: queries.Book) -> dict[str, Any]:
    now = book.stands(SHEETS[found.code], clock.today())
    return {
        "id": found.pk,
        "version": found.version,
        "code": found.code,
        "label": str(now.label),
        "number": now.number,
        "source": now.source,
    }
