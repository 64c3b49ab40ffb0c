"""A verb of a matter as a page: its form, the word on its button, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from huiyin.door import Action
from huiyin.matters.forms.base import VerbForm


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbPage:
    """A verb with its form, the word on its button, and what is said when it is done."""

    action: Action[Any, Any]
    form: type[VerbForm]
    short: Promise
    done: Promise
    then: Promise | str = ""
    in_place: bool = False


def verb_page(
    action: Action[Any, Any], form: type[VerbForm], short: Promise, done: Promise, **more: Any
) -> VerbPage:
    return VerbPage(action=action, form=form, short=short, done=done, **more)


VerbPages = Mapping[str, VerbPage]
