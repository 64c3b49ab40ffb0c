"""`road`: walks matters of the cast from register to close-out."""

from __future__ import annotations

import pytest
from tests.cast import Cast

from huiyin.matters.tests.road import Road


@pytest.fixture
def road(cast: Cast) -> Road:
    return Road(cast)
