"""Whatever is tried in whatever order, exactly one unit answers for a matter (design, invariant 5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import clock
from huiyin.errors import Refusal
from huiyin.ledger.models import Event
from huiyin.matters import actions
from huiyin.matters.models import Assignment, Matter, Referral
from huiyin.matters.queries.page import matter_page
from huiyin.matters.rules import AssignmentState, Ruling
from huiyin.matters.tests.road import Road

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STAFF = {"water": "water", "schools": "schools", "parks": "outsider", "office": "office"}
RULERS = ("office", "vice", "mayor")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("refer", "take_over", "decline", "take_back", "rule", "hand_back", "rule_back", "sign")
        ),
        st.sampled_from(sorted(STAFF)),
        st.sampled_from(RULERS),
        st.booleans(),
    ),
    min_size=4,
    max_size=14,
)


class _Undo(Exception):
    """What was done is taken back."""


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside never was."""
    with suppress(_Undo), transaction.atomic():
        yield
        raise _Undo


def attempt(road: Road, matter: Matter, step: tuple[str, str, str, bool]) -> None:
    """One verb by whoever could do it; refusals are answers too."""
    what, unit, ruler, yes = step
    waiting = Referral.objects.filter(matter=matter, ruling=Ruling.PENDING).first()
    if what in ("take_over", "decline", "take_back", "rule"):
        if waiting is not None:
            settle(road, waiting, what, ruler, yes)
        return
    lead, to = road.lead(matter), road.cast.units[unit].pk
    leading = STAFF[lead.unit.code]
    match what:
        case "refer":
            road.do(actions.refer, lead, leading, to=to, reason="应由它办")
        case "hand_back":
            road.do(actions.hand_back, lead, leading, reason="不属于本单位")
        case "rule_back":
            given = {"granted": yes, "reason": "裁定", "new_lead": to}
            road.do(actions.rule_hand_back, lead, ruler, **given)
        case "sign":
            road.do(actions.sign_for, lead, leading)


def settle(road: Road, waiting: Referral, what: str, ruler: str, yes: bool) -> None:
    """What may become of a referral that waits."""
    asked = STAFF[waiting.to_unit.code]
    match what:
        case "rule":
            road.do(actions.rule_referral, waiting, ruler, granted=yes, reason="裁定")
        case "take_over":
            road.do(actions.take_over_referral, waiting, asked)
        case "decline":
            road.do(actions.decline_referral, waiting, asked, reason="不归我们")
        case "take_back":
            road.do(actions.take_back_referral, waiting, STAFF[waiting.from_unit.code])


def check(road: Road, pk: int) -> None:
    """One lead, one unit that answers, at most one referral that waits, no part twice."""
    matter = Matter.objects.get(pk=pk)
    current = list(Assignment.objects.current().filter(matter=matter))
    (lead,) = [row for row in current if row.role == "lead"]
    assert matter.lead_unit_id == lead.unit_id
    assert len({row.unit_id for row in current}) == len(current)
    assert Referral.objects.filter(matter=matter, ruling=Ruling.PENDING).count() <= 1
    assert (matter.state == "dispatched") == (lead.state == AssignmentState.SENT)
    page = matter_page(pk, viewer=road.actor("office"), today=clock.today())
    expected = "督查室" if lead.state == AssignmentState.OBJECTED else str(lead.unit)
    assert page.answering.who == expected


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_exactly_one_unit_answers_whatever_is_tried(cast: Any, steps: list[Any]) -> None:
    road = Road(cast)
    with undone():
        matter = road.under_way()
        for step in steps:
            before = Event.objects.count()
            try:
                attempt(road, Matter.objects.get(pk=matter.pk), step)
            except Refusal:
                assert Event.objects.count() == before
            check(road, matter.pk)
