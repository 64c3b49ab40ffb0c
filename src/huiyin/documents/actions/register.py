"""Requirements become matters, or are answered by matters that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.documents import permits
from huiyin.documents.actions.checks import one_of
from huiyin.documents.directory import directory
from huiyin.documents.models import Document, Passage, RequirementMatter
from huiyin.documents.names import Named, named
from huiyin.documents.rules import Decision, Kind, first_amount, title_of
from huiyin.door import Call, Facts, action
from huiyin.errors import NotFound, Refusal
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter
from huiyin.matters.rules import REPLACED, Interval, MatterState
from huiyin.web.kept import kept

READY = (permits.withdrawn, permits.not_a_requirement, permits.not_confirmed, permits.has_matter)


@action(
    "passage.register",
    label=gettext_lazy("立项"),
    model=Passage,
    permit=permits.is_office,
    unless=READY,
)
def register(
    passage: Passage,
    call: Call,
    *,
    title: str = "",
    lead: int | None = None,
    supporting: Sequence[int] | None = None,
    due_on: date | None = None,
    limit: str = "",
    counted_from: date | None = None,
    interval: str = "",
) -> Facts:
    """The requirement is a matter in the register, with its words, and what they say of who and when.

    What is given here goes before what the words say; what neither says is proposed by the rulebook. A legal
    `limit` (a clock of the rule `time_limits`) sets the due day, counted from `counted_from`, unless a day is given.
    """
    one_of(Interval, interval or Interval.QUARTERLY, "interval")
    units = named(passage, directory(passage.jurisdiction_id, on=call.today))
    given = _cells(passage, units, call.today)
    if title.strip():
        given["title"] = title.strip()
    _by_hand(given, call, lead=lead, supporting=supporting, due_on=due_on, interval=interval)
    if due_on is None and given["nature"] != Kind.STANDING:
        given |= {"limit": limit, "counted_from": counted_from}
    done = call.perform(matters.register, passage.document.jurisdiction, **given)
    matter = Matter.objects.get(pk=done.facts["matter"])
    _link(passage, matter, call, registered=True)
    return {"matter": matter.pk, "document": passage.document_id}


def _ready(document: Document, *, passages: Sequence[int] | None = None) -> list[Passage]:
    """Confirmed requirements without a matter (among those chosen), in the order of the words."""
    rows = document.passages.requirements().filter(links__isnull=True).in_order()
    if passages is not None:
        rows = rows.filter(pk__in=list(passages))
    return list(rows.select_related("document__jurisdiction"))


@action(
    "document.register_all",
    label=gettext_lazy("批量立项"),
    model=Document,
    permit=permits.is_office,
    unless=(permits.withdrawn,),
    locks=_ready,
    touches=False,
)
def register_all(document: Document, call: Call, *, passages: Sequence[int] | None = None) -> Facts:
    """Every confirmed requirement without a matter (or those chosen) is one, in one act."""
    found = _ready(document, passages=passages)
    if not found:
        raise Refusal(
            _("没有可以立项的要求。"),
            code="nothing_to_register",
            next_step=_("请先核对文件，确认其中的要求；已有事项的不再重复立项。"),
        )
    made = [call.perform(register, passage).facts["matter"] for passage in found]
    return {"matters": made, "count": len(made)}


@action(
    "passage.link",
    label=gettext_lazy("并入已有事项"),
    model=Passage,
    permit=permits.is_office,
    unless=(permits.withdrawn, permits.merged_away, permits.not_a_requirement),
)
def link(passage: Passage, call: Call, *, matter: int) -> Facts:
    """The demand is confirmed and answered by a matter that was there already."""
    found = Matter.objects.filter(jurisdiction_id=passage.jurisdiction_id, pk=matter).first()
    if found is None:
        raise NotFound(_("没有这件事项，请重新选择。"), code="no_such_matter")
    if found.state == MatterState.WITHDRAWN:
        raise Refusal(_("这件事项已经撤销，不能承接。"), code="matter_withdrawn")
    if found.state in REPLACED:
        raise Refusal(_("这件事项已经并入或拆分，请选择现在办理的那一件。"), code="matter_replaced")
    if passage.links.filter(matter=found).exists():
        raise Refusal(_("已经关联到这件事项。"), code="linked_already")
    if passage.decision != Decision.CONFIRMED:
        passage.decision, passage.reason = Decision.CONFIRMED, ""
        passage.approver_post, passage.approver_name = None, ""
        passage.decided_by, passage.decided_by_name = call.actor.user_id, call.actor.name
        passage.decided_at = call.at
    _link(passage, found, call, registered=False)
    return {"matter": found.pk}


@action(
    "passage.unlink",
    label=gettext_lazy("解除关联"),
    model=Passage,
    permit=permits.is_office,
    unless=(permits.withdrawn,),
)
def unlink(passage: Passage, call: Call, *, matter: int) -> Facts:
    """The matter no longer answers for these words; one made from them must be withdrawn first."""
    row = passage.links.filter(matter_id=matter).select_related("matter").first()
    if row is None:
        raise Refusal(_("本来就没有关联。"), code="not_linked")
    if row.registered and row.matter.state != MatterState.WITHDRAWN:
        raise Refusal(
            _("这件事项就是从这句话立的，不能只解除关联。"),
            code="registered_from_it",
            next_step=_("不再办理的，请撤销事项并写明理由。"),
        )
    call.remove(row)
    return {"matter": matter}


def _link(passage: Passage, matter: Matter, call: Call, *, registered: bool) -> None:
    call.create(
        RequirementMatter(
            passage=passage,
            matter=matter,
            registered=registered,
            linked_at=call.at,
            linked_by_name=call.actor.name,
        )
    )


@kept
def source_of(passage: Passage) -> dict[str, Any]:
    """Where a matter from this passage comes from: kind, id, label, words, context."""
    document = passage.document
    return {
        "origin": "requirement",
        "source_kind": document.doc_type,
        "source_type": "passage",
        "source_id": passage.pk,
        "source_label": str(document),
        "source_from": document.speaker or document.issuer,
        "quote": passage.quote,
        "context": _context(passage),
        "urgency": document.urgency,
    }


def _context(passage: Passage) -> str:
    """The paragraph around the words, so that the matter is understood without the paper."""
    if passage.start is None or passage.end is None:
        return _("第%(page)d页") % {"page": passage.page} if passage.page else ""
    text = passage.document.text
    begin = text.rfind("\n", 0, passage.start) + 1
    finish = text.find("\n", passage.end)
    around = text[begin : finish if finish >= 0 else len(text)].strip()
    return (
        around if len(around) <= _LONGEST else text[passage.start - 120 : passage.end + 120].strip()
    )


_LONGEST = 600


@kept
def _cells(passage: Passage, units: Named, today: date) -> dict[str, Any]:
    """What the words say, as `matter.register` takes it, each cell with where it comes from."""
    cells: dict[str, Any] = dict(units.filled)
    given: dict[str, Any] = {
        **source_of(passage),
        "title": title_of(passage.quote),
        "nature": passage.kind,
        "lead": units.lead.pk if units.lead else None,
        "supporting": [unit.pk for unit in units.supporting],
        "filled": cells,
    }
    deadline, rhythm = passage.deadline, passage.recurrence
    # A day that had passed before the matter was registered cannot be kept any more: a rule proposes one.
    if passage.kind != Kind.STANDING and passage.due_on:
        if words := deadline.get("text"):
            cells["due"] = {"said": passage.due_on.isoformat(), "words": words}
        if passage.due_on >= today:
            given["due_on"] = passage.due_on
            cells["due"] = cells.get("due", {}) | {"from": "words", "why": _because(deadline)}
    if passage.kind == Kind.STANDING and passage.freq in Interval.values:
        given["interval"] = passage.freq
        cells["due"] = {
            "from": "words",
            "why": _("原话：%(words)s") % {"words": rhythm.get("text", "")},
        }
    return given | amount_cells(first_amount(passage.quantities))


def _because(deadline: dict[str, Any]) -> str:
    words, why = deadline.get("text") or "", deadline.get("why") or ""
    return _("原话：%(words)s") % {"words": words} + (f"，{why}" if why else "")


def amount_cells(amount: tuple[str, str] | None) -> dict[str, Any]:
    """The one figure a demand must reach, as `matter.register` takes it; nothing when it is no amount."""
    if amount is None:
        return {}
    try:
        value = Decimal(amount[0]).quantize(Decimal("0.0001"))
    except InvalidOperation:
        return {}
    fits = value.is_finite() and abs(value) < Decimal(10) ** 15
    return {"quantity": value, "quantity_unit": amount[1][:20]} if fits else {}


@kept
def _by_hand(
    given: dict[str, Any],
    call: Call,
    *,
    lead: int | None,
    supporting: Sequence[int] | None,
    due_on: date | None,
    interval: str,
) -> None:
    """What a person chose replaces what the words say, and says so."""
    hand = {"from": "hand", "why": _("%(name)s 填") % {"name": call.actor.name}}
    if lead is not None:
        given["lead"], given["filled"]["lead"] = lead, hand
    if supporting is not None:
        given["supporting"], given["filled"]["supporting"] = list(supporting), hand
    if due_on is not None or interval:
        given |= {"due_on": due_on, "interval": interval}
        given["filled"]["due"] = given["filled"].get("due", {}) | hand
