"""What somebody might type into a verb: a value for each parameter, by its name and its type.

Most of it is sensible, so that verbs succeed; some is empty, late or beside the point, so that they refuse.
A verb that appears tomorrow is covered by the types of its parameters; a name adds what types do not say.
"""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Union, get_args, get_origin, get_type_hints

from huiyin import clock
from huiyin.documents.models import Document, Passage
from huiyin.matters.evidence import EvidenceFile
from huiyin.matters.models import Assignment, Matter, Milestone, UnitList
from huiyin.matters.rules import (
    BEFORE_DISPATCH,
    Effect,
    Interval,
    Level,
    MatterState,
    Nature,
    Origin,
    Response,
    Rhythm,
    Urgency,
    VariationKind,
)
from huiyin.people.models import Post, Unit, held_on
from huiyin.rulebook.rules.words import METHODS
from huiyin.web import uploads
from tests.cast import Cast

WORDS = (
    "泵站已连续试运行七天，设备完好",
    "按要求推进，正在抓紧协调",
    "汛期不能施工，须错开",
    "已完成三十座，剩余十座年内完成",
    "经现场查看，与所报一致",
)
TITLES = ("城北提升泵站试运行", "加固二十座山塘", "改造两所村小", "巡查入河排污口")
DAYS = (-2, 0, 1, 5, 12, 20, 28, 40, 75, 200)
PERCENTS = (0, 10, 35, 60, 85, 100)
CODES: Mapping[str, Sequence[str]] = {
    "urgency": Urgency.values,
    "interval": Interval.values,
    "rhythm": [*Rhythm.values, ""],
    "nature": Nature.values,
    "origin": Origin.values,
    "limit": ("", "petition_finish", "suggestion_answer", "hotline_finish"),
    "source_kind": ("own", "minutes", "hotline", "rectification", "petition"),
    "method": list(METHODS),
    "check_method": list(METHODS),
    "response": Response.values,
    "level": [*Level.values, ""],
    "scope": ("under_way", "standing", "closed", "all"),
    "channel": ("system", "phone", "paper"),
    "matter.verify.outcome": ("confirmed", "confirmed", "refuted"),
    "drawn_check.record.outcome": ("confirmed", "refuted", "checked"),
    "matter.check_effect.outcome": Effect.values,
    "matter.ask_adjustment.kind": (
        VariationKind.AMOUNT.value,
        VariationKind.STANDARD.value,
        VariationKind.SCOPE.value,
    ),
    "matter.consult.kind": ("opinion", "countersign"),
    "unit.change.kind": Unit.Kind.values,
    "unit.create.kind": Unit.Kind.values,
    "passage.add.kind": ("task", "standing", "problem", "fact"),
    "passage.change.kind": ("task", "standing", "problem", "fact"),
    "portfolio.give.kind": ("in_charge", "liaison"),
    "role": ("liaison_officer", "unit_head"),
    "StatedRow.state": ("under_way", "under_way", "closed", "dispatched"),
    "StatedRow.source_kind": ("notice", "instruction", "minutes"),
}
"""Codes a string may be, by the parameter's name, or by verb (or dataclass) and name."""
OFTEN_GIVEN = frozenset(
    {"percent", "quantity", "new_lead", "outcome", "later_because", "due_on", "lead", "parts_note"}
    | {"other_lead", "with_parts", "acceptance", "standard", "progress", "summary", "answer"}
)
"""Optional parameters that a verb often cannot do without."""
BLANK = 0.04
"""How often a needed text is left blank."""


class Typist:
    """Types into the verbs of one office; every choice comes from one source of chance."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.office = cast.jurisdiction.pk
        self.hints: dict[str, dict[str, Any]] = {}

    def given(self, verb: Any, subject: Any, user_id: int | None, chance: Random) -> dict[str, Any]:
        """The input of a verb on a subject, as that person might fill it in."""
        hints = self.hints.setdefault(verb.name, get_type_hints(verb.run))
        asked = [
            parameter
            for parameter in inspect.signature(verb.run).parameters.values()
            if parameter.kind is inspect.Parameter.KEYWORD_ONLY
        ]
        self.subject, self.user_id, self.chance = subject, user_id, chance
        return self._brought(asked) | {
            one.name: self.value(verb.name, one.name, hints[one.name])
            for one in asked
            if one.name != "sha256"
            if one.default is inspect.Parameter.empty or self._fills_in(one.name)
        }

    def _brought(self, asked: Sequence[inspect.Parameter]) -> dict[str, Any]:
        """A file that the person brought is named by its hash."""
        if "sha256" not in {one.name for one in asked}:
            return {}
        return {"sha256": self._file().sha256}

    def _fills_in(self, name: str) -> bool:
        return self.chance.random() < (0.7 if name in OFTEN_GIVEN else 0.25)

    def value(self, owner: str, name: str, hint: Any) -> Any:
        """A value for one parameter of a verb, or for one field of a dataclass."""
        codes = CODES.get(f"{owner}.{name}", CODES.get(name))
        if codes is not None and hint in (str, str | None):
            return self.chance.choice(list(codes))
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(kind for kind in get_args(hint) if kind is not type(None))
        if hint is int:
            return self._number(owner, name)
        if get_origin(hint) in (Sequence, tuple, list):
            return self._several(owner, name, get_args(hint)[0])
        if get_origin(hint) in (Mapping, dict):
            return {}
        if dataclasses.is_dataclass(hint) and isinstance(hint, type):
            return self._filled(hint)
        return self._plain(name, hint)

    def _plain(self, name: str, hint: Any) -> Any:
        chance = self.chance
        kinds: dict[Any, Callable[[], Any]] = {
            str: lambda: self._text(name),
            bool: lambda: chance.random() < 0.6,
            date: lambda: clock.today() + timedelta(days=chance.choice(DAYS)),
            Decimal: lambda: Decimal(chance.choice([3, 12, 20, 40])),
        }
        if hint not in kinds:
            raise NotImplementedError(f"no input for {name}: {hint}")
        if name in ("given_on", "started_on") and hint is date:
            return clock.today()
        return kinds[hint]()

    def _text(self, name: str) -> str:
        chance = self.chance
        if chance.random() < BLANK:
            return ""
        if name in ("title", "name"):
            return f"{chance.choice(TITLES)}（{chance.randrange(1000)}）"
        if name in ("short_name", "code", "number", "label", "username"):
            return f"X{chance.randrange(10_000)}"
        if name == "quantity_unit":
            return "座"
        if name in ("goal", "acceptance"):
            return "完成二十座山塘加固并通过验收"
        return chance.choice(WORDS)

    def _number(self, owner: str, name: str) -> int:
        chance = self.chance
        if "percent" in name:
            return chance.choice(PERCENTS)
        if name in ("size", "position", "count"):
            return chance.randrange(1, 4)
        if name in ("start", "end", "at", "page", "line"):
            return chance.randrange(0, 200)
        if name in ("to_id", "user_id"):
            return chance.choice([user.pk for user in self.cast.users.values()])
        if name == "into":
            return self._beside()
        rows = self._rows_named(name)
        return self._unit(owner) if rows is None else self._one(rows, 0)

    def _rows_named(self, name: str) -> Any:
        """The rows whose id a parameter of that name is; None when it is a unit's."""
        kinds: dict[str, Callable[[], Any]] = {
            **dict.fromkeys(("leader_post", "approver_post", "leader"), self._posts),
            **dict.fromkeys(
                ("matter", "follows"), lambda: Matter.objects.filter(jurisdiction=self.office)
            ),
            "assignment": self._own_rows,
            "document": Document.objects.all,
        }
        return kinds[name]() if name in kinds else None

    def _unit(self, owner: str) -> int:
        """A unit that fits: below the lead when something is broken down, else a bureau, else any."""
        chance = self.chance
        if owner == "PartRow":
            lead = getattr(self.subject, "lead_unit", None)
            below = [u.pk for u in Unit.objects.filter(parent=lead)] if lead else []
            return chance.choice(below or [self.cast.units["county"].pk])
        keys = ("water", "schools", "schools", "parks", "county", "computing")
        return self.cast.units[chance.choice(keys)].pk

    def _beside(self) -> int:
        """Another matter that could take this one in: of the same lead, when there is one."""
        rows = Matter.objects.filter(jurisdiction=self.office, parent=self.subject.parent_id)
        rows = rows.exclude(pk=self.subject.pk)
        open_ = rows.filter(state__in=["registered", "dispatched", "under_way"])
        close = open_.filter(lead_unit=self.subject.lead_unit_id)
        return self._one(close, 0) or self._one(open_, 0) or self._one(rows, 0)

    def _posts(self) -> Any:
        return Post.objects.filter(
            held_on(clock.today()),
            jurisdiction=self.office,
            role__in=["leader_in_charge", "principal_leader"],
        )

    def _own_rows(self) -> Any:
        if isinstance(self.subject, UnitList):
            return Assignment.objects.filter(unit_list=self.subject)
        return Assignment.objects.all()

    def _one(self, rows: Any, otherwise: int) -> int:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return self.chance.choice(ids) if ids else otherwise

    def _some(self, rows: Any, most: int) -> list[int]:
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        return self.chance.sample(ids, min(len(ids), self.chance.randrange(1, most + 1)))

    def _several(self, owner: str, name: str, kind: Any) -> Any:
        chance = self.chance
        if kind is int:
            return self._ids(name)
        if kind is EvidenceFile:
            return [self._file() for _ in range(chance.choice([0, 1, 1, 2]))]
        if name == "exceptions" and chance.random() < 0.5:
            return []
        least = 2 if name == "shares" else 1
        return [self.value(owner, name, kind) for _ in range(chance.randrange(least, least + 2))]

    def _ids(self, name: str) -> list[int]:
        if name == "matters":
            rows = Matter.objects.filter(jurisdiction=self.office, state__in=BEFORE_DISPATCH[:1])
            return self._some(rows, 3)
        if name == "milestones_done":
            return self._some(Milestone.objects.filter(done_on=None), 1)
        if name == "passages":
            return self._some(Passage.objects.filter(document=self.subject.pk), 4)
        if name == "to":
            return self._some(Post.objects.filter(jurisdiction=self.office), 2)
        units = [self.cast.units[key].pk for key in ("schools", "parks", "computing", "county")]
        return self.chance.sample(units, self.chance.choice([1, 1, 2]))

    def _file(self) -> EvidenceFile:
        kept = uploads.keep("泵站记录".encode(), "验收记录.txt", owner_id=self.user_id or 0)
        return EvidenceFile(
            name=kept.name, sha256=kept.sha256, size=kept.size, media_type=kept.media_type
        )

    def _filled(self, kind: type[Any]) -> Any:
        """One row of a table: its needed fields, and some of the others."""
        hints = self.hints.setdefault(kind.__name__, get_type_hints(kind))
        given = {
            field.name: self.value(kind.__name__, field.name, hints[field.name])
            for field in dataclasses.fields(kind)
            if field.default is dataclasses.MISSING or self._fills_in(field.name)
        }
        if kind.__name__ == "StatedRow":
            given |= _dated(given)
        return kind(**given)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """Days of a stated row that follow one another."""
    today = clock.today()
    closed = row.get("state") == MatterState.CLOSED
    return {
        "supporting": (),
        "nature": Nature.TASK,
        "dispatched": today - timedelta(days=40),
        "due": today + timedelta(days=20),
        "closed": today - timedelta(days=1) if closed else None,
    }
