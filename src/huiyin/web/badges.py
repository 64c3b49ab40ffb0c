"""What the head of every page counts for its viewer: features above register it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from huiyin.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """An entry of the page head with a count that costs no query (see `people.queries.read_beside`)."""

    path: str
    label: Promise
    count: Callable[[Actor], int]
    shown: Callable[[Actor], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A badge as one viewer sees it."""

    path: str
    label: Promise
    count: int
    current: bool


_badges: list[Badge] = []


def register_badge(badge: Badge) -> None:
    """From now on the badge stands in the head of every page."""
    _badges.append(badge)


def counted(viewer: Actor | None, path: str) -> list[Counted]:
    """The badges of a viewer."""
    return [
        Counted(
            path=badge.path,
            label=badge.label,
            count=badge.count(viewer),
            current=path.startswith(badge.path),
        )
        for badge in _badges
        if viewer is not None and badge.shown(viewer)
    ]
