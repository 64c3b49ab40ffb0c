"""The demo's content as values: read from `data/`, offsets left as they are. Pure, without Django."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from huiyin.demo.dates import Due, expand

FOLDER = Path(__file__).parent / "data"
_AMOUNT = re.compile(r"([0-9.]+)\s*(.*)")
Row = dict[str, Any]


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


def load() -> Content:
    """Return the content as the files hold it; a misspelt key is a TypeError."""
    office, papers = _toml("office.toml"), _toml("documents.toml")
    files = [_toml(f"stories/{path.name}") for path in sorted((FOLDER / "stories").glob("*.toml"))]
    return Content(
        name=office["jurisdiction"]["name"],
        short=office["jurisdiction"]["short"],
        units=tuple(Unit(**_tuples(row)) for row in office["unit"]),
        people=tuple(_person(row) for row in office["person"]),
        portfolios=tuple(Portfolio(**_tuples(row)) for row in office["portfolio"]),
        delegations=tuple(Delegation(giver=row.pop("from"), **row) for row in office["delegation"]),
        papers=tuple(_paper(row) for row in papers["document"]),
        notices=tuple(Notice(**_tuples(row)) for row in papers["notice"]),
        instructions=tuple(Instruction(**row) for row in _toml("instructions.toml")["instruction"]),
        stories=tuple(story for file in files for story in _stories(file)),
        passages=tuple(
            Passage(document=file["document"], **row)
            for file in files
            for row in file.get("passage", [])
        ),
    )


def _toml(name: str) -> Row:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _tuples(row: Row) -> Row:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _person(row: Row) -> Person:
    posts = tuple(Post(**post) for post in row["posts"])
    return Person(login=row["login"], name=row["name"], posts=posts)


def _paper(row: Row) -> Paper:
    raw = (FOLDER / "texts" / row.pop("file")).read_text(encoding="utf-8")
    return Paper(raw=raw, **row)


def _stories(file: Row) -> Iterator[Story]:
    for row in file["matter"]:
        given = {"document": file.get("document", ""), "notice": file.get("notice", "")} | row
        yield _story(given)


def _story(row: Row) -> Story:
    """The story of one table; what it leaves out is empty."""
    words = (
        "light",
        "document",
        "instruction",
        "notice",
        "quote",
        "why",
        "standard",
        "quantity",
        "every",
        "leader",
    )
    known: Row = {name: row.pop(name, "") for name in words}
    return Story(
        kind=row.pop("kind", "task"),
        supporting=tuple(row.pop("supporting", ())),
        answers=tuple(row.pop("answers", ())),
        due=row.pop("due", None),
        plan=_plan(row.pop("plan", None)),
        reports=tuple(Report(**_named(Report, cells)) for cells in row.pop("reports", [])),
        supporting_reports=tuple(
            SupportingReport(**_named(SupportingReport, cells))
            for cells in row.pop("supporting_reports", [])
        ),
        submitted=_submitted(row.pop("submitted", None)),
        resubmitted=_submitted(row.pop("resubmitted", None)),
        checks=tuple(_check(cells) for cells in row.pop("checks", [])),
        closing=_one(Closing, row.pop("closing", None)),
        handed_back=_pair(row.pop("handed_back", None)),
        ruling=_one(Ruling, row.pop("ruling", None)),
        **known,
        **row,
    )


def _named(kind: type, cells: list[Any]) -> Row:
    return dict(zip(kind.__annotations__, cells, strict=False))


def _one(kind: type, cells: list[Any] | None) -> Any:
    return None if cells is None else kind(**_named(kind, cells))


def _pair(cells: list[Any] | None) -> tuple[int, str] | None:
    return None if cells is None else (cells[0], cells[1])


def _plan(row: Row | None) -> Plan | None:
    if row is None:
        return None
    steps = tuple((step[0], step[1]) for step in row.get("steps", []))
    return Plan(goal=row["goal"], measures=row["measures"], focus=row.get("focus", ""), steps=steps)


def _submitted(cells: list[Any] | None) -> Report | None:
    if cells is None:
        return None
    return Report(on=cells[0], percent=100, text=cells[1], evidence=cells[2])


def _check(cells: list[Any]) -> Check:
    on, by, percent, verdict, finding = cells
    return Check(on=on, by=by, percent=percent, passed=verdict == "pass", finding=finding)
