"""What was fixed at dispatch is varied only here: asked for by the unit, decided by somebody else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import LEADERS, OFFICE, Actor
from huiyin.door import Call, Facts, action
from huiyin.errors import Conflict, Refusal, required
from huiyin.matters import deciders, permits, running
from huiyin.matters.actions.suspending import stop_clock
from huiyin.matters.actions.varied import (
    check_amount,
    check_due,
    check_until,
    check_words,
    current_words,
    set_words,
)
from huiyin.matters.defaults import retime
from huiyin.matters.models import Matter, Variation
from huiyin.matters.rules import AssignmentRole, MatterState, Ruling, VariationKind
from huiyin.rulebook import queries as rulebook
from huiyin.web.kept import kept

ADJUSTED = (VariationKind.AMOUNT, VariationKind.STANDARD, VariationKind.SCOPE)


@action(
    "matter.ask_extension",
    label=gettext_lazy("申请延期"),
    model=Matter,
    permit=permits.works_in_lead_unit,
    when={MatterState.UNDER_WAY},
    unless=(
        permits.nothing_to_extend,
        permits.extension_already_asked,
        permits.no_more_extensions,
        permits.asked_too_late,
    ),
)
def ask_extension(matter: Matter, call: Call, *, until: date, reason: str) -> Facts:
    """The unit has asked for a later due day, before the old one (practice: 到期前申请); the clock goes on."""
    row = Variation(kind=VariationKind.EXTEND, due_was=matter.due_on, due_asked=until)
    check_due(matter, call, until, field="until")
    return _ask(matter, call, row, reason)


@action(
    "matter.ask_adjustment",
    label=gettext_lazy("申请调整"),
    model=Matter,
    permit=permits.works_in_lead_unit,
    when={MatterState.UNDER_WAY},
)
def ask_adjustment(
    matter: Matter,
    call: Call,
    *,
    kind: str,
    reason: str,
    quantity: Decimal | None = None,
    words: str = "",
) -> Facts:
    """The unit has asked for another amount, standard or scope; until it is decided the old one holds."""
    if kind not in ADJUSTED:
        raise Refusal(
            _("请选择要调整什么。"), code="bad_kind", fields={"kind": [_("请选择一项。")]}
        )
    if any(row.kind == kind for row in permits.pending(matter)):
        raise Conflict(_("这一项已经申请过，还没有决定。"), code="already_asked")
    row = Variation(kind=VariationKind(kind))
    if kind == VariationKind.AMOUNT:
        row.quantity_was, row.quantity_asked = matter.quantity, check_amount(matter, quantity)
    else:
        row.words_was = current_words(matter, kind)
        row.words_asked = check_words(row.words_was, words)
    return _ask(matter, call, row, reason)


@action(
    "matter.ask_suspension",
    label=gettext_lazy("申请中止"),
    model=Matter,
    permit=permits.works_in_lead_unit,
    when={MatterState.UNDER_WAY},
    unless=(permits.suspension_already_asked,),
)
def ask_suspension(matter: Matter, call: Call, *, until: date, reason: str) -> Facts:
    """The unit has asked that the clock stand until a day; until it is decided the clock goes on."""
    row = Variation(kind=VariationKind.SUSPEND, due_was=matter.due_on, due_asked=until)
    check_until(matter, call, until, field="until")
    return _ask(matter, call, row, reason)


def _ask(matter: Matter, call: Call, row: Variation, reason: str) -> Facts:
    """The request stands with the post that decides it, chosen by the rule."""
    required(reason, _("请写明申请的理由。"))
    unit_id = matter.lead_unit_id or 0
    rule = deciders.rule_of(matter, today=call.today)
    found = deciders.choose_decider(matter, row.kind, rule, unit_id=unit_id, today=call.today)
    if found is None:
        raise Refusal(
            _("按规则不再受理这类申请，或者没有可以决定的领导。"),
            code="nobody_decides",
            next_step=_("请联系督查室。"),
        )
    row.matter, row.unit_id, row.reason = matter, unit_id, reason.strip()
    row.asked_at, row.asked_by, row.asked_by_name = call.at, call.actor.user_id, call.actor.name
    row.decider_post, row.decider_why = found.post, found.why
    call.create(row)
    matter.moved_at = call.at
    return {
        "variation": row.pk,
        "kind": row.kind,
        "decider": found.code,
        "decider_post": row.decider_post_id,
        "due_was": row.due_was,
        "due_asked": row.due_asked,
        "quantity_was": row.quantity_was,
        "quantity_asked": row.quantity_asked,
    }


@action(
    "variation.decide",
    label=gettext_lazy("决定变更申请"),
    model=Variation,
    permit=permits.decides,
    unless=(
        permits.already_decided,
        permits.nothing_left_to_vary,
        permits.decides_own_unit,
    ),
    locks=lambda variation, **_given: [variation.matter],
)
def decide_variation(
    variation: Variation,
    call: Call,
    *,
    granted: bool,
    decision: str,
    basis: str = "",
    until: date | None = None,
    quantity: Decimal | None = None,
    words: str = "",
) -> Facts:
    """The request is granted as asked, or with another value, or refused; the baseline stays as it was.

    Granted, the matter's current value is the granted one and its turning dates follow. `instead_of`
    names the authority that stands back or has left, when the next one decided.
    """
    required(decision, _("请写明同意或者不同意的理由。"), field="decision", code="reason_missing")
    variation.ruling = Ruling.GRANTED if granted else Ruling.REFUSED
    variation.decided_at, variation.decided_by_name = call.at, signed_by(call.actor)
    variation.decision, variation.basis = decision.strip(), basis.strip()
    matter = variation.matter
    told: Facts = {}
    if granted:
        told = _grant(variation, matter, call, until=until, quantity=quantity, words=words)
    matter.moved_at = call.at
    call.save(matter)
    return {
        "variation": variation.pk,
        "kind": variation.kind,
        "granted": granted,
        "as_asked": granted and _as_asked(variation),
        "due_was": variation.due_was,
        "due_granted": variation.due_granted,
        "quantity_granted": variation.quantity_granted,
        **told,
        "instead_of": _instead_of(variation, call.actor),
    }


def _instead_of(row: Variation, actor: Actor) -> str:
    """`沈岚副市长`, `office`: the authority the rule named, when another one decides; "" when it does itself."""
    if row.decider_post is None:
        return "" if actor.has(*OFFICE) else "office"
    acting = actor.capacity.post_id if actor.capacity is not None else None
    named = row.decider_post
    return "" if acting == named.pk else f"{named.user.name}{named.title}"


@action(
    "variation.take_back",
    label=gettext_lazy("收回申请"),
    model=Variation,
    permit=permits.asked_for_it,
    unless=(permits.already_decided,),
)
def take_back_variation(variation: Variation, call: Call) -> Facts:
    """The unit no longer asks; what was fixed holds."""
    variation.ruling = Ruling.WITHDRAWN
    return {"variation": variation.pk, "kind": variation.kind, "at": call.today}


def _grant(
    row: Variation,
    matter: Matter,
    call: Call,
    *,
    until: date | None,
    quantity: Decimal | None,
    words: str,
) -> Facts:
    """The granted value is the matter's current one; what the story says besides the request itself."""
    match row.kind:
        case VariationKind.EXTEND:
            row.due_granted = until or row.due_asked
            return _extend(matter, call, check_due(matter, call, row.due_granted, field="until"))
        case VariationKind.SUSPEND:
            row.due_granted = until or row.due_asked
            day = check_until(matter, call, row.due_granted, field="until")
            _stop, parts = stop_clock(matter, call, reason=row.reason, basis=row.basis, until=day)
            return {"parts": parts}
        case VariationKind.AMOUNT:
            row.quantity_granted = check_amount(
                matter, row.quantity_asked if quantity is None else quantity
            )
            matter.quantity = row.quantity_granted
        case _:
            row.words_granted = check_words(
                current_words(matter, row.kind), words.strip() or row.words_asked
            )
            set_words(matter, row.kind, row.words_granted)
    return {}


def _extend(matter: Matter, call: Call, due_on: date) -> Facts:
    """The matter, and the lead's own part of it, is due on a later day under the same rule."""
    was = matter.due_on
    running.extend(matter, due_on, by=kept(signed_by)(call.actor))
    for part in matter.assignments.current():
        if part.role == AssignmentRole.LEAD and part.due_on is not None:
            part.due_on = due_on
            call.save(part)
    retime(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
    return {"due_from": was, "limit": running.due_cell(matter).get("limit", "")}


def signed_by(actor: Actor) -> str:
    """`沈岚副市长`, `何静`, `周明（代沈岚）`: who stands under a decision."""
    post = actor.capacity
    if post is None:
        return actor.name
    if post.on_behalf_of_name:
        return _("%(who)s（代%(behalf)s）") % {
            "who": actor.name,
            "behalf": post.on_behalf_of_name,
        }
    return f"{actor.name}{post.title}" if post.role in LEADERS else actor.name


def _as_asked(row: Variation) -> bool:
    return (row.due_granted, row.quantity_granted, row.words_granted) == (
        row.due_asked,
        row.quantity_asked,
        row.words_asked,
    )
