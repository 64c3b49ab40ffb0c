"""Lights as pages show them and as the database sorts by them: comparisons of stored days with today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Case, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.matters.clocks import turning_of
from huiyin.matters.models import Matter
from huiyin.matters.queries.planned import plan_share
from huiyin.matters.rules import (
    BEFORE_DISPATCH,
    REPLACED,
    Light,
    MatterState,
    Nature,
    Reason,
    Shown,
    shown,
)
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules.words import SIGNERS
from huiyin.web import looks
from huiyin.web.format import day

GROUPS: tuple[tuple[str, Promise], ...] = (
    ("overdue", gettext_lazy("逾期")),
    ("grave", gettext_lazy("严重滞后")),
    ("behind", gettext_lazy("滞后")),
    ("near", gettext_lazy("临期")),
    ("ontime", gettext_lazy("按期")),
    ("standing", gettext_lazy("长期推进")),
    ("suspended", gettext_lazy("已中止")),
    ("undispatched", gettext_lazy("未交办")),
    ("closed", gettext_lazy("已办结")),
    ("withdrawn", gettext_lazy("已撤销")),
    ("replaced", gettext_lazy("已并入或拆分")),
)
"""The groups of the register in the order of consequence; their places are what `rank` gives."""

FATES = dict.fromkeys((Light.NEAR, Light.BEHIND, Light.GRAVE, Light.PAUSED), "ontime")


SLIP_LIGHTS = {
    light: str(light) for light in (Light.NEAR, Light.BEHIND, Light.GRAVE, Light.OVERDUE)
}
"""Lights that may come with a slip, by the rule's name for them."""


def rank(today: date) -> Case:
    """The place of a matter's light in GROUPS, worked out by the database; no colour is stored."""
    order = {code: place for place, (code, _label) in enumerate(GROUPS)}
    return Case(
        When(state=MatterState.CLOSED, then=Value(order["closed"])),
        When(state=MatterState.WITHDRAWN, then=Value(order["withdrawn"])),
        When(state__in=REPLACED, then=Value(order["replaced"])),
        When(state=MatterState.SUSPENDED, then=Value(order["suspended"])),
        When(state__in=BEFORE_DISPATCH, then=Value(order["undispatched"])),
        When(nature=Nature.STANDING, then=Value(order["standing"])),
        When(late_on__lte=today, then=Value(order["overdue"])),
        When(grave_on__lte=today, then=Value(order["grave"])),
        When(behind_on__lte=today, then=Value(order["behind"])),
        When(attention_on__lte=today, then=Value(order["near"])),
        default=Value(order["ontime"]),
        output_field=IntegerField(),
    )


def group_of(matter: Matter, today: date) -> str:
    """The group of the register a matter stands in: what `rank` gives, said of one row in hand."""
    groups = {
        **dict.fromkeys(REPLACED, "replaced"),
        **dict.fromkeys(BEFORE_DISPATCH, "undispatched"),
        MatterState.SUSPENDED: "suspended",
        MatterState.CLOSED: "closed",
        MatterState.WITHDRAWN: "withdrawn",
    }
    found = groups.get(MatterState(matter.state))
    return found if found is not None else str(light_of(matter, today).light)


def light_of(matter: Matter, today: date) -> Shown:
    """The light of a matter today with its word and its reason; before several are asked, `know_plans`."""
    turns = turning_of(matter)
    found = shown(
        state=matter.state,
        nature=matter.nature,
        due_on=matter.due_on,
        turning=turns,
        next_check_on=matter.next_check_on,
        today=today,
        words=_own_words(),
    )
    why = {Light.BEHIND: turns.behind_why, Light.GRAVE: turns.grave_why}.get(found.light)
    if why == Reason.PROGRESS:
        found = _with_points(found, matter, today)
    elif why == Reason.REPORT and matter.next_report_on is not None:
        due = {"day": day(matter.next_report_on, today=today)}
        found = replace(found, why=_("应在%(day)s反馈，至今没有反馈") % due)
    return _with_days_left(found, matter, today) if why is not None else found


def _with_points(found: Shown, matter: Matter, today: date) -> Shown:
    """`滞后 24 点`: how far the report is behind the plan today."""
    plan, said = round((plan_share(matter, today) or 0) * 100), matter.reported_percent or 0
    gap = plan - said
    if gap <= 0:
        return found
    why = _("按时间应到 %(plan)d%%，报送 %(said)d%%") % {"plan": plan, "said": said}
    word = _points_behind(gap, looks.word("behind"))
    return replace(found, word=word if found.light is Light.BEHIND else found.word, why=why)


def _points_behind(gap: int, own: str) -> str:
    """`滞后 24 点`, in the office's own word where it has one."""
    if own:
        return ngettext("%(word)s %(n)d 点", "%(word)s %(n)d 点", gap) % {"word": own, "n": gap}
    return ngettext("滞后 %(n)d 点", "滞后 %(n)d 点", gap) % {"n": gap}


def _own_words() -> dict[str, str]:
    """The words the office put in place of the usual ones, by light."""
    return {light: look.word for light, look in looks.current().items() if look.word}


def groups() -> tuple[tuple[str, str], ...]:
    """GROUPS in words: the office's own for a light where it has one."""
    return tuple((code, looks.word(code) or str(label)) for code, label in GROUPS)


def _with_days_left(found: Shown, matter: Matter, today: date) -> Shown:
    """The reason of a light that turned early says the due day too."""
    if matter.due_on is None or matter.due_on < today:
        return found
    due = _("%(day)s到期") % {"day": day(matter.due_on, today=today)}
    return replace(found, why=f"{found.why}{_('；')}{due}")


def slip_of(matter: Matter, found: Shown, today: date) -> str:
    """`按亮灯规则发黄单，由督查室主任签发`; "" for a light without a slip. One query, none when it is green."""
    light = SLIP_LIGHTS.get(found.light)
    if light is None:
        return ""
    mark = rulebook.book(matter.jurisdiction_id, "lights").lights(on=today).mark(light)
    words = {"slip": mark.slip, "who": SIGNERS.get(mark.signer, "")}
    return _("按亮灯规则发%(slip)s，由%(who)s签发") % words if mark.slip else ""


def fate_of(found: Shown) -> str:
    """The fate whose tint the words of the demand carry."""
    return FATES.get(found.light, str(found.light))


def share(percent: int | None) -> float | None:
    """A percentage as a share of one."""
    return None if percent is None else percent / 100
