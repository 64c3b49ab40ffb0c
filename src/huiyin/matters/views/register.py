"""The register 台账, and the same list as an Excel file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from huiyin import clock, door
from huiyin.actors import OFFICE, UNIT_STAFF
from huiyin.door import Ask
from huiyin.matters import actions, sheets
from huiyin.matters.columns import added_cells, added_heads
from huiyin.matters.forms import filters
from huiyin.matters.queries import people
from huiyin.matters.queries.lights import groups
from huiyin.matters.queries.register import VIEWS, Row, Wanted, all_rows, register
from huiyin.matters.rules import MatterState, Nature
from huiyin.people.models import Post, Unit
from huiyin.rulebook.rules.words import SOURCES
from huiyin.web.asked import Request

YEARS_BACK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter in force: what it filters, by which value, and the parameter that holds it."""

    name: str
    label: str
    value: str


@require_GET
def show(request: Request) -> HttpResponse:
    """One page of the register under the filters in the address."""
    today, wanted = clock.today(), filters.wanted(request.GET)
    units = people.units(viewer=request.actor, today=today)
    leaders = people.leaders(viewer=request.actor, today=today)
    found = register(
        viewer=request.actor, wanted=wanted, today=today, page=filters.page(request.GET)
    )
    context = {
        "register": found,
        "wanted": wanted,
        "views": [(code, label, found.counts[code]) for code, label in VIEWS.items()],
        "chips": list(_chips(wanted, units, leaders)),
        "units": units,
        "leaders": leaders,
        "states": MatterState.choices,
        "natures": Nature.choices,
        "sources": SOURCES.items(),
        "lights": groups(),
        "years": range(today.year, today.year - YEARS_BACK, -1),
        "is_office": request.actor.has(*OFFICE),
        "may_volunteer": request.actor.has(*UNIT_STAFF),
    }
    return render(request, "matters/register.html", context)


def _chips(wanted: Wanted, units: list[Unit], leaders: list[Post]) -> Iterator[Chip]:
    """The filters in force, each removable by itself."""
    lights = dict(groups())
    named = (
        ("state", _("状态"), str(MatterState(wanted.state).label) if wanted.state else ""),
        ("light", _("灯"), lights.get(wanted.light, "")),
        ("unit", pgettext("one", "单位"), next((str(u) for u in units if u.pk == wanted.unit), "")),
        ("year", _("年度"), str(wanted.year or "")),
        ("source", _("来源"), str(SOURCES.get(wanted.source, ""))),
        ("nature", _("性质"), str(Nature(wanted.nature).label) if wanted.nature else ""),
        (
            "leader",
            _("分管领导"),
            next((people.leader_name(p) for p in leaders if p.pk == wanted.leader), ""),
        ),
        (
            "personal",
            _("领办领导"),
            next((people.leader_name(p) for p in leaders if p.pk == wanted.personal), ""),
        ),
        ("parts", _("分解事项"), _("含分解事项") if wanted.parts else ""),
        ("parent", _("所属事项"), _("只看它的分解事项") if wanted.parent else ""),
        ("unsettled", _("时限"), _("节假日未定") if wanted.unsettled else ""),
        ("q", _("含"), wanted.q),
    )
    for name, label, value in named:
        if value or getattr(wanted, name):
            yield Chip(name=name, label=label, value=value or _("（没有这一项）"))


@require_POST
def export(request: Request) -> HttpResponse:
    """Exactly the list shown (or the picked rows of it) as an Excel file; the ledger says who took it."""
    wanted, today = filters.wanted(request.GET), clock.today()
    picked = filters.numbers(request.POST.getlist("pick"))
    rows = list(all_rows(viewer=request.actor, wanted=wanted, today=today, picked=picked))
    added = added_cells([row.matter.pk for row in rows])
    cells = ([*_cells(row), *added[row.matter.pk]] for row in rows)
    body = sheets.workbook(title=_("台账"), heads=[*_heads(), *added_heads()], rows=cells)
    return taken(request, body, what="register", count=len(rows), name=_("台账"))


def taken(request: Request, body: bytes, *, what: str, count: int, name: str) -> HttpResponse:
    """The sheet as an attachment, once the ledger knows that it leaves."""
    digest = hashlib.sha256(body).hexdigest()
    office = request.actor.jurisdiction_id
    door.perform(
        actions.export_list, office, request.actor, Ask(), what=what, count=count, sha256=digest
    )
    return attachment(body, sheets.MEDIA_TYPE, f"{name}_{clock.today().isoformat()}.xlsx")


def attachment(body: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be saved, never shown in place."""
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _heads() -> list[tuple[str, int]]:
    return [
        (_("编号"), 16),
        (_("事项"), 44),
        (_("来源"), 12),
        (_("出处"), 30),
        (_("原话"), 44),
        (_("性质"), 10),
        (_("环节"), 10),
        (_("灯"), 12),
        (_("牵头单位"), 16),
        (_("交办日期"), 12),
        (_("时限"), 12),
        (_("原定时限"), 12),
        (_("延期次数"), 10),
        (_("周期"), 10),
        (_("报送进度"), 10),
        (_("核实进度"), 10),
        (_("应完成数量"), 12),
        (_("数量单位"), 10),
        (_("报送数量"), 10),
        (_("核实数量"), 10),
        (_("最新进展"), 50),
        (_("办结日期"), 12),
        (_("所属事项"), 14),
        (_("主动立项"), 10),
    ]


def _cells(row: Row) -> list[sheets.Cell]:
    matter = row.matter
    return [
        matter.number,
        matter.title,
        row.source,
        matter.source_label,
        matter.quote,
        matter.get_nature_display(),
        matter.get_state_display(),
        row.shown.word,
        str(matter.lead_unit or ""),
        matter.dispatched_on,
        None if matter.is_standing else matter.due_on,
        None if matter.is_standing else row.first_due_on,
        row.times_extended or None,
        matter.get_interval_display(),
        row.said,
        row.seen,
        matter.quantity,
        matter.quantity_unit if matter.quantity is not None else "",
        matter.reported_amount,
        matter.verified_amount,
        row.last,
        matter.closed_on,
        (matter.parent.number or matter.parent.title) if matter.parent is not None else "",
        _("是") if matter.volunteered_by_id else "",
    ]
