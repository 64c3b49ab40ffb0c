"""Matters as entries of a desk, and the lists several desks share."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.rules import Act, Day, Entry, Happening, Section
from huiyin.door import label_of
from huiyin.ledger.models import Event
from huiyin.matters.models import Matter
from huiyin.matters.queries import light_of
from huiyin.matters.rules import OPEN, Nature

LISTED = 6
OVERDUE_FIRST = ("late_on", "pk")


def counted(row: object, name: str) -> int:
    """A count that the query annotated to a row."""
    return int(getattr(row, name))


def section(heading: str, rows: Iterable[Entry], total: int | None = None, more_url: str = "") -> Section:
    """The first entries under a heading; `total` when there are more than are listed."""
    entries = tuple(rows)
    return Section(
        heading=heading, entries=entries, total=len(entries) if total is None else total, more_url=more_url
    )


def open_matters(viewer: Actor) -> QuerySet[Matter]:
    """Dispatched matters the viewer may see that are neither closed nor withdrawn."""
    return Matter.objects.visible_to(viewer).filter(state__in=OPEN).select_related("lead_unit", "notice")


def overdue(rows: QuerySet[Matter], today: date) -> QuerySet[Matter]:
    return rows.filter(late_on__lte=today).exclude(nature=Nature.STANDING).order_by(*OVERDUE_FIRST)


def near(rows: QuerySet[Matter], today: date) -> QuerySet[Matter]:
    """Due soon and not yet late."""
    return rows.filter(attention_on__lte=today, late_on__gt=today).order_by("due_on", "pk")


def checks_due(rows: QuerySet[Matter], today: date) -> QuerySet[Matter]:
    """Standing matters whose next check has come."""
    return rows.filter(nature=Nature.STANDING, next_check_on__lte=today).order_by("next_check_on", "pk")


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
    return "，".join(parts) + "。"


def week(viewer: Actor, today: date) -> tuple[Day, ...]:
    """The next five weekdays with how many matters fall due on each."""
    days: list[date] = []
    day = today
    while len(days) < 5:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    rows = open_matters(viewer).filter(due_on__in=days).exclude(nature=Nature.STANDING)
    found = {
        row["due_on"]: row
        for row in rows.order_by().values("due_on").annotate(n=Count("pk"), first=Min("pk"))
    }
    titles = dict(
        Matter.objects.filter(pk__in=[row["first"] for row in found.values()]).values_list("pk", "title")
    )
    return tuple(
        Day(day=d, due=found[d]["n"], example=titles[found[d]["first"]][:8]) if d in found else Day(day=d, due=0)
        for d in days
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
    "matter.check_standing",
    "notice.approve",
    "notice.issue",
    "document.take_in",
)


def happenings(viewer: Actor, since: date) -> tuple[Happening, ...]:
    """What others did since a day, newest first, as far as the viewer may see it."""
    rows = list(
        Event.objects.filter(jurisdiction_id=viewer.jurisdiction_id, action__in=TOLD, at__date__gte=since)
        .filter(Q(actor_id=None) | ~Q(actor_id=viewer.user_id))
        .order_by("-position")[:24]
    )
    ids = [row.trail_id for row in rows if row.trail_kind == "matter"]
    titles = dict(Matter.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", "title"))
    return tuple(happening(row, titles) for row in rows if seen(row, titles, viewer))[:7]


def seen(row: Event, titles: dict[int, str], viewer: Actor) -> bool:
    return row.trail_id in titles if row.trail_kind == "matter" else viewer.sees_all


def happening(row: Event, titles: dict[int, str]) -> Happening:
    """An event as a line: who, what, about which matter."""
    places = {"matter": "matters:matter", "supervisionnotice": "matters:notice", "document": "documents:document"}
    place = places.get(row.trail_kind)
    about = titles.get(row.trail_id, "") if row.trail_kind == "matter" else ""
    what = f"{label_of(row.action)}：{about}" if about else str(label_of(row.action))
    return Happening(
        at=row.at, who=row.actor_name, what=what, url=reverse(place, args=[row.trail_id]) if place else ""
    )
