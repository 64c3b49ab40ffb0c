"""Slips as a matter's page lists them, as they are printed, and which of them still wait for an answer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import Actor
from huiyin.errors import NotFound
from huiyin.matters.clocks import WITH_UNIT
from huiyin.matters.light_slips import standing_word
from huiyin.matters.models import Matter, Report, Slip
from huiyin.matters.queries.people import leader_name
from huiyin.matters.queries.reported import as_reported
from huiyin.matters.rules import AskState, SlipState
from huiyin.matters.slip_copies import Copy, copies_of, named_on_paper
from huiyin.rulebook.rules.words import SIGNERS
from huiyin.web.kept import kept


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """A slip with how it stands today."""

    row: Slip
    word: str
    is_late: bool

    @property
    def signer(self) -> str:
        """`罗文山市长`, `督查室`."""
        return leader_name(self.row.signer_post) or str(SIGNERS.get(self.row.signer, ""))

    @property
    def copied_to(self) -> str:
        """`沈岚副市长、市水利局江涛局长`: who had a copy when it was issued."""
        return named_on_paper(self.row.copies)

    @property
    def answer(self) -> Report | None:
        return self.row.request.report if self.row.request is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPaper:
    """What `web/paper.html` prints of a slip; `draft` until it is signed.

    `percent` and `amounts` are what had been reported when it was signed, with what a check found instead.
    """

    slip: Slip
    issuer: str
    number: str
    signer: str
    title: str
    to: str
    sender: str
    date: datetime.date
    draft: bool
    percent: str = ""
    amounts: str = ""
    copied_to: str = ""
    printed_by: str = ""
    printed_on: datetime.date | None = None


def slips_of(matter: Matter, *, viewer: Actor, today: date) -> list[SlipLine]:
    """The slips of a `flagged` matter that the viewer may see, the newest first; no query when there are none."""
    if not getattr(matter, "had_slip", True):
        return []
    rows = Slip.objects.visible_to(viewer).filter(matter=matter)
    found = rows.select_related("unit", "signer_post__user", "request__report")
    return [_line(slip, matter, today) for slip in found.order_by("-drafted_at", "-pk")]


def _line(slip: Slip, matter: Matter, today: date) -> SlipLine:
    slip.matter = matter
    word, late = standing_word(slip, today)
    return SlipLine(row=slip, word=word, is_late=late)


def _copies(slip: Slip, today: date) -> list[Copy]:
    """As they were when it was issued; of a draft as they would be today."""
    copies: list[Copy] = slip.copies
    return copies if slip.state == SlipState.ISSUED else copies_of(slip, today=today)


def unanswered() -> QuerySet[Slip, int]:
    """Ids of the matters with a slip that a unit still has to answer."""
    rows = Slip.objects.filter(
        state=SlipState.ISSUED, request__state=AskState.OPEN, matter__state__in=WITH_UNIT
    )
    return rows.order_by().values_list("matter_id", flat=True)


@kept
def paper_of(pk: int, *, viewer: Actor, today: date) -> SlipPaper:
    """The paper of a slip, a preview until it is signed; NotFound for whom it does not concern."""
    rows = Slip.objects.visible_to(viewer).select_related(
        "matter__notice", "unit", "jurisdiction", "signer_post__user"
    )
    slip = rows.filter(pk=pk).first()
    if slip is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    office = _("%(name)s督查室") % {"name": slip.jurisdiction.name}
    known = as_reported(slip.matter, until=slip.decided_at or clock.now())
    return SlipPaper(
        slip=slip,
        issuer=office,
        number=slip.paper_number or _("（签发时编号）"),
        signer=slip.decided_by_name if slip.state == SlipState.ISSUED else "",
        title=_("%(kind)s：%(title)s") % {"kind": slip.kind, "title": slip.matter.title},
        to=slip.unit.name,
        sender=office,
        date=slip.issued_on or today,
        draft=slip.state != SlipState.ISSUED,
        copied_to=named_on_paper(_copies(slip, today)),
        percent=known.percent,
        amounts=known.amounts,
    )
