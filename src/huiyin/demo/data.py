"""The demo's content, read from `data/`. Pure, without Django."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiyin.demo.content import (
    Check,
    Closing,
    Content,
    Delegation,
    Instruction,
    Notice,
    Paper,
    Passage,
    Person,
    Plan,
    Portfolio,
    Post,
    Report,
    Ruling,
    Story,
    SupportingReport,
    Unit,
)

FOLDER = Path(__file__).parent / "data"
Row = dict[str, Any]


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
