"""Verbs on accounts and API tokens. Passwords arrive hashed; no event ever holds one."""

from __future__ import annotations

import hashlib
from datetime import date

from django.contrib.auth.hashers import identify_hasher, make_password
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.actors import Actor, Role
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, Words
from huiyin.ledger.models import OfficeFact
from huiyin.people import permits
from huiyin.people.models import ApiToken, Delegation, Jurisdiction, Post, User


class PasswordHash(str):
    """A hashed password on its way to a verb; its content never enters a request's digest."""

    __slots__ = ()

    def __str__(self) -> str:
        return "password"


def hashed(password: str) -> PasswordHash:
    """The hash of a password, made before the transaction begins: it takes about a third of a second."""
    return PasswordHash(make_password(password))


@action(
    "user.create",
    label=_("开设账号"),
    model=Jurisdiction,
    permit=permits.keeps_accounts,
    touches=False,
    public=False,
)
def create_user(
    jurisdiction: Jurisdiction,
    call: Call,
    *,
    username: str,
    name: str,
    password: PasswordHash,
    phone: str = "",
    must_change: bool = True,
) -> Facts:
    """An account stands; with `must_change` the first sign-in asks for a new password."""
    _check_person(username.strip(), name.strip())
    user = User(
        jurisdiction=jurisdiction,
        username=username.strip(),
        name=name.strip(),
        phone=phone.strip(),
        password=_secret(password),
        must_change_password=must_change,
    )
    call.create(user, concerns=True)
    return {"user": user.pk, "username": user.username}


@action("user.change", label=_("修改账号"), model=User, permit=permits.keeps_accounts)
def change_user(
    user: User,
    call: Call,  # noqa: ARG001
    *,
    name: str | None = None,
    phone: str | None = None,
) -> Facts:
    """The account carries the name and telephone given; None leaves a value."""
    if name is not None:
        if not name.strip():
            raise Refusal(
                _now("请写姓名。"), code="name_missing", fields={"name": [_now("请写姓名。")]}
            )
        user.name = name.strip()
    if phone is not None:
        user.phone = phone.strip()
    return {"user": user.pk}


@action(
    "user.set_password", label=_("修改密码"), model=User, permit=permits.is_oneself, public=False
)
def set_password(user: User, call: Call, *, password: PasswordHash) -> Facts:  # noqa: ARG001
    """The person's own new password holds; other sessions of the account end."""
    user.password = _secret(password)
    user.must_change_password = False
    return {"user": user.pk}


@action(
    "user.reset_password",
    label=_("重置密码"),
    model=User,
    permit=permits.resets_passwords,
    public=False,
)
def reset_password(user: User, call: Call, *, password: PasswordHash) -> Facts:  # noqa: ARG001
    """A new initial password holds and must be changed at the next sign-in."""
    user.password = _secret(password)
    user.must_change_password = True
    return {"user": user.pk}


@action(
    "user.unlock",
    label=_("解除锁定"),
    model=User,
    permit=permits.is_system_admin,
    touches=False,
    public=False,
)
def unlock(user: User, call: Call) -> Facts:  # noqa: ARG001
    """It is on record that the account, locked after wrong passwords, may be tried again at once.

    The counts themselves are housekeeping: the view clears them (`axes`).
    """
    return {"user": user.pk}


def is_my_own_account(user: User, actor: Actor) -> Words | None:
    return _("不能停用自己的账号。") if user.pk == actor.user_id else None


def is_inactive(user: User, _actor: Actor) -> Words | None:
    return None if user.is_active else _("这个账号已经停用。")


def is_active(user: User, _actor: Actor) -> Words | None:
    return _("这个账号正在使用。") if user.is_active else None


def is_the_last_administrator(user: User, _actor: Actor) -> Words | None:
    """Somebody must always be left to keep the accounts and the posts."""
    both = [Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value]
    held = Post.objects.filter(
        jurisdiction_id=user.jurisdiction_id, role__in=both, ended_on=None, user__is_active=True
    ).values_list("role", "user_id")
    for role in both:
        holders = {holder for held_role, holder in held if held_role == role}
        if holders == {user.pk}:
            words = {"role": Post.RoleChoice(role).label}
            return _now("这是最后一位%(role)s，请先任命接替的人。") % words
    return None


def _held_by(user: User) -> list[OfficeFact]:
    """What ends with an account: posts, loans and tokens."""
    return [
        *Post.objects.filter(user=user),
        *Delegation.objects.filter(to=user),
        *ApiToken.objects.filter(user=user, revoked_on=None),
    ]


@action(
    "user.deactivate",
    label=_("停用账号"),
    model=User,
    permit=permits.keeps_accounts,
    locks=_held_by,
    unless=(is_inactive, is_my_own_account, is_the_last_administrator),
)
def deactivate(user: User, call: Call) -> Facts:
    """The account signs in no more; its posts, delegations and tokens end today."""
    user.is_active = False
    posts = Post.objects.filter(Q(ended_on=None) | Q(ended_on__gt=call.today), user=user)
    loans = Delegation.objects.filter(Q(ended_on=None) | Q(ended_on__gt=call.today), to=user)
    for held in (*posts, *loans):
        held.ended_on = max(call.today, held.started_on)
        call.save(held)
    for token in ApiToken.objects.filter(user=user, revoked_on=None):
        token.revoked_on = call.today
        call.save(token)
    return {"user": user.pk, "posts": len(posts), "loans": len(loans)}


@action(
    "user.activate",
    label=_("恢复账号"),
    model=User,
    permit=permits.keeps_accounts,
    unless=(is_active,),
)
def activate(user: User, call: Call) -> Facts:  # noqa: ARG001
    """The account signs in again; posts are appointed anew."""
    user.is_active = True
    return {"user": user.pk}


@action(
    "token.create",
    label=_("发放令牌"),
    model=User,
    permit=permits.makes_token,
    touches=False,
    public=False,
)
def create_token(
    user: User, call: Call, *, name: str, digest: str, expires_on: date | None = None
) -> Facts:
    """A token of the person stands; only the digest of its 256 random bits is kept."""
    token = ApiToken(
        jurisdiction_id=user.jurisdiction_id,
        user=user,
        name=name.strip()[:60] or _now("未命名"),
        digest=digest,
        expires_on=expires_on,
    )
    call.create(token, concerns=True)
    return {"token": token.pk, "user": user.pk, "expires_on": expires_on}


def is_revoked(token: ApiToken, _actor: Actor) -> Words | None:
    return _("这个令牌已经撤销。") if token.revoked_on else None


@action(
    "token.revoke",
    label=_("撤销令牌"),
    model=ApiToken,
    permit=permits.keeps_token,
    unless=(is_revoked,),
)
def revoke_token(token: ApiToken, call: Call) -> Facts:
    """The token opens nothing any more."""
    token.revoked_on = call.today
    return {"token": token.pk}


def token_digest(raw: str) -> str:
    """What is kept of a token: it holds 256 random bits, so a plain SHA-256 is enough."""
    return hashlib.sha256(raw.encode()).hexdigest()


def _check_person(username: str, name: str) -> None:
    fields: dict[str, list[str]] = {}
    if not 2 <= len(username) <= 60 or any(c.isspace() for c in username):
        fields["username"] = [_now("账号应为二至六十个字，不含空格。")]
    elif User.objects.filter(username=username).exists():
        fields["username"] = [_now("这个账号名已经有人用了。")]
    if not 1 <= len(name) <= 40:
        fields["name"] = [_now("请写姓名。")]
    if fields:
        raise Refusal(_now("账号没有填好。"), code="account_is_incomplete", fields=fields)


def _secret(password: PasswordHash) -> str:
    """The hash as the column keeps it; refuses anything that is not one."""
    raw = str.__str__(password)
    try:
        identify_hasher(raw)
    except ValueError:
        raise Refusal(_now("密码没有处理好，请重试。"), code="password_is_not_hashed") from None
    return raw
