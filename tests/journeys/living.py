"""What stands in the office that most journeys begin with; run beside the server's data, never in the tests' process."""

from __future__ import annotations

from uuid import uuid4

from huiyin.documents.actions import take_in
from huiyin.door import Ask, perform
from huiyin.matters.tests.road import Road
from huiyin.people.models import Jurisdiction
from huiyin.web import uploads
from tests.cast import cast_of
from tests.journeys import papers

PROPOSED, SENT, UNDER_WAY, SUBMITTED, CLOSED, REGISTERED = (
    "河道清淤",
    "节水改造",
    "堤防加固",
    "泵站检修",
    "水质公示",
    "渠道修缮",
)
"""Titles of one matter in each state."""


def build() -> None:
    """A matter in every main state, a notice to approve, a list to sign for, a paper to be read."""
    cast = cast_of(Jurisdiction.objects.get())
    road = Road(cast)
    road.proposed(title=PROPOSED)
    road.issued(title=SENT)
    road.under_way(title=UNDER_WAY)
    road.submitted(title=SUBMITTED)
    road.closed(title=CLOSED)
    road.registered(title=REGISTERED)
    _paper(cast)


def _paper(cast) -> None:
    owner = cast.users["office"]
    kept = uploads.keep(papers.MINUTES.encode(), "会议纪要.txt", owner_id=owner.pk)
    perform(
        take_in,
        cast.jurisdiction.pk,
        cast.actor("office"),
        Ask(uuid4().hex),
        name=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        media_type="text/plain",
    )
