"""What a stated amount leaves open beside the amount demanded (31 of 83 所): it is asked, nothing is held up.

Pure: values in, questions out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.matters.rules.concerns import About, Concern
from huiyin.web.format import amount as number

FAR = 20
"""Points by which a percentage may differ from the amount before it is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """An amount somebody reports, beside the one demanded and the one reported last."""

    amount: Decimal
    wanted: Decimal
    unit: str = ""
    before: Decimal | None = None
    percent: int | None = None
    completion: bool = False


def questions(stated: Stated) -> Iterator[Concern]:
    """What the amount leaves open."""
    words = {"wanted": named(stated.wanted, stated.unit), "now": named(stated.amount, stated.unit)}
    if stated.before is not None and stated.amount < stated.before:
        was = {**words, "was": named(stated.before, stated.unit)}
        yield Concern(
            code=About.LESS_AMOUNT,
            words=_("数量比上次报的少：上次 %(was)s，这次 %(now)s。") % was,
        )
    if stated.completion:
        if stated.amount < stated.wanted:
            said = _("原定 %(wanted)s，报的是 %(now)s。") % words
            yield Concern(code=About.SMALLER, words=said)
    elif stated.amount > stated.wanted:
        said = _("报了 %(now)s，多于原定 %(wanted)s，还没有报送办结：口径一样吗？") % words
        yield Concern(code=About.MORE_AMOUNT, words=said)
    elif (gap := _gap(stated)) is not None:
        said = _("%(now)s，是原定 %(wanted)s的 %(share)d%%，进度填的是 %(percent)d%%。")
        found = said % {**words, "share": gap, "percent": stated.percent}
        yield Concern(code=About.FAR_AMOUNT, words=found)


def share(amount: Decimal, wanted: Decimal) -> int:
    """An amount in whole percent of what was demanded, rounded down: 82 of 83 is not all of it."""
    return int(amount * 100 / wanted) if wanted else 0


def named(value: Decimal, unit: str) -> str:
    """`83 所`."""
    return f"{number(value)} {unit}".strip()


def _gap(stated: Stated) -> int | None:
    """The amount in percent, when the percentage is far from it; None when it is near."""
    if stated.percent is None or not stated.wanted:
        return None
    found = share(stated.amount, stated.wanted)
    return found if abs(found - stated.percent) >= FAR else None
