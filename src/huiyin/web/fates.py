"""What became of a demand, and the light of a matter: code → icon, class and word, in fixed order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.web import looks

FATES: Mapping[str, Promise] = {
    "closed": _("已办结"),
    "ontime": _("按期办理"),
    "overdue": _("逾期"),
    "standing": _("长期推进"),
    "aside": _("不立项"),
    "unclaimed": _("无人认领"),
}
"""The disjoint fates of `design.md` part 3, invariant 8, in the order in which they are shown."""

LIGHTS: Mapping[str, Promise] = {
    **FATES,
    "ontime": _("按期"),
    "near": _("临期"),
    "behind": _("滞后"),
    "grave": _("严重滞后"),
    "paused": _("暂停"),
}
"""Every code `_light.html` can draw, with the word used when none is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the bar of fates."""

    code: str
    label: str
    count: int


def parts(counts: Mapping[str, int]) -> tuple[Part, ...]:
    """The fates that occur, in the fixed order, so that the bar never reshuffles."""
    return tuple(
        Part(code=code, label=looks.word(code) or str(label), count=counts[code])
        for code, label in FATES.items()
        if counts.get(code)
    )


_NARROWEST = 0.09
"""Share of the bar below which a label no longer fits under its part."""


def crowded(bar: Sequence[Part]) -> bool:
    """Whether a part is too narrow for its label; then the labels stand in a row of their own."""
    total = sum(part.count for part in bar)
    return any(part.count < total * _NARROWEST for part in bar)
