"""Values that are asked for or granted in place of what was fixed: each checked against what holds and the rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.door import Call
from huiyin.errors import Refusal
from huiyin.matters import deciders
from huiyin.matters.models import Matter
from huiyin.matters.rules import VariationKind
from huiyin.web.format import full_day


def check_due(matter: Matter, call: Call, until: date | None, *, field: str) -> date:
    """A later due day within what the rule allows at one time."""
    due = matter.due_on
    if until is None or due is None or until <= due or until < call.today:
        now = full_day(due) if due else ""
        raise bad(field, _("新的时限要晚于现行时限（%(day)s），也不能早于今天。") % {"day": now})
    rule = deciders.rule_of(matter, today=call.today)
    row = deciders.row_of(matter, VariationKind.EXTEND, rule)
    if until > row.last_day(max(due, call.today)):
        words = {"n": row.longest, "day": full_day(row.last_day(max(due, call.today)))}
        raise bad(field, _("一次最多延期 %(n)d 天，不能晚于 %(day)s。") % words)
    return until


def check_until(matter: Matter, call: Call, until: date | None, *, field: str) -> date:
    """A coming day by which the matter is taken up again, within what the rule allows."""
    if until is None or until <= call.today:
        raise bad(field, _("恢复办理的日期要在今天以后。"))
    rule = deciders.rule_of(matter, today=call.today)
    last = deciders.row_of(matter, VariationKind.SUSPEND, rule).last_day(call.today)
    if until > last:
        raise bad(field, _("不能晚于 %(day)s。") % {"day": full_day(last)})
    return until


def check_amount(matter: Matter, quantity: Decimal | None) -> Decimal:
    """Another amount than the present one, where an amount was fixed."""
    if matter.quantity is None:
        raise Refusal(
            _("这件事交办时没有定数量，请申请调整标准或者目标。"),
            code="no_amount",
            fields={"kind": [_("没有定数量")]},
        )
    if quantity is None or not quantity.is_finite() or quantity < 0:
        raise bad("quantity", _("请填新的数量。"))
    if quantity == matter.quantity:
        raise bad("quantity", _("和现行数量一样，不用申请。"))
    return quantity


def current_words(matter: Matter, kind: str) -> str:
    """What the standard or the goal says now."""
    return matter.acceptance if kind == VariationKind.STANDARD else matter.goal


def set_words(matter: Matter, kind: str, words: str) -> None:
    """The standard or the goal says this now."""
    if kind == VariationKind.STANDARD:
        matter.acceptance = words
    else:
        matter.goal = words


def check_words(was: str, words: str) -> str:
    """Other words than the present ones."""
    words = words.strip()
    if not words or words == was.strip():
        raise bad("words", _("请写出要改成什么，和现行的不能一样。"))
    return words


def bad(field: str, sentence: str) -> Refusal:
    """A refusal whose sentence stands by its field."""
    return Refusal(sentence, code="bad_value", fields={field: [sentence]})
