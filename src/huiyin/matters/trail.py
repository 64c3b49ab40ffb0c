"""经过: what happened to a matter, told as sentences an official would say, newest first.

Told from the ledger's events and the texts beside them, so that the story and the proof are one.
Every verb of a matter has its teller here; a verb without one is told by its label, as a system record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from huiyin import clock
from huiyin.actors import LEADERS, UNIT_STAFF
from huiyin.door import label_of
from huiyin.ledger.models import Event, EventText
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.rules import OPEN
from huiyin.web.format import day as day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the story: `lead` is bold, `quote` are somebody's own words."""

    at: datetime
    lead: str
    rest: str = ""
    quote: str = ""
    system: bool = False
    mark: str = "dot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event made ready for its teller."""

    at: datetime
    nested: bool
    facts: Mapping[str, Any]
    actor: Mapping[str, Any]
    texts: Mapping[str, str]
    matter: Matter
    notices: Mapping[int, SupervisionNotice]
    today: date
    again: bool

    @property
    def who(self) -> str:
        """`沈岚副市长`, `市政府督查室周明`, `市水利局`: as the office would name them."""
        name, role = str(self.actor.get("name", "")), self.actor.get("role", "")
        unit, title = str(self.actor.get("unit_name", "")), str(self.actor.get("title", ""))
        said = (
            f"{name}{title}" if role in LEADERS else unit if role in UNIT_STAFF else f"{unit}{name}"
        )
        behalf = self.actor.get("on_behalf_of_name", "")
        return (
            _("%(who)s（代%(behalf)s）") % {"who": said or name, "behalf": behalf}
            if behalf
            else said or name
        )

    @property
    def name(self) -> str:
        return str(self.actor.get("name", ""))

    def text(self, column: str) -> str:
        """The text of a column this event wrote, whatever row it was in; "" when none or withdrawn."""
        return next(
            (text for path, text in self.texts.items() if path.rsplit("/", 1)[-1] == column), ""
        )

    def day(self, value: object) -> str:
        """An ISO date of the facts as `11月12日`."""
        return day_words(date.fromisoformat(str(value)), today=self.today) if value else ""

    def line(self, lead: str, rest: str = "", *, quote: str = "", system: bool = False) -> Entry:
        return Entry(at=self.at, lead=lead, rest=rest, quote=quote, system=system)


def trail(matter: Matter, *, today: date) -> list[Entry]:
    """The whole story of a matter, newest first; three queries at most."""
    events = list(
        Event.objects.filter(trail_kind="matter", trail_id=matter.pk).order_by("-position")
    )
    texts: dict[int, dict[str, str]] = {}
    for row in EventText.objects.filter(event__in=[event.pk for event in events]):
        texts.setdefault(row.event_id, {})[row.field] = row.text or ""
    bodies = {event.pk: json.loads(bytes(event.body)) for event in events}
    notices = _notices(bodies.values())
    first = {
        event.action: event.pk for event in events
    }  # the oldest one stays, as they come newest first
    entries = []
    for event in events:
        told = Told(
            at=event.at,
            nested="/" in event.request,
            facts=bodies[event.pk].get("facts", {}),
            actor=bodies[event.pk].get("actor", {}),
            texts=texts.get(event.pk, {}),
            matter=matter,
            notices=notices,
            today=today,
            again=first[event.action] != event.pk,
        )
        entries.append(_told(event.action, told))
    return _with_overdue(entries, matter, today)


def _notices(bodies: Any) -> dict[int, SupervisionNotice]:
    """Notices of batches the matter was in and is in no more, or whose words are told."""
    ids = {body["facts"].get("notice") for body in bodies if isinstance(body.get("facts"), dict)}
    wanted = [pk for pk in ids if isinstance(pk, int)]
    if not wanted:
        return {}
    rows = SupervisionNotice.objects.filter(pk__in=wanted).select_related("approver_post__user")
    return {row.pk: row for row in rows}


def _told(action: str, told: Told) -> Entry:
    teller = TELLERS.get(action)
    return teller(told) if teller else told.line(told.who, str(label_of(action)), system=True)


def _with_overdue(entries: list[Entry], matter: Matter, today: date) -> list[Entry]:
    """The day a matter became overdue stands in its story, though nobody did anything on it."""
    late = matter.late_on
    ended = matter.closed_on or (today if matter.state in OPEN else None)
    if late is None or ended is None or late > ended or late > today:
        return entries
    at = datetime.combine(late, time.min, tzinfo=clock.zone())
    line = Entry(at=at, lead=_("到期未办结，转为逾期。"), mark="overdue")
    place = next((i for i, entry in enumerate(entries) if entry.at < at), len(entries))
    return [*entries[:place], line, *entries[place:]]


def shown(entries: Sequence[Entry], *, with_system: bool) -> list[Entry]:
    """What the page lists: the story, or the story with every record of the system."""
    return [entry for entry in entries if with_system or not entry.system]


# One teller a verb.


def _register(told: Told) -> Entry:
    label = told.matter.source_label
    rest = _("，来源：%(label)s。") % {"label": label} if label else _("。")
    return told.line(_("%(who)s立项") % {"who": told.who}, rest)


def _fill(told: Told) -> Entry:
    return told.line(told.who, _("填写拟办内容。"), system=True)


def _propose(told: Told) -> Entry:
    notice = told.notices.get(told.facts.get("notice", 0))
    post = notice.approver_post if notice else None
    to = f"{post.user.name}{post.title}" if post else _("主要领导")
    return told.line(
        _("%(who)s列入拟办") % {"who": told.who}, _("，报%(to)s审批。") % {"to": to}, system=True
    )


def _approve(told: Told) -> Entry:
    notice = told.notices.get(told.facts.get("notice", 0))
    if notice is not None and notice.basis and told.actor.get("role") not in LEADERS:
        return told.line(
            _("%(who)s以批示或决定为据交办") % {"who": told.who}, _("："), quote=notice.basis
        )
    opinion = notice.opinion if notice else ""
    return told.line(
        _("%(who)s批准交办") % {"who": told.who}, _("：") if opinion else _("。"), quote=opinion
    )


def _take_back(told: Told) -> Entry:
    notice = told.notices.get(told.facts.get("notice", 0))
    return told.line(
        _("%(who)s退回拟办") % {"who": told.who}, _("。"), quote=notice.opinion if notice else ""
    )


def _dispatch(told: Told) -> Entry:
    number = told.matter.number
    due = told.day(told.facts.get("due_on"))
    words = _("，%(number)s") % {"number": number} if number else ""
    words += _("，%(due)s前办结。") % {"due": due} if due else _("。")
    return told.line(_("交办%(unit)s") % {"unit": told.matter.lead_unit or ""}, words)


def _sign(told: Told) -> Entry:
    until = told.day(told.facts.get("objection_until"))
    rest = _("，%(name)s。%(until)s前可以提出异议。") % {"name": told.name, "until": until}
    return told.line(_("%(who)s签收") % {"who": told.who}, rest)


def _hand_back(told: Told) -> Entry:
    return told.line(
        _("%(who)s提出异议") % {"who": told.who},
        _("，认为不属于本单位。"),
        quote=told.text("reason"),
    )


def _rule(told: Told) -> Entry:
    granted = told.facts.get("granted")
    rest = (
        _("，同意退回，改由新的牵头单位办理。") if granted else _("，不同意退回，仍由该单位办理。")
    )
    return told.line(
        _("%(who)s裁定归属") % {"who": told.who}, rest, quote=told.text("ruling_reason")
    )


def _plan(told: Told) -> Entry:
    count = told.facts.get("milestones", 0)
    rest = _("，分 %(n)s 个节点。") % {"n": count} if count else _("。")
    lead = _("%(who)s调整办理方案") if told.again else _("%(who)s报来办理方案")
    return told.line(lead % {"who": told.who}, rest)


def _report(told: Told) -> Entry:
    percent, files = told.facts.get("percent"), told.facts.get("evidence")
    rest = _("，进度 %(n)s%%") % {"n": percent} if percent is not None else ""
    rest += _("，附材料 %(n)s 份") % {"n": files} if files else ""
    quote = told.text("text")
    for column, words in (("problems", _("困难：%(text)s")), ("next_step", _("下一步：%(text)s"))):
        if told.text(column):
            quote += "\n" + words % {"text": told.text(column)}
    return told.line(_("%(who)s反馈进展") % {"who": told.who}, rest + _("。"), quote=quote)


def _submit(told: Told) -> Entry:
    files = told.facts.get("evidence")
    rest = _("，附材料 %(n)s 份。") % {"n": files} if files else _("。")
    return told.line(_("%(who)s报送办结") % {"who": told.who}, rest, quote=told.text("text"))


def _verify(told: Told) -> Entry:
    claimed, seen = told.facts.get("claimed"), told.facts.get("verified")
    confirmed = told.facts.get("outcome") == "confirmed"
    rest = _("，与报送相符") if confirmed else _("，与报送不符，退回重办")
    if seen is not None:
        rest += _("，认定完成 %(n)s%%") % {"n": seen}
    if isinstance(claimed, int) and isinstance(seen, int) and claimed > seen:
        rest += _("，比报送的少 %(n)s 点") % {"n": claimed - seen}
    return told.line(
        _("%(who)s核查") % {"who": told.who}, rest + _("。"), quote=told.text("finding")
    )


def _send_back(told: Told) -> Entry:
    rest = _("，第 %(n)s 次。") % {"n": told.facts.get("times", 1)}
    return told.line(_("%(who)s退回重办") % {"who": told.who}, rest, quote=told.text("reason"))


def _accept(told: Told) -> Entry:
    return told.line(_("%(who)s验收") % {"who": told.who}, _("。"), system=told.nested)


def _close(told: Told) -> Entry:
    to = told.text("addressee") or getattr(getattr(told.matter, "close_out", None), "addressee", "")
    rest = _("，答复%(to)s。") % {"to": to} if to else _("。")
    return told.line(_("%(who)s销号") % {"who": told.who}, rest, quote=told.text("summary"))


def _check(told: Told) -> Entry:
    following = told.day(told.facts.get("next_check_on"))
    seen = told.facts.get("verified")
    rest = _("，核实 %(n)d%%") % {"n": seen} if seen is not None else ""
    rest += _("，下次检查 %(day)s。") % {"day": following} if following else _("。")
    return told.line(_("%(who)s检查一次") % {"who": told.who}, rest, quote=told.text("finding"))


def _settle(told: Told) -> Entry:
    return told.line(_("%(who)s核查并销号") % {"who": told.who}, _("。"), system=True)


def _deliver(told: Told) -> Entry:
    return told.line(_("回告已送达"), _("，%(who)s记录。") % {"who": told.who})


def _withdraw(told: Told) -> Entry:
    return told.line(_("%(who)s撤销事项") % {"who": told.who}, _("。"), quote=told.text("reason"))


TELLERS: Mapping[str, Callable[[Told], Entry]] = {
    "matter.register": _register,
    "matter.fill": _fill,
    "matter.propose": _propose,
    "matter.approve": _approve,
    "matter.take_back": _take_back,
    "matter.dispatch": _dispatch,
    "assignment.sign_for": _sign,
    "assignment.hand_back": _hand_back,
    "assignment.rule_hand_back": _rule,
    "matter.set_plan": _plan,
    "assignment.report_progress": _report,
    "assignment.submit_completion": _submit,
    "matter.verify": _verify,
    "matter.send_back": _send_back,
    "matter.accept": _accept,
    "matter.close_out": _close,
    "matter.check": _check,
    "matter.settle": _settle,
    "close_out.deliver": _deliver,
    "matter.withdraw": _withdraw,
}
