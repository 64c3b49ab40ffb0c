"""Pure decisions about posts and names: which roles exclude each other, how a place is written."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from huiyin.actors import Role

THREE_ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
"""三员: no two of them lie with one person, and none of them acts on matters."""
LENT_ROLES = frozenset(Role) - THREE_ADMINISTRATORS - {Role.MACHINE}
"""Roles whose posts may be delegated for a term."""

_PLACE = re.compile(r"^(.{1,12}?(?:自治[区州县旗]|特别行政区|[省市县区旗州盟]))")


def clash(held: Collection[Role], new: Role) -> str | None:
    """Why somebody holding `held` cannot also be given `new`; None when nothing stands against it.

    Source: the separation of the three administrators in classified protection (三员分立).
    """
    others = set(held) - {new}
    if new in THREE_ADMINISTRATORS and others & THREE_ADMINISTRATORS:
        return _("系统管理员、安全管理员、审计员不能由一人兼任。")
    if new in THREE_ADMINISTRATORS and others:
        return _("承办或督办事项的人不能兼任管理员、审计员。")
    if others & THREE_ADMINISTRATORS:
        return _("管理员、审计员不能再任承办或督办岗位。")
    return None


def place_of(office: str) -> str:
    """`云岭市人民政府` → `云岭市`; empty when the name begins with no place."""
    found = _PLACE.match(office)
    return found[1] if found else ""


def short_name_of(name: str, place: str) -> str:
    """`云岭市教育局` → `市教育局`; a town keeps its own name."""
    if not place or not name.startswith(place) or len(name) - len(place) < 2:
        return name
    rest = name.removeprefix(place)
    level = place[-1] if place[-1] in "省市县区旗州盟" else ""
    return f"{level}{_short_government(rest)}"


def _short_government(rest: str) -> str:
    return rest.replace("人民政府办公室", "政府办").replace("人民政府", "政府")
