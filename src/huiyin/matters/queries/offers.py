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
    MatterState.DISPATCHED: ("assignment.sign_for", "matter.set_plan", "matter.withdraw"),
    MatterState.UNDER_WAY: (
        "assignment.rule_hand_back",
        "assignment.sign_for",
        "assignment.report_progress",
        "matter.set_plan",
        "assignment.submit_completion",
        "assignment.hand_back",
        "matter.check",
        "matter.settle",
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
    MatterState.CLOSED: ("close_out.deliver",),
}
ONLY_DATED = frozenset({"matter.settle", "assignment.submit_completion"})
ONLY_WHEN_ALLOWED = frozenset(
    {"assignment.sign_for", "assignment.rule_hand_back", "matter.set_plan"}
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
        """The last part of the address of its form: `assignment.report_progress` → `report-progress`."""
        return self.name.rsplit(".", 1)[-1].replace("_", "-")

    @property
    def allowed(self) -> bool:
        return not self.reason


def offers(
    matter: Matter, *, viewer: Actor, assignments: Sequence[Assignment], close_out: CloseOut | None
) -> list[Offer]:
    """At most eight verbs in the order in which they are usually wanted."""
    subjects: list[OfficeFact] = [matter, *assignments]
    if close_out is not None:
        subjects.append(close_out)
    found: dict[str, list[Offer]] = {}
    for subject in subjects:
        for option in door.options(subject, by=viewer):
            found.setdefault(option.name, []).append(_offer(option, subject, matter))
    near = [name for name in NEAR.get(matter.state, ()) if _fits(name, matter)]
    listed = [offer for name in near for offer in _best(found.get(name, []))]
    return [o for o in listed if o.allowed or o.name not in ONLY_WHEN_ALLOWED][:MOST]


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
