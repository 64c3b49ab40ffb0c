"""`huiyin manage reset_password USER`: for whoever sits at the server when no administrator can sign in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiyin.actors import machine
from huiyin.door import Ask, perform
from huiyin.people import actions
from huiyin.people.models import User
from huiyin.people.passwords import initial_password


class Command(BaseCommand):
    """A new initial password holds, is printed once, and the ledger says that the terminal set it."""

    help = "重置一个账号的密码，打印新的初始密码（只显示一次）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="账号")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有“{options['username']}”这个账号。")
        ask = Ask()
        password = initial_password(ask.key, user.username)
        terminal = machine("terminal", user.jurisdiction_id)
        perform(actions.reset_password, user.pk, terminal, ask, password=actions.hashed(password))
        self.stdout.write(f"{user.name}（{user.username}）的初始密码：{password}")
