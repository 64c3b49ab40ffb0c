"""Verbs that exist only in tests of the door."""

from __future__ import annotations

from huiyin.actors import Role
from huiyin.door import Call, Facts, action
from huiyin.people.models import Delegation, Jurisdiction, Unit


def works_there(actor, unit):
    return unit.pk in actor.unit_ids() or actor.machine == "importer"


def is_office(actor, subject):
    return actor.has(Role.SUPERVISION_OFFICER) or actor.machine == "importer"


def unit_is_closed(unit, actor):
    return "这个单位已经撤销。" if unit.ended_on else None


@action("test.rename", label="更名", model=Unit, permit=works_there, unless=(unit_is_closed,))
def rename(unit: Unit, call: Call, *, name: str) -> Facts:
    """The unit has another name."""
    was, unit.name = unit.name, name
    return {"from": was, "to": name}


@action("test.close", label="撤销", model=Unit, permit=is_office, public=False)
def close(unit: Unit, call: Call) -> Facts:
    """The unit has ended today."""
    unit.ended_on = call.today
    return {}


@action(
    "test.add_unit", label="增设", model=Jurisdiction, permit=is_office, touches=False, public=False
)
def add_unit(
    jurisdiction: Jurisdiction, call: Call, *, code: str, aliases: list[str] | None = None
) -> Facts:
    """The jurisdiction has one more unit."""
    unit = Unit(
        jurisdiction=jurisdiction, code=code, name=code, short_name=code, aliases=aliases or []
    )
    call.create(unit, concerns=True)
    return {"unit": unit.pk}


@action(
    "test.rename_all",
    label="统一更名",
    model=Jurisdiction,
    permit=is_office,
    touches=False,
    public=False,
)
def rename_all(jurisdiction: Jurisdiction, call: Call, *, prefix: str, fail: bool = False) -> Facts:
    """Every unit's name begins with the prefix."""
    changed = []
    for unit in Unit.objects.filter(jurisdiction=jurisdiction).order_by("pk"):
        call.perform(_rename_by_office, unit, name=prefix + unit.name[-20:])
        changed.append(unit.pk)
    if fail:
        raise ZeroDivisionError
    return {"units": changed}


@action("test.rename_by_office", label="更名", model=Unit, permit=is_office, public=False)
def _rename_by_office(unit: Unit, call: Call, *, name: str) -> Facts:
    """The unit has another name."""
    unit.name = name
    return {}


@action(
    "test.swap",
    label="互换",
    model=Unit,
    permit=is_office,
    public=False,
    locks=lambda unit, *, other: [Unit.objects.get(pk=other)],
)
def swap(unit: Unit, call: Call, *, other: int) -> Facts:
    """Two units have changed their names with each other."""
    second = Unit.objects.get(pk=other)
    unit.name, second.name = second.name, unit.name
    call.save(second)
    return {}


@action(
    "test.create_then_rename",
    label="增设",
    model=Jurisdiction,
    permit=is_office,
    touches=False,
    public=False,
)
def create_then_rename(jurisdiction: Jurisdiction, call: Call, *, code: str) -> Facts:
    """A unit was made, renamed within, and changed once more."""
    unit = call.create(
        Unit(jurisdiction=jurisdiction, code=code, name="first", short_name=code), concerns=True
    )
    call.perform(_rename_by_office, unit, name="second")
    unit.short_name = "last"
    call.save(unit)
    return {"unit": unit.pk}


@action(
    "test.lend", label="授权", model=Jurisdiction, permit=is_office, touches=False, public=False
)
def lend(jurisdiction: Jurisdiction, call: Call, *, post: int, to: int, reason: str) -> Facts:
    """A post is lent, for a reason in words."""
    row = Delegation(
        jurisdiction=jurisdiction, post_id=post, to_id=to, reason=reason, started_on=call.today
    )
    call.create(row, concerns=True)
    return {"delegation": row.pk}


@action("test.unlend", label="收回", model=Delegation, permit=is_office, public=False)
def clear_reason(delegation: Delegation, call: Call) -> Facts:
    """The reason was taken away."""
    delegation.reason = ""
    return {}


@action("test.forget", label="删除", model=Delegation, permit=is_office, public=False)
def forget(delegation: Delegation, call: Call) -> Facts:
    """The delegation is no longer there."""
    call.remove(delegation)
    return {}


@action("test.save_old_copy", label="", model=Unit, permit=is_office, public=False)
def save_old_copy(unit: Unit, call: Call) -> Facts:
    """Never true: an older copy of a row is saved over a newer one."""
    one, two = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=unit.pk)
    one.name = "one"
    call.save(one)
    two.short_name = "two"
    call.save(two)
    return {}


def sets_up(actor, subject):
    return actor.machine == "set_up"


@action("test.found_nothing", label="设立", model=Jurisdiction, permit=sets_up, public=False)
def found_nothing(jurisdiction: Jurisdiction, call: Call) -> Facts:
    """The jurisdiction stands, empty."""
    return {}


@action("test.withdraw_reason", label="撤除文字", model=Delegation, permit=is_office, public=False)
def withdraw_reason(delegation: Delegation, call: Call) -> Facts:
    """The reason is gone from the row and from every event."""
    delegation.reason = ""
    return {"texts": call.withdraw_texts(delegation, "reason")}


@action(
    "test.rename_all_backwards",
    label="统一更名",
    model=Jurisdiction,
    permit=is_office,
    touches=False,
    public=False,
)
def rename_all_backwards(jurisdiction: Jurisdiction, call: Call, *, prefix: str) -> Facts:
    """Every unit's name begins with the prefix; the last one was first."""
    for unit in Unit.objects.filter(jurisdiction=jurisdiction).order_by("-pk"):
        call.perform(_rename_by_office, unit, name=prefix + unit.name[-20:])
    return {}
