"""A leader's instruction becomes a registered, dispatched matter in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import LEADERS
from huiyin.documents import permits
from huiyin.documents.actions.checks import one_of
from huiyin.documents.actions.register import amount_cells
from huiyin.documents.models import Document, Instruction
from huiyin.documents.rules import first_amount, title_of
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import actions as matters
from huiyin.matters.models import SupervisionNotice
from huiyin.matters.rules import Interval, Nature, Urgency
from huiyin.people.models import Jurisdiction, Post
from huiyin.reading import quantities_in
from huiyin.web.format import full_day
from huiyin.web.kept import kept


@action(
    "instruction.dispatch",
    label=gettext_lazy("登记批示并交办"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
)
def dispatch_instruction(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    words: str,
    given_on: date,
    lead: int | None = None,
    leader_post: int | None = None,
    leader_name: str = "",
    supporting: Sequence[int] = (),
    paper: str = "",
    document: int | None = None,
    oral: bool = False,
    number: str = "",
    urgency: str = "normal",
    title: str = "",
    nature: str = "task",
    due_on: date | None = None,
    limit: str = "",
    counted_from: date | None = None,
    interval: str = "",
    acceptance: str = "",
    dispatch: bool = True,
) -> Facts:
    """The instruction is kept, its matter registered and (unless `dispatch` is false) sent to the units.

    The instruction stands for the approval: the notice says whose words of which day it rests on.
    Without a day typed or a legal limit chosen it is due when its own words say, counted from the day it was given.
    Facts: instruction, matter, notice.
    """
    _check(words, given_on, lead, call.today, dispatch=dispatch)
    one_of(Urgency, urgency, "urgency")
    one_of(Nature, nature, "nature")
    one_of(Interval, interval or Interval.QUARTERLY, "interval")
    post = _leader(jurisdiction, leader_post)
    instruction = Instruction(
        jurisdiction=jurisdiction,
        leader_post=post,
        leader_name=post.user.name if post else _name(leader_name),
        given_on=given_on,
        words=words.strip(),
        paper=paper.strip()[:200],
        document=_paper(jurisdiction, document),
        oral=oral,
        number=number.strip()[:60],
        urgency=urgency,
        noted_at=call.at,
        noted_by_name=call.actor.name,
    )
    call.create(instruction, concerns=True)
    made = call.perform(
        matters.register,
        jurisdiction,
        title=title.strip() or title_of(words.strip()),
        nature=nature,
        origin="instruction",
        source_kind="instruction",
        source_type="instruction",
        source_id=instruction.pk,
        source_label=instruction.label,
        source_from=instruction.leader_name,
        quote=words.strip(),
        context=instruction.paper,
        lead=lead,
        supporting=list(supporting),
        due_on=due_on,
        limit=limit,
        counted_from=counted_from,
        said_on=given_on,
        interval=interval,
        acceptance=acceptance.strip(),
        urgency=urgency,
        filled=_filled(call.actor.name, lead, supporting, due_on, interval, acceptance),
        **_amount(words),
    )
    matter = made.facts["matter"]
    notice = _send(jurisdiction, call, matter, instruction) if dispatch else None
    return {"instruction": instruction.pk, "matter": matter, "notice": notice}


@kept
def basis_of(instruction: Instruction) -> str:
    """How a notice names the instruction it rests on: 纪明川2026年11月3日批示（编号 …）."""
    words = f"{instruction.leader_name}{full_day(instruction.given_on)}"
    words += _("口头指示") if instruction.oral else _("批示")
    return words + (f"（{instruction.number}）" if instruction.number else "")


def _amount(words: str) -> dict[str, Any]:
    """The one amount the leader named, so that a report of less is asked about."""
    found = [{"value": figure.value, "unit": figure.unit} for figure in quantities_in(words)]
    return amount_cells(first_amount(found))


def _send(jurisdiction: Jurisdiction, call: Call, matter: int, instruction: Instruction) -> int:
    basis = basis_of(instruction)
    proposed = call.perform(matters.propose, jurisdiction, matters=[matter], basis=basis)
    pk = int(proposed.facts["notice"])
    call.perform(matters.rest_on, _notice(pk), basis=basis)
    call.perform(matters.issue_notice, _notice(pk))
    return pk


def _notice(pk: int) -> SupervisionNotice:
    return SupervisionNotice.objects.select_for_update(of=("self",)).get(pk=pk)


def _check(words: str, given_on: date, lead: int | None, today: date, *, dispatch: bool) -> None:
    lacking: dict[str, list[str]] = {}
    if not words.strip():
        lacking["words"] = [_("请录入批示的原话")]
    if given_on > today:
        lacking["given_on"] = [_("批示日期在今天之后，请核对")]
    if dispatch and lead is None:
        lacking["lead"] = [_("请选择牵头单位")]
    if lacking:
        raise Refusal(_("还缺几项，补齐后再交办。"), code="incomplete", fields=lacking)


def _leader(jurisdiction: Jurisdiction, pk: int | None) -> Post | None:
    if pk is None:
        return None
    post: Post | None = Post.objects.filter(
        jurisdiction=jurisdiction, role__in=LEADERS, pk=pk
    ).first()
    if post is None:
        raise Refusal(
            _("没有这个领导岗位，请重新选择。"),
            code="no_such_post",
            fields={"leader_post": [_("请重新选择")]},
        )
    return post


def _name(leader_name: str) -> str:
    sentence = _("请写明是哪位领导的批示。")
    return required(leader_name, sentence, field="leader_post", code="leader_missing")[:60]


def _paper(jurisdiction: Jurisdiction, pk: int | None) -> Document | None:
    if pk is None:
        return None
    found = Document.objects.filter(jurisdiction=jurisdiction, pk=pk).first()
    if found is None:
        raise Refusal(_("没有这份文件，请重新选择。"), code="no_such_document")
    return found


@kept
def _filled(
    name: str,
    lead: int | None,
    supporting: Sequence[int],
    due_on: date | None,
    interval: str,
    acceptance: str,
) -> dict[str, dict[str, str]]:
    """Cells a person filled on the form; the others are proposed by rule."""
    there = {
        "lead": lead is not None,
        "supporting": bool(supporting),
        "due": due_on is not None or bool(interval),
        "acceptance": bool(acceptance.strip()),
    }
    hand = {"from": "hand", "why": _("%(name)s 填") % {"name": name}}
    return {cell: hand for cell, filled in there.items() if filled}
