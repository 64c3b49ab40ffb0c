"""Lights as pages show them and as the database sorts by them: comparisons of stored days with today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Case, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.matters.models import Matter
from huiyin.matters.rules import BEFORE_DISPATCH, Light, MatterState, Nature, Shown, Turning, shown

GROUPS: tuple[tuple[str, Promise], ...] = (
    ("overdue", gettext_lazy("逾期")),
    ("behind", gettext_lazy("滞后")),
    ("near", gettext_lazy("临期")),
    ("ontime", gettext_lazy("按期")),
    ("standing", gettext_lazy("长期推进")),
    ("undispatched", gettext_lazy("未交办")),
    ("closed", gettext_lazy("已办结")),
    ("withdrawn", gettext_lazy("已撤销")),
)
"""The groups of the register in the order of consequence; their places are what `rank` gives."""

FATES = {Light.NEAR: "ontime", Light.BEHIND: "ontime", Light.PAUSED: "ontime"}


def rank(today: date) -> Case:
    """The place of a matter's light in GROUPS, worked out by the database; no colour is stored."""
    order = {code: place for place, (code, _label) in enumerate(GROUPS)}
    return Case(
        When(state=MatterState.CLOSED, then=Value(order["closed"])),
        When(state=MatterState.WITHDRAWN, then=Value(order["withdrawn"])),
        When(state__in=BEFORE_DISPATCH, then=Value(order["undispatched"])),
        When(nature=Nature.STANDING, then=Value(order["standing"])),
        When(late_on__lte=today, then=Value(order["overdue"])),
        When(attention_on__lte=today, then=Value(order["near"])),
        When(behind_on__lte=today, then=Value(order["behind"])),
        default=Value(order["ontime"]),
        output_field=IntegerField(),
    )


def light_of(matter: Matter, today: date) -> Shown:
    """The light of a matter today with its word and its reason."""
    turns = Turning(
        behind_on=matter.behind_on, attention_on=matter.attention_on, late_on=matter.late_on
    )
    found = shown(
        state=matter.state,
        nature=matter.nature,
        due_on=matter.due_on,
        turning=turns,
        next_check_on=matter.next_check_on,
        today=today,
    )
    return _with_points(found, matter, today) if found.light is Light.BEHIND else found


def _with_points(found: Shown, matter: Matter, today: date) -> Shown:
    """`滞后 24 点`: how far the report is behind the plan today."""
    gap = round((plan_share(matter, today) or 0) * 100) - (matter.reported_percent or 0)
    why = _("按时间应到 %(plan)d%%，报送 %(said)d%%") % {
        "plan": round((plan_share(matter, today) or 0) * 100),
        "said": matter.reported_percent or 0,
    }
    return replace(
        found, word=ngettext("滞后 %(n)d 点", "滞后 %(n)d 点", gap) % {"n": gap}, why=why
    )


def fate_of(found: Shown) -> str:
    """The fate whose tint the words of the demand carry."""
    return FATES.get(found.light, str(found.light))


def plan_share(matter: Matter, today: date) -> float | None:
    """Where the straight line from dispatch to the due day stands today, 0 to 1; None without one."""
    start, end = matter.dispatched_on, matter.due_on
    if start is None or end is None or matter.is_standing:
        return None
    if end <= start:
        return 1.0
    return min(max((today - start).days / (end - start).days, 0.0), 1.0)


def share(percent: int | None) -> float | None:
    """A percentage as a share of one."""
    return None if percent is None else percent / 100
