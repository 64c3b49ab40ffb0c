"""Tellings of what is asked of another unit, leader or checker, and of the answer."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.matters.models import Consultation, Coordination
from huiyin.notices.tellings.heard import Heard, People, Telling, Tellings, both


def _consulted(heard: Heard) -> Iterator[Telling]:
    for unit in heard.facts.get("units", ()):
        yield heard.of("consulted", heard.people.liaison(int(unit)))


def _opinion(heard: Heard) -> Iterator[Telling]:
    slip = Consultation.objects.get(pk=heard.event.subject_id)
    yield heard.of("opinion_given", heard.people.liaison(slip.from_unit_id))


def _coordination_asked(heard: Heard) -> Iterator[Telling]:
    row = Coordination.objects.get(pk=heard.facts["coordination"])
    yield heard.of("to_coordinate", _settles(heard, row.to_post_id), "decider")


def _settles(heard: Heard, post: int | None) -> People:
    """The leader asked; a meeting has no post, so the office that prepares it."""
    return heard.people.of_post(post) or heard.people.office()


def _coordinated(heard: Heard) -> Iterator[Telling]:
    yield heard.of("coordinated", heard.people.liaison(heard.unit("unit")))


def _report_asked(heard: Heard) -> Iterator[Telling]:
    yield heard.of("report_asked", heard.people.liaison(heard.unit("unit")))


def _drawn(heard: Heard) -> Iterator[Telling]:
    yield heard.of("drawn", heard.people.of_post(heard.facts.get("checker")))


def _signed_off(heard: Heard) -> Iterator[Telling]:
    yield heard.checks("to_publish")


def _volunteered(heard: Heard) -> Iterator[Telling]:
    yield Telling(
        kind="volunteered",
        why="office",
        to=heard.people.office(),
        matter=heard.unit("matter"),
        said={"by": heard.by},
    )


def _supports(heard: Heard) -> Iterator[Telling]:
    yield heard.of("to_support", heard.people.liaison(heard.unit("unit")))


def _slip(heard: Heard) -> Iterator[Telling]:
    """The signer, while it waits; once it is issued the unit's liaison officer and its head, then who has a copy."""
    kind = str(heard.facts.get("kind", ""))
    if not heard.facts.get("number"):
        yield heard.of("slip_to_sign", _signs(heard), "decider", words=kind)
        return
    unit = heard.unit("unit")
    to = both(heard.people.liaison(unit), heard.people.head(unit))
    slip = f"{kind}（{heard.facts['number']}）"
    yield heard.of("slip_issued", to, words=slip)
    yield heard.of("slip_copied", _copied(heard, to), "copied", words=slip)


def _copied(heard: Heard, told: People) -> People:
    """Who has a copy and was not told as the unit."""
    found: People = heard.people.office() if heard.facts.get("copied_to_office") else ()
    for post in heard.facts.get("copied", ()):
        found = both(found, heard.people.of_post(post))
    known = {person.user for person in told}
    return tuple(person for person in found if person.user not in known)


def _signs(heard: Heard) -> People:
    return heard.people.of_post(heard.facts.get("signer_post")) or heard.people.principal()


def _slip_returned(heard: Heard) -> Iterator[Telling]:
    yield heard.of(
        "slip_returned", heard.people.office(), "office", words=heard.facts.get("kind", "")
    )


def _split_off(heard: Heard) -> Iterator[Telling]:
    yield heard.of("to_sign", heard.lead())


TELLINGS: Tellings = {
    "matter.consult": _consulted,
    "consultation.answer": _opinion,
    "matter.ask_coordination": _coordination_asked,
    "coordination.raise_to": _coordination_asked,
    "coordination.answer": _coordinated,
    "assignment.ask_report": _report_asked,
    "matter.draw": _drawn,
    "strike_off.sign": _signed_off,
    "matter.volunteer": _volunteered,
    "matter.add_supporting": _supports,
    "matter.split_off": _split_off,
    "matter.issue_slip": _slip,
    "slip.sign": _slip,
    "slip.return_to_office": _slip_returned,
}
