"""The register 台账: views with counts, filters, rows sorted and grouped by light, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from huiyin.actors import Actor
from huiyin.matters import amounts
from huiyin.matters.models import Matter, Report
from huiyin.matters.queries.lights import GROUPS, groups, light_of, rank, share
from huiyin.matters.queries.planned import plan_share, with_steps
from huiyin.matters.queries.shaping import without_parts
from huiyin.matters.queries.slips import unanswered
from huiyin.matters.queries.varying import (
    extended_ids,
    first_due_words,
    times_extended,
    with_original,
)
from huiyin.matters.rules import BEFORE_DISPATCH, OPEN, MatterState, Nature, Shown
from huiyin.rulebook.queries import source_label

PAGE = 50
SOON = timedelta(days=7)
NUMBER = re.compile(r"(?:〔?(\d{4})〕\s*)?(\d{1,6})\s*[-－]\s*(\d{1,4})(?:\s*[-－]\s*(\d{1,4}))?")

VIEWS: Mapping[str, Promise] = {
    "open": gettext_lazy("在办"),
    "submitted": gettext_lazy("待核查"),
    "soon": gettext_lazy("七日内到期"),
    "standing": gettext_lazy("长期推进"),
    "unsigned": gettext_lazy("待签收"),
    "closed": gettext_lazy("已办结"),
    "extended": gettext_lazy("延期过"),
    "slips": gettext_lazy("待回应的单"),
    "draft": gettext_lazy("拟办中"),
    "all": gettext_lazy("全部"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see of the register: a view, filters, words to look for."""

    view: str = "open"
    q: str = ""
    state: str = ""
    unit: int | None = None
    year: int | None = None
    source: str = ""
    nature: str = ""
    leader: int | None = None
    personal: int | None = None
    light: str = ""
    unsettled: bool = False
    parts: bool = False
    parent: int | None = None

    @property
    def with_parts(self) -> bool:
        """Whether parts of other matters are listed too: when asked for, or when somebody looks for one."""
        return self.parts or bool(self.q or self.unit or self.parent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the register."""

    matter: Matter
    shown: Shown
    group: str
    last: str
    said: float | None
    seen: float | None
    plan: float | None
    first_due_on: date | None
    times_extended: int

    @property
    def amounts(self) -> str:
        """`报送 31/83 所，核实 28 所`."""
        return amounts.progress(self.matter)

    @property
    def source(self) -> str:
        return str(source_label(self.matter.source_kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of one light: how many there are in all, and those on this page."""

    code: str
    label: str
    count: int
    rows: list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One page of the register with every count that stands on it."""

    groups: list[Group]
    counts: dict[str, int]
    total: int
    first: int
    last: int
    previous: int | None
    following: int | None


def register(*, viewer: Actor, wanted: Wanted, today: date, page: int = 1) -> Register:
    """One page of what the viewer may see; three queries, whatever the number of rows."""
    found = _filtered(viewer, wanted, today)
    counts = _counts(found, wanted, today)
    total = sum(counts[f"group_{code}"] for code, _label in GROUPS)
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    start = (page - 1) * PAGE
    ordered = with_steps(listed(found, wanted, today), viewer=viewer, today=today)
    rows = [_row(m, today) for m in ordered[start : start + PAGE]]
    return Register(
        groups=_grouped(rows, counts),
        counts=counts,
        total=total,
        first=start + 1 if total else 0,
        last=start + len(rows),
        previous=page - 1 if page > 1 else None,
        following=page + 1 if start + PAGE < total else None,
    )


def all_rows(
    *, viewer: Actor, wanted: Wanted, today: date, picked: list[int] | None = None
) -> Iterator[Row]:
    """Every row of the list, in its order; only the picked ones when some are picked."""
    found = _filtered(viewer, wanted, today)
    if picked:
        found = found.filter(pk__in=picked)
    ordered = with_steps(listed(found, wanted, today), viewer=viewer, today=today)
    for matter in ordered.iterator(chunk_size=500):
        yield _row(matter, today)


def _filtered(viewer: Actor, wanted: Wanted, today: date) -> QuerySet[Any]:
    """Matters within sight that fit the filters; the view is applied later, so that it can be counted."""
    exact: dict[str, Any] = {
        "state": wanted.state,
        "lead_unit_id": wanted.unit,
        "registered_on__year": wanted.year,
        "source_kind": wanted.source,
        "nature": wanted.nature,
        "leader_post_id": wanted.leader,
        "due_flagged": wanted.unsettled,
        "personal_lead_id": wanted.personal,
        "parent_id": wanted.parent,
    }
    found: QuerySet[Any] = Matter.objects.visible_to(viewer)
    if not wanted.with_parts:
        found = without_parts(found, viewer)
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.light:
        codes = [code for code, _label in GROUPS]
        place = codes.index(wanted.light) if wanted.light in codes else -1
        found = found.alias(asked_rank=rank(today)).filter(asked_rank=place)
    for word in wanted.q.split():
        found = found.filter(_said(word))
    return found


def _said(word: str) -> Q:
    """A word of the search: in title, quote, source, unit; or a number such as 〔2026〕12-03."""
    number = NUMBER.fullmatch(word)
    if number is not None:
        year = {"notice__year": int(number[1])} if number[1] else {}
        part = {"part": int(number[4])} if number[4] else {}
        return Q(notice__number=int(number[2]), row=int(number[3]), **year, **part)
    return (
        Q(title__icontains=word)
        | Q(quote__icontains=word)
        | Q(source_label__icontains=word)
        | Q(lead_unit__name__icontains=word)
        | Q(lead_unit__short_name__icontains=word)
    )


def view_filter(view: str, today: date) -> Q:
    """Which matters a view of the register holds; a suspended one is still on the register."""
    dated = ~Q(nature=Nature.STANDING)
    on_the_way = Q(state__in=[*OPEN, MatterState.SUSPENDED])
    views = {
        "submitted": Q(state=MatterState.SUBMITTED),
        "soon": Q(state__in=OPEN, due_on__range=(today, today + SOON)) & dated,
        "standing": on_the_way & Q(nature=Nature.STANDING),
        "unsigned": Q(state=MatterState.DISPATCHED),
        "closed": Q(state=MatterState.CLOSED),
        "extended": Q(pk__in=extended_ids()),
        "slips": Q(pk__in=unanswered()),
        "draft": Q(state__in=BEFORE_DISPATCH),
        "all": Q(pk__isnull=False),
    }
    return views.get(view, on_the_way & dated)


def _counts(found: QuerySet[Any], wanted: Wanted, today: date) -> dict[str, int]:
    """How many matters each view holds under the filters, and each group of the view: two queries."""
    counted: dict[str, int] = found.aggregate(
        **{view: Count("pk", filter=view_filter(view, today)) for view in VIEWS}
    )
    chosen = found.filter(view_filter(wanted.view, today)).annotate(rank=rank(today))
    by_rank = dict(chosen.order_by().values_list("rank").annotate(n=Count("pk")))
    groups = {f"group_{code}": by_rank.get(place, 0) for place, (code, _label) in enumerate(GROUPS)}
    return counted | groups


def listed(found: QuerySet[Any], wanted: Wanted, today: date) -> QuerySet[Any]:
    """The view's matters in the order of the register: by light, then what turns first."""
    latest = Report.objects.filter(matter=OuterRef("pk")).order_by("-reported_at", "-pk")
    turns = Coalesce(
        Case(When(nature=Nature.STANDING, then=F("next_check_on")), output_field=DateField()),
        F("due_on"),
    )
    ordered: QuerySet[Any] = found.filter(view_filter(wanted.view, today)).annotate(
        rank=rank(today),
        latest=Subquery(latest.values("text")[:1]),
        turns=turns,
        first_due_on=F("baseline__due_on"),
        times_extended=times_extended(),
    )
    if wanted.view == "closed":
        ordered = ordered.order_by("rank", F("closed_on").desc(nulls_last=True), "-pk")
    else:
        ordered = ordered.order_by("rank", F("turns").asc(nulls_last=True), "pk")
    return ordered.select_related("lead_unit", "notice", "parent__notice").defer(
        "context", "filled"
    )


def _row(matter: Any, today: date) -> Row:
    """A line made of one row of the database and today."""
    return Row(
        matter=matter,
        shown=with_original(light_of(matter, today), first_due_words(matter, today)),
        group=GROUPS[matter.rank][0],
        last=matter.latest or "",
        said=share(matter.reported_percent),
        seen=share(matter.verified_percent),
        plan=plan_share(matter, today),
        first_due_on=matter.first_due_on,
        times_extended=matter.times_extended,
    )


def _grouped(rows: list[Row], counts: dict[str, int]) -> list[Group]:
    """The rows of a page under their lights, in the order of consequence."""
    return [
        Group(
            code=code,
            label=label,
            count=counts[f"group_{code}"],
            rows=[row for row in rows if row.group == code],
        )
        for code, label in groups()
        if any(row.group == code for row in rows)
    ]
