"""The rules shipped with Huiyin, one TOML file a code: source, note and body."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FIRST_TABLE, LAST_TABLE = 2024, 2026
"""Years for which `holidays` is seeded from the chinesecalendar package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A default as it is shipped; `note` says what is law, what practice, what our own proposal."""

    code: str
    source: str
    note: str
    body: dict[str, Any]


@cache
def shipped(code: str) -> Shipped:
    """The default of a code, as its file has it; the holiday tables are filled in."""
    text = files(__package__).joinpath(f"{code}.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    body = {"rows": _holiday_tables()} if code == "holidays" else raw["body"]
    return Shipped(
        code=code, source=raw["source"], note=raw["note"], body=json.loads(json.dumps(body))
    )


LIGHT_SETS = ("all_round", "deadline", "trajectory", "slips")
"""The light schemes shipped, named by practice; the first is the default."""


@cache
def light_set(name: str) -> Shipped:
    """A shipped light scheme to start from: it is amended, tried and saved like any other."""
    place = "lights.toml" if name == LIGHT_SETS[0] else f"light_sets/{name}.toml"
    text = files(__package__).joinpath(place).read_text("utf-8")
    raw = tomllib.loads(text)
    return Shipped(code="lights", source=raw["source"], note=raw["note"], body=raw["body"])


def _holiday_tables() -> list[dict[str, Any]]:
    """Holidays and working weekends of each year, from the package that carries the notices."""
    from chinese_calendar import constants

    return [
        {
            "year": year,
            "off": [day.isoformat() for day in sorted(constants.holidays) if day.year == year],
            "work": [day.isoformat() for day in sorted(constants.workdays) if day.year == year],
            "basis": f"国务院办公厅关于{year}年部分节假日安排的通知",
        }
        for year in range(FIRST_TABLE, LAST_TABLE + 1)
    ]
