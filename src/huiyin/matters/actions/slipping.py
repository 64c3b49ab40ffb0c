"""发单: the slip a light calls for is drafted, signed by whom the scheme names, numbered, and signed for."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.hands import lead_part
from huiyin.matters.actions.numbering import take_number
from huiyin.matters.clocks import WITH_UNIT
from huiyin.matters.light_slips import Called, Signer, called_for, choose_signer
from huiyin.matters.models import Matter, ReportRequest, Slip
from huiyin.matters.permits import slips as may
from huiyin.matters.rules import SlipState
from huiyin.matters.slip_copies import OFFICE, copies_of, named_on_paper
from huiyin.people.permits import sits_for
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.web.kept import kept


@action(
    "matter.issue_slip",
    label=gettext_lazy("发单"),
    model=Matter,
    permit=permits.is_office,
    when=set(WITH_UNIT),
    unless=(may.no_slip_called_for, may.slip_stands),
    touches=False,
)
def issue_slip(matter: Matter, call: Call, *, reason: str, asked: str) -> Facts:
    """The slip is issued, when the office signs it or the actor is the signer; else it waits for the signature."""
    book = rulebook.book(matter.jurisdiction_id)
    called = called_for(matter, book, call.today)
    signer = choose_signer(matter, called.mark, today=call.today) if called else None
    if called is None or signer is None:
        raise Refusal(_("按规则没有人能签发这张单。"), code="nobody_signs")
    slip = _drafted(matter, call, called, signer)
    slip.reason = required(reason, _("请写明为什么发单。"), field="reason")
    slip.asked = required(asked, _("请写明要单位做什么。"), field="asked")
    if signer.post is None or sits_for(call.actor, signer.post):
        _issue(slip, call, book)
    call.create(slip)
    return {
        "slip": slip.pk,
        "signer": slip.signer,
        "signer_post": slip.signer_post_id,
        **_told(slip),
    }


@kept
def _drafted(matter: Matter, call: Call, called: Called, signer: Signer) -> Slip:
    lead = lead_part(matter)
    return Slip(
        jurisdiction_id=matter.jurisdiction_id,
        matter=matter,
        assignment=lead,
        unit_id=lead.unit_id,
        kind=called.mark.slip[:20],
        light=called.mark.light,
        answer_days=max(called.mark.answer_days, 1),
        copied_to=list(called.mark.copied_to),
        rule=called.rule.cited,
        signer=signer.code,
        signer_post=signer.post,
        signer_why=signer.why,
        drafted_at=call.at,
        drafted_by_name=call.actor.name,
    )


@action(
    "slip.sign",
    label=gettext_lazy("签发单子"),
    model=Slip,
    permit=may.signs_slip,
    when={SlipState.WAITING},
    then=SlipState.ISSUED,
    unless=(may.signs_for_own_unit, may.slip_is_past),
    locks=lambda slip, **_given: [slip.matter],
)
def sign_slip(slip: Slip, call: Call, *, opinion: str = "") -> Facts:
    """The slip has its number for ever; the unit that answers now has it, and days to answer it in.

    Whom the scheme names besides has a copy (抄送), as they hold their posts today.
    """
    slip.opinion = opinion.strip()
    slip.assignment = lead_part(slip.matter)
    slip.unit_id = slip.assignment.unit_id
    _issue(slip, call, rulebook.book(slip.jurisdiction_id))
    return _told(slip)


def _issue(slip: Slip, call: Call, book: Book) -> None:
    short, number = take_number(slip, Slip.objects.all(), call.today)
    slip.paper_number = book.numbering(on=call.today).slip_number(
        short=short, year=call.today.year, n=number
    )
    slip.state, days = SlipState.ISSUED, slip.answer_days
    slip.answer_by = book.calendar(call.today).add_working_days(call.today, days)[0]
    slip.decided_at, slip.decided_by_name = call.at, call.actor.name
    slip.copies = copies_of(slip, today=call.today)
    call.texts["copied"] = named_on_paper(slip.copies)
    # It goes out in the name of the office, not of the signer's unit, which others work in too.
    slip.request = call.create(
        ReportRequest(
            matter=slip.matter,
            assignment=slip.assignment,
            asked_by_name=call.actor.name,
            reason=_asked_for(slip),
            due_on=slip.answer_by,
            asked_at=call.at,
        )
    )


@kept
def _asked_for(slip: Slip) -> str:
    words = {"slip": slip, "reason": slip.reason.rstrip("。"), "asked": slip.asked}
    return _("%(slip)s：%(reason)s。%(asked)s") % words


@action(
    "slip.return_to_office",
    label=gettext_lazy("不签发，退回单子"),
    model=Slip,
    permit=may.signs_or_drafted,
    when={SlipState.WAITING},
    then=SlipState.RETURNED,
)
def return_slip(slip: Slip, call: Call, *, reason: str) -> Facts:
    """The slip is not issued, with the reason; the unit was told nothing of it."""
    slip.opinion = required(reason, _("请写明为什么不发。"))
    slip.decided_at, slip.decided_by_name = call.at, call.actor.name
    return {"kind": slip.kind}


@action(
    "slip.sign_for",
    label=gettext_lazy("签收单子"),
    model=Slip,
    permit=may.receives_slip,
    when={SlipState.ISSUED},
    unless=(may.slip_was_received,),
)
def sign_for_slip(slip: Slip, call: Call) -> Facts:
    """The unit has the slip; its next report on the matter answers it."""
    slip.received_at, slip.received_by_name = call.at, call.actor.name
    return _told(slip)


def _told(slip: Slip) -> Facts:
    return {
        "kind": slip.kind,
        "number": slip.paper_number,
        "unit": slip.unit_id,
        "answer_by": slip.answer_by,
        "copied": [copy["post"] for copy in slip.copies if copy["post"]],
        "copied_to_office": any(copy["code"] == OFFICE for copy in slip.copies),
    }
