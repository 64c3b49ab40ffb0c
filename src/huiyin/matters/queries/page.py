"""Everything the page of one matter shows, gathered in a handful of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.errors import NotFound
from huiyin.ledger.models import OfficeFact
from huiyin.matters import sources
from huiyin.matters import trail as story
from huiyin.matters.models import (
    Assignment,
    Baseline,
    CloseOut,
    Evidence,
    Matter,
    Milestone,
    Plan,
    Report,
    ReportRequest,
    Verification,
)
from huiyin.matters.queries import varying
from huiyin.matters.queries.answering import Answering, answering, in_turn, next_words
from huiyin.matters.queries.asked import asked, flagged
from huiyin.matters.queries.between import Between, between, with_between
from huiyin.matters.queries.hands import Hand, hands, leads_of
from huiyin.matters.queries.haves import sentence, seven_haves
from huiyin.matters.queries.kin import Kin, kin_of
from huiyin.matters.queries.lights import fate_of, light_of, slip_of
from huiyin.matters.queries.offers import Offer, offers
from huiyin.matters.queries.parts import Part as Part
from huiyin.matters.queries.parts import parts_of
from huiyin.matters.queries.planned import counted_steps
from huiyin.matters.queries.plot import Plot, plot
from huiyin.matters.queries.shaping import Breakdown, breakdown, shaped
from huiyin.matters.queries.slips import SlipLine, slips_of
from huiyin.matters.rules import (
    REPLACED,
    AssignmentRole,
    MatterState,
    SevenHaves,
    Shown,
)
from huiyin.matters.trail.told import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The words with what stands around them, and the way back to where they were said."""

    before: str
    quote: str
    after: str
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPage:
    """The page of one matter."""

    matter: Matter
    shown: Shown
    fate: str
    source: Source
    baseline: Baseline | None
    fixed: list[varying.Fixed]
    varied: varying.Varied
    original: str
    plan: Plan | None
    milestones: list[Milestone]
    reports: list[Report]
    checks: list[Verification]
    close_out: CloseOut | None
    evidence: list[Evidence]
    parts: list[Part]
    haves: SevenHaves
    haves_sentence: str
    plot: Plot | None
    answering: Answering
    next: str
    offers: list[Offer]
    side: list[Offer]
    asked: list[OfficeFact]
    between: Between
    hands: list[Hand]
    broken_down: Breakdown | None
    kin: list[Kin]
    trail: list[Entry]
    hidden: int
    slip: str
    slips: list[SlipLine]

    @property
    def due_why(self) -> str:
        """Which rule made the due day, in which version, on which ground; who set it, when by hand."""
        return str((self.matter.filled.get("due") or {}).get("why", ""))

    @property
    def report_why(self) -> str:
        """Why the next report is due when it is."""
        return str((self.matter.filled.get("report") or {}).get("why", ""))

    @property
    def report_asked(self) -> list[ReportRequest]:
        """Requests for a report that wait."""
        return [row for row in self.asked if isinstance(row, ReportRequest)]

    @property
    def lead(self) -> Part | None:
        return next((part for part in self.parts if part.is_lead), None)

    @property
    def supporting(self) -> list[Part]:
        return [part for part in self.parts if not part.is_lead]

    @property
    def may_fill(self) -> bool:
        """Whether the viewer may fill in what is proposed."""
        return any(offer.name == "matter.fill" and offer.allowed for offer in self.offers)

    @property
    def earlier_ends(self) -> list[CloseOut]:
        """Ends that did not last: the matter was opened again."""
        return [end for end in self.matter.close_outs.all() if end.reopened_at is not None]

    @property
    def gap(self) -> int:
        """Points by which the last report is ahead of what was verified."""
        said, seen = self.matter.reported_percent, self.matter.verified_percent
        return said - seen if said is not None and seen is not None else 0

    @property
    def urged(self) -> int:
        """On how many days it was urged (催办次数), as its story has it."""
        return len({clock.day_of(entry.at) for entry in self.trail if entry.kind == "urged"})

    @property
    def days(self) -> int:
        """Days from registration to today, or to the day it was closed."""
        return ((self.matter.closed_on or clock.today()) - self.matter.registered_on).days


def seen_matter(pk: int, *, viewer: Actor) -> Matter:
    """The matter with what hangs on it one to one, when the viewer may see it; else NotFound."""
    rows = Matter.objects.visible_to(viewer).select_related(
        "lead_unit",
        "notice__approver_post__user",
        "leader_post__user",
        "personal_lead__user",
        "baseline",
        "plan",
        "jurisdiction",
        "parent__lead_unit",
    )
    parts = Assignment.objects.select_related("unit", "unit_list")
    matter = (
        shaped(flagged(with_between(rows)))
        .prefetch_related(Prefetch("assignments", parts), "close_outs")
        .filter(pk=pk)
        .first()
    )
    if matter is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return matter


def matter_page(pk: int, *, viewer: Actor, today: date, with_system: bool = False) -> MatterPage:
    """All of one matter, told to the viewer."""
    matter = seen_matter(pk, viewer=viewer)
    plan, close_out = one(matter, "plan"), matter.close_out
    prefetch_related_objects([matter], "milestones")
    milestones = list(matter.milestones.all())
    steps = counted_steps(matter, today)
    reports = list(matter.reports.select_related("assignment"))
    checks = list(matter.verifications.all())
    parts = parts_of(matter, reports, today=today)
    entries = story.trail(matter, today=today)
    baseline, history = one(matter, "baseline"), varying.varied(matter)
    original = varying.original_words(matter, baseline, history, today)
    shown = varying.with_original(light_of(matter, today), original)
    shown = varying.paused(shown, history.standing, today)
    haves = seven_haves(
        matter, plan=plan, milestones=milestones, reports=reports, checks=checks, today=today
    )
    lead = next((part.assignment for part in parts if part.is_lead), None)
    answer = answering(
        matter, lead=lead, plan=plan, milestones=milestones, close_out=close_out, today=today
    )
    waiting, around = asked(matter), between(matter, today=today)
    answer = in_turn(varying.while_suspended(matter, history.standing, answer), matter, waiting)
    answer = replace(answer, beside=tuple(around.beside))
    evidence = list(matter.evidence.order_by("-added_at", "-pk"))
    offered = offers(
        matter,
        viewer=viewer,
        assignments=[part.assignment for part in parts],
        close_out=close_out,
        waiting=waiting,
    )
    return MatterPage(
        matter=matter,
        shown=shown,
        fate=fate_of(shown),
        source=source_of(matter),
        baseline=baseline,
        fixed=varying.fixed_rows(matter, baseline, history, today),
        varied=history,
        original=original,
        plan=plan,
        milestones=milestones,
        reports=reports,
        checks=checks,
        close_out=close_out,
        evidence=evidence,
        parts=parts,
        haves=haves,
        haves_sentence=sentence(haves),
        plot=_plot(matter, reports, checks, steps, today),
        answering=answer,
        next=next_words(answer, today=today),
        offers=offered.main,
        side=offered.side,
        asked=waiting,
        between=around,
        hands=_hands(matter, reports, evidence, around, today),
        broken_down=breakdown(matter, viewer=viewer, today=today),
        kin=kin_of(matter, viewer=viewer, today=today),
        trail=story.shown(entries, with_system=with_system),
        hidden=sum(entry.system for entry in entries),
        slip=slip_of(matter, shown, today),
        slips=slips_of(matter, viewer=viewer, today=today),
    )


def _hands(
    matter: Matter,
    reports: Sequence[Report],
    evidence: Sequence[Evidence],
    around: Between,
    today: date,
) -> list[Hand]:
    """The chain of hands, when there was more than one or another is asked to take over."""
    if len(leads_of(matter)) < 2 and not around.referrals:
        return []
    return hands(matter, reports=reports, evidence=evidence, today=today)


def one(matter: Matter, name: str) -> Any:
    """What hangs on the matter one to one, None when there is none."""
    return getattr(matter, name, None)


def source_of(matter: Matter) -> Source:
    """The demanded words inside their context; the words alone when the context lost them."""
    before, found, after = matter.context.partition(matter.quote) if matter.quote else ("", "", "")
    return Source(
        before=before if found else "",
        quote=matter.quote,
        after=after if found else "",
        label=matter.source_label,
        url=sources.url_of(matter),
    )


def _plot(
    matter: Matter,
    reports: Sequence[Report],
    checks: Sequence[Verification],
    steps: Sequence[date],
    today: date,
) -> Plot | None:
    """The drawing, for what has a due day and was dispatched."""
    if matter.is_standing or matter.dispatched_on is None or matter.due_on is None:
        return None
    if matter.state in (MatterState.WITHDRAWN, *REPLACED):
        return None
    said = [
        (clock.day_of(r.reported_at), r.percent)
        for r in reports
        if r.percent is not None and r.assignment.role == AssignmentRole.LEAD
    ]
    seen = [(c.checked_on, c.verified_percent) for c in checks if c.verified_percent is not None]
    return plot(
        start=matter.dispatched_on,
        due_on=matter.due_on,
        today=today,
        closed_on=matter.closed_on,
        reported=said,
        verified=seen,
        steps=steps,
    )
