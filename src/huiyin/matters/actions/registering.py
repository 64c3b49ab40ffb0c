"""Entering a matter in the register, filling its cells, and taking it out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.hands import check_supporting, standing_unit
from huiyin.matters.actions.parting import end_part
from huiyin.matters.defaults import complete
from huiyin.matters.due import LASTING, Wish, by_hand
from huiyin.matters.models import Assignment, Matter
from huiyin.matters.rules import (
    LIVE,
    AssignmentRole,
    AssignmentState,
    Interval,
    MatterState,
    Nature,
    Rhythm,
    Urgency,
)
from huiyin.people.models import Jurisdiction, Post
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules.words import SOURCES
from huiyin.web.kept import kept


@action(
    "matter.register",
    label=gettext_lazy("立项"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
)
def register(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    title: str,
    nature: str,
    origin: str,
    source_kind: str,
    source_type: str = "",
    source_id: int | None = None,
    source_label: str = "",
    source_from: str = "",
    quote: str = "",
    context: str = "",
    lead: int | None = None,
    supporting: Sequence[int] = (),
    due_on: date | None = None,
    limit: str = "",
    counted_from: date | None = None,
    said_on: date | None = None,
    interval: str = "",
    acceptance: str = "",
    goal: str = "",
    quantity: Decimal | None = None,
    quantity_unit: str = "",
    urgency: str = "normal",
    leader_post: int | None = None,
    check_method: str = "",
    filled: Mapping[str, Any] | None = None,
    follows: int | None = None,
) -> Facts:
    """The matter stands in the register; what was left blank is proposed by rule, and says so.

    Its due day is as typed, else that of the legal `limit` chosen (a clock of the rule `time_limits`) counted from
    `counted_from`, else what the words say that were said on `said_on`, else by rule.
    """
    check_title(title)
    matter = Matter(
        jurisdiction=jurisdiction,
        title=title.strip(),
        nature=one_of(Nature, nature, "nature"),
        origin=origin,
        source_kind=source_kind if source_kind in SOURCES else "notice",
        source_type=source_type,
        source_id=source_id,
        source_label=source_label,
        source_from=source_from,
        quote=quote,
        context=context,
        lead_unit=standing_unit(jurisdiction.pk, lead, field="lead") if lead else None,
        leader_post=_post(jurisdiction, leader_post) if leader_post else None,
        goal=goal,
        acceptance=acceptance,
        quantity=quantity,
        quantity_unit=quantity_unit,
        due_on=due_on,
        interval=_interval(interval),
        urgency=one_of(Urgency, urgency, "urgency"),
        check_method=check_method,
        filled=dict(filled or {}),
        follows=_earlier(jurisdiction, follows) if follows else None,
        registered_on=call.today,
        moved_at=call.at,
    )
    typed = due_on is not None and matter.filled.get("due", {}).get("from") != "words"
    if typed and not matter.filled.get("due"):
        matter.filled = {**matter.filled, "due": by_hand(call.actor.name)}
    wish = Wish(typed=typed, limit=limit, counted_from=counted_from, said_on=said_on)
    enter(matter, call, supporting=supporting, wish=wish)
    return {"matter": matter.pk, "source": [source_type, source_id]}


def enter(
    matter: Matter, call: Call, *, supporting: Sequence[int], wish: Wish | None = None
) -> None:
    """The new matter stands in the register, its blanks proposed by rule, its units proposed."""
    complete(matter, rulebook.book(matter.jurisdiction_id), today=call.today, wish=wish)
    call.create(matter, concerns=True)
    _assign(matter, call, lead=matter.lead_unit_id, supporting=supporting)


@action(
    "matter.fill",
    label=gettext_lazy("填写拟办内容"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.REGISTERED},
)
def fill(
    matter: Matter,
    call: Call,
    *,
    title: str | None = None,
    lead: int | None = None,
    supporting: Sequence[int] | None = None,
    due_on: date | None = None,
    limit: str = "",
    counted_from: date | None = None,
    interval: str | None = None,
    acceptance: str | None = None,
    goal: str | None = None,
    check_method: str | None = None,
    leader_post: int | None = None,
    urgency: str | None = None,
    rhythm: str | None = None,
    restore: Sequence[str] = (),
) -> Facts:
    """The cells named hold what a person entered; cells in `restore` are proposed by rule again.

    A legal `limit` (a clock of the rule `time_limits`) sets the due day, counted from `counted_from`, unless a day
    is typed as well.
    """
    if title is not None:
        check_title(title)
    given: dict[str, Any] = {
        "title": title,
        "due_on": due_on,
        "interval": interval,
        "acceptance": acceptance,
        "goal": goal,
        "check_method": check_method,
        "urgency": urgency,
        "rhythm": one_of(Rhythm, rhythm, "rhythm") if rhythm else None,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    for name, value in changed.items():
        setattr(matter, name, value)
    if lead is not None:
        matter.lead_unit = standing_unit(matter.jurisdiction_id, lead, field="lead")
    if leader_post is not None:
        matter.leader_post = _post(matter.jurisdiction, leader_post)
    _mark(matter, call, [*changed, *(n for n, v in (("lead", lead), ("leader", leader_post)) if v)])
    if supporting is not None:
        _mark(matter, call, ["supporting"])
    wish = Wish(typed=due_on is not None, limit=limit, counted_from=counted_from)
    book = rulebook.book(matter.jurisdiction_id)
    complete(matter, book, today=call.today, restore=restore, wish=wish)
    _assign(matter, call, lead=matter.lead_unit_id, supporting=supporting)
    matter.moved_at = call.at
    by_limit = {"limit"} if limit or counted_from else set[str]()
    return {"cells": sorted({*changed, *restore, *by_limit})}


@action(
    "matter.withdraw",
    label=gettext_lazy("撤销事项"),
    model=Matter,
    permit=permits.arranges,
    when=set(LIVE),
    then=MatterState.WITHDRAWN,
)
def withdraw(matter: Matter, call: Call, *, reason: str, with_parts: bool = False) -> Facts:
    """The matter is stopped for good with its reason; the words it came from are unclaimed again.

    Parts of it that are still open are withdrawn with it, when that is said.
    """
    reason = required(reason, _("请写明撤销的理由。"))
    parts = list(matter.children.filter(state__in=LIVE).order_by("part"))
    if parts and not with_parts:
        raise Refusal(
            _("还有 %(n)d 件分解事项在办。") % {"n": len(parts)},
            code="parts_still_open",
            next_step=_("一并撤销的请勾选；要留下的请先办结。"),
            fields={"with_parts": [_("请勾选“一并撤销”，或先办结它们")]},
        )
    for part in parts:
        call.perform(withdraw, part, reason=reason, with_parts=True)
    release(matter, call)
    matter.moved_at = call.at
    call.texts["reason"] = reason
    return {"from": matter.state, "parts": len(parts)}


def release(matter: Matter, call: Call) -> None:
    """No unit has a part in the matter any longer."""
    for assignment in matter.assignments.current():
        end_part(assignment, call)


CELLS = {"due_on": "due", "interval": "due", "check_method": "check", "leader_post": "leader"}


@kept
def _mark(matter: Matter, call: Call, names: Sequence[str]) -> None:
    """The cells say that a person filled them."""
    filled = dict(matter.filled)
    for name in names:
        cell = CELLS.get(name, name)
        was = filled.get(cell, {})
        lasting = {part: was[part] for part in LASTING if part in was}
        filled[cell] = lasting | by_hand(call.actor.name)
    matter.filled = filled


def _assign(
    matter: Matter, call: Call, *, lead: int | None, supporting: Sequence[int] | None
) -> None:
    """Proposed assignments are exactly the lead and the supporting units (unchanged when None)."""
    rows = {row.unit_id: row for row in matter.assignments.filter(state=AssignmentState.PROPOSED)}
    if supporting is None:
        supporting = [u for u, row in rows.items() if row.role == AssignmentRole.SUPPORTING]
    else:
        check_supporting(matter.jurisdiction_id, supporting)
    wanted = dict.fromkeys(supporting, AssignmentRole.SUPPORTING)
    if lead is not None:
        wanted[lead] = AssignmentRole.LEAD
    for unit_id, row in rows.items():
        if wanted.get(unit_id) != row.role:
            call.remove(row)
    kept = {unit_id for unit_id, row in rows.items() if wanted.get(unit_id) == row.role}
    for unit_id, role in wanted.items():
        if unit_id not in kept:
            call.create(Assignment(matter=matter, unit_id=unit_id, role=role))


def _interval(freq: str) -> str:
    """The code of a rhythm; a rhythm the office cannot be asked for (daily) is left to the rule."""
    code = freq.replace("-", "_")
    return code if code in Interval.values else ""


def one_of(choices: type[TextChoices], value: str, name: str) -> str:
    if value not in choices.values:
        raise Refusal(
            _("“%(value)s”不在可选的范围内。") % {"value": value[:40]},
            code="bad_value",
            fields={name: [_("可选：%(all)s") % {"all": _("、").join(choices.values)}]},
        )
    return value


def _earlier(jurisdiction: Jurisdiction, pk: int) -> Matter:
    matter: Matter | None = Matter.objects.filter(jurisdiction=jurisdiction, pk=pk).first()
    if matter is None:
        raise Refusal(_("没有找到所接续的事项。"), code="no_such_matter")
    return matter


def check_title(title: str) -> None:
    required(title, _("请写明事项名称。"), field="title")


def _post(jurisdiction: Jurisdiction, pk: int) -> Post:
    post: Post | None = Post.objects.filter(jurisdiction=jurisdiction, pk=pk).first()
    if post is None:
        raise Refusal(_("没有这个领导岗位，请重新选择。"), code="no_such_post")
    return post
