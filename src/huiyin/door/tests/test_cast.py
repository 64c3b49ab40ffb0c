"""The cast that all tests share."""

from __future__ import annotations

import pytest
from tests.guard import StrayWrite

from huiyin.people.models import Unit


def test_the_vice_mayor_is_in_charge_of_water_and_schools(cast, vice):
    assert vice.posts[0].portfolio == {cast.units["water"].pk, cast.units["schools"].pk}


def test_a_write_past_the_door_is_found(cast, stray_writes):
    with pytest.raises(StrayWrite):
        Unit.objects.filter(pk=cast.units["water"].pk).update(name="别的局")
    stray_writes.guard.strays.clear()
