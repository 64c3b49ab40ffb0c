"""How a matter ends: checked by somebody else, accepted or sent back, closed with its answer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import amounts, permits
from huiyin.matters.defaults import retime
from huiyin.matters.evidence import EvidenceFile, attach
from huiyin.matters.models import CloseOut, Matter, StrikeOff, Verification
from huiyin.matters.permits import checking
from huiyin.matters.rules import MatterState, StrikeOffState
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import next_interval


@action(
    "matter.verify",
    label=gettext_lazy("核查"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.SUBMITTED},
    unless=(permits.own_unit,),
)
def verify(
    matter: Matter,
    call: Call,
    *,
    finding: str,
    outcome: str = "confirmed",
    method: str = "",
    verified_percent: int | None = None,
    verified_amount: Decimal | None = None,
    evidence: Sequence[EvidenceFile] = (),
) -> Facts:
    """What was claimed is confirmed or refuted, with the difference kept; refuted goes back to the unit."""
    confirmed = Verification.Outcome(outcome) == Verification.Outcome.CONFIRMED
    percent = verified_percent if verified_percent is not None else (100 if confirmed else None)
    amount = amounts.of_check(matter, verified_amount)
    if amount is None and confirmed:
        amount = matter.reported_amount
    row = record(matter, call, outcome, finding, method, percent, evidence, amount=amount)
    if confirmed:
        matter.state = MatterState.VERIFIED
        if checking.needs_strike_off(matter):
            call.create(StrikeOff(matter=matter, verification=row, checked_on=call.today))
    else:
        matter.state, matter.sent_back = MatterState.UNDER_WAY, matter.sent_back + 1
        matter.reported_percent, matter.reported_amount = percent, amount
        retime(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
    return {
        "verification": row.pk,
        "outcome": outcome,
        "claimed": row.claimed_percent,
        "verified": percent,
        **amounts_of(row),
    }


@action(
    "matter.send_back",
    label=gettext_lazy("退回重办"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.SUBMITTED, MatterState.VERIFIED, MatterState.ACCEPTED},
    then=MatterState.UNDER_WAY,
    unless=(permits.own_unit,),
)
def send_back(matter: Matter, call: Call, *, reason: str) -> Facts:
    """The matter is under way again, with the reason why it was not accepted."""
    reason = required(reason, _("请写明退回的理由和还差什么。"))
    for row in matter.strike_offs.exclude(state=StrikeOffState.VOID):
        row.state = StrikeOffState.VOID
        call.save(row)
    matter.sent_back += 1
    matter.state, matter.moved_at = MatterState.UNDER_WAY, call.at
    retime(matter, rulebook.book(matter.jurisdiction_id), today=call.today)
    call.texts["reason"] = reason
    return {"times": matter.sent_back}


@action(
    "matter.accept",
    label=gettext_lazy("验收"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.VERIFIED},
    then=MatterState.ACCEPTED,
    unless=(permits.own_unit, permits.second_person_needed, checking.signature_needed),
)
def accept(matter: Matter, call: Call) -> Facts:
    """The office agrees that the acceptance standard is met."""
    matter.moved_at = call.at
    return {}


@action(
    "matter.close_out",
    label=gettext_lazy("销号"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.ACCEPTED},
    then=MatterState.CLOSED,
    unless=(permits.own_unit, checking.publication_needed),
)
def close_out(matter: Matter, call: Call, *, summary: str, addressee: str, answer: str) -> Facts:
    """The matter is struck from the register with its summary; the answer to the source is issued."""
    given = {"summary": summary, "addressee": addressee, "answer": answer}
    blank = {name: [_("必填")] for name, text in given.items() if not text.strip()}
    if blank:
        raise Refusal(
            _("销号要有总结，也要有给来源的回告：写给谁、怎么答复。"),
            code="answer_missing",
            fields=blank,
        )
    row = call.create(
        CloseOut(
            matter=matter,
            summary=summary.strip(),
            addressee=addressee.strip(),
            answer=answer.strip(),
            answered_at=call.at,
            closed_by_name=call.actor.name,
        )
    )
    for strike_off in matter.strike_offs.filter(state=StrikeOffState.PUBLISHED):
        strike_off.state, strike_off.recorded_at = StrikeOffState.RECORDED, call.at
        call.save(strike_off)
    matter.closed_on, matter.moved_at = call.today, call.at
    book = rulebook.book(matter.jurisdiction_id, "effects")
    matter.effect_on = book.effect_on(kind=checking.kind_of(matter), closed_on=call.today)
    return {"close_out": row.pk, "closed_on": matter.closed_on, "due_on": matter.due_on}


@action(
    "matter.settle",
    label=gettext_lazy("核查并销号"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.SUBMITTED},
    unless=(permits.own_unit, permits.two_persons_needed, checking.steps_of_strike_off),
)
def settle(
    matter: Matter,
    call: Call,
    *,
    finding: str,
    summary: str,
    addressee: str,
    answer: str,
    method: str = "",
    verified_amount: Decimal | None = None,
    evidence: Sequence[EvidenceFile] = (),
) -> Facts:
    """Verified, accepted and closed by one person outside the unit, where the rule lets one do so."""
    call.perform(
        verify,
        matter,
        finding=finding,
        method=method,
        verified_amount=verified_amount,
        evidence=evidence,
    )
    call.perform(accept, matter)
    done = call.perform(close_out, matter, summary=summary, addressee=addressee, answer=answer)
    return done.facts


@action(
    "matter.check",
    label=gettext_lazy("检查一次"),
    model=Matter,
    permit=permits.may_verify,
    when={MatterState.UNDER_WAY},
    unless=(permits.own_unit,),
)
def check(
    matter: Matter,
    call: Call,
    *,
    finding: str,
    method: str = "",
    verified_percent: int | None = None,
    verified_amount: Decimal | None = None,
    evidence: Sequence[EvidenceFile] = (),
) -> Facts:
    """The matter was looked at today, on its way, and stays open: what is verified stands beside what is said.

    A standing matter's next check is one interval on.
    """
    row = record(
        matter,
        call,
        Verification.Outcome.CHECKED,
        finding,
        method,
        verified_percent,
        evidence,
        amount=amounts.of_check(matter, verified_amount),
    )
    if matter.interval:
        matter.next_check_on = next_interval(call.today, matter.interval)
    return {
        "verification": row.pk,
        "claimed": row.claimed_percent,
        "verified": verified_percent,
        **amounts_of(row),
        "next_check_on": matter.next_check_on,
    }


@action(
    "close_out.deliver",
    label=gettext_lazy("记录回告已送达"),
    model=CloseOut,
    permit=permits.office_of_matter,
    unless=(checking.already_delivered,),
)
def deliver(close_out: CloseOut, call: Call) -> Facts:
    """The answer has reached the addressee (a later event than its issue)."""
    close_out.delivered_at = call.at
    return {"delivered_at": call.at}


def record(
    matter: Matter,
    call: Call,
    outcome: str,
    finding: str,
    method: str,
    percent: int | None,
    evidence: Sequence[EvidenceFile],
    *,
    amount: Decimal | None = None,
) -> Verification:
    """A verification stands with what was claimed and what was found."""
    finding = required(finding, _("请写明核查看到了什么。"), field="finding")
    row: Verification = call.create(
        Verification(
            matter=matter,
            method=method or matter.check_method,
            finding=finding,
            outcome=outcome,
            claimed_percent=matter.reported_percent,
            verified_percent=percent,
            claimed_amount=matter.reported_amount,
            verified_amount=amount,
            checked_on=call.today,
            checked_by=call.actor.user_id,
            checked_by_name=call.actor.name,
            checked_by_unit=call.actor.capacity.unit_name if call.actor.capacity else "",
        )
    )
    attach(call, matter, evidence, verification=row)
    matter.last_checked_on, matter.moved_at = call.today, call.at
    if percent is not None:
        matter.verified_percent = percent
    if amount is not None:
        matter.verified_amount = amount
    return row


def amounts_of(row: Verification) -> Facts:
    """The amount claimed beside the amount found."""
    return {"claimed_amount": row.claimed_amount, "verified_amount": row.verified_amount}
