"""Supervision notices: the list, one notice with what it asks of each unit, and its paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin import door
from huiyin.actors import Actor
from huiyin.door import Option
from huiyin.errors import NotFound
from huiyin.matters.models import Assignment, Matter, SupervisionNotice, UnitList
from huiyin.matters.permits import IN_A_BATCH, left_of
from huiyin.matters.queries.people import leader_name
from huiyin.matters.queries.shaping import without_parts
from huiyin.matters.rules import AssignmentRole, AssignmentState, NoticeState
from huiyin.people.models import Unit
from huiyin.rulebook import queries as rulebook
from huiyin.web.kept import kept

PAGE = 50
VIEWS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "proposed": (gettext_lazy("待审批"), (NoticeState.PROPOSED,)),
    "approved": (gettext_lazy("待印发"), (NoticeState.APPROVED,)),
    "issued": (gettext_lazy("已印发"), (NoticeState.ISSUED,)),
    "returned": (gettext_lazy("已退回、作废"), (NoticeState.RETURNED, NoticeState.VOID)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """One view of the notices, newest first, with the counts of all views."""

    view: str
    rows: list[Any]
    counts: dict[str, int]
    total: int
    page: int

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return (self.page - 1) * PAGE + len(self.rows)

    @property
    def previous(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def following(self) -> int | None:
        return self.page + 1 if self.last < self.total else None


def notices(*, viewer: Actor, view: str = "", page: int = 1) -> NoticeList:
    """Notices the viewer may see: the view asked for, else the first that holds something."""
    mine = SupervisionNotice.objects.visible_to(viewer)
    counts = mine.aggregate(
        **{v: Count("pk", filter=Q(state__in=states)) for v, (_l, states) in VIEWS.items()}
    )
    chosen = view if view in VIEWS else next((v for v in VIEWS if counts[v]), "issued")
    rows = mine.filter(state__in=VIEWS[chosen][1]).select_related("approver_post__user")
    lists = UnitList.objects.filter(_of_the_paper())
    rows = rows.annotate(
        asked=_counted(Matter.objects.filter(parent=None, split_from=None)),
        sent=_counted(lists),
        signed=_counted(lists.filter(state=UnitList.State.SIGNED)),
    ).order_by("-proposed_at", "-pk")
    total = counts[chosen]
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    listed = list(rows[(page - 1) * PAGE : page * PAGE])
    return NoticeList(view=chosen, rows=listed, counts=counts, total=total, page=page)


def _of_the_paper() -> Exists:
    """Lists that hold more than parts into which a row was broken down later."""
    return Exists(Assignment.objects.filter(unit_list=OuterRef("pk"), matter__parent=None))


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """How many rows hang on each notice; a subquery, since two joins would multiply each other."""
    grouped = rows.filter(notice=OuterRef("pk")).order_by().values("notice").annotate(n=Count("pk"))
    return Coalesce(Subquery(grouped.values("n")), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What a notice asks of one unit: what it leads and what it supports."""

    place: str
    unit: Unit
    led: list[Matter]
    supported: list[Matter]
    unit_list: UnitList | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """One notice: its batch, its lists, who decides, and what the viewer may do."""

    notice: SupervisionNotice
    matters: list[Matter]
    lists: list[UnitList]
    approver: str
    number: str
    options: dict[str, Option]
    sees_batch: bool

    @property
    def signed(self) -> int:
        return sum(1 for row in self.lists if row.state == UnitList.State.SIGNED)

    @property
    def left(self) -> int:
        """How many matters go on with a batch that is not issued: the withdrawn ones do not."""
        return left_of(self.notice)

    @property
    def has_paper(self) -> bool:
        """Whether there is, or will be, a paper: not of a batch from which everything was withdrawn."""
        waits = self.notice.state in (NoticeState.PROPOSED, NoticeState.APPROVED)
        return self.notice.state != NoticeState.VOID and (bool(self.left) or not waits)


def seen_notice(pk: int, *, viewer: Actor) -> SupervisionNotice:
    """The notice, when the viewer may see it; else NotFound."""
    rows = SupervisionNotice.objects.visible_to(viewer).annotate(
        left=_counted(Matter.objects.filter(state__in=IN_A_BATCH))
    )
    notice = rows.select_related("approver_post__user", "jurisdiction").filter(pk=pk).first()
    if notice is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return notice


def notice_page(pk: int, *, viewer: Actor, today: date) -> NoticePage:
    """A notice with the matters and lists of it that the viewer may see."""
    notice = seen_notice(pk, viewer=viewer)
    # Who sees a whole is not shown its parts as rows of the paper; a unit that has a part sees that.
    asked = without_parts(Matter.objects.visible_to(viewer).filter(notice=notice), viewer)
    options = {option.name: option for option in door.options(notice, by=viewer)}
    lists = UnitList.objects.visible_to(viewer).filter(notice=notice).select_related("unit")
    if viewer.sees_all:
        lists = lists.filter(_of_the_paper())
    return NoticePage(
        notice=notice,
        matters=_with_supporting(
            asked.select_related("lead_unit", "leader_post__user", "notice").order_by("row", "part")
        ),
        lists=list(lists.annotate(n=Count("assignments"))),
        approver=leader_name(notice.approver_post),
        number=notice.paper_number or next_number(notice, today=today),
        options=options,
        sees_batch=viewer.sees_all or bool(options),
    )


def _with_supporting(rows: Iterable[Matter]) -> list[Matter]:
    """The matters, each with `helpers`: the names of its supporting units."""
    matters = list(rows)
    several = Assignment.objects.current().filter(
        matter__in=[m.pk for m in matters], role=AssignmentRole.SUPPORTING
    )
    named: dict[int, list[str]] = {}
    for row in several.select_related("unit").order_by("unit__position"):
        named.setdefault(row.matter_id, []).append(str(row.unit))
    for matter in matters:
        matter.helpers = "、".join(named.get(matter.pk, []))  # type: ignore[attr-defined]
    return matters


def next_number(notice: SupervisionNotice, *, today: date) -> str:
    """The number the notice would take if it were issued today; others may still take it first."""
    last = SupervisionNotice.objects.filter(
        jurisdiction_id=notice.jurisdiction_id, year=today.year
    ).aggregate(last=Max("number"))["last"]
    numbering = rulebook.book(notice.jurisdiction_id, "numbering").numbering(on=today)
    return numbering.notice_number(
        short=notice.jurisdiction.short, year=today.year, n=(last or 0) + 1
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What `web/paper.html` prints, and the sections of its body; `draft` when it has no number yet."""

    issuer: str
    number: str
    title: str
    to: str
    sender: str
    date: datetime.date
    sections: list[Section]
    source: str
    basis: str
    objection_days: str
    signer: str = ""
    copied_to: str = ""
    printed_by: str = ""
    printed_on: datetime.date | None = None
    draft: bool = False


def paper_of(pk: int, *, viewer: Actor, today: date, unit: int | None = None) -> Paper:
    """The paper of a notice, or the sheet of one unit of it; a unit is given its own section alone."""
    page = notice_page(pk, viewer=viewer, today=today)
    notice = page.notice
    # The paper is as it was issued: what was split off later stands in the register, not on it.
    sections = sections_of([m for m in page.matters if m.split_from_id is None], page.lists)
    mine = viewer.unit_ids()
    kept = [s for s in sections if viewer.sees_all or s.unit.pk in mine or page.sees_batch]
    kept = [s for s in kept if unit is None or s.unit.pk == unit]
    if not kept:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return _paper(
        notice,
        kept,
        number=page.number,
        on=notice.issued_on or today,
        draft=notice.issued_on is None,
    )


@kept
def preview_of(matters: Sequence[Matter], *, viewer: Actor, today: date) -> Paper:
    """The paper these registered matters would make, not yet proposed."""
    rows = list(matters)
    label = rows[0].source_label
    title = (
        _("关于落实《%(label)s》有关事项的督办通知") % {"label": label} if label else rows[0].title
    )
    notice = SupervisionNotice(
        jurisdiction=rows[0].jurisdiction,
        title=title,
        source_label=label,
        proposed_by_name=viewer.name,
    )
    return _paper(notice, sections_of(rows, []), number=_("（印发时编号）"), on=today, draft=True)


@kept
def _paper(
    notice: SupervisionNotice, sections: list[Section], *, number: str, on: date, draft: bool
) -> Paper:
    jurisdiction = notice.jurisdiction
    window = rulebook.in_force(jurisdiction.pk, "objection_window", on).body
    days = _("%(n)d个工作日") if window.unit == "working" else _("%(n)d日")
    return Paper(
        issuer=_("%(name)s督查室") % {"name": jurisdiction.name},
        number=number,
        title=notice.title,
        to="、".join(str(section.unit) for section in sections),
        sender=_("%(name)s督查室") % {"name": jurisdiction.name},
        date=on,
        sections=sections,
        source=notice.source_label,
        basis=notice.basis,
        objection_days=days % {"n": window.days},
        draft=draft,
    )


def sections_of(matters: Sequence[Matter], lists: Sequence[UnitList]) -> list[Section]:
    """One section per unit in the order of the directory; matters in the order of their rows."""
    by_list = {row.unit_id: row for row in lists}
    rows = Assignment.objects.filter(matter__in=[m.pk for m in matters]).exclude(
        state=AssignmentState.ENDED
    )
    known = {matter.pk: matter for matter in matters}
    order = {matter.pk: place for place, matter in enumerate(matters)}
    found: dict[int, Section] = {}
    for row in sorted(
        rows.select_related("unit"), key=lambda r: (r.unit.position, order[r.matter_id])
    ):
        blank = Section(
            place=chinese(len(found) + 1),
            unit=row.unit,
            led=[],
            supported=[],
            unit_list=by_list.get(row.unit_id),
        )
        section = found.setdefault(row.unit_id, blank)
        where = section.led if row.role == AssignmentRole.LEAD else section.supported
        where.append(known[row.matter_id])
    return list(found.values())


DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """1 → 一, 10 → 十, 23 → 二十三, as papers number their parts; plain digits above 99."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")
