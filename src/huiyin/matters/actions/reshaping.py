"""Matters are merged and split: what was asked goes on under other numbers, and nothing asked is lost."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.coming_over import come_over
from huiyin.matters.actions.registering import release
from huiyin.matters.models import Matter
from huiyin.matters.rules import BEFORE_DISPATCH, AssignmentState, MatterState, Ruling

TAKES_IN = (MatterState.DISPATCHED, MatterState.UNDER_WAY)
"""States in which a dispatched matter can take in another: the unit has it, and has not said it is done."""

GOES_WITH_IT = ("checks_came", "checks_together", "led_by", "led_by_name", "leads_on")
"""What both stories of a merge say besides units and questions."""


def _survivor(matter: Matter, *, into: int = 0, **given: Any) -> list[Matter]:  # noqa: ARG001
    return list(Matter.objects.filter(jurisdiction_id=matter.jurisdiction_id, pk=into))


@action(
    "matter.merge",
    label=gettext_lazy("合并"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.REGISTERED, *TAKES_IN, MatterState.SUSPENDED},
    then=MatterState.MERGED,
    unless=(permits.parts_are_open, permits.was_said_to_be_done),
    locks=_survivor,
)
def merge(matter: Matter, call: Call, *, into: int, reason: str, other_lead: bool = False) -> Facts:
    """The matter has ended; another open one carries on what it asked, its words and their echo with it.

    Its supporting units come over with their parts, questions and drawn checks that wait and the leader
    who leads it personally with them. Another lead has to be wanted (`other_lead`); a later date would
    be an extension, and is refused.
    """
    reason = required(reason, _("请写明合并的理由。"))
    refuse_while_something_waits(matter)
    survivor = _carrier(matter, into)
    if survivor.lead_unit_id != matter.lead_unit_id and not other_lead:
        raise Refusal(
            _("两件的牵头单位不同：%(one)s、%(other)s。")
            % {"one": matter.lead_unit or "", "other": survivor.lead_unit or ""},
            code="other_lead",
            next_step=_("确定由后者一并办理的，请勾选。"),
            fields={"other_lead": [_("牵头单位不同，确定的请勾选")]},
        )
    _refuse_later(matter, survivor)
    taken = call.perform(_take_in, survivor, merged=matter.pk).facts
    release(matter, call)
    matter.merged_into, matter.moved_at = survivor, call.at
    matter.personal_lead = None
    call.texts["reason"], call.texts["title"] = reason, survivor.title
    return {
        "from": matter.state,
        "into": survivor.pk,
        "number": survivor.number,
        "came_names": taken["came_names"],
        "stayed_names": taken["stayed_names"],
        "former_lead": _released(matter, survivor),
        **{name: taken[name] for name in GOES_WITH_IT if name in taken},
    }


def _released(matter: Matter, survivor: Matter) -> str:
    """The unit that led and has no part any more; "" when it leads or supports the survivor."""
    unit = matter.lead_unit
    if unit is None or matter.dispatched_on is None:
        return ""
    rows = survivor.assignments.current()
    return "" if rows.filter(unit=unit).exists() else str(unit)


@action(
    "matter.take_in",
    label=gettext_lazy("并入本件"),
    model=Matter,
    permit=permits.is_office,
    public=False,
)
def _take_in(survivor: Matter, call: Call, *, merged: int) -> Facts:
    """The matter carries on another one too, with the units that supported it."""
    other = Matter.objects.select_related("notice").get(pk=merged)
    survivor.moved_at = call.at
    call.texts["title"] = other.title
    return {"merged": merged, "number": other.number, **come_over(other, survivor, call)}


def refuse_while_something_waits(matter: Matter) -> None:
    """What a unit asked about the matter is answered before the matter goes on under another number."""
    waits = (
        matter.variations.filter(ruling=Ruling.PENDING).exists()
        or matter.referrals.filter(ruling=Ruling.PENDING).exists()
        or matter.assignments.filter(state=AssignmentState.OBJECTED).exists()
    )
    if waits:
        raise Refusal(
            _("单位对这件事提的申请、转办或异议还没有答复。"),
            code="something_waits",
            next_step=_("请先答复，再合并或拆分。"),
        )


def _carrier(matter: Matter, into: int) -> Matter:
    """The matter that may carry on this one; a Refusal says why another may not."""
    found = _survivor(matter, into=into)
    survivor: Matter | None = found[0] if found else None
    if survivor is None or survivor.pk == matter.pk:
        raise _cannot(_("请选择另一件事项。"), "no_such_matter")
    if survivor.parent_id != matter.parent_id:
        raise _cannot(_("分解事项只能并入同一件事项下的另一件。"), "another_whole")
    early = matter.state in BEFORE_DISPATCH and survivor.state == MatterState.REGISTERED
    if not early and survivor.state not in TAKES_IN:
        raise _cannot(
            _("那一件现在是“%(state)s”，不能再并入别的事项。")
            % {"state": survivor.get_state_display()},
            "carrier_not_open",
        )
    return survivor


def _refuse_later(matter: Matter, survivor: Matter) -> None:
    """Merging is no way round an extension."""
    if matter.dispatched_on is None or matter.due_on is None:
        return
    if survivor.due_on is None or survivor.due_on > matter.due_on:
        raise _cannot(
            _("那一件的时限更晚，合并就成了延期。"),
            "later_than_asked",
            _("请反过来合并，或先按延期办理。"),
        )


def _cannot(sentence: str, code: str, next_step: str = "") -> Refusal:
    return Refusal(sentence, code=code, next_step=next_step, fields={"into": [sentence]})
