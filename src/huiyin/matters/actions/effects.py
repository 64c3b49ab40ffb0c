"""见效: some months after closing somebody outside the unit looks whether it had an effect."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.models import EffectCheck, Matter
from huiyin.matters.permits import checking
from huiyin.matters.rules import Effect, MatterState
from huiyin.rulebook import queries as rulebook


@action(
    "matter.check_effect",
    label=gettext_lazy("回头看见效"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.CLOSED},
    unless=(permits.own_unit, checking.nothing_to_look_back_at),
)
def check_effect(
    matter: Matter, call: Call, *, finding: str, outcome: str, method: str = ""
) -> Facts:
    """It is written down whether what was closed has an effect; partly so is looked at once more."""
    if outcome not in Effect.values:
        raise Refusal(
            _("请选择有没有见效。"), code="outcome_missing", fields={"outcome": [_("必填")]}
        )
    finding = required(finding, _("请写明看到了什么。"), field="finding")
    row = call.create(
        EffectCheck(
            matter=matter,
            outcome=outcome,
            finding=finding,
            method=method,
            checked_on=call.today,
            checked_by=call.actor.user_id,
            checked_by_name=call.actor.name,
            checked_by_unit=call.actor.capacity.unit_name if call.actor.capacity else "",
        )
    )
    again = None
    if outcome == Effect.PARTLY:
        book = rulebook.book(matter.jurisdiction_id, "effects")
        again = book.effect_on(kind=checking.kind_of(matter), closed_on=call.today)
    matter.effect_on = again
    return {"effect": row.pk, "outcome": outcome, "again_on": again}
