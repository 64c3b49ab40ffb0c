"""Who has a copy of a slip (抄送): named by the scheme of lights, found among the posts of the day.

A red slip is copied to the leader of the unit, so that it does not stay with the clerk who signs for it
(办公厅（室）通行做法：红单由主任签发，抄送单位负责人). Who signs it, or has it already, needs no copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from huiyin.actors import Role
from huiyin.matters.light_slips import Signer, post_of
from huiyin.matters.models import Matter, Slip
from huiyin.people.models import Post, held_on
from huiyin.web.kept import kept

Copy = dict[str, Any]
"""`code` of `words.COPIED`, the `post` (None: of nobody in particular), and how the paper names it."""
OFFICE = "office"


def copies_of(slip: Slip, *, today: date) -> list[Copy]:
    """Who has a copy of the slip, as posts are held today."""
    signer = Signer(code=slip.signer, post=slip.signer_post, why="")
    return copied(slip.matter, slip.copied_to, signer=signer, today=today)


@kept
def copied(
    matter: Matter, codes: Sequence[str], *, signer: Signer | None, today: date
) -> list[Copy]:
    """The copies a scheme asks for, each person once, in the order of the scheme."""
    found: list[Copy] = []
    signed_by = signer.post.pk if signer is not None and signer.post is not None else None
    for code in codes:
        if signer is not None and code == signer.code:
            continue
        post = _head(matter, today) if code == "unit_head" else post_of(code, matter, today)
        pk, words = (post.pk if post is not None else None), _words(code, post, matter)
        if words and (pk is None or pk not in {signed_by, *(copy["post"] for copy in found)}):
            found.append({"code": code, "post": pk, "words": words})
    return found


def named_on_paper(copies: Sequence[Copy]) -> str:
    """`市水利局江涛局长、沈岚副市长`."""
    return "、".join(str(copy["words"]) for copy in copies)


def _head(matter: Matter, today: date) -> Post | None:
    heads = Post.objects.filter(
        held_on(today), unit_id=matter.lead_unit_id or 0, role=Role.UNIT_HEAD
    )
    head: Post | None = heads.select_related("user").order_by("position", "pk").first()
    return head


def _words(code: str, post: Post | None, matter: Matter) -> str:
    """How the paper names who has a copy; "" where the post is held by nobody."""
    if code == OFFICE:
        return _("督查室")
    name = f"{post.user.name}{post.title}" if post is not None else ""
    if code == "unit_head":
        words = {"unit": matter.lead_unit, "name": name or _("主要负责人")}
        return _("%(unit)s%(name)s") % words
    return name
