"""The slip a light calls for: which one by the scheme in force, who signs it, how it stands now.

蓝单提醒、黄单督办、红单问效: the scheme names the slip, its signer and the days to answer in. A slip is no
second ladder of urging; it is one paper, issued by a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from huiyin.actors import OFFICE, Role
from huiyin.matters.clocks import WITH_UNIT, turning_of
from huiyin.matters.deciders import works_in
from huiyin.matters.models import Matter, Slip
from huiyin.matters.rules import AskState, Light, SlipState, shown
from huiyin.people import queries as people
from huiyin.people.models import Post, held_on
from huiyin.rulebook.queries import Book, InForce
from huiyin.rulebook.rules import LIGHT_SCHEME, LightScheme, Mark
from huiyin.rulebook.rules.words import SIGNERS

CALLING = (Light.NEAR, Light.BEHIND, Light.GRAVE, Light.OVERDUE)
"""Lights that may come with a slip; the rule calls them by the same names."""
LADDER = ("office", "office_head", "leader_in_charge", "principal_leader")
"""Signers from the lowest to the highest: who stands back, or is not there, is followed by the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs a slip and why: a post, or the office as a whole when there is none."""

    code: str
    post: Post | None
    why: str

    @property
    def name(self) -> str:
        """`沈岚副市长`, `督查室`."""
        if self.post is None:
            return str(SIGNERS[self.code])
        return f"{self.post.user.name}{self.post.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What a light calls for, and the version of the scheme that says so."""

    mark: Mark
    rule: InForce[LightScheme]


def light_now(matter: Matter, today: date) -> Light | None:
    """The light that may call for a slip; None for every other, and for what no unit has in hand."""
    if matter.state not in WITH_UNIT or matter.is_standing:
        return None
    found = shown(
        state=matter.state,
        nature=matter.nature,
        due_on=matter.due_on,
        turning=turning_of(matter),
        next_check_on=None,
        today=today,
    )
    return found.light if found.light in CALLING else None


def called_for(matter: Matter, book: Book, today: date) -> Called | None:
    """The slip the scheme in force wants for the matter's light today; None when it wants none."""
    light = light_now(matter, today)
    if light is None:
        return None
    rule = book.stands(LIGHT_SCHEME, today)
    mark = rule.body.mark(str(light))
    return Called(mark=mark, rule=rule) if mark.slip and mark.signer in LADDER else None


def choose_signer(matter: Matter, mark: Mark, *, today: date) -> Signer | None:
    """Who signs (design, invariant 3): nobody of the receiving unit, else the next authority."""
    why: list[str] = []
    for code, post in _from(mark.signer, matter, today):
        blocked = _blocked(code, post, matter, today)
        if not blocked:
            return Signer(code=code, post=post, why=_("；").join(why))
        why.append(blocked)
    return None


def _from(code: str, matter: Matter, today: date) -> Iterator[tuple[str, Post | None]]:
    for step in LADDER[LADDER.index(code) :]:
        yield step, post_of(step, matter, today)


def post_of(step: str, matter: Matter, today: date) -> Post | None:
    """Who holds that post for this matter today; None for nobody, and for the office as a whole."""
    match step:
        case "office_head":
            heads = Post.objects.filter(held_on(today), jurisdiction_id=matter.jurisdiction_id)
            head: Post | None = (
                heads.filter(role=Role.OFFICE_HEAD).select_related("user").order_by("pk").first()
            )
            return head
        case "leader_in_charge":
            named = matter.leader_post
            if named is not None and named.lasts(today):
                return named
            return people.leader_post_for(matter.lead_unit_id or 0, today=today)
        case "principal_leader":
            return people.principal_post(matter.jurisdiction_id, today=today)
    return None


def _blocked(code: str, post: Post | None, matter: Matter, today: date) -> str:
    """Why this one does not sign; "" when they do."""
    unit = matter.lead_unit_id or 0
    if code == "office":
        rows = Post.objects.filter(held_on(today), unit_id=unit, role__in=sorted(OFFICE))
        return _("督查室自己承办，依回避规则由上一级签发") if rows.exists() else ""
    if post is None:
        return _("没有在任的%(post)s，由上一级签发") % {"post": SIGNERS[code]}
    if works_in(post.user_id, {unit}, today=today):
        words = {"name": post.user.name, "title": post.title}
        return _("%(name)s%(title)s在承办单位任职，依回避规则由上一级签发") % words
    return ""


def standing_word(slip: Slip, today: date) -> tuple[str, bool]:
    """How a slip stands in words, and whether it is past its day without an answer."""
    if slip.state != SlipState.ISSUED or slip.request is None or slip.answer_by is None:
        return str(slip.get_state_display()), False
    if slip.request.state == AskState.ANSWERED:
        return _("已回应"), False
    if slip.request.state == AskState.WITHDRAWN:
        return _("已收回，不用回应"), False
    if slip.matter.state not in WITH_UNIT:
        return _("事项%(state)s，不再催回应") % {"state": slip.matter.get_state_display()}, False
    late = slip.answer_by < today
    return (_("逾期未回应") if late else _("等回应")), late
