"""What the margin of the echo view says of a demand: words, a line, the card of its matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin import clock
from huiyin.documents.models import Passage
from huiyin.documents.rules import Fate
from huiyin.matters.models import Matter, Report
from huiyin.matters.queries import light_of, plan_share
from huiyin.matters.rules import Light, MatterState
from huiyin.web.format import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The last report on a matter."""

    on: date
    text: str


Reports = Mapping[int, Said]


def last_reports(matters: Sequence[int]) -> Reports:
    """The latest report of each matter; one query."""
    if not matters:
        return {}
    latest = Report.objects.filter(matter__in=matters).values("matter").annotate(last=Max("pk"))
    rows = Report.objects.filter(pk__in=latest.values("last"))
    return {
        row.matter_id: Said(on=clock.day_of(row.reported_at), text=_short(row.text, 90))
        for row in rows
    }


def number(matter: Matter, short: str) -> str:
    """云督〔2026〕12-03."""
    return f"{short}督{matter.number}" if matter.number else ""


def words(fate: Fate, matter: Matter, today: date) -> str:
    """已办结 3月27日 · 按期办理 剩 10 天 · 逾期 51 天 · 长期推进."""
    if fate is Fate.CLOSED:
        return _("已办结 %(day)s") % {"day": day(matter.closed_on, today=today)}
    light = light_of(matter, today)
    if fate is Fate.STANDING:
        label = _("长期推进")
        return label if light.word == label else f"{label} {light.word}"
    if matter.state == MatterState.SUSPENDED:
        return str(light.word)
    if light.light in (Light.NEAR, Light.BEHIND):
        return _("按期办理 %(light)s") % {"light": light.word}
    return _("按期办理") if fate is Fate.ONTIME else str(light.word)


def line(fate: Fate, matter: Matter, today: date) -> str:
    """The second line of the note: who, by when, how it ended or when it was looked at."""
    unit = str(matter.lead_unit) if matter.lead_unit else _("没有牵头单位")
    more = {
        Fate.CLOSED: _closed,
        Fate.STANDING: _standing,
    }.get(fate, _dated)
    return _("，").join([unit, *more(matter, today)])


def _closed(matter: Matter, today: date) -> list[str]:
    if matter.due_on is None or matter.closed_on is None:
        return []
    days = (matter.due_on - matter.closed_on).days
    told = [
        _("原定 %(day)s") % {"day": day(_first_due(matter), today=today)},
        *_moved(matter, today),
    ]
    if days:
        early = ngettext("早 %(n)d 天", "早 %(n)d 天", days)
        late = ngettext("晚 %(n)d 天", "晚 %(n)d 天", -days)
        told.append((early if days > 0 else late) % {"n": abs(days)})
    return told


def _standing(matter: Matter, today: date) -> list[str]:
    told = [str(matter.get_interval_display())] if matter.interval else []
    if matter.last_checked_on:
        told.append(_("%(day)s查过") % {"day": day(matter.last_checked_on, today=today)})
    return told


def _dated(matter: Matter, today: date) -> list[str]:
    told = [_("%(day)s到期") % {"day": day(matter.due_on, today=today)}] if matter.due_on else []
    if moved := _moved(matter, today):
        told = [_("原定 %(day)s") % {"day": day(_first_due(matter), today=today)}, *moved]
    if matter.state in (MatterState.SUBMITTED, MatterState.VERIFIED, MatterState.ACCEPTED):
        told.append(str(matter.get_state_display()))
    elif matter.verified_percent is not None:
        told.append(_("核实 %(n)d%%") % {"n": matter.verified_percent})
    return told


def _first_due(matter: Matter) -> date | None:
    """The due day fixed at dispatch; the present one where the baseline was not read with the matter."""
    baseline = matter.baseline if Matter.baseline.is_cached(matter) else None
    return baseline.due_on if baseline is not None else matter.due_on


def _moved(matter: Matter, today: date) -> list[str]:
    """`延至 12月20日`, where the due day is no longer the first one."""
    if matter.due_on is None or matter.due_on == _first_due(matter):
        return []
    return [_("延至 %(day)s") % {"day": day(matter.due_on, today=today)}]


def aside_line(row: Passage) -> str:
    """热线办法已有规定，纪明川 2月24日批准."""
    on = clock.day_of(row.decided_at) if row.decided_at else None
    agreed = _("%(name)s %(day)s批准") % {
        "name": row.approver_name,
        "day": day(on, today=clock.today()),
    }
    reason = _short(row.reason, 40).rstrip("。")
    return f"{reason}{_('，')}{agreed}"


def unclaimed(row: Passage, matters: Sequence[Matter], today: date) -> tuple[str, str]:
    """(无人认领 282 天, why nobody has it)."""
    document = row.document
    since = document.given_on or clock.day_of(document.imported_at)
    days = max((today - since).days, 0)
    for_days = ngettext("无人认领 %(n)d 天", "无人认领 %(n)d 天", days) % {"n": days}
    told = for_days if days else _("无人认领")
    live = [matter for matter in matters if matter.state != MatterState.WITHDRAWN]
    if live:
        state = live[0].get_state_display()
        waiting = live[0].state == MatterState.REGISTERED
        return told, _("已立项，还没有交办") if waiting else _("已立项，%(state)s") % {
            "state": state
        }
    if matters:
        return told, _("立过项，已撤销")
    names = _("、").join(row.lead_names)
    named = _("原话点了%(names)s，还没有立项") % {"names": names} if names else ""
    return told, named or _("原话没有点名，还没有立项")


def card(matter: Matter, said: Said | None, today: date) -> dict[str, Any]:
    """The card into which a chosen note opens."""
    return {
        "title": _short(matter.title, 60),
        "kv": [(label, value) for label, value in _kv(matter, today) if value],
        "said": _share(matter.reported_percent),
        "seen": _share(matter.verified_percent),
        "plan": plan_share(matter, today) if matter.state != MatterState.CLOSED else None,
        "last_day": said.on if said else None,
        "last": said.text if said else "",
    }


def _kv(matter: Matter, today: date) -> list[tuple[str, str]]:
    plan = getattr(matter, "plan", None)
    who = [str(matter.lead_unit)] if matter.lead_unit else []
    if plan is not None and plan.responsible_officer:
        who.append(plan.responsible_officer)
    rhythm = str(matter.get_interval_display()) if matter.interval else ""
    return [
        (_("现在回答"), _("，").join(who)),
        (_("要求"), _short(matter.acceptance, 60)),
        (_("原定"), day(matter.due_on, today=today) or rhythm),
        (_("状态"), str(matter.get_state_display())),
    ]


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / 100


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"
