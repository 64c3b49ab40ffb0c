"""What every page knows: who is looking, what they may open, the day, the demo, the theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiyin import clock
from huiyin.actors import LEADERS, OFFICE, UNIT_STAFF, Actor, Role
from huiyin.web import looks
from huiyin.web.badges import Counted, counted

BUSINESS = OFFICE | LEADERS | UNIT_STAFF | {Role.AUDITOR}
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the main navigation; `roles` are those who find something there, `also` its other addresses."""

    path: str
    label: Promise
    roles: frozenset[Role]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A place as shown to one viewer."""

    path: str
    label: Promise
    current: bool


class Shell(TypedDict):
    """The variables given to every template."""

    demo: bool
    nav: tuple[NavItem, ...]
    viewer: Actor | None
    today: date
    theme: str
    badges: list[Counted]
    looks: looks.Looks
    colours: str


PLACES = (
    Place(
        path="/desk/", label=_("案头"), roles=BUSINESS | {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}
    ),
    Place(
        path="/documents/",
        label=pgettext_lazy("place", "文件"),
        roles=OFFICE | LEADERS | {Role.AUDITOR},
        also=("/instructions/",),
    ),
    Place(path="/matters/", label=_("台账"), roles=BUSINESS),
    Place(
        path="/notices/",
        label=pgettext_lazy("place", "督办通知"),
        roles=BUSINESS,
        also=("/dispatch/", "/lists/"),
    ),
    Place(
        path="/verification/", label=pgettext_lazy("place", "核查"), roles=OFFICE | {Role.AUDITOR}
    ),
    Place(path="/audit/", label=_("审计"), roles=OFFICE | {Role.AUDITOR, Role.PRINCIPAL_LEADER}),
    Place(
        path="/settings/",
        label=_("设置"),
        roles=OFFICE | {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR},
        also=("/units/", "/people/", "/posts/"),
    ),
)


def places(roles: Iterable[Role], path: str) -> tuple[NavItem, ...]:
    """The places somebody with `roles` may open, the one holding `path` marked current."""
    held = frozenset(roles)
    return tuple(
        NavItem(
            path=place.path, label=place.label, current=path.startswith((place.path, *place.also))
        )
        for place in PLACES
        if place.roles & held
    )


def shell(request: HttpRequest) -> Shell:
    """Context processor: no query of its own, so it also serves error pages."""
    viewer: Actor | None = getattr(request, "actor", None)
    theme = request.COOKIES.get("hy_theme", "")
    return {
        "demo": bool(getattr(settings, "DEMO", False)),
        "nav": places(viewer.roles, request.path) if viewer else (),
        "viewer": viewer,
        "today": clock.today(),
        "theme": theme if theme in THEMES else "",
        "badges": counted(viewer, request.path),
        "looks": looks.current(),
        "colours": looks.colours(),
    }
