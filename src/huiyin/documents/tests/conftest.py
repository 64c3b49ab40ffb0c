"""`speech`: a paper with one confirmed demand, of the water bureau."""

from __future__ import annotations

import pytest

from huiyin.documents import actions
from huiyin.documents.tests import papers


@pytest.fixture
def speech(office):
    paper = papers.paper(office)
    papers.decide(actions.confirm, papers.passage(paper, "水利局"), office)
    return paper
