"""The seven haves (七有): what is there of a matter and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Have(StrEnum):
    """How far one of the seven haves is there."""

    FULL = "full"
    HALF = "half"
    NONE = "none"
    NA = "na"


@dataclass(frozen=True, slots=True, kw_only=True)
class SevenHaves:
    """有计划、有目标、有措施、有重点、有进度、有检查、有验收, each with what is there or missing."""

    plan: tuple[Have, str]
    goal: tuple[Have, str]
    measures: tuple[Have, str]
    focus: tuple[Have, str]
    progress: tuple[Have, str]
    check: tuple[Have, str]
    acceptance: tuple[Have, str]

    def rows(self) -> list[tuple[str, Have, str]]:
        """(name, how far, words) in the order of the speech."""
        names = (_("计划"), _("目标"), _("措施"), _("重点"), _("进度"), _("检查"), _("验收"))
        values = (
            self.plan,
            self.goal,
            self.measures,
            self.focus,
            self.progress,
            self.check,
            self.acceptance,
        )
        return [(name, have, words) for name, (have, words) in zip(names, values, strict=True)]

    @property
    def full(self) -> int:
        return sum(1 for _name, have, _words in self.rows() if have is Have.FULL)
