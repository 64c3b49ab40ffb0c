"""A batch on its way: proposed by the office, approved by the leader a rule names, issued as a notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters import permits
from huiyin.matters.actions.numbering import take_number
from huiyin.matters.approvers import choose_approver
from huiyin.matters.defaults import missing, propose_part_due
from huiyin.matters.models import Assignment, Baseline, Matter, SupervisionNotice, UnitList
from huiyin.matters.rhythms import choose, schedule
from huiyin.matters.rules import AssignmentRole, AssignmentState, MatterState, NoticeState
from huiyin.people.models import Jurisdiction
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.queries import Book
from huiyin.web.kept import kept


@action(
    "notice.propose",
    label=gettext_lazy("提请审批"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
)
def propose(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    matters: Sequence[int],
    title: str = "",
    basis: str = "",
) -> Facts:
    """The matters are a batch (拟办) that waits for the leader whom the rule names."""
    rows = list(
        Matter.objects.select_for_update(of=("self",))
        .filter(jurisdiction=jurisdiction, pk__in=list(matters))
        .order_by("pk")
    )
    _check_proposable(rows, len(set(matters)))
    approver = kept(choose_approver)(rows, today=call.today)
    notice = SupervisionNotice(
        jurisdiction=jurisdiction,
        title=title or _default_title(rows),
        source_type=rows[0].source_type,
        source_id=rows[0].source_id,
        source_label=rows[0].source_label,
        approver_post=approver.post,
        approver_why=approver.why,
        basis=basis,
        proposed_at=call.at,
        proposed_by_name=call.actor.name,
    )
    call.create(notice, concerns=True)
    for row, matter in enumerate(rows, start=1):
        call.perform(_propose_one, matter, notice=notice.pk, row=row)
    return {
        "notice": notice.pk,
        "approver": approver.post.pk if approver.post else None,
        "count": len(rows),
    }


@action(
    "matter.propose",
    label=gettext_lazy("列入拟办"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.REGISTERED},
    then=MatterState.PROPOSED,
    public=False,
)
def _propose_one(matter: Matter, call: Call, *, notice: int, row: int) -> Facts:
    """The matter is a row of a batch that waits for approval."""
    matter.notice_id, matter.row, matter.moved_at = notice, row, call.at
    return {"notice": notice, "row": row}


@action(
    "notice.approve",
    label=gettext_lazy("批准"),
    model=SupervisionNotice,
    permit=permits.is_approver,
    when={NoticeState.PROPOSED},
    then=NoticeState.APPROVED,
    unless=(permits.approves_own_unit, permits.nothing_left),
)
def approve_notice(notice: SupervisionNotice, call: Call, *, opinion: str = "") -> Facts:
    """Every matter of the batch is approved in one act, with the leader's words."""
    notice.opinion = opinion.strip()
    return _approved(notice, call)


@action(
    "notice.rest_on",
    label=gettext_lazy("以批示或决定为据"),
    model=SupervisionNotice,
    permit=permits.is_office,
    when={NoticeState.PROPOSED},
    then=NoticeState.APPROVED,
    unless=(permits.nothing_left,),
)
def rest_on(notice: SupervisionNotice, call: Call, *, basis: str) -> Facts:
    """A linked instruction or decision stands for the approval; its number is recorded."""
    basis = required(basis, _("请写明作为依据的批示或决定（谁、何时、编号）。"), field="basis")
    notice.basis = basis
    return _approved(notice, call)


def _approved(notice: SupervisionNotice, call: Call) -> Facts:
    notice.approved_at, notice.approved_by_name = call.at, call.actor.name
    matters = _left(notice, MatterState.PROPOSED)
    for matter in matters:
        call.perform(_approve_one, matter)
    return {"count": len(matters)}


def _left(notice: SupervisionNotice, state: MatterState) -> list[Matter]:
    """The rows that go on with the batch: those withdrawn meanwhile stay behind, with their places."""
    return list(notice.matters.filter(state=state).order_by("row"))


@action(
    "matter.approve",
    label=gettext_lazy("批准交办"),
    model=Matter,
    permit=permits.within_batch,
    when={MatterState.PROPOSED},
    then=MatterState.APPROVED,
    public=False,
)
def _approve_one(matter: Matter, call: Call) -> Facts:
    """The matter may be dispatched."""
    matter.moved_at = call.at
    return {"notice": matter.notice_id}


@action(
    "notice.return_to_office",
    label=gettext_lazy("退回修改"),
    model=SupervisionNotice,
    permit=permits.is_approver_or_office,
    when={NoticeState.PROPOSED},
    then=NoticeState.RETURNED,
    unless=(permits.nothing_left,),
)
def return_to_office(notice: SupervisionNotice, call: Call, *, reason: str) -> Facts:
    """The batch is dissolved with the reason; its matters can be filled in again."""
    reason = required(reason, _("请写明退回的理由。"))
    notice.opinion = reason
    matters = list(notice.matters.filter(state=MatterState.PROPOSED).order_by("row"))
    for matter in matters:
        call.perform(_take_back, matter)
    return {"count": len(matters)}


@action(
    "matter.take_back",
    label=gettext_lazy("退回拟办"),
    model=Matter,
    permit=permits.within_batch,
    when={MatterState.PROPOSED},
    then=MatterState.REGISTERED,
    public=False,
)
def _take_back(matter: Matter, call: Call) -> Facts:
    """The matter is in the register again, in no batch."""
    notice = matter.notice_id
    matter.notice, matter.row, matter.moved_at = None, None, call.at
    return {"notice": notice}


@action(
    "notice.issue",
    label=gettext_lazy("印发交办"),
    model=SupervisionNotice,
    permit=permits.is_office,
    when={NoticeState.APPROVED},
    then=NoticeState.ISSUED,
    unless=(permits.nothing_left,),
)
def issue_notice(notice: SupervisionNotice, call: Call) -> Facts:
    """The notice has its number for ever, and each unit its list; the baselines are fixed."""
    short, number = take_number(notice, SupervisionNotice.objects.all(), call.today)
    numbering = rulebook.book(notice.jurisdiction_id).numbering(on=call.today)
    notice.paper_number = numbering.notice_number(short=short, year=call.today.year, n=number)
    lists: dict[int, UnitList] = {}
    matters = _left(notice, MatterState.APPROVED)
    for matter in matters:
        call.perform(_dispatch, matter, lists=lists)
    return {
        "year": notice.year,
        "number": notice.number,
        "count": len(matters),
        "units": sorted(lists),
    }


@action(
    "matter.dispatch",
    label=gettext_lazy("交办"),
    model=Matter,
    permit=permits.is_office,
    when={MatterState.APPROVED},
    then=MatterState.DISPATCHED,
    public=False,
)
def _dispatch(matter: Matter, call: Call, *, lists: dict[int, UnitList]) -> Facts:
    """The units are assigned, the baseline is fixed, the clocks run."""
    matter.state = MatterState.DISPATCHED
    start_clocks(matter, call, rulebook.book(matter.jurisdiction_id))
    call.create(baseline_of(matter, call.today))
    sent = [
        send(row, matter.notice, call, lists) for row in matter.assignments.select_related("unit")
    ]
    return {"assignments": sent, "due_on": matter.due_on, "interval": matter.interval}


def start_clocks(matter: Matter, call: Call, book: Book, *, since: date | None = None) -> None:
    """The matter is in a unit's hands: its turning dates and its rhythm count from today.

    `since` is the day on which a running register says that it was dispatched.
    """
    matter.dispatched_on, matter.moved_at = since or call.today, call.at
    choose(matter, book, today=call.today)
    schedule(matter, book, today=call.today)
    if matter.interval:
        matter.next_check_on = matter.next_report_on


def baseline_of(matter: Matter, today: date) -> Baseline:
    """What is fixed for this matter today."""
    return Baseline(
        matter=matter,
        goal=matter.goal,
        acceptance=matter.acceptance,
        quantity=matter.quantity,
        quantity_unit=matter.quantity_unit,
        due_on=matter.due_on,
        interval=matter.interval,
        fixed_on=today,
    )


def send(
    row: Assignment, notice: SupervisionNotice | None, call: Call, lists: dict[int, UnitList]
) -> int:
    """The assignment stands on its unit's list of the notice and waits to be signed for."""
    if row.unit_id not in lists:
        lists[row.unit_id] = call.create(
            UnitList(notice=notice, unit_id=row.unit_id, sent_at=call.at)
        )
    row.unit_list, row.sent_at, row.state = lists[row.unit_id], call.at, AssignmentState.SENT
    if row.role == AssignmentRole.SUPPORTING and row.due_on is None:
        propose_part_due(row, today=call.today)
    call.save(row)
    return row.pk


def _check_proposable(rows: list[Matter], asked: int) -> None:
    if not rows or len(rows) < asked:
        raise Refusal(
            _("请至少选择一件事项；有的事项已经不在拟办表中。"), code="nothing_to_propose"
        )
    gaps = {str(m.pk): missing(m) for m in rows if missing(m)}
    if gaps:
        raise Refusal(
            _("有 %(n)d 件还有待填的格，不能提请审批。") % {"n": len(gaps)},
            code="incomplete",
            fields=gaps,
        )


@kept
def _default_title(rows: list[Matter]) -> str:
    label = rows[0].source_label
    return (
        _("关于落实《%(label)s》有关事项的督办通知") % {"label": label} if label else rows[0].title
    )
