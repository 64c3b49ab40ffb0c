"""Verbs on units: creating, changing, ending (撤并) and taking in a whole table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.actors import OFFICE, Actor
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, Words
from huiyin.ledger.models import OfficeFact
from huiyin.people import permits, succession
from huiyin.people.models import Jurisdiction, Portfolio, Post, Unit, held_on
from huiyin.people.rules import place_of, short_name_of

MOST_ALIASES = 30
LONGEST_NAME = 80


@action(
    "unit.create",
    label=_("增加单位"),
    model=Jurisdiction,
    permit=permits.keeps_units,
    touches=False,
)
def create_unit(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    name: str,
    short_name: str = "",
    aliases: Sequence[str] = (),
    kind: str = Unit.Kind.BUREAU,
    parent_id: int | None = None,
    line_superior_id: int | None = None,
    code: str = "",
    position: int | None = None,
) -> Facts:
    """A new unit stands under `parent_id` (the root unit when none is named).

    It is the last of the directory unless `position` names another place.
    """
    parent = _unit(jurisdiction.pk, parent_id) or _root(jurisdiction.pk)
    unit = Unit(
        jurisdiction=jurisdiction,
        parent=parent,
        line_superior=_unit(jurisdiction.pk, line_superior_id),
        position=_next_position(jurisdiction.pk) if position is None else position,
        ended_on=None,
    )
    _name(unit, name=name, short_name=short_name, aliases=aliases, kind=kind)
    unit.code = code.strip()[:40] or f"{_next_position(jurisdiction.pk):04d}"
    _refuse_code_taken(unit)
    call.create(unit, concerns=True)
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    call.save(unit)
    return {"unit": unit.pk, "parent": unit.parent_id, "kind": unit.kind}


def _below(unit: Unit, *, parent_id: int | None = None, **_given: Any) -> list[OfficeFact]:
    """The rows a change may touch: everything below a unit that moves."""
    if parent_id is None or parent_id == unit.parent_id:
        return []
    return list(
        Unit.objects.filter(jurisdiction_id=unit.jurisdiction_id, path__startswith=unit.path)
    )


@action("unit.change", label=_("修改单位"), model=Unit, permit=permits.keeps_units, locks=_below)
def change_unit(
    unit: Unit,
    call: Call,
    *,
    name: str | None = None,
    short_name: str | None = None,
    aliases: Sequence[str] | None = None,
    kind: str | None = None,
    parent_id: int | None = None,
    line_superior_id: int | None = None,
    position: int | None = None,
) -> Facts:
    """The unit has the values given; what is left out (None) stays. With `parent_id` it moves."""
    _name(
        unit,
        name=unit.name if name is None else name,
        short_name=unit.short_name if short_name is None else short_name,
        aliases=unit.aliases if aliases is None else aliases,
        kind=unit.kind if kind is None else kind,
    )
    if position is not None:
        unit.position = position
    if line_superior_id is not None:
        unit.line_superior = _unit(unit.jurisdiction_id, line_superior_id)
    if parent_id is not None and parent_id != unit.parent_id:
        _move(unit, call, _unit(unit.jurisdiction_id, parent_id))
    return {"unit": unit.pk, "parent": unit.parent_id, "kind": unit.kind}


def is_the_root(unit: Unit, _actor: Actor) -> Words | None:
    return _("这是本级政府，不能撤并。") if unit.parent_id is None else None


def has_ended(unit: Unit, _actor: Actor) -> Words | None:
    return _("这个单位已经撤并。") if unit.ended_on else None


def has_units_below(unit: Unit, _actor: Actor) -> Words | None:
    below = unit.children.filter(ended_on=None).count()
    return _now("它还有%(n)d个下级单位，请先把它们调整到别处。") % {"n": below} if below else None


def still_answers(unit: Unit, actor: Actor) -> Words | None:
    """What a unit still answers for is business: an administrator of the machine does not move it."""
    count = 0 if actor.has(*OFFICE) else succession.open_of(unit)
    words = _now("它还有%(n)d件在办的事，请督查室撤并，并指定由谁承接。")
    return words % {"n": count} if count else None


def _held_in(unit: Unit, *, successor_id: int | None = None, **_given: Any) -> list[OfficeFact]:
    """The rows a merger touches: posts and portfolios of the unit, its business, the successor."""
    return [
        *succession.rows_of(unit),
        *Post.objects.filter(unit=unit, ended_on=None),
        *Portfolio.objects.filter(unit=unit, ended_on=None),
        *Unit.objects.filter(jurisdiction_id=unit.jurisdiction_id, pk=successor_id or 0),
    ]


@action(
    "unit.end",
    label=_("撤并单位"),
    model=Unit,
    permit=permits.keeps_units,
    locks=_held_in,
    unless=(is_the_root, has_ended, has_units_below, still_answers),
)
def end_unit(
    unit: Unit, call: Call, *, on: date, successor_id: int | None = None, reason: str = ""
) -> Facts:
    """The unit ended on `on`; posts and portfolios end, names and open business go to the successor."""
    successor = _unit(unit.jurisdiction_id, successor_id)
    if successor is not None and (successor.pk == unit.pk or successor.ended_on):
        raise Refusal(_now("继任单位必须是另一个现有单位。"), code="bad_successor")
    handed = _handed_over(unit, successor, call)
    unit.ended_on, unit.successor = on, successor
    for held in (
        *Post.objects.filter(held_on(on), unit=unit, ended_on=None),
        *Portfolio.objects.filter(held_on(on), unit=unit, ended_on=None),
    ):
        held.ended_on = max(on, held.started_on)
        call.save(held)
    if successor is not None:
        successor.aliases = list(dict.fromkeys([*successor.aliases, *unit.names]))[:MOST_ALIASES]
        call.save(successor)
    return {
        "unit": unit.pk,
        "on": on,
        "successor": successor_id,
        "has_reason": bool(reason),
        "handed_over": handed,
    }


def _handed_over(unit: Unit, successor: Unit | None, call: Call) -> int:
    """How many open things went to the successor; without one nothing may be open."""
    if successor is not None:
        return succession.hand_over(unit, successor, call)
    left = succession.open_of(unit)
    if left:
        raise Refusal(
            _now("它还有%(n)d件在办的事，请指定由哪个单位承接。") % {"n": left},
            code="no_successor",
            fields={"successor_id": [_now("请选择承接单位")]},
        )
    return 0


@action(
    "unit.import_rows",
    label=_("导入单位"),
    model=Jurisdiction,
    permit=permits.keeps_units,
    touches=False,
    public=False,
)
def import_rows(
    jurisdiction: Jurisdiction, call: Call, *, rows: Sequence[Mapping[str, Any]]
) -> Facts:
    """Every row (name, short_name, aliases, parent, kind) is a unit; one known by name is changed.

    `parent` is a name in the directory or of an earlier row. One event per unit, then this one.
    """
    known = {u.name: u for u in Unit.objects.filter(jurisdiction=jurisdiction, ended_on=None)}
    created = changed = 0
    for row in rows:
        values = {key: row[key] for key in ("name", "short_name", "aliases", "kind") if key in row}
        parent = known.get(row.get("parent") or "")
        values["parent_id"] = parent.pk if parent else None
        unit = known.get(row["name"])
        if unit is None:
            done = call.perform(create_unit, jurisdiction, **values)
            known[row["name"]] = Unit.objects.get(pk=done.subject[1])
            created += 1
        else:
            call.perform(change_unit, unit, **values)
            changed += 1
    return {"created": created, "changed": changed}


def _name(unit: Unit, *, name: str, short_name: str, aliases: Sequence[str], kind: str) -> None:
    """The unit carries these names; refuses names that another standing unit is called by."""
    unit.name = name.strip()
    unit.short_name = short_name.strip() or short_name_of(
        unit.name, place_of(unit.jurisdiction.name)
    )
    unit.aliases = [a for a in dict.fromkeys(a.strip() for a in aliases) if a]
    unit.kind = kind
    fields: dict[str, list[str]] = {}
    if not 2 <= len(unit.name) <= LONGEST_NAME:
        fields["name"] = [_now("单位名称应为二至八十个字。")]
    if len(unit.short_name) > 40:
        fields["short_name"] = [_now("简称最多四十个字。")]
    if len(unit.aliases) > MOST_ALIASES:
        fields["aliases"] = [_now("别名最多%(n)d个。") % {"n": MOST_ALIASES}]
    if kind not in Unit.Kind.values:
        fields["kind"] = [_now("请从列出的类型中选择。")]
    fields |= _taken_names(unit)
    if fields:
        raise Refusal(_now("单位的名称有问题。"), code="unit_names", fields=fields)


def _taken_names(unit: Unit) -> dict[str, list[str]]:
    others = Unit.objects.filter(jurisdiction_id=unit.jurisdiction_id, ended_on=None).exclude(
        pk=unit.pk
    )
    owners = {name: other for other in others for name in other.names}
    fields: dict[str, list[str]] = {}
    for field, names in (
        ("name", [unit.name]),
        ("short_name", [unit.short_name]),
        ("aliases", unit.aliases),
    ):
        taken = [name for name in names if name in owners]
        if taken:
            words = {"name": taken[0], "unit": owners[taken[0]].name}
            fields[field] = [_now("“%(name)s”已经指%(unit)s，不能重复。") % words]
    return fields


def _refuse_code_taken(unit: Unit) -> None:
    if Unit.objects.filter(jurisdiction_id=unit.jurisdiction_id, code=unit.code).exists():
        raise Refusal(
            _now("单位代码重复。"),
            code="unit_code_taken",
            fields={"code": [_now("这个代码已经有单位用了。")]},
        )


def _unit(jurisdiction_id: int, pk: int | None) -> Unit | None:
    if pk is None:
        return None
    unit = Unit.objects.filter(jurisdiction_id=jurisdiction_id, pk=pk).first()
    if unit is None:
        raise Refusal(_now("没有这个单位。"), code="no_such_unit")
    return unit


def _root(jurisdiction_id: int) -> Unit | None:
    return Unit.objects.filter(jurisdiction_id=jurisdiction_id, parent=None).first()


def _next_position(jurisdiction_id: int) -> int:
    last = Unit.objects.filter(jurisdiction_id=jurisdiction_id).aggregate(last=Max("position"))[
        "last"
    ]
    return (last or 0) + 1


def _move(unit: Unit, call: Call, parent: Unit | None) -> None:
    """The unit and everything below it hang under `parent`."""
    if parent is None or parent.path.startswith(unit.path):
        raise Refusal(_now("不能放到自己或自己的下级单位之下。"), code="unit_under_itself")
    before, after = unit.path, f"{parent.path}{unit.pk}/"
    for below in Unit.objects.filter(jurisdiction_id=unit.jurisdiction_id, path__startswith=before):
        if below.pk != unit.pk:
            below.path = after + below.path.removeprefix(before)
            call.save(below)
    unit.parent, unit.path = parent, after
