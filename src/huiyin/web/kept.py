"""Words the office keeps are Chinese, whatever language the person at the screen reads.

A notice's title, a source's label, the reason beside a proposed cell are written once and read by everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation

P = ParamSpec("P")
R = TypeVar("R")


def kept(function: Callable[P, R]) -> Callable[P, R]:
    """Inside `function` the office's own language speaks; afterwards the reader's again."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override(settings.LANGUAGE_CODE):
            return function(*args, **kwargs)

    return run
