"""What happens beside the main road: extensions, coordination, slips, referrals, parts, draws."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from huiyin.demo.data import FOLDER
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import Phase, Step
from huiyin.door import registry
from huiyin.ledger.models import OfficeFact
from huiyin.matters import actions as matters
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import (
    Assignment,
    Consultation,
    DrawnCheck,
    Matter,
    Slip,
    UnitList,
    Variation,
)

DRAWN, CHECKED, REPORTED = -9, -4, -6
"""Days from today of a random draw, of the check of what it drew, of the reports on parts."""
Road = dict[str, Any]


def steps(stage: Stage) -> Iterator[Step]:
    """Yield each side road, the signatures of parts, and a draw with its checks."""
    roads = tomllib.loads((FOLDER / "side_roads.toml").read_text("utf-8"))["road"]
    for road in roads:
        yield Step(on=road["on"], phase=Phase.ASK, run=partial(_go, stage, road))
        if "parts" in road:
            signing = partial(_sign_parts, stage, road["matter"])
            yield Step(on=road["on"] + 2, phase=Phase.SIGN, run=signing)
            reporting = partial(_report_parts, stage, road)
            yield Step(on=REPORTED, phase=Phase.REPORT, run=reporting)
    yield Step(on=DRAWN, phase=Phase.CHECK, run=partial(_draw, stage))
    yield Step(on=CHECKED, phase=Phase.CHECK, run=partial(_check_drawn, stage))


def _go(stage: Stage, road: Road) -> None:
    """One thing is done about one matter, by the person who does it."""
    matter = Matter.objects.get(pk=stage.matters[road["matter"]])
    verb = registry()[road["verb"]]
    given = {name: _value(stage, matter, value) for name, value in road.get("given", {}).items()}
    if "parts" in road:
        given["rows"] = [_part(stage, row) for row in road["parts"]]
    stage.do(verb, _subject(verb.model, matter).pk, road["by"], **given)


def _subject(model: type[OfficeFact], matter: Matter) -> OfficeFact:
    """The matter, its lead's part, or what was asked about it last."""
    if model is Matter:
        return matter
    if model is Assignment:
        return matter.assignments.exclude(state="ended").get(role="lead")
    asked: dict[type[OfficeFact], Any] = {
        Variation: matter.variations,
        Consultation: matter.consultations,
        Slip: matter.slips,
    }
    found: OfficeFact = asked[model].latest("pk")
    return found


def _value(stage: Stage, matter: Matter, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(stage, matter, one) for one in value]
    if not isinstance(value, str):
        return value
    kind, _, rest = value.partition(":")
    if kind == "unit":
        return stage.units[rest]
    if kind == "day":
        return stage.today + timedelta(days=int(rest))
    if value.startswith("due+") and matter.due_on is not None:
        return matter.due_on + timedelta(days=int(value[4:]))
    return value


def _part(stage: Stage, row: dict[str, str]) -> PartRow:
    return PartRow(
        unit=stage.units[row["unit"]],
        title=row["title"],
        quantity=Decimal(row["quantity"]),
        quantity_unit=row["quantity_unit"],
    )


def _sign_parts(stage: Stage, title: str) -> None:
    """The units below have received their parts."""
    parts = Assignment.objects.filter(matter__parent_id=stage.matters[title], state="sent")
    for row in UnitList.objects.filter(pk__in=parts.values("unit_list_id"), state="sent"):
        stage.do(matters.sign_list, row.pk, stage.staff_of(row.unit.code))


def _report_parts(stage: Stage, road: Road) -> None:
    """The units below have said how far they are."""
    for row in road["parts"]:
        part = Assignment.objects.get(matter__title=row["title"], role="lead", state="signed")
        who = stage.staff_of(row["unit"])
        stage.do(matters.report_progress, part.pk, who, text=row["report"], percent=row["percent"])


def _draw(stage: Stage) -> None:
    stage.do(matters.make_draw, stage.office, "suyining", size=5)


def _check_drawn(stage: Stage) -> None:
    """Two of what was drawn have been looked at; one was less than reported."""
    rows = DrawnCheck.objects.filter(state="open").select_related("matter", "checker_post__user")
    for place, row in enumerate(rows.order_by("place")[:2]):
        claimed = row.matter.reported_percent
        seen = claimed if claimed is None or place else max(claimed - 15, 0)
        same = place or claimed is None
        stage.do(
            matters.record_drawn_check,
            row.pk,
            row.checker_post.user.username if row.checker_post else "suyining",
            finding="到现场逐处看过，与报送相符。"
            if same
            else "到现场看，有几处还没有动工，比报送的少。",
            outcome="confirmed" if same else "refuted",
            verified_percent=seen,
        )
