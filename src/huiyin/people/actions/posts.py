"""Verbs on posts, portfolios and delegations: every change of what somebody may do is an event."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.actors import Actor, Role
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, Words
from huiyin.people import permits
from huiyin.people.actions.accounts import is_inactive, is_the_last_administrator
from huiyin.people.models import Delegation, Portfolio, Post, Unit, User, held_on
from huiyin.people.rules import LENT_ROLES, clash
from huiyin.web.kept import kept

LONGEST_TERM = 366
"""Days for which a post may be lent; a longer absence is a change of posts."""


def is_my_own_post(subject: User | Post, actor: Actor) -> Words | None:
    """Nobody decides about their own powers."""
    user_id = subject.user_id if isinstance(subject, Post) else subject.pk
    return _("不能任免自己，请另一位安全管理员办理。") if user_id == actor.user_id else None


@action(
    "post.appoint",
    label=_("任命岗位"),
    model=User,
    permit=permits.keeps_posts,
    touches=False,
    unless=(is_inactive, is_my_own_post),
)
def appoint(
    user: User,
    call: Call,
    *,
    unit_id: int,
    role: str,
    title: str = "",
    started_on: date | None = None,
) -> Facts:
    """The person holds the post from `started_on` (today when none is named).

    Outside a demo refuses two of the three administrators' posts, or one beside a business post.
    """
    unit = _standing_unit(user.jurisdiction_id, unit_id, call.today)
    if role not in Post.RoleChoice.values:
        raise Refusal(_now("没有这种岗位。"), code="no_such_role")
    _refuse_clash(user, Role(role), call.today)
    last = Post.objects.filter(jurisdiction_id=user.jurisdiction_id).aggregate(
        last=Max("position")
    )["last"]
    post = Post(
        jurisdiction_id=user.jurisdiction_id,
        user=user,
        unit=unit,
        role=role,
        title=title.strip()[:40] or _title_of(role),
        started_on=started_on or call.today,
        position=(last or 0) + 1,
    )
    call.create(post, concerns=True)
    return {
        "post": post.pk,
        "user": user.pk,
        "unit": unit.pk,
        "role": role,
        "from": post.started_on,
    }


def post_has_ended(post: Post, _actor: Actor) -> Words | None:
    return _("这个岗位已经免去。") if post.ended_on else None


def leaves_no_administrator(post: Post, actor: Actor) -> Words | None:
    if Role(post.role) not in {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
        return None
    return is_the_last_administrator(post.user, actor)


@action(
    "post.end",
    label=_("免去岗位"),
    model=Post,
    permit=permits.keeps_posts,
    unless=(post_has_ended, is_my_own_post, leaves_no_administrator),
)
def end_post(post: Post, call: Call, *, on: date | None = None) -> Facts:
    """The post is held until the day before `on` (today when none is named); portfolio and loans end too."""
    day = max(on or call.today, post.started_on)
    post.ended_on = day
    for held in (*post.portfolio.filter(ended_on=None), *post.delegations.filter(held_on(day))):
        held.ended_on = max(day, held.started_on)
        call.save(held)
    return {"post": post.pk, "user": post.user_id, "on": day}


def leads_nothing(post: Post, _actor: Actor) -> Words | None:
    leads = Role(post.role) in {Role.LEADER_IN_CHARGE, Role.PRINCIPAL_LEADER}
    return None if leads else _("只有领导岗位才有分管和联系。")


@action(
    "portfolio.give",
    label=_("确定分管"),
    model=Post,
    permit=permits.keeps_posts,
    touches=False,
    unless=(post_has_ended, leads_nothing),
)
def give_portfolio(
    post: Post,
    call: Call,
    *,
    unit_id: int,
    kind: str = Portfolio.Kind.IN_CHARGE,
    started_on: date | None = None,
) -> Facts:
    """The leader is in charge of (or keeps contact with) the unit; whoever was in charge is no longer."""
    day = started_on or call.today
    unit = _standing_unit(post.jurisdiction_id, unit_id, call.today)
    if post.portfolio.filter(unit=unit, kind=kind, ended_on=None).exists():
        raise Refusal(_now("已经是这样分工的。"), code="already_given")
    if kind == Portfolio.Kind.IN_CHARGE:
        for held in Portfolio.objects.filter(unit=unit, kind=kind, ended_on=None):
            held.ended_on = max(day, held.started_on)
            call.save(held)
    row = Portfolio(
        jurisdiction_id=post.jurisdiction_id, post=post, unit=unit, kind=kind, started_on=day
    )
    call.create(row, concerns=True)
    return {"portfolio": row.pk, "post": post.pk, "unit": unit.pk, "kind": kind}


def portfolio_has_ended(portfolio: Portfolio, _actor: Actor) -> Words | None:
    return _("这项分工已经结束。") if portfolio.ended_on else None


@action(
    "portfolio.end",
    label=_("取消分管"),
    model=Portfolio,
    permit=permits.keeps_posts,
    unless=(portfolio_has_ended,),
)
def end_portfolio(portfolio: Portfolio, call: Call, *, on: date | None = None) -> Facts:
    """The leader is in charge of the unit until the day before `on`."""
    portfolio.ended_on = max(on or call.today, portfolio.started_on)
    return {"portfolio": portfolio.pk, "on": portfolio.ended_on}


def cannot_be_lent(post: Post, _actor: Actor) -> Words | None:
    return None if Role(post.role) in LENT_ROLES else _("管理员、审计员的岗位不能委托他人。")


@action(
    "delegation.set",
    label=_("授权代理"),
    model=Post,
    permit=permits.lends_post,
    touches=False,
    unless=(post_has_ended, cannot_be_lent),
)
def set_delegation(
    post: Post, call: Call, *, to_id: int, started_on: date, ended_on: date, reason: str = ""
) -> Facts:
    """`to_id` acts in the post from `started_on` up to the day before `ended_on`; both names stand in the trail."""
    to = User.objects.filter(jurisdiction_id=post.jurisdiction_id, pk=to_id, is_active=True).first()
    if to is None or to.pk == post.user_id:
        raise Refusal(_now("请选择另一位在用账号的人代理。"), code="bad_delegate")
    if not 0 < (ended_on - started_on).days <= LONGEST_TERM or ended_on <= call.today:
        fields = {"ended_on": [_now("代理期限应在一年之内，截止日期在今天之后。")]}
        raise Refusal(_now("代理期限不对。"), code="bad_term", fields=fields)
    _refuse_clash(to, Role(post.role), call.today)
    row = Delegation(
        jurisdiction_id=post.jurisdiction_id,
        post=post,
        to=to,
        started_on=started_on,
        ended_on=ended_on,
        reason=reason.strip(),
    )
    call.create(row, concerns=True)
    return {
        "delegation": row.pk,
        "post": post.pk,
        "to": to.pk,
        "from": started_on,
        "until": ended_on,
    }


def delegation_is_over(delegation: Delegation, _actor: Actor) -> Words | None:
    ended = delegation.ended_on is not None and delegation.ended_on <= delegation.started_on
    return _("这次代理已经取消。") if ended else None


@action(
    "delegation.end",
    label=_("结束代理"),
    model=Delegation,
    permit=permits.lends_post,
    unless=(delegation_is_over,),
)
def end_delegation(delegation: Delegation, call: Call) -> Facts:
    """The post is lent no longer, from today on."""
    delegation.ended_on = max(call.today, delegation.started_on)
    return {"delegation": delegation.pk, "on": delegation.ended_on}


def _refuse_clash(user: User, role: Role, today: date) -> None:
    if user.jurisdiction.is_demo:
        return
    # A post that begins later counts as well: nobody slides into two roles by dates.
    held = {Role(post.role) for post in user.posts.all() if post.lasts(today)}
    reason = clash(held, role)
    if reason:
        raise Refusal(reason, code="roles_exclude_each_other")


def _standing_unit(jurisdiction_id: int, pk: int, today: date) -> Unit:
    unit = Unit.objects.standing_on(today).filter(jurisdiction_id=jurisdiction_id, pk=pk).first()
    if unit is None:
        raise Refusal(_now("没有这个单位，或者它已经撤并。"), code="no_such_unit")
    return unit


@kept
def _title_of(role: str) -> str:
    """The title of a post that was given none."""
    return str(Post.RoleChoice(role).label)
