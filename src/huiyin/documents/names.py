"""Names of units as a paper writes them → units of the directory, the first named proposed as lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from huiyin.documents.directory import Directory
from huiyin.documents.models import Passage
from huiyin.people.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whom the words name: `lead` and `supporting` as units, `unknown` names, and why it is so."""

    lead: Unit | None = None
    supporting: tuple[Unit, ...] = ()
    unknown: tuple[str, ...] = ()
    several: bool = False
    why: str = ""
    filled: dict[str, Any] = field(default_factory=dict)


def named(passage: Passage, directory: Directory) -> Named:
    """The units a finding names; of several leads the first is proposed, and the others support."""
    leads, lost = directory.find(passage.lead_names)
    others, missed = directory.find(passage.co_names)
    lead = leads[0] if leads else None
    supporting = [unit for unit in dict.fromkeys([*leads[1:], *others]) if unit != lead]
    why = _why(passage.lead_names, leads)
    return Named(
        lead=lead,
        supporting=tuple(supporting),
        unknown=(*lost, *missed),
        several=len(leads) > 1,
        why=why,
        filled=_filled(lead, supporting, why),
    )


def _why(names: Sequence[str], leads: Sequence[Unit]) -> str:
    if not names:
        return _("原话没有点名")
    if not leads:
        return _("原话说的是“%(names)s”，名录里对不上") % {"names": "、".join(names)}
    if len(leads) > 1:
        return _("并列点名%(n)d家，取首位：%(names)s") % {
            "n": len(leads),
            "names": "、".join(names),
        }
    return _("原话：%(names)s") % {"names": "、".join(names)}


def _filled(lead: Unit | None, supporting: Sequence[Unit], why: str) -> dict[str, Any]:
    """The cells of a matter that come from the words; what the words lack is marked missing."""
    cells: dict[str, Any] = {"lead": {"from": "words" if lead else "missing", "why": why}}
    if supporting:
        cells["supporting"] = {"from": "words", "why": why}
    return cells
