"""`huiyin token create|revoke USER`: bearer tokens for the API, made by whoever sits at the server."""

from __future__ import annotations

import argparse
from datetime import timedelta

from huiyin import clock
from huiyin.actors import machine
from huiyin.commands.terminal import complain, say
from huiyin.door import Ask, perform
from huiyin.errors import Refusal
from huiyin.people import actions
from huiyin.people.models import ApiToken, User
from huiyin.people.tokens import issue_token


def main(argv: list[str]) -> int:
    """`create` prints the token once and nothing else on its line; `revoke` ends it."""
    arguments = _parser().parse_args(argv)
    user = User.objects.filter(username=arguments.user).first()
    if user is None:
        complain(f"没有“{arguments.user}”这个账号。")
        return 1
    return _create(user, arguments) if arguments.verb == "create" else _revoke(user, arguments)


def _create(user: User, arguments: argparse.Namespace) -> int:
    expires_on = clock.today() + timedelta(days=arguments.days) if arguments.days else None
    by = machine("terminal", user.jurisdiction_id)
    say(issue_token(user, name=arguments.name, by=by, expires_on=expires_on))
    until = f"有效到{expires_on:%Y-%m-%d}" if expires_on else "没有期限"
    complain(f"{user.name}的接口令牌“{arguments.name}”，{until}。只显示这一次，请妥善保存。")
    return 0


def _revoke(user: User, arguments: argparse.Namespace) -> int:
    rows = ApiToken.objects.filter(user=user, revoked_on=None).order_by("pk")
    tokens = list(rows.filter(name=arguments.name) if arguments.name else rows)
    if not tokens:
        raise Refusal(f"{user.name}没有这样的有效令牌。", code="no_such_token")
    for token in tokens:
        perform(actions.revoke_token, token.pk, machine("terminal", user.jurisdiction_id), Ask())
        say(f"已撤销令牌“{token.name}”。")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiyin token", description="接口令牌 / API tokens")
    verbs = parser.add_subparsers(dest="verb", required=True)
    create = verbs.add_parser("create", help="发放 / create")
    create.add_argument("user", help="账号 / user name")
    create.add_argument("--name", default="接口", help="用途 / what it is for")
    create.add_argument(
        "--days", type=_days, default=90, help="有效天数，0为不限 / days, 0 for no end"
    )
    revoke = verbs.add_parser("revoke", help="撤销 / revoke")
    revoke.add_argument("user", help="账号 / user name")
    revoke.add_argument("--name", default="", help="只撤销这个名称的 / only those of this name")
    return parser


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= 3650:
        raise argparse.ArgumentTypeError("0-3650")
    return days
