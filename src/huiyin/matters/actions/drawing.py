"""Random checks (抽查): the draw with its recorded seed, and what was found on each matter drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import OFFICE
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.ledger.models import ChainHead
from huiyin.matters import amounts, permits
from huiyin.matters.actions.ending import amounts_of, record
from huiyin.matters.evidence import EvidenceFile
from huiyin.matters.models import Draw, DrawnCheck, Matter, Verification
from huiyin.matters.permits import checking
from huiyin.matters.rules import AssignmentState, DrawnState, MatterState, Nature
from huiyin.matters.rules.draws import SCOPES, drawn, partner, seed_of
from huiyin.people.models import Jurisdiction, Post, held_on
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import Draws

LATELY = 365
"""Days for which a closed matter may still be drawn."""


def population(jurisdiction_id: int, scope: str, rule: Draws, today: date) -> QuerySet[Matter]:
    """Matters a draw may take: of the scope, not checked lately, not already drawn and waiting."""
    on_way = Q(state__in=[MatterState.UNDER_WAY, MatterState.SUBMITTED])
    closed = Q(state=MatterState.CLOSED, closed_on__gte=today - timedelta(days=LATELY))
    scopes = {
        "under_way": on_way & ~Q(nature=Nature.STANDING),
        "standing": on_way & Q(nature=Nature.STANDING),
        "closed": closed,
        "all": on_way | closed,
    }
    rows = Matter.objects.filter(scopes[scope], jurisdiction_id=jurisdiction_id)
    waiting = DrawnCheck.objects.filter(state=DrawnState.OPEN).values("matter_id")
    # A matter never checked is always in; one checked within the days of the rule is not.
    lately = Q(last_checked_on__gt=today - timedelta(days=rule.not_again))
    return rows.exclude(pk__in=waiting).exclude(lately)


@action(
    "draw.make",
    label=gettext_lazy("随机抽查"),
    model=Jurisdiction,
    permit=permits.is_office,
    touches=False,
)
def make_draw(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    scope: str = "under_way",
    size: int | None = None,
    method: str = "on_site",
) -> Facts:
    """Matters and who checks them are drawn at random; seed and population are kept, so all can repeat it."""
    book = rulebook.book(jurisdiction.pk, "draws", "holidays")
    rule = book.draws(on=call.today)
    ids = _drawable(jurisdiction.pk, scope, rule, call.today)
    wanted = rule.size(len(ids)) if size is None else max(1, min(size, len(ids)))
    head = ChainHead.objects.get(jurisdiction_id=jurisdiction.pk)
    draw = call.create(
        Draw(
            jurisdiction=jurisdiction,
            seed=seed_of(head.hash, scope=scope, moment=call.at.isoformat()),
            scope=scope,
            population=ids,
            size=wanted,
            drawn_at=call.at,
            drawn_by_name=call.actor.name,
        ),
        concerns=True,
    )
    due_on, _flagged = book.calendar(call.today).add_working_days(call.today, rule.days)
    _draw_all(draw, call, method=method, due_on=due_on)
    return {"draw": draw.pk, "population": len(ids), "size": wanted, "seed": draw.seed}


def _drawable(jurisdiction_id: int, scope: str, rule: Draws, today: date) -> list[int]:
    if scope not in SCOPES:
        raise Refusal(
            _("请选择在哪些事项里抽。"), code="bad_scope", fields={"scope": [_("请选择")]}
        )
    ids = population(jurisdiction_id, scope, rule, today).values_list("pk", flat=True)
    if not ids:
        raise Refusal(
            _("这个范围里没有可抽的事项：都查过不久，或者已经抽中待查。"), code="nothing_to_draw"
        )
    return sorted(ids)


def _draw_all(draw: Draw, call: Call, *, method: str, due_on: date) -> None:
    """Each matter drawn waits for its check by the post drawn for it."""
    posts = _checkers(draw.jurisdiction_id, call)
    chosen = drawn(draw.population, draw.size, draw.seed)
    matters = Matter.objects.prefetch_related("assignments").in_bulk(chosen)
    for place, pk in enumerate(chosen, start=1):
        post = partner(_outside(posts, matters[pk]), draw.seed, pk)
        check = DrawnCheck(
            draw=draw,
            matter=matters[pk],
            place=place,
            checker_post=post,
            method=method,
            due_on=due_on,
        )
        call.perform(_draw_one, matters[pk], check=check)


@action(
    "matter.draw",
    label=gettext_lazy("抽中待查"),
    model=Matter,
    permit=permits.is_office,
    public=False,
)
def _draw_one(matter: Matter, call: Call, *, check: DrawnCheck) -> Facts:
    """The matter waits for a check it was drawn for."""
    row = call.create(check)
    return {"check": row.pk, "matter": matter.pk, "checker": row.checker_post_id}


def _checkers(jurisdiction_id: int, call: Call) -> list[Post]:
    """Posts of the office held today, in a fixed order."""
    rows = Post.objects.filter(
        held_on(call.today), jurisdiction_id=jurisdiction_id, role__in=sorted(OFFICE)
    )
    return list(rows.select_related("user").order_by("pk"))


def _outside(posts: Sequence[Post], matter: Matter) -> list[Post]:
    """Those whose unit has no part in the matter."""
    units = {a.unit_id for a in matter.assignments.all() if a.state != AssignmentState.ENDED}
    return [post for post in posts if post.unit_id not in units]


@action(
    "drawn_check.record",
    label=gettext_lazy("记录抽查"),
    model=DrawnCheck,
    permit=checking.may_check_drawn,
    when={DrawnState.OPEN},
    then=DrawnState.DONE,
    unless=(checking.checks_own_unit,),
    locks=lambda check, **_given: [check.matter],
)
def record_drawn_check(
    check: DrawnCheck,
    call: Call,
    *,
    finding: str,
    outcome: str = "confirmed",
    method: str = "",
    verified_percent: int | None = None,
    verified_amount: Decimal | None = None,
    evidence: Sequence[EvidenceFile] = (),
) -> Facts:
    """What was found confirms or refutes what is claimed; claimed and verified both stay."""
    matter = Matter.objects.get(pk=check.matter_id)
    kind = Verification.Outcome(outcome)
    row = record(
        matter,
        call,
        kind,
        finding,
        method or check.method,
        verified_percent,
        evidence,
        amount=amounts.of_check(matter, verified_amount),
    )
    call.save(matter)
    check.verification = row
    return {
        "verification": row.pk,
        "outcome": str(kind),
        "claimed": row.claimed_percent,
        "verified": verified_percent,
        **amounts_of(row),
    }


@action(
    "drawn_check.drop",
    label=gettext_lazy("不再抽查"),
    model=DrawnCheck,
    permit=checking.office_or_next,
    when={DrawnState.OPEN},
    then=DrawnState.DROPPED,
    unless=(checking.checks_own_unit,),
)
def drop_drawn_check(check: DrawnCheck, call: Call, *, reason: str) -> Facts:
    """The matter is not checked after all, with the reason; that it was drawn stays."""
    reason = required(reason, _("请写明为什么不查了。"))
    call.texts["reason"] = reason
    return {"draw": check.draw_id}
