"""Urging (催办): by hand, with a cool-down that only a reason overrides; and by the clock, a step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal
from huiyin.matters.models import Matter, UnitList
from huiyin.notices import permits
from huiyin.notices.concerned import concerned
from huiyin.notices.holders import still_held
from huiyin.notices.models import Reminder
from huiyin.notices.rules import URGED, Addressee, Channel
from huiyin.notices.said import last_told
from huiyin.notices.urged import urged_about
from huiyin.rulebook import queries as rulebook
from huiyin.rulebook.rules import URGING


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder as it is sent: what it counts from, which unit answers, by which version."""

    clock: str
    base_on: date
    unit: int
    days: int
    rung: str
    slip: str
    rule: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person in a post, by their ids."""

    post: int
    user: int


@action(
    "matter.remind",
    label=gettext_lazy("催办"),
    model=Matter,
    permit=permits.may_remind,
    when=set(URGED),
    touches=False,
)
def remind(
    matter: Matter,
    call: Call,
    *,
    channel: str = "system",
    words: str = "",
    to: Sequence[int] = (),
    anyway: str = "",
) -> Facts:
    """These people (posts; the lead unit's liaison officer when none is named) were urged, by this channel.

    Somebody urged within the cool-down is not urged again without a reason (`anyway`).
    """
    if channel not in Channel.values:
        raise _bad("channel", _("请选择系统、电话、书面或上门。"))
    people = _chosen(matter, to, call.today)
    _check_cool_down(matter, people, anyway, call.today)
    lead = matter.lead_unit_id or 0
    units = [person.unit_id for person in people]
    row = Reminder(
        matter=matter,
        unit_id=lead if lead in units else _unit_of(matter, units),
        channel=channel,
        words=words.strip(),
        anyway=anyway.strip(),
    )
    return _sent(call, row, people)


@action(
    "matter.urge",
    label=gettext_lazy("按规则催办"),
    model=Matter,
    permit=permits.is_clock,
    when=set(URGED),
    touches=False,
    public=False,
)
def urge(matter: Matter, call: Call, *, step: Rung, to: Sequence[Holder]) -> Facts:
    """The step of the ladder was sent about the matter, to those who still hold their posts."""
    return _sent(call, _by_clock(step, matter=matter), _current(to, call.today))


@action(
    "unit_list.urge",
    label=gettext_lazy("按规则催促签收"),
    model=UnitList,
    permit=permits.is_clock,
    when={UnitList.State.SENT},
    touches=False,
    public=False,
)
def urge_list(unit_list: UnitList, call: Call, *, step: Rung, to: Sequence[Holder]) -> Facts:
    """The step was sent about the unsigned list, to those who still hold their posts."""
    return _sent(call, _by_clock(step, unit_list=unit_list), _current(to, call.today))


def _by_clock(step: Rung, **about: Matter | UnitList) -> Reminder:
    values = asdict(step)
    return Reminder(unit_id=values.pop("unit"), **values, **about)


def _sent(call: Call, row: Reminder, people: Sequence[Addressee]) -> Facts:
    """The urging stands with the names people have now."""
    row.jurisdiction_id = call.actor.jurisdiction_id
    row.recipients = [asdict(person) for person in people]
    row.sent_at, row.sent_on = call.at, call.today
    row.sent_by, row.sent_by_name = call.actor.user_id, call.actor.name
    call.create(row)
    return {
        "reminder": row.pk,
        "unit": row.unit_id,
        "channel": row.channel,
        "clock": row.clock,
        "days": row.days,
        "rung": row.rung,
        "to": [person.post for person in people],
    }


def _chosen(matter: Matter, posts: Sequence[int], today: date) -> tuple[Addressee, ...]:
    """The people in the named posts, all of them concerned with the matter."""
    known = concerned(matter, on=today)
    wanted = set(posts) or {person.post for person in known.liaison}
    unknown = wanted - {person.post for person in known.everybody}
    if unknown:
        raise _bad("to", _("有的人已不在岗，或者与这件事无关，请重新选择。"))
    people = tuple(person for person in known.everybody if person.post in wanted)
    if not people:
        raise Refusal(
            _("牵头单位没有在岗的联络员或负责人，没有人可催。"),
            code="nobody_to_urge",
            next_step=_("请先在“设置”里补上该单位的人员。"),
        )
    return people


def _check_cool_down(matter: Matter, people: Sequence[Addressee], anyway: str, today: date) -> None:
    """Refuse to urge again too soon, showing the last time; a reason overrides."""
    if anyway.strip():
        return
    rule = rulebook.book(matter.jurisdiction_id, URGING.code).stands(URGING, today)
    days, urged = rule.body.cool_down, urged_about(matter)
    warm = [
        last_told(person.name, told.on, told.how)
        for person in people
        if (told := urged.get(person.user)) and today < told.on + timedelta(days=days)
    ]
    if warm:
        words = {"last": _("；").join(warm), "n": days, "rule": rule.cited}
        raise Refusal(
            _("%(last)s。%(n)d天内不再催同一人（%(rule)s）。") % words,
            code="cooling_down",
            next_step=_("确需再催的，请写明理由。"),
            fields={"anyway": [_("写明理由后可以再催")]},
        )


def _current(to: Sequence[Holder], today: date) -> tuple[Addressee, ...]:
    people = still_held([(holder.post, holder.user) for holder in to], on=today)
    if not people:
        raise Refusal(_("要催的人都已不在岗。"), code="nobody_to_urge")
    return people


def _unit_of(matter: Matter, units: Sequence[int]) -> int:
    """The unit that was urged when the lead was not: a supporting one; else it counts as the lead's."""
    rows = [row.unit_id for row in matter.assignments.all()]
    return next((unit for unit in units if unit in rows), matter.lead_unit_id or 0)


def _bad(field: str, sentence: str) -> Refusal:
    return Refusal(sentence, code="bad_value", fields={field: [sentence]})
