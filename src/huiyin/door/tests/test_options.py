"""What is offered to whom: the buttons, their grey reasons, the diagram."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.door import Ask, action, graph, label_of, may_see, options, perform, registry
from huiyin.door.tests import verbs
from huiyin.matters.models import Matter


@pytest.fixture
def bureau(cast):
    return cast.units["water"]


def offered(subject, actor):
    return {option.name: option for option in options(subject, by=actor)}


def test_a_verb_is_offered_to_those_whose_post_permits_it(bureau, water, schools):
    assert offered(bureau, water)["test.rename"].allowed
    assert "test.rename" not in offered(bureau, schools)


def test_a_verb_that_cannot_be_done_now_is_grey_with_its_reason(bureau, office, water):
    perform(verbs.close, bureau.pk, office, Ask())
    bureau.refresh_from_db()
    option = offered(bureau, water)["test.rename"]
    assert (option.allowed, option.reason, option.code) == (
        False,
        "这个单位已经撤销。",
        "unit_is_closed",
    )


def test_nothing_is_offered_on_what_belongs_to_another_jurisdiction(bureau, water):
    stranger = replace(water, jurisdiction_id=water.jurisdiction_id + 1)
    assert options(bureau, by=stranger) == []
    assert not may_see(stranger, bureau)


def test_verbs_of_the_system_itself_are_not_offered(bureau, office):
    assert "test.close" not in offered(bureau, office)


def test_two_verbs_cannot_have_one_name():
    with pytest.raises(RuntimeError, match=r"test\.rename"):
        action("test.rename", label="", model=Matter, permit=lambda _a, _s: True)(lambda _s, _c: {})


def test_a_verb_no_longer_registered_is_called_by_its_code():
    assert label_of("test.rename") == "更名"
    assert label_of("gone.verb") == "gone.verb"


def test_the_diagram_has_an_edge_for_every_state_in_which_a_verb_moves_a_matter():
    edges = graph(Matter)
    for verb in registry().values():
        if verb.model is Matter and verb.when and verb.then:
            assert {(state, verb.name, verb.then) for state in verb.when} <= set(edges)


def test_every_verb_says_in_its_docstring_what_is_true_afterwards():
    assert [
        name for name, verb in registry().items() if not verb.summary.endswith((".", ";"))
    ] == []
