"""Names of units as a paper writes them → units of the directory, the first named proposed as lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huiyin.documents.directory import Directory, Found
from huiyin.documents.models import Passage
from huiyin.people.matching import Match, Why
from huiyin.people.models import Unit
from huiyin.web.kept import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom the words name: `lead` and `supporting` as units, `unknown` names, and why it is so."""

    lead: Unit | None = None
    supporting: tuple[Unit, ...] = ()
    unknown: tuple[str, ...] = ()
    several: bool = False
    why: str = ""
    filled: dict[str, Any] = field(default_factory=dict)


@kept
def named(passage: Passage, directory: Directory) -> Named:
    """The units a finding names; of several leads the first is proposed, and the others support."""
    leads, others = directory.find(passage.lead_names), directory.find(passage.co_names)
    lead = leads.units[0] if leads.units else None
    together = dict.fromkeys([*leads.units[1:], *others.units])
    supporting = [unit for unit in together if unit != lead]
    why = _why(passage.lead_names, leads)
    return Named(
        lead=lead,
        supporting=tuple(supporting),
        unknown=tuple(match.written for match in (*leads.unclear, *others.unclear)),
        several=len(leads.units) > 1,
        why=why,
        filled=_filled(lead, supporting, why, several=len(leads.units)),
    )


def _why(names: Sequence[str], leads: Found) -> str:
    if not names:
        return _("原话没有点名")
    said = "、".join(names)
    if not leads.units:
        return _unclear(said, leads.unclear[0]) if leads.unclear else _("原话没有点名")
    if len(leads.units) > 1:
        words = _("并列点名%(n)d家，取首位：%(names)s")
        return words % {"n": len(leads.units), "names": said}
    return _("原话：%(names)s") % {"names": said}


def _unclear(said: str, match: Match) -> str:
    """Why a name gives no lead: a whole group, several of one name, or nobody we know."""
    words = {
        Why.GROUP: _("原话说的是“%(names)s”，涉及%(n)d家，请定一家牵头"),
        Why.SEVERAL: _("原话说的是“%(names)s”，名录里有%(n)d家对得上，请选定"),
    }.get(match.why, _("原话说的是“%(names)s”，名录里对不上"))
    return words % {"names": said, "n": len(match.unit_ids)}


def _filled(
    lead: Unit | None, supporting: Sequence[Unit], why: str, *, several: int
) -> dict[str, Any]:
    """The cells of a matter that come from the words; what the words lack is marked missing."""
    origin = "words" if lead else "missing"
    cells: dict[str, Any] = {"lead": {"from": origin, "why": why, "several": several}}
    if supporting:
        cells["supporting"] = {"from": "words", "why": why}
    return cells
