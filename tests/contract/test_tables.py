"""What every table of ours keeps to, whatever feature it belongs to."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from huiyin.door import registry
from huiyin.ledger.models import Kept, OfficeFact

OURS = [model for model in apps.get_models() if model.__module__.startswith("huiyin.")]
FACTS = [model for model in OURS if issubclass(model, OfficeFact)]


def ids(found):
    return [model._meta.label for model in found]


@pytest.mark.parametrize("model", OURS, ids=ids(OURS))
def test_every_table_says_how_it_is_written(model):
    assert isinstance(getattr(model, "kept", None), Kept)
    assert (model.kept == Kept.OFFICE_FACT) == issubclass(model, OfficeFact)


def test_whatever_a_verb_acts_on_belongs_to_a_jurisdiction():
    import huiyin.api  # noqa: F401 - registers every verb

    acted_on = {verb.model for verb in registry().values()}
    assert [model._meta.label for model in acted_on if not hasattr(model, "jurisdiction_id")] == []


@pytest.mark.parametrize("model", FACTS, ids=ids(FACTS))
def test_no_office_fact_has_a_link_table_that_the_door_would_not_see(model):
    hidden = [
        field.name
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    assert hidden == []


@pytest.mark.parametrize("model", FACTS, ids=ids(FACTS))
def test_exact_amounts_are_no_floats(model):
    assert [f.name for f in model._meta.concrete_fields if isinstance(f, models.FloatField)] == []


@pytest.mark.parametrize("model", FACTS, ids=ids(FACTS))
def test_a_removed_row_takes_no_other_row_with_it(model):
    cascading = [
        f.name
        for f in model._meta.concrete_fields
        if f.is_relation and f.remote_field.on_delete is models.CASCADE
    ]
    assert cascading == []


def test_every_verb_is_called_noun_dot_verb():
    assert [name for name in registry() if name.count(".") != 1 or name != name.lower()] == []
