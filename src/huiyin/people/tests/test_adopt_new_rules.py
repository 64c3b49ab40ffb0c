"""Rules that a later release brings become rules of every office, by the daily clock."""

from __future__ import annotations

import pytest

from huiyin.actors import machine
from huiyin.door import Ask, found, perform
from huiyin.errors import Forbidden
from huiyin.ledger import daily, work
from huiyin.people import work as _registered  # noqa: F401 - the daily work
from huiyin.people.actions.founding import adopt_new_rules, found_jurisdiction
from huiyin.people.models import Jurisdiction
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import SHEETS


@pytest.fixture
def old_office(db):
    """An office founded before there were any rules."""
    row = Jurisdiction(name="旧县", short="旧", is_demo=True)
    found(found_jurisdiction, row, Ask())
    daily._looked.clear()
    yield row
    daily._looked.clear()


def test_the_daily_clock_adopts_what_is_lacking_once(old_office):
    daily.want_due()
    work.do_all()
    codes = Rule.objects.filter(jurisdiction_id=old_office.pk).values_list("code", flat=True)
    assert set(codes) == set(SHEETS)
    assert daily.want_due() == 0


def test_nobody_else_may_do_it(cast):
    for actor in (cast.actor("secadmin"), machine("reader", cast.jurisdiction.pk)):
        with pytest.raises(Forbidden):
            perform(adopt_new_rules, cast.jurisdiction.pk, actor, Ask())
