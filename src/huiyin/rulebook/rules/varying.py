"""The rule of variations: who decides a request to change what was fixed, how often, how far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.rules.sheets import Body, CellKind, Column, Problems, Sheet
from huiyin.rulebook.rules.words import APPEALS

VARIED: Mapping[str, Promise] = {
    "extend": _("延期"),
    "extend_appeal": _("延期（群众诉求）"),
    "amount": _("调整数量"),
    "standard": _("调整标准"),
    "scope": _("调整目标范围"),
    "suspend": _("中止"),
}
"""What may be asked for; an appeal's extension has a row of its own, as the law limits it."""

DECIDERS: Mapping[str, Promise] = {
    "office": _("督查室"),
    "leader_in_charge": _("分管领导"),
    "approver": _("批准交办的领导"),
    "principal_leader": _("主要领导"),
    "nobody": _("不再受理"),
}
FURTHEST = 3650
"""Days of one extension where the rule sets no limit: a date has to be one that can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VariationRow:
    """Who decides one kind: the first time, again, and once it was granted `times` times."""

    kind: str
    first: str
    again: str
    times: int
    beyond: str
    longest: int

    def decider(self, granted: int) -> str:
        """A code of `DECIDERS`, after so many requests of the kind were granted."""
        if granted >= self.times:
            return self.beyond
        return self.again if granted else self.first

    def last_day(self, due_on: date) -> date:
        """The latest day to which a due day may be moved at one time."""
        return due_on + timedelta(days=self.longest or FURTHEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Varying:
    """Rows by kind; an extension is asked for `before_days` before the due day unless `late` is allowed."""

    before_days: int
    late: bool
    rows: Mapping[str, VariationRow]

    def row_for(self, kind: str, source_kind: str) -> VariationRow:
        """The row of a kind of variation of a matter from a kind of source."""
        appeal = kind == "extend" and source_kind in APPEALS
        return self.rows["extend_appeal" if appeal else kind]

    def last_asking_day(self, due_on: date) -> date | None:
        """The last day on which an extension may be asked for; None when late asking is allowed."""
        return None if self.late else due_on - timedelta(days=self.before_days)


def _build(body: Body) -> Varying:
    return Varying(
        before_days=body["before_days"],
        late=body["late"],
        rows={row["kind"]: VariationRow(**row) for row in body["rows"]},
    )


def _all_kinds_decided(body: Body) -> Problems:
    there = {row["kind"] for row in body["rows"]}
    lacking = [str(label) for kind, label in VARIED.items() if kind not in there]
    if not lacking:
        return {}
    return {"rows": [_now("还缺：%(names)s。") % {"names": _now("、").join(lacking)}]}


def _decider(name: str, label: Promise) -> Column:
    return Column(name=name, label=label, kind=CellKind.CHOICE, choices=DECIDERS)


VARIATION: Sheet[Varying] = Sheet(
    code="variation",
    label=_("延期与变更"),
    about=_("交办时定下的时限、数量、标准、范围要改，由谁决定、几次为限。"),
    build=_build,
    values=(
        Column(
            name="before_days", label=_("到期几天前申请延期"), kind=CellKind.INT, least=0, most=60
        ),
        Column(name="late", label=_("到期之后也可以申请延期"), kind=CellKind.FLAG),
    ),
    rows=(
        Column(name="kind", label=_("申请"), kind=CellKind.CHOICE, choices=VARIED),
        _decider("first", _("第一次由谁决定")),
        _decider("again", _("再次由谁决定")),
        Column(name="times", label=_("以几次为限"), kind=CellKind.INT, least=1, most=99),
        _decider("beyond", _("超过次数由谁决定")),
        Column(
            name="longest", label=_("一次最多延几天（0 为不限）"), kind=CellKind.INT, most=FURTHEST
        ),
    ),
    key=("kind",),
    check=_all_kinds_decided,
    grows=True,
)
