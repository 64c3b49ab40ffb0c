"""The supervision officer's desk: who waits, what to go and see, what is half read, what nobody took."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries import (
    authority,
    batches,
    between,
    checks,
    slips,
    strike_offs,
    unmanned,
    varying,
    waiting,
    waits,
    words,
)
from huiyin.desk.queries.authority import Seats
from huiyin.desk.queries.waiting import LISTED, Pile, section
from huiyin.desk.queries.waits import Tell, Wait
from huiyin.desk.rules import Desk, Entry, Section
from huiyin.matters.models import Matter
from huiyin.matters.rules import MatterState
from huiyin.web.format import day


def desk(viewer: Actor, today: date) -> Desk:
    """The officer's sections, in order of consequence."""
    among = authority.seats(viewer, today)
    rows = _waiting(viewer, among, today)
    others = waits.told(rows, OTHERS, today)
    piles = waiting.piles(
        waiting.whole_matters(viewer),
        today,
        submitted=Q(state=MatterState.SUBMITTED) & ~authority.office_stands_back(among, ""),
        due=waiting.check_is_due(today),
        late=waiting.is_overdue(today),
    )
    papers = words.papers(viewer)
    nobody_there = [unmanned.tell(row, today) for row in rows if row.sort == unmanned.SORT]
    sections = (
        unmanned.section(nobody_there),
        section(_("别人在等"), others[:LISTED], len(others), reverse("matters:verification")),
        _to_see(piles["submitted"], piles["due"], rows, today),
        waiting.red(piles["late"], today, _("逾期的")),
        words.half_read(papers),
        words.unclaimed(viewer, today),
    )
    total = sum(one.total for one in sections[:3])
    rest = _("其中 %(n)d 件别人正等着您。") % {"n": len(others)} if others else ""
    return Desk(
        lead=_lead(total, len(others)),
        rest=rest,
        sections=tuple(one for one in sections if one.entries),
        week=waiting.week(rows, today),
        happenings=waiting.happenings(viewer, waiting.last_work_day(today)),
        documents=words.documents(papers, today),
    )


def _lead(total: int, others: int) -> str:
    """The sentence on top; a clause on who waits follows it when somebody does."""
    if not total:
        return _("今天没有等着您的事。")
    words = _("今天有 %(n)d 件事，") if others else _("今天有 %(n)d 件事。")
    return words % {"n": total}


def _waiting(viewer: Actor, among: Seats, today: date) -> list[Wait]:
    """Everything that waits for the office, of every sort: one query."""
    wholes = Matter.objects.filter(authority.seen(viewer, ""), parent=None)
    checked_here = wholes.exclude(authority.office_stands_back(among, ""))
    return waits.read(
        [
            batches.objections(viewer),
            between.to_rule(viewer),
            between.unanswered(viewer),
            between.own_slips(viewer),
            varying.to_decide(viewer, among),
            varying.undecided(viewer, among),
            varying.to_resume(viewer, today),
            strike_offs.unsigned(viewer, among),
            strike_offs.to_go_on(viewer, among, today),
            slips.to_sign(viewer, among),
            slips.unsigned(viewer, among),
            batches.unapproved(viewer, among),
            batches.to_issue(viewer),
            batches.to_void(viewer),
            batches.own_lists(viewer),
            batches.to_propose(viewer),
            checks.to_finish(checked_here),
            checks.undelivered(viewer),
            checks.drawn(viewer, among),
            checks.looks_back(checked_here, today),
            unmanned.waiting(viewer, today),
            waiting.falling_due(viewer, today),
        ]
    )


OTHERS: Mapping[str, Tell] = {
    **batches.ASKED,
    **between.TELLERS,
    **varying.TELLERS,
    **strike_offs.TELLERS,
    **slips.TELLERS,
    **checks.TO_FINISH,
    **batches.TELLERS,
    **checks.ANSWERS,
}
"""What others wait for, in the order of the desk."""


def _to_see(submitted: Pile, due: Pile, rows: Sequence[Wait], today: date) -> Section:
    """What units say is done, standing matters whose check has come, drawn checks, looks back at effect."""
    due_checks = _due_checks(due, rows, today)
    said_done = [
        waiting.entry(
            m,
            today,
            why=_("报称已经办完。%(p)s") % {"p": waiting.progress(m)},
            act=_("核查"),
            verb="settle",
        )
        for m in submitted.matters[: max(LISTED // 2, LISTED - len(due_checks))]
    ]
    total = submitted.total + due.total + len(due_checks) - len(due.matters)
    entries = [*said_done, *due_checks][:LISTED]
    return section(_("该去看的"), entries, total, reverse("matters:verification"))


def _due_checks(due: Pile, rows: Sequence[Wait], today: date) -> list[Entry]:
    """Checks of every kind, the one whose day came first before the others."""
    dated = [
        (row.on or today, tell(row, today))
        for row in rows
        if (tell := checks.TO_SEE.get(row.sort)) is not None
    ]
    for m in due.matters:
        entry = waiting.entry(m, today, why=_checked(m, today), act=_("检查"), verb="check")
        dated.append((m.next_check_on or today, entry))
    return [entry for _day, entry in sorted(dated, key=lambda one: one[0])]


def _checked(matter: Matter, today: date) -> str:
    unit = str(matter.lead_unit or "")
    if matter.last_checked_on is None:
        return _("%(unit)s，还没有检查过。") % {"unit": unit}
    return _("%(unit)s，上次 %(day)s。") % {
        "unit": unit,
        "day": day(matter.last_checked_on, today=today),
    }
