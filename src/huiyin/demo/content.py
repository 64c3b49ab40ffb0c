"""What the demo's content is made of: values with offsets in days from today. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiyin.demo.dates import Due, expand

_AMOUNT = re.compile(r"([0-9.]+)\s*(.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the directory; `parent` and `line` are codes."""

    code: str
    name: str
    short_name: str
    kind: str
    position: int
    aliases: tuple[str, ...] = ()
    parent: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    unit: str
    title: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    login: str
    name: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Codes of the units a leader is in charge of (分管) or keeps contact with (联系)."""

    leader: str
    in_charge: tuple[str, ...] = ()
    liaison: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    giver: str
    to: str
    starts: int
    ends: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as it was uploaded."""

    id: str
    name: str
    type: str
    imported: int
    by: str
    reviewed: int
    raw: str
    opened: bool = False

    def text(self, today: date) -> str:
        return expand(self.raw, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A batch on its way; `approved` and `issued` are None while it still waits."""

    label: str
    title: str
    proposed: tuple[int, str]
    document: str = ""
    approved: int | None = None
    approver: str = ""
    opinion: str = ""
    basis: str = ""
    issued: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    id: str
    leader: str
    on: int
    paper: str
    words: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    goal: str
    measures: str
    focus: str
    steps: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    on: int
    percent: int
    text: str
    problems: str = ""
    next_step: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportingReport:
    unit: str
    on: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    on: int
    by: str
    percent: int
    passed: bool
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    on: int
    by: str
    summary: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """`unit` answers from then on: another one, or the same when the objection is refused."""

    on: int
    by: str
    unit: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One matter from its words to where it stands today."""

    title: str
    lead: str
    state: str
    light: str
    kind: str
    supporting: tuple[str, ...]
    document: str
    instruction: str
    notice: str
    quote: str
    why: str
    answers: tuple[str, ...]
    standard: str
    quantity: str
    due: Due | None
    every: str
    leader: str
    plan: Plan | None
    reports: tuple[Report, ...]
    supporting_reports: tuple[SupportingReport, ...]
    submitted: Report | None
    resubmitted: Report | None
    checks: tuple[Check, ...]
    closing: Closing | None
    handed_back: tuple[int, str] | None
    ruling: Ruling | None

    @property
    def amount(self) -> tuple[Decimal, str] | None:
        """The quantity as number and unit; None when there is none."""
        found = _AMOUNT.fullmatch(self.quantity)
        return (Decimal(found[1]), found[2]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A demand that became no matter."""

    document: str
    quote: str
    fate: str
    on: int
    reason: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything there is to build."""

    name: str
    short: str
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    portfolios: tuple[Portfolio, ...]
    delegations: tuple[Delegation, ...]
    papers: tuple[Paper, ...]
    notices: tuple[Notice, ...]
    instructions: tuple[Instruction, ...]
    stories: tuple[Story, ...]
    passages: tuple[Passage, ...]
