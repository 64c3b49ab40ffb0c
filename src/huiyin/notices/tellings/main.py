"""Tellings of the main road, of variations and referrals, and of urgings."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin import clock
from huiyin.matters.rules import NoticeState
from huiyin.notices.holders import still_held
from huiyin.notices.models import Reminder
from huiyin.notices.rules import Channel
from huiyin.notices.tellings.heard import Heard, People, Telling, Tellings, both


def _proposed(heard: Heard) -> Iterator[Telling]:
    to = heard.people.of_post(heard.notice.approver_post_id) or heard.people.principal()
    count, why = heard.facts.get("count", 0), heard.notice.approver_why
    yield heard.of_notice("to_approve", to, "approver", n=count, rule=why)


def _approved(heard: Heard) -> Iterator[Telling]:
    yield heard.of_notice("to_issue", heard.people.office(), "office")


def _returned(heard: Heard) -> Iterator[Telling]:
    yield heard.of_notice("batch_returned", heard.people.office(), "office")


def _voided(heard: Heard) -> Iterator[Telling]:
    """The approver, who has it on the desk or has approved it; the next authority for one who left."""
    notice = heard.notice
    to = heard.people.of_post(notice.approver_post_id) or heard.people.principal()
    approved = heard.facts.get("from") == NoticeState.APPROVED
    kind = "approved_void" if approved else "batch_void"
    yield heard.of_notice(kind, to, "approver", words=notice.void_reason)


def _issued(heard: Heard) -> Iterator[Telling]:
    for unit in heard.facts.get("units", ()):
        yield heard.of_notice("list_to_sign", heard.people.liaison(int(unit)))


def _objected(heard: Heard) -> Iterator[Telling]:
    yield heard.checks("to_rule")


def _ruled(heard: Heard) -> Iterator[Telling]:
    granted = bool(heard.facts.get("granted"))
    asked = heard.people.liaison(heard.unit("unit"))
    yield heard.of("hand_back_granted" if granted else "hand_back_refused", asked)
    if heard.unit("new_lead"):
        yield heard.of("to_sign", heard.people.liaison(heard.unit("new_lead")))


def _submitted(heard: Heard) -> Iterator[Telling]:
    yield heard.checks("to_verify")


def _sent_back(heard: Heard) -> Iterator[Telling]:
    lead = heard.matter.lead_unit_id or 0
    yield heard.of("sent_back", both(heard.people.liaison(lead), heard.people.head(lead)))


def _verified(heard: Heard) -> Iterator[Telling]:
    if heard.facts.get("outcome") == "refuted":
        yield from _sent_back(heard)
    elif heard.matter.strike_offs.filter(verification=heard.facts["verification"]).exists():
        yield heard.of("to_sign_off", _leader(heard), "decider")


def _leader(heard: Heard) -> People:
    """The leader who answers for the matter: 谁验收、谁负责."""
    matter = heard.matter
    return heard.people.leader(matter.lead_unit_id or 0, matter.leader_post_id)


def _reopened(heard: Heard) -> Iterator[Telling]:
    lead = heard.matter.lead_unit_id or 0
    yield heard.of("reopened", both(heard.people.liaison(lead), heard.people.head(lead)))


def _part(heard: Heard) -> Iterator[Telling]:
    yield heard.of("part_to_sign", heard.people.liaison(heard.unit("unit")))


def _variation_asked(heard: Heard) -> Iterator[Telling]:
    post = heard.facts.get("decider_post")
    to = heard.people.of_post(post) if post else heard.people.office()
    yield heard.of("to_decide", to, "decider", unit=str(heard.matter.lead_unit or ""))


def _variation_decided(heard: Heard) -> Iterator[Telling]:
    granted = heard.facts.get("granted")
    yield heard.of("variation_granted" if granted else "variation_refused", heard.lead())


def _referred(heard: Heard) -> Iterator[Telling]:
    if heard.facts.get("for_office"):
        yield heard.checks("referral_to_rule")
    else:
        yield heard.of("referral_offered", heard.people.liaison(heard.unit("to")))


def _taken_over(heard: Heard) -> Iterator[Telling]:
    former = heard.people.liaison(heard.unit("from"))
    yield heard.of("referral_taken", former, unit=heard.unit_name("to"))


def _declined(heard: Heard) -> Iterator[Telling]:
    former = heard.people.liaison(heard.unit("from"))
    yield heard.of("referral_declined", former, unit=heard.unit_name("to"))


def _referral_ruled(heard: Heard) -> Iterator[Telling]:
    if heard.facts.get("granted"):
        yield from _taken_over(heard)
        yield heard.of("to_sign", heard.people.liaison(heard.unit("to")))
    else:
        yield from _declined(heard)


def _urged(heard: Heard) -> Iterator[Telling]:
    """Those named in the urging who still hold the post they were urged in."""
    row = Reminder.objects.select_related("unit_list").get(pk=heard.facts["reminder"])
    if row.channel != Channel.SYSTEM:
        return
    to = still_held([(p["post"], p["user"]) for p in row.recipients], on=clock.today())
    yield Telling(
        kind="urged" if row.clock else "urged_by_hand",
        why="office" if row.rung == "office" else "post" if row.clock else "chosen",
        to=to,
        matter=row.matter_id,
        notice=row.unit_list.notice_id if row.unit_list else None,
        slip=row.slip,
        said={"by": heard.by, "words": row.words, "ladder": row.rule},
    )


TELLINGS: Tellings = {
    "notice.propose": _proposed,
    "notice.approve": _approved,
    "notice.return_to_office": _returned,
    "notice.issue": _issued,
    "notice.void": _voided,
    "assignment.hand_back": _objected,
    "assignment.rule_hand_back": _ruled,
    "assignment.submit_completion": _submitted,
    "matter.send_back": _sent_back,
    "matter.verify": _verified,
    "matter.reopen": _reopened,
    "matter.give_part": _part,
    "matter.ask_extension": _variation_asked,
    "matter.ask_adjustment": _variation_asked,
    "matter.ask_suspension": _variation_asked,
    "variation.decide": _variation_decided,
    "assignment.refer": _referred,
    "referral.take_over": _taken_over,
    "referral.decline": _declined,
    "referral.rule": _referral_ruled,
    "matter.remind": _urged,
    "matter.urge": _urged,
    "unit_list.urge": _urged,
}
