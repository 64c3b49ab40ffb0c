"""Matters as entries of a desk, and the lists several desks share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.desk.queries import waits
from huiyin.desk.queries.waits import Part, Wait
from huiyin.desk.rules import Act, Day, Entry, Happening, Section
from huiyin.door import label_of
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.queries import know_plans, light_of
from huiyin.matters.queries.shaping import without_parts
from huiyin.matters.rules import OPEN, Nature

LISTED = 6


def counted(row: object, name: str) -> int:
    """A count that the query annotated to a row."""
    return int(getattr(row, name))


def section(
    heading: str, rows: Iterable[Entry], total: int | None = None, more_url: str = ""
) -> Section:
    """The first entries under a heading; `total` when there are more than are listed."""
    entries = tuple(rows)
    return Section(
        heading=heading,
        entries=entries,
        total=len(entries) if total is None else total,
        more_url=more_url,
    )


def open_matters(viewer: Actor) -> QuerySet[Matter]:
    """Dispatched matters the viewer may see that are neither closed nor withdrawn."""
    return Matter.objects.visible_to(viewer).filter(state__in=OPEN)


def whole_matters(viewer: Actor) -> QuerySet[Matter]:
    """The same without parts of a matter the viewer sees, so that nothing counts twice."""
    return without_parts(open_matters(viewer), viewer)


def is_overdue(today: date) -> Q:
    return Q(late_on__lte=today) & ~Q(nature=Nature.STANDING)


def is_near(today: date) -> Q:
    """Due soon and not yet late."""
    return Q(attention_on__lte=today, late_on__gt=today)


def check_is_due(today: date) -> Q:
    """A standing matter whose next check has come."""
    return Q(nature=Nature.STANDING, next_check_on__lte=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The first matters of one heading and how many there are in all."""

    matters: tuple[Matter, ...] = ()
    total: int = 0


def piles(rows: QuerySet[Matter], today: date, **headings: Q) -> dict[str, Pile]:
    """The matters of each heading, oldest due day first; a matter stands under the first that fits.

    One query, and one for the plans of what is behind.
    """
    bucket = Case(
        *(When(fits, then=Value(name)) for name, fits in headings.items()), output_field=CharField()
    )
    oldest = [F("due_on").asc(nulls_last=True), F("pk").asc()]
    found = (
        rows.annotate(pile=bucket)
        .filter(pile__in=list(headings))
        .annotate(
            place=Window(RowNumber(), partition_by=[F("pile")], order_by=oldest),
            total=Window(Count("pk"), partition_by=[F("pile")]),
        )
        .filter(place__lte=LISTED)
        .select_related("lead_unit", "notice")
        .order_by("place")
    )
    listed = list(found)
    know_plans(listed, today)
    sorted_out: dict[str, list[Matter]] = {name: [] for name in headings}
    totals = dict.fromkeys(headings, 0)
    for matter in listed:
        name = str(getattr(matter, "pile"))  # noqa: B009 - annotated
        sorted_out[name].append(matter)
        totals[name] = counted(matter, "total")
    return {name: Pile(matters=tuple(sorted_out[name]), total=totals[name]) for name in headings}


def red(
    pile: Pile, today: date, heading: str, *, light: str = "overdue", act: str = "", verb: str = ""
) -> Section:
    """A pile as a section that leads to the register."""
    entries = [entry(matter, today, act=act, verb=verb) for matter in pile.matters]
    return section(heading, entries, pile.total, reverse("matters:register") + f"?light={light}")


def entry(matter: Matter, today: date, *, why: str = "", act: str = "", verb: str = "") -> Entry:
    """A matter with its light, and one button when there is something to do."""
    light = light_of(matter, today)
    url = reverse("matters:matter", args=[matter.pk])
    target = reverse("matters:do", args=[matter.pk, verb]) if verb else url
    return Entry(
        title=matter.title,
        url=url,
        why=why or progress(matter),
        light=str(light.light),
        word=light.word,
        acts=(Act(label=act, url=target),) if act else (),
    )


def progress(matter: Matter) -> str:
    """市水利局，报送 60%，核实 40%。"""
    parts = [str(matter.lead_unit or "")]
    if matter.reported_percent is not None:
        parts.append(_("报送 %(n)d%%") % {"n": matter.reported_percent})
    if matter.verified_percent is not None:
        parts.append(_("核实 %(n)d%%") % {"n": matter.verified_percent})
    if len(parts) == 1:
        parts.append(_("还没有报送进度"))
    return _("，").join(parts) + _("。")


def working_week(today: date) -> list[date]:
    """The next five weekdays."""
    days = (today + timedelta(days=n) for n in range(1, 8))
    return [day for day in days if day.weekday() < 5]


def falling_due(viewer: Actor, today: date) -> Part:
    """Matters that fall due in the next five weekdays, as rows of what waits."""
    rows = whole_matters(viewer).filter(due_on__in=working_week(today))
    dated = rows.exclude(nature=Nature.STANDING)
    return waits.part("week", dated, matter="pk", title="title", on="due_on")


def week(rows: Iterable[Wait], today: date) -> tuple[Day, ...]:
    """The next five weekdays with how many matters fall due on each."""
    found: dict[date | None, list[str]] = {}
    for row in rows:
        if row.sort == "week":
            found.setdefault(row.on, []).append(row.title)
    return tuple(
        Day(day=d, due=len(found.get(d, ())), example=found[d][0][:8] if d in found else "")
        for d in working_week(today)
    )


TOLD = (
    "unit_list.sign_for",
    "assignment.hand_back",
    "assignment.rule_hand_back",
    "assignment.report_progress",
    "assignment.submit_completion",
    "matter.verify",
    "matter.send_back",
    "matter.close_out",
    "matter.check",
    "matter.ask_extension",
    "matter.ask_adjustment",
    "matter.ask_suspension",
    "variation.decide",
    "matter.suspend",
    "matter.resume",
    "notice.approve",
    "notice.issue",
    "document.take_in",
)


def last_work_day(today: date) -> date:
    """The weekday before: on a Monday and over the weekend, what happened on Friday is still news."""
    return today - timedelta(days=max(1, today.weekday() - 4 if today.weekday() else 3))


def happenings(viewer: Actor, since: date) -> tuple[Happening, ...]:
    """What others did since a day, newest first, as far as the viewer may see it; one query."""
    seen = Matter.objects.visible_to(viewer).filter(pk=OuterRef("trail_id"))
    batch = SupervisionNotice.objects.filter(pk=OuterRef("trail_id"))
    begin = datetime.combine(since, time.min, tzinfo=clock.zone())
    rows = (
        Event.objects.filter(jurisdiction_id=viewer.jurisdiction_id, action__in=TOLD, at__gte=begin)
        .filter(Q(actor_id=None) | ~Q(actor_id=viewer.user_id))
        .annotate(
            about=Case(
                When(trail_kind="matter", then=Subquery(seen.values("title")[:1])),
                When(trail_kind="supervisionnotice", then=Subquery(batch.values("title")[:1])),
                default=None,
                output_field=TextField(),
            )
        )
        .order_by("-position")[:24]
    )
    told = (happening(row, about_of(row)) for row in rows if _is_seen(row, viewer))
    return tuple(told)[:7]


def about_of(row: object) -> str:
    """The title of the matter an event is about, as the query annotated it; "" for another thing."""
    return getattr(row, "about", None) or ""


def _is_seen(row: Event, viewer: Actor) -> bool:
    return bool(about_of(row)) if row.trail_kind == "matter" else viewer.sees_all


def happening(row: Event, about: str) -> Happening:
    """An event as a line: who, what, about which matter."""
    places = {
        "matter": "matters:matter",
        "supervisionnotice": "matters:notice",
        "document": "documents:document",
    }
    place = places.get(row.trail_kind)
    what = f"{label_of(row.action)}{_('：')}{about}" if about else str(label_of(row.action))
    return Happening(
        at=row.at,
        who=row.actor_name,
        what=what,
        url=reverse(place, args=[row.trail_id]) if place else "",
    )
