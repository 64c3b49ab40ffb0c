"""Who may do what: every public verb × every relation to the thing, asked of the door itself.

The answers come from the same questions that the button, the API and the refusal ask (`permitted`,
`why_not`, `may_see`), on the row of the scene on which most people may do the verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import huiyin.api  # noqa: F401 - registers every verb
from huiyin.actors import Actor
from huiyin.door import Action, asking, registry
from huiyin.matters.models import Matter
from tests.cast import Cast
from tests.machines.people import appoint, large_cast
from tests.machines.scene import scene

MAY, MAY_NOT, UNSEEN, STANDS_BACK, NOT_NOW = "可", "不可", "看不见", "回避", "暂不"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A column: what somebody is to the thing, and who of the cast that is."""

    code: str
    label: str
    who: str
    of_part: bool = False
    recused: bool = False


RELATIONS = (
    Relation(code="office", label="督查员", who="office"),
    Relation(code="office_head", label="督查室主任", who="office_head"),
    Relation(code="lead", label="牵头单位联络员", who="water"),
    Relation(code="lead_head", label="牵头单位负责人", who="water_head"),
    Relation(code="supporting", label="配合单位", who="schools"),
    Relation(code="arranging", label="分解单位（对分解事项）", who="schools", of_part=True),
    Relation(code="asked", label="被征求、被转办单位", who="k2"),
    Relation(code="outsider", label="无关单位", who="outsider"),
    Relation(code="leader", label="分管领导", who="vice"),
    Relation(code="other_leader", label="其他副职领导", who="stranger_leader"),
    Relation(code="principal", label="主要领导", who="mayor"),
    Relation(code="delegate", label="分管领导的代理人", who="standin"),
    Relation(code="recused", label="兼任牵头单位负责人的分管领导", who="vice", recused=True),
    Relation(code="recused_delegate", label="兼任者的代理人", who="standin", recused=True),
    Relation(code="auditor", label="审计员", who="auditor"),
    Relation(code="sysadmin", label="系统管理员", who="sysadmin"),
    Relation(code="secadmin", label="安全管理员", who="secadmin"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer, with the refusal's code when there is one."""

    word: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.word} `{self.code}`" if self.code else self.word


Row = dict[str, Cell]


def verbs() -> list[Action[Any, Any]]:
    """Every public verb, by name."""
    return [v for n, v in sorted(registry().items()) if v.public and not n.startswith("test.")]


def cell(verb: Action[Any, Any], subject: Any, actor: Actor) -> Cell:
    """What the door says to somebody about a verb on a thing."""
    acting = asking.permitted(verb, subject, actor)
    if acting is None:
        return Cell(word=MAY_NOT if asking.may_see(actor, subject) else UNSEEN)
    code, _sentence = asking.why_not(verb, subject, acting) or ("", "")
    if not code:
        return Cell(word=MAY)
    return Cell(word=STANDS_BACK if "own_unit" in code else NOT_NOW, code=code)


def matrix() -> dict[str, Row]:
    """Verb → relation → answer, in a newly built office."""
    cast = large_cast()
    scene(cast)
    chosen = {verb.name: (_best(verb, cast), _best(verb, cast, part=True)) for verb in verbs()}
    found = {
        verb.name: dict(_cells(verb, chosen[verb.name], cast, recused=False)) for verb in verbs()
    }
    appoint(cast, "vice", "water", "unit_head", "局长（兼）")
    for verb in verbs():
        found[verb.name] |= dict(_cells(verb, chosen[verb.name], cast, recused=True))
    return found


def _cells(
    verb: Action[Any, Any], rows: tuple[Any, Any], cast: Cast, *, recused: bool
) -> Iterator[tuple[str, Cell]]:
    whole, part = rows
    for relation in RELATIONS:
        subject = part if relation.of_part else whole
        if relation.recused == recused and subject is not None:
            fresh = type(subject)._default_manager.get(pk=subject.pk)
            yield relation.code, cell(verb, fresh, cast.actor(relation.who))


def _best(verb: Action[Any, Any], cast: Cast, *, part: bool = False) -> Any:
    """The first row on which most people may do the verb: of wholes led by water, or of parts."""
    people = {one.who for one in RELATIONS if not one.recused and one.of_part == part}
    actors = [cast.actor(who) for who in sorted(people)]
    rows = [row for row in verb.model._default_manager.order_by("pk") if _fits(row, cast, part)]
    counted = [
        (sum(cell(verb, row, one).word == MAY for one in actors), -place)
        for place, row in enumerate(rows)
    ]
    return rows[-max(counted)[1]] if counted else None


def _fits(row: Any, cast: Cast, part: bool) -> bool:
    """Rows about matters are asked about wholes that water leads, or about parts."""
    matter = row if isinstance(row, Matter) else getattr(row, "matter", None)
    if matter is None:
        return not part
    if part:
        return matter.parent_id is not None
    leads = (None, cast.units["water"].pk)
    return matter.parent_id is None and matter.lead_unit_id in leads


LEGEND = """# Who may do what

Generated by `tests/machines/test_permissions.py` from the registry and the door; do not edit. To write it anew:
`HUIYIN_WRITE=1 pytest -m "slow or not slow" tests/machines/test_permissions.py`.

Each verb is asked about on a thing on which it can be done now, for each relation somebody may have to it.

| | |
| --- | --- |
| 可 | may, now |
| 不可 | sees it, and no post of theirs permits the verb: refused with `not_permitted` |
| 看不见 | is not told that it exists: 404, `not_found` |
| 回避 | holds a post that permits it, and stands back since the own unit did it or asked for it; the code is the refusal's |
| 暂不 | holds a post that permits it; on this thing something else stands against it; the code is the refusal's |

An empty cell: the relation does not exist for such a thing (only matters are broken down).
The deputy leader who also heads the lead unit (兼任), and whoever acts for that person, are asked about the same things.
"""


def page(found: Mapping[str, Row]) -> str:
    """The matrix as a page of Markdown, one table for each noun."""
    lines = [LEGEND]
    nouns = sorted({name.split(".")[0] for name in found})
    for noun in nouns:
        own = [verb for verb in verbs() if verb.name.split(".")[0] == noun]
        lines += [f"## {noun}", "", *_table(own, found), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(own: Sequence[Action[Any, Any]], found: Mapping[str, Row]) -> Iterator[str]:
    yield "| | " + " | ".join(one.label for one in RELATIONS) + " |"
    yield "| --- |" + " --- |" * len(RELATIONS)
    for verb in own:
        row = found[verb.name]
        cells = [str(row.get(one.code, "")) for one in RELATIONS]
        yield (
            f"| {verb.label} [`{verb.name}`](actions/{verb.name}.md) | " + " | ".join(cells) + " |"
        )
