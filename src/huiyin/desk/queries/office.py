"""The supervision officer's desk: who waits, what to go and see, what is half read, what nobody took."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries import between, strike_offs, varying, waiting, words
from huiyin.desk.queries.waiting import LISTED, Pile, section
from huiyin.desk.rules import Act, Desk, Entry, Section
from huiyin.matters.models import HandBack, Matter, SupervisionNotice
from huiyin.matters.permits import IN_A_BATCH, left_of
from huiyin.matters.rules import MatterState, NoticeState
from huiyin.web.format import day


def desk(viewer: Actor, today: date) -> Desk:
    """The officer's sections, in order of consequence."""
    others = _others_wait(viewer, today)
    piles = waiting.piles(
        waiting.whole_matters(viewer),
        today,
        submitted=Q(state=MatterState.SUBMITTED),
        due=waiting.check_is_due(today),
        late=waiting.is_overdue(today),
    )
    papers = words.papers(viewer)
    sections = (
        others,
        _to_see(piles["submitted"], piles["due"], today),
        waiting.red(piles["late"], today, _("逾期的")),
        words.half_read(papers),
        words.unclaimed(viewer, today),
    )
    total = sum(one.total for one in sections[:2])
    rest = _("其中 %(n)d 件别人正等着您。") % {"n": others.total} if others.total else ""
    return Desk(
        lead=_lead(total, others.total),
        rest=rest,
        sections=tuple(one for one in sections if one.entries),
        week=waiting.week(viewer, today),
        happenings=waiting.happenings(viewer, today - timedelta(days=1)),
        documents=words.documents(papers, today),
    )


def _lead(total: int, others: int) -> str:
    """The sentence on top; a clause on who waits follows it when somebody does."""
    if not total:
        return _("今天没有等着您的事。")
    words = _("今天有 %(n)d 件事，") if others else _("今天有 %(n)d 件事。")
    return words % {"n": total}


def _others_wait(viewer: Actor, today: date) -> Section:
    """Objections to rule on, requests to decide, clocks to start again, batches to issue and to propose."""
    entries = [
        *_objections(viewer),
        *between.to_rule(viewer, today),
        *between.unanswered(viewer, today),
        *varying.to_decide(viewer),
        *varying.to_resume(viewer, today),
        *strike_offs.to_go_on(viewer, today),
        *_notices(viewer),
        *_to_propose(viewer),
    ]
    return section(_("别人在等"), entries[:LISTED], len(entries), reverse("matters:verification"))


def _objections(viewer: Actor) -> list[Entry]:
    rows = (
        HandBack.objects.filter(ruling=HandBack.Ruling.PENDING)
        .filter(assignment__matter__in=Matter.objects.visible_to(viewer))
        .select_related("assignment__matter", "assignment__unit")
        .order_by("raised_at")
    )
    return [
        Entry(
            tag=_("异议"),
            title=_("%(unit)s不认领“%(title)s”")
            % {"unit": row.assignment.unit, "title": row.assignment.matter.title},
            url=reverse("matters:matter", args=[row.assignment.matter_id]),
            why=_("理由：%(reason)s。裁定以前仍由该单位答复。")
            % {"reason": row.reason.rstrip("。")},
            acts=(
                Act(
                    label=_("裁定归属"),
                    url=reverse("matters:matter", args=[row.assignment.matter_id]),
                ),
            ),
        )
        for row in rows[:LISTED]
    ]


def _notices(viewer: Actor) -> list[Entry]:
    """Batches to issue; those from which everything was withdrawn are to be made void."""
    left = Count("matters", filter=Q(matters__state__in=IN_A_BATCH))
    rows = (
        SupervisionNotice.objects.visible_to(viewer)
        .filter(state__in=(NoticeState.PROPOSED, NoticeState.APPROVED))
        .annotate(left=left)
        .exclude(state=NoticeState.PROPOSED, left__gt=0)
        .order_by("pk")
    )
    return [_to_issue(row) if left_of(row) else _to_void(row) for row in rows[:LISTED]]


def _to_issue(row: SupervisionNotice) -> Entry:
    return Entry(
        tag=_("待印发"),
        title=row.title,
        url=reverse("matters:notice", args=[row.pk]),
        why=_("%(who)s已批准，等印发。") % {"who": row.approved_by_name},
        acts=(Act(label=_("去印发"), url=reverse("matters:notice", args=[row.pk])),),
    )


def _to_void(row: SupervisionNotice) -> Entry:
    return Entry(
        tag=_("待作废"),
        title=row.title,
        url=reverse("matters:notice", args=[row.pk]),
        why=_("这一批里的事项都已撤销，没有可以印发的。"),
        acts=(Act(label=_("去作废"), url=reverse("matters:notice", args=[row.pk])),),
    )


def _to_propose(viewer: Actor) -> list[Entry]:
    """Registered matters grouped by the source whose table they stand in."""
    rows = Matter.objects.visible_to(viewer).filter(state=MatterState.REGISTERED)
    groups: dict[str, int] = {}
    for label in rows.order_by("source_label").values_list("source_label", flat=True)[:2000]:
        groups[label] = groups.get(label, 0) + 1
    return [
        Entry(
            tag=_("拟办"),
            title=_("%(label)s，%(n)d 项待提请审批")
            % {"label": label or _("主动立项"), "n": count},
            url=reverse("matters:dispatch"),
            why=_("已立项，还没有提请审批。"),
            acts=(Act(label=_("去拟办"), url=reverse("matters:dispatch")),),
        )
        for label, count in groups.items()
    ]


def _to_see(submitted: Pile, due: Pile, today: date) -> Section:
    """What units say is done, and standing matters whose check has come."""
    entries = [
        waiting.entry(
            m,
            today,
            why=_("报称已经办完。%(p)s") % {"p": waiting.progress(m)},
            act=_("核查"),
            verb="settle",
        )
        for m in submitted.matters
    ]
    entries += [
        waiting.entry(m, today, why=_checked(m, today), act=_("检查"), verb="check")
        for m in due.matters[: LISTED - min(len(entries), 3)]
    ]
    return section(
        _("该去看的"), entries, submitted.total + due.total, reverse("matters:verification")
    )


def _checked(matter: Matter, today: date) -> str:
    unit = str(matter.lead_unit or "")
    if matter.last_checked_on is None:
        return _("%(unit)s，还没有检查过。") % {"unit": unit}
    return _("%(unit)s，上次 %(day)s。") % {
        "unit": unit,
        "day": day(matter.last_checked_on, today=today),
    }
