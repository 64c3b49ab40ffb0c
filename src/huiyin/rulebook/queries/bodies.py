"""The bodies of rules: as stored, brought up to today's form, typed, and as shipped.

A parsed body is kept in this process by its digest, so that it can never be out of date.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from huiyin.errors import Words
from huiyin.rulebook.defaults import shipped
from huiyin.rulebook.models import RuleVersion
from huiyin.rulebook.rules import LIGHT_SCHEME, LightScheme, Sheet

T = TypeVar("T")
KEPT_BODIES = 400
_bodies: dict[tuple[str, str], Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce(Generic[T]):
    """One rule as it stands on a day: its number, typed body, legal source and label."""

    code: str
    number: int
    body: T
    source: str
    label: Words

    @property
    def cited(self) -> str:
        """`规则“时限默认”第1版`, as pages cite it; `规则“时限默认”（系统默认）` when never adopted."""
        if not self.number:
            return _("规则“%(label)s”（系统默认）") % {"label": self.label}
        return _("规则“%(label)s”第%(number)d版") % {"label": self.label, "number": self.number}


def versions_of(jurisdiction_id: int, codes: Collection[str]) -> dict[str, list[RuleVersion]]:
    """The versions of each rule (of those named, when some are), the newest first; one query."""
    rows = RuleVersion.objects.filter(rule__jurisdiction_id=jurisdiction_id).select_related("rule")
    if codes:
        rows = rows.filter(rule__code__in=codes)
    found: dict[str, list[RuleVersion]] = {}
    for row in rows.defer("body", "reason").order_by("-number"):
        found.setdefault(row.rule.code, []).append(row)
    return found


def as_shipped(sheet: Sheet[T]) -> InForce[T]:
    """A rule that the office never adopted, as it comes with the product: version 0."""
    default = shipped(sheet.code)
    return InForce(
        code=sheet.code,
        number=0,
        body=_parsed(sheet, "shipped", lambda: default.body),
        source=default.source,
        label=sheet.label,
    )


def typed(sheet: Sheet[T], version: RuleVersion) -> T:
    """The body of a version, in today's form."""
    return _parsed(sheet, version.digest, lambda: brought_up(sheet, version.body))


def _parsed(sheet: Sheet[T], digest: str, body: Callable[[], Mapping[str, Any]]) -> T:
    key = (sheet.code, digest)
    if key not in _bodies:
        if len(_bodies) >= KEPT_BODIES:
            _bodies.clear()
        _bodies[key] = sheet.parse(body())
    typed: T = _bodies[key]
    return typed


def kept_lights(digest: str) -> LightScheme | None:
    """The light scheme of a digest; one query when this process has not read it yet."""
    kept = _bodies.get((LIGHT_SCHEME.code, digest))
    if kept is None:
        row = RuleVersion.objects.filter(digest=digest, rule__code=LIGHT_SCHEME.code).first()
        kept = typed(LIGHT_SCHEME, row) if row is not None else None
    scheme: LightScheme | None = kept
    return scheme


def brought_up(sheet: Sheet[Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """A stored body in today's form: what the sheet asks for since then is as shipped.

    Values and cells it has not are the default's; kinds (first cell of the key) it has no row for
    have the default's rows. A row the office took out of a kind that it has stays out.
    """
    default = shipped(sheet.code).body
    found = {c.name: body.get(c.name, default.get(c.name)) for c in sheet.values}
    if sheet.rows:
        found["rows"] = _rows_brought_up(sheet, body.get("rows", []), default.get("rows", []))
    return found


def _rows_brought_up(
    sheet: Sheet[Any], rows: Sequence[Mapping[str, Any]], defaults: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    def key(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in sheet.key)

    known = {key(row): row for row in defaults}
    names = [column.name for column in sheet.rows]
    found = [
        {name: row.get(name, known.get(key(row), {}).get(name, "")) for name in names}
        for row in rows
    ]
    there = {key(row)[:1] for row in rows}
    lacking = [dict(row) for row in defaults if key(row)[:1] not in there]
    return found + (lacking if sheet.grows else [])
