"""Verbs offered on a matter's page: those near its state, each allowed or greyed with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin import door
from huiyin.actors import Actor
from huiyin.door import Option
from huiyin.errors import Words
from huiyin.ledger.models import OfficeFact
from huiyin.matters.models import Assignment, CloseOut, Matter
from huiyin.matters.rules import MatterState

MOST = 8
NEAR: Mapping[str, Sequence[str]] = {
    MatterState.REGISTERED: ("matter.fill", "matter.withdraw"),
    MatterState.PROPOSED: ("matter.fill", "matter.withdraw"),
    MatterState.APPROVED: ("matter.withdraw",),
    MatterState.DISPATCHED: (
        "assignment.sign_for",
        "matter.set_plan",
        "matter.issue_slip",
        "matter.remind",
        "matter.withdraw",
    ),
    MatterState.UNDER_WAY: (
        "assignment.rule_hand_back",
        "assignment.sign_for",
        "assignment.report_progress",
        "assignment.report_same",
        "matter.set_plan",
        "assignment.submit_completion",
        "assignment.hand_back",
        "matter.check",
        "matter.settle",
        "matter.issue_slip",
        "matter.remind",
        "matter.withdraw",
    ),
    MatterState.SUBMITTED: (
        "matter.settle",
        "matter.verify",
        "matter.send_back",
        "assignment.report_progress",
        "assignment.submit_completion",
        "matter.withdraw",
    ),
    MatterState.VERIFIED: (
        "matter.accept",
        "matter.send_back",
        "matter.close_out",
        "matter.withdraw",
    ),
    MatterState.ACCEPTED: ("matter.close_out", "matter.withdraw"),
    MatterState.SUSPENDED: ("matter.resume", "matter.withdraw"),
    MatterState.CLOSED: ("close_out.deliver", "matter.check_effect"),
}
ANSWERS: tuple[str, ...] = (
    "referral.take_over",
    "referral.decline",
    "referral.rule",
    "coordination.answer",
    "coordination.raise_to",
    "consultation.answer",
    "variation.decide",
    "strike_off.sign",
    "strike_off.publish",
    "slip.sign",
    "slip.sign_for",
    "drawn_check.record",
)
"""Verbs that answer what was asked (a request, a referral, a question): they come first, when allowed."""
SIDE: tuple[str, ...] = (
    "assignment.ask_report",
    "report_request.take_back",
    "matter.set_rhythm",
    "matter.break_down",
    "matter.ask_extension",
    "matter.ask_adjustment",
    "matter.ask_suspension",
    "variation.take_back",
    "assignment.finish_part",
    "assignment.refer",
    "referral.take_back",
    "matter.ask_coordination",
    "coordination.take_back",
    "matter.consult",
    "consultation.take_back",
    "assignment.record_response",
    "matter.add_supporting",
    "assignment.set_part",
    "assignment.release",
    "matter.lead_personally",
    "matter.end_personal_lead",
    "matter.suspend",
    "strike_off.object",
    "slip.return_to_office",
    "drawn_check.drop",
    "matter.split",
    "matter.merge",
    "matter.reopen",
    "matter.follow_on",
)
"""Verbs of the side roads, in the order of the list behind `其他办理`."""
IDLE = frozenset(
    {
        "wrong_state",
        "supporting_does_not_refer",
        "lead_has_no_part",
        "lead_is_not_released",
        "nobody_leads_personally",
        "led_by_another",
    }
)
"""Reasons that would be no news on a side road: the verb belongs to another part, or to another day."""
ONLY_DATED = frozenset({"matter.settle", "assignment.submit_completion"})
ONLY_WHEN_ALLOWED = frozenset(
    {
        "assignment.sign_for",
        "assignment.rule_hand_back",
        "assignment.report_same",
        "matter.set_plan",
        "matter.issue_slip",
        "matter.check_effect",
        "close_out.deliver",
    }
)
"""Verbs that are not worth a grey line: nobody waits for them in that state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One verb on one subject, as a page shows it."""

    name: str
    label: Words
    reason: Words
    subject: OfficeFact

    @property
    def slug(self) -> str:
        """The last part of the address of its form.

        `assignment.report_progress` → `report-progress`; `variation.decide` → `variation-decide`.
        """
        model, verb = self.name.split(".", 1)
        own = model in ("matter", "assignment", "close_out")
        return (verb if own else f"{model}-{verb}").replace("_", "-")

    @property
    def allowed(self) -> bool:
        return not self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What can be done now: `main` in plain sight, `side` (the side roads) behind one line."""

    main: list[Offer]
    side: list[Offer]


def offers(
    matter: Matter,
    *,
    viewer: Actor,
    assignments: Sequence[Assignment],
    close_out: CloseOut | None,
    waiting: Sequence[OfficeFact] = (),
) -> Offers:
    """What waits for the viewer's answer, then at most eight verbs of the main road; then the side roads."""
    subjects: list[OfficeFact] = [matter, *assignments, *waiting]
    if close_out is not None:
        subjects.append(close_out)
    found: dict[str, list[Offer]] = {}
    codes: dict[int, str] = {}
    for subject in subjects:
        for option in door.options(subject, by=viewer):
            offer = _offer(option, subject, matter)
            codes[id(offer)] = option.code
            found.setdefault(option.name, []).append(offer)
    answers = [o for name in ANSWERS for o in found.get(name, []) if o.allowed]
    near = [name for name in NEAR.get(matter.state, ()) if _fits(name, matter)]
    listed = [offer for name in near for offer in _best(found.get(name, []))]
    main = [o for o in listed if o.allowed or o.name not in ONLY_WHEN_ALLOWED][:MOST]
    side = [offer for name in SIDE for offer in _best(found.get(name, []))]
    return Offers(
        main=[*answers, *main],
        side=[o for o in side if o not in main and codes[id(o)] not in IDLE],
    )


def _fits(name: str, matter: Matter) -> bool:
    return not (matter.is_standing and name in ONLY_DATED)


def _best(several: list[Offer]) -> list[Offer]:
    """Of one verb on several assignments, those that can be done; else one grey line."""
    allowed = [offer for offer in several if offer.allowed]
    return allowed or several[:1]


def _offer(option: Option, subject: OfficeFact, matter: Matter) -> Offer:
    return Offer(
        name=option.name,
        label=option.label,
        reason="" if option.allowed else _reason(option, matter),
        subject=subject,
    )


def _reason(option: Option, matter: Matter) -> Words:
    """Why not, as one would say it about this matter."""
    if option.code != "wrong_state":
        return option.reason
    unit = {"unit": matter.lead_unit or _("牵头单位")}
    if option.name in ("matter.settle", "matter.verify") and matter.state == MatterState.UNDER_WAY:
        return _("%(unit)s还没有报送办结") % unit
    if option.name == "matter.close_out" and matter.state == MatterState.VERIFIED:
        return _("核查过了，还没有验收")
    if option.name == "assignment.hand_back":
        return _("签收后、异议期内才能提出")
    return option.reason
