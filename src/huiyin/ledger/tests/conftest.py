"""A ledger with something in it."""

from __future__ import annotations

import pytest

from huiyin.door import Ask, perform
from huiyin.door.tests import verbs


@pytest.fixture
def office_at_work(cast, office):
    """Units renamed, one added and changed within one verb, a post lent with a reason, a row removed."""
    place = cast.jurisdiction.pk
    given = {"post": cast.units["water"].posts.first().pk, "to": cast.users["schools"].pk}
    perform(verbs.rename_all, place, office, Ask(), prefix="新")
    perform(verbs.create_then_rename, place, office, Ask(), code="n1")
    perform(verbs.lend, place, office, Ask(), **given, reason="出差期间代行")
    gone = perform(verbs.lend, place, office, Ask(), **given, reason="记错了")
    perform(verbs.forget, gone.subject[1], office, Ask())
    return cast
