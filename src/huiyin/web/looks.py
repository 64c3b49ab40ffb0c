"""How lights look to whoever is looking: shape, colour and word of the scheme their office has in force.

The feature that keeps the scheme registers where looks come from; a page or answer is made
`seen_by` somebody, as it is made in a language. Nobody signed in sees the shipped looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from huiyin.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A light as it is drawn; `word` is "" where the office says what every office says."""

    shape: str
    colour: str
    word: str = ""


Looks = Mapping[str, Look]

SHIPPED: Looks = {
    "ontime": Look(shape="ring", colour="green"),
    "near": Look(shape="pie", colour="blue"),
    "behind": Look(shape="triangle", colour="amber"),
    "grave": Look(shape="hollow_diamond", colour="red"),
    "overdue": Look(shape="diamond", colour="red"),
    "paused": Look(shape="bars", colour="grey"),
}
"""The lights a scheme decides on, as they look without one; closed and standing always look the same."""

_viewer: ContextVar[Actor | None] = ContextVar("viewer", default=None)
_sources: list[Callable[[Actor], Looks]] = []


def register_looks(source: Callable[[Actor], Looks]) -> None:
    """From now on lights look to somebody as this says."""
    _sources.append(source)


@contextmanager
def seen_by(viewer: Actor | None) -> Iterator[None]:
    """What is made inside is made for this viewer."""
    before = _viewer.set(viewer)
    try:
        yield
    finally:
        _viewer.reset(before)


def follow(viewer: Actor) -> None:
    """From here to the end of the request it is made for this viewer (who came with a token)."""
    _viewer.set(viewer)


def viewer() -> Actor | None:
    """For whom what is made now is made; None outside a request."""
    return _viewer.get()


def current() -> Looks:
    """The looks of every light for the present viewer."""
    seer = viewer()
    if seer is None:
        return SHIPPED
    return {**SHIPPED, **{light: look for of in _sources for light, look in of(seer).items()}}


def word(light: str) -> str:
    """The office's own word of a light; "" where it has none."""
    look = current().get(light)
    return look.word if look else ""


def colours() -> str:
    """The colours as the style attribute of the page: names of tokens, which each theme and print fill."""
    return " ".join(
        f"--hy-{light}: var(--hy-lit-{look.colour}); --hy-{light}-tint: var(--hy-lit-{look.colour}-tint);"
        for light, look in current().items()
        if look.colour != SHIPPED[light].colour
    )
