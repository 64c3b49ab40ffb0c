"""Forms of notices and lists: an opinion, a reason, a basis; and exceptions when signing."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.errors import Refusal
from huiyin.matters.actions.signing import Objection
from huiyin.matters.forms.filters import numbers

WORDS = {
    "approve": "opinion",
    "return": "reason",
    "rest-on": "basis",
    "void": "reason",
}
"""What is done to a notice → the one thing a person writes for it."""


def given(what: str, sent: QueryDict) -> dict[str, str]:
    """The input of a verb on a notice."""
    name = WORDS.get(what)
    return {name: sent.get(name, "").strip()} if name else {}


def objections(sent: QueryDict) -> list[Objection]:
    """The rows ticked “不属于本单位” with their reasons; a ticked row without a reason is refused."""
    ticked = numbers(sent.getlist("not_ours"))
    found = [Objection(assignment=pk, reason=sent.get(f"reason_{pk}", "").strip()) for pk in ticked]
    lacking = {f"reason_{o.assignment}": [_("请写明理由")] for o in found if not o.reason}
    if lacking:
        raise Refusal(
            _("勾选了“不属于本单位”的，请写明理由，最好写出应由谁办。"),
            code="reason_missing",
            fields=lacking,
        )
    return found
