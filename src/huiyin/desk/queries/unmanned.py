"""Units in which nobody works any more: what waits for them would stand on no desk, so it stands on the office's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.actors import Actor
from huiyin.desk.queries import waits
from huiyin.desk.queries.waiting import LISTED
from huiyin.desk.queries.waits import Part, Wait
from huiyin.desk.rules import Act, Entry, Section
from huiyin.matters.models import Assignment, Consultation, Referral
from huiyin.matters.permits import ACT_FOR_UNIT
from huiyin.matters.rules import ENDED, GIVEN, OPEN, AskState, AssignmentRole, Ruling
from huiyin.people.models import Post, Unit, held_on
from huiyin.web.format import day

SORT = "unmanned"


def units(viewer: Actor, today: date) -> QuerySet[Unit]:
    """Units of the viewer's jurisdiction that have something to do and nobody who acts for them today."""
    staff = Post.objects.filter(
        held_on(today), unit=OuterRef("pk"), role__in=[role.value for role in ACT_FOR_UNIT]
    )
    here = Unit.objects.filter(~Exists(staff), jurisdiction_id=viewer.jurisdiction_id)
    return here.annotate(things=_things()).filter(things__gt=0).order_by("position", "pk")


def waiting(viewer: Actor, today: date) -> Part:
    """Those units as rows that wait: how many things, since when, and one of them by its title."""
    first = _parts().order_by("sent_at", "pk")
    led = Exists(_parts().filter(role=AssignmentRole.LEAD))
    return waits.part(
        SORT,
        units(viewer, today),
        matter=Coalesce(Subquery(first.values("matter_id")[:1]), 0, output_field=IntegerField()),
        title="name",
        unit=Coalesce(
            Subquery(first.values("matter__title")[:1]), Value(""), output_field=TextField()
        ),
        code=Case(When(led, then=Value("led")), default=Value("")),
        at=Subquery(first.values("sent_at")[:1]),
        count=F("things"),
    )


def _things() -> Any:
    """Parts the unit has and has not finished, opinions it is asked for, matters it is asked to take over."""
    slips = Consultation.objects.filter(to_unit=OuterRef("pk"), state=AskState.OPEN)
    offers = Referral.objects.filter(to_unit=OuterRef("pk"), ruling=Ruling.PENDING)
    return (
        _count(_parts(), "unit")
        + _count(slips.exclude(matter__state__in=ENDED), "to_unit")
        + _count(offers.filter(matter__state__in=OPEN), "to_unit")
    )


def _parts() -> QuerySet[Assignment]:
    given = Assignment.objects.filter(unit=OuterRef("pk"), state__in=GIVEN, finished_on=None)
    return given.filter(matter__state__in=OPEN)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def section(entries: Sequence[Entry]) -> Section:
    """The entries of such units under their heading."""
    listed = tuple(entries[:LISTED])
    heading = _("暂无人员的单位")
    return Section(heading=heading, entries=listed, total=len(entries), of_units=True)


def tell(row: Wait, today: date) -> Entry:
    """One entry a unit: what lies there, and that somebody has to be appointed."""
    url = reverse("people:unit", args=[row.pk])
    acts = [Act(label=_("看单位"), url=url)]
    if row.matter:
        acts.insert(0, Act(label=_("看这些事"), url=_things_url(row)))
    return Entry(
        tag=_("暂无人员"), title=row.title, url=url, why=_why(row, today), acts=tuple(acts)
    )


def _why(row: Wait, today: date) -> str:
    words = {"n": row.count, "title": row.unit}
    since = _("，最早的%(day)s交办") % {"day": day(row.at, today=today)} if row.at else ""
    if row.unit:
        said = _(
            "该单位暂无人员，“%(title)s”等 %(n)d 件事没有人看到%(since)s。请安全管理员任命联络员。"
        )
    else:
        said = _("该单位暂无人员，有 %(n)d 件事等它答复。请安全管理员任命联络员。")
    return said % {**words, "since": since}


def _things_url(row: Wait) -> str:
    """The register of what it leads; of a unit that only supports, the matter itself."""
    if row.code:
        return reverse("matters:register") + f"?unit={row.pk}"
    return reverse("matters:matter", args=[row.matter])
