"""The demo office is founded: its units, people, portfolios, and one post lent for a term."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin import clock
from huiyin.demo.content import Delegation, Person, Unit
from huiyin.demo.stage import OFFICE_UID, Stage
from huiyin.demo.timeline import Phase, Step
from huiyin.door import Ask
from huiyin.people import actions as people
from huiyin.people.models import Unit as UnitRow
from huiyin.people.models import User

FOUNDED = -300
PASSWORD = "huiyin-demo"  # noqa: S105 - of a made-up office that listens on loopback only
"""Every account of the demo has it; the sign-in page says so."""


def steps(stage: Stage) -> Iterator[Step]:
    """Yield the founding, and each delegation at its own time."""
    yield Step(on=FOUNDED, phase=Phase.FOUND, run=partial(found, stage))
    for lent in stage.content.delegations:
        yield Step(
            on=lent.starts - 1,
            phase=Phase.FOUND,
            run=partial(_lend, stage, lent),
        )


def _lend(stage: Stage, lent: Delegation) -> None:
    """The giver's post may be acted in by somebody else for a term."""
    stage.do(
        people.set_delegation,
        stage.leader_post(lent.giver),
        lent.giver,
        to_id=stage.users[lent.to].pk,
        started_on=stage.day(lent.starts),
        ended_on=stage.day(lent.ends),
        reason=lent.reason,
    )


def found(stage: Stage) -> None:
    """The office stands with everybody in their posts."""
    content = stage.content
    office = people.found_office(
        name=content.name,
        short=content.short,
        is_demo=True,
        uid=OFFICE_UID,
        ask=Ask(key=f"demo-{OFFICE_UID.hex}"),
    )
    stage.office = office.pk
    for unit in sorted(content.units, key=lambda unit: unit.position):
        _stand(stage, unit)
    password = people.hashed(PASSWORD)
    for person in content.people:
        _appoint(stage, person, password)
    for portfolio in content.portfolios:
        for kind, codes in (("in_charge", portfolio.in_charge), ("liaison", portfolio.liaison)):
            for code in codes:
                stage.do(
                    people.give_portfolio,
                    stage.leader_post(portfolio.leader),
                    stage.machine("set_up"),
                    unit_id=stage.units[code],
                    kind=kind,
                )


def _stand(stage: Stage, unit: Unit) -> None:
    """The unit stands; the root one, founded with the office, gets its names."""
    names = {
        "name": unit.name,
        "short_name": unit.short_name,
        "aliases": list(unit.aliases),
        "kind": unit.kind,
    }
    if not unit.parent:
        root = UnitRow.objects.get(jurisdiction_id=stage.office, parent=None)
        stage.units[unit.code] = root.pk
        stage.do(people.change_unit, root.pk, stage.machine("set_up"), **names)
        return
    done = stage.do(
        people.create_unit,
        stage.office,
        stage.machine("set_up"),
        **names,
        parent_id=stage.units[unit.parent],
        line_superior_id=stage.units[unit.line] if unit.line else None,
        code=unit.code,
    )
    stage.units[unit.code] = done.facts["unit"]


def _appoint(stage: Stage, person: Person, password: people.PasswordHash) -> None:
    """The person has an account and holds the posts."""
    done = stage.do(
        people.create_user,
        stage.office,
        stage.machine("set_up"),
        username=person.login,
        name=person.name,
        password=password,
        must_change=False,
    )
    user = User.objects.get(pk=done.facts["user"])
    stage.users[person.login] = user
    for post in person.posts:
        stage.do(
            people.appoint,
            user.pk,
            stage.machine("set_up"),
            unit_id=stage.units[post.unit],
            role=post.role,
            title=post.title,
            started_on=clock.today(),
        )
