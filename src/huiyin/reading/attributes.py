"""Steps that fill a finding: who, by when, how often, how much."""

from __future__ import annotations

import re

from huiyin.reading import deadlines, measures, parties, quantities, recurrence
from huiyin.reading.draft import Assigned, Draft, Finding
from huiyin.reading.inheritance import own_bracket
from huiyin.reading.types import Deadline, Quantity, Recurrence

_CONTINUES = re.compile(r"^(?:对[^，]{2,40}的，|也要|又要|还要|并要|同时要|同时，?一并)")


def find_parties(draft: Draft) -> None:
    """Each finding has who leads and who assists: its own subject first, then its block's."""
    before: Finding | None = None
    for finding in draft.findings:
        _own_parties(draft, finding)
        if not finding.lead:
            block = draft.assigned.get(finding.clause.index)
            _block_parties(finding, own_bracket(draft, finding.clause) or block)
        if not finding.lead and before and _carries(before, finding):
            finding.lead, finding.co = list(before.lead), list(before.co)
            finding.because.append("主语承前")
        before = finding


def _own_parties(draft: Draft, finding: Finding) -> None:
    clause = finding.clause
    found = parties.subject(clause.text)
    if not found or (finding.kind in ("fact", "problem") and not _acts(clause.text, found)):
        return
    finding.lead = _names(draft, clause.start, found.lead)
    finding.co = [
        name for name in _names(draft, clause.start, found.co) if name not in finding.lead
    ]
    if found.why and finding.lead:
        finding.because.append(f"{found.why}“{'、'.join(finding.lead[:2])}”")


_COUNTED = re.compile(r"企业|行业|人员|^全[省市县区]$")


def _acts(text: str, found: parties.Parties) -> bool:
    """For facts and problems only a body that acts or is judged is named, not what is counted."""
    if not found.lead:
        return False
    start, end = found.lead[0]
    return start < 30 and not _COUNTED.search(text[start:end])


def _names(draft: Draft, offset: int, spans: list[parties.Span]) -> list[str]:
    return list(dict.fromkeys(draft.written(offset + a, offset + b) for a, b in spans))


def _block_parties(finding: Finding, block: Assigned | None) -> None:
    if block and (block.lead or block.co):
        finding.lead, finding.co = list(block.lead), list(block.co)
        finding.because.append(f"{block.why or '段落'}“{'、'.join(block.lead[:2])}”")


def _carries(before: Finding, finding: Finding) -> bool:
    same = before.clause.sentence == finding.clause.sentence
    demand = finding.kind in ("task", "standing") and before.kind in ("task", "standing")
    return demand and (same or bool(_CONTINUES.match(finding.clause.text)))


def find_deadlines(draft: Draft) -> None:
    """Each task has its time limit, from its own words or from its block."""
    for finding in draft.findings:
        if finding.kind not in ("task", "standing"):
            continue
        finding.deadline = _own_deadline(draft, finding)
        block = draft.assigned.get(finding.clause.index)
        if finding.deadline is None and block and block.limit and finding.kind == "task":
            finding.deadline = block.limit
            finding.because.append(f"时限承自“{block.limit.text}”")


def _own_deadline(draft: Draft, finding: Finding) -> Deadline | None:
    text = finding.clause.text
    limit = deadlines.latest(text, draft.base)
    if finding.kind == "standing":
        return (
            draft.deadline(limit, finding.clause.start)
            if limit and limit.kind == "relative" and not limit.date
            else None
        )
    limit = limit or deadlines.goal_year(text, draft.base)
    if limit is None:
        return None
    finding.because.append(f"有时限“{text[limit.start : limit.end]}”")
    return draft.deadline(limit, finding.clause.start)


def find_recurrence(draft: Draft) -> None:
    """Each demand has its rhythm; a standing duty that recurs has no date of its own."""
    for finding in draft.findings:
        if finding.kind not in ("task", "standing"):
            continue
        found = recurrence.find(finding.clause.text)
        if found:
            start, end, freq = found
            words = draft.written(finding.clause.start + start, finding.clause.start + end)
            finding.recurrence = Recurrence(text=words, freq=freq)
            finding.because.append(f"有周期“{words}”")


def find_quantities(draft: Draft) -> None:
    """Tasks, facts and problems carry their figures; a standing demand has none to reach."""
    for finding in draft.findings:
        if finding.kind == "standing":
            continue
        offset = finding.clause.start
        for figure in quantities.find(finding.clause.text):
            finding.quantities.append(
                Quantity(
                    text=draft.document.text[
                        draft.clean.start(offset + figure.start) : draft.clean.end(
                            offset + figure.end
                        )
                    ],
                    value=figure.value,
                    unit=draft.written(offset + figure.unit[0], offset + figure.unit[1]).replace(
                        "％", "%"
                    ),
                )
            )
        if finding.kind == "fact":
            finding.measure = measures.measure(finding.clause.text)
