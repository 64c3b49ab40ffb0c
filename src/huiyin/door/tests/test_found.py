"""How a jurisdiction and its chain begin."""

from __future__ import annotations

import pytest
from tests.cast import build, found_office

from huiyin.door import Ask, found
from huiyin.door.tests import verbs
from huiyin.errors import Refusal
from huiyin.ledger.models import ChainHead, Event
from huiyin.people.models import Jurisdiction
from huiyin.proof import canonical, chain

pytestmark = pytest.mark.django_db


def test_its_first_event_follows_the_hash_of_its_own_identifier():
    jurisdiction = build().jurisdiction
    first = Event.objects.get(jurisdiction_id=jurisdiction.pk, position=1)
    assert first.previous == chain.genesis(str(jurisdiction.uid))


@pytest.mark.parametrize("is_demo", [True, False])
def test_whether_it_is_a_demo_is_said_in_the_ledger(is_demo):
    jurisdiction = build(is_demo=is_demo).jurisdiction
    event = Event.objects.get(jurisdiction_id=jurisdiction.pk, action="test.found_office")
    assert canonical.decode(bytes(event.body))["facts"] == {"is_demo": is_demo}
    assert ChainHead.objects.get(pk=jurisdiction.pk).is_demo is is_demo


def test_two_jurisdictions_have_two_chains():
    one = build(name="云溪市").jurisdiction
    Jurisdiction.objects.get(pk=one.pk)
    two = found(verbs.found_nothing, Jurisdiction(name="石桥县", short="石"), Ask())
    assert Event.objects.get(jurisdiction_id=two.subject[1]).position == 1


def test_a_jurisdiction_cannot_be_founded_with_a_bad_key():
    with pytest.raises(Refusal):
        found(found_office, Jurisdiction(name="云溪市", short="云"), Ask(key="/"))
    assert not Jurisdiction.objects.exists()
