"""What is offered is what can be done: every verb × every member of the cast, at every stage of a matter.

The buttons come from `options`, the deed from `perform`; here both are asked about the same thing, and
must agree: not offered ⇔ forbidden or not found; grey ⇔ refused with the same code; allowed ⇔ not refused by the door.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from huiyin.door import Ask, options, perform, registry
from huiyin.errors import Conflict, Forbidden, NotFound, Refusal
from huiyin.matters.tests.road import Road
from tests.cast import PEOPLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
STAGES = (
    "registered",
    "proposed",
    "dispatched",
    "under_way",
    "planned",
    "between",
    "extension_asked",
    "suspended",
    "submitted",
)


class _Undo(Exception):
    """What was done is taken back."""


def outcome(verb: Any, subject: Any, actor: Any) -> str:
    """`unseen`, `forbidden`, a refusal's code, or `may` (with or without a complaint about the input)."""
    try:
        with transaction.atomic():
            perform(verb, subject.pk, actor, Ask())
            raise _Undo  # noqa: TRY301 - takes back what was done
    except NotFound:
        return "not offered"
    except Forbidden:
        return "not offered"
    except Conflict as refused:
        return refused.code
    except (
        _Undo,
        TypeError,
        Refusal,
    ):  # TypeError: the verb wants input, so the door let it through
        return "may"


def answer(offered: dict[str, Any], name: str) -> str:
    """What `options` says about the verb."""
    option = offered.get(name)
    if option is None:
        return "not offered"
    return "may" if option.allowed else option.code


def subjects(matter: Any) -> list[Any]:
    """The matter and what hangs on it."""
    found = [matter, *matter.assignments.all(), *matter.variations.all()]
    found += [*matter.referrals.all(), *matter.consultations.all(), *matter.coordinations.all()]
    if matter.notice is not None:
        found += [matter.notice, *matter.notice.lists.all()]
    return found


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_offered_is_what_can_be_done(cast, stage):
    matter = getattr(Road(cast), stage)()
    if stage == "proposed":
        matter = matter.matters.get()
    wrong = []
    for subject in subjects(matter):
        for key, *_rest in PEOPLE:
            wrong += disagreements(subject, cast.actor(key), key)
    assert wrong == []


def disagreements(subject: Any, actor: Any, key: str) -> list[str]:
    """Where button and deed say different things to one person."""
    offered = {option.name: option for option in options(subject, by=actor)}
    found = []
    for name, verb in registry().items():
        if not verb.public or not isinstance(subject, verb.model):
            continue
        said, done = answer(offered, name), outcome(verb, subject, actor)
        # A verb may still refuse in its own body, for a reason that depends on the input.
        if said != done and not (said == "may" and done not in {"not offered", "wrong_state"}):
            found.append(f"{key} {name} on {subject}: offered “{said}”, done “{done}”")
    return found
