"""How matters end: checked, kept open or sent back, closed, answered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin.demo.content import Check, Closing, Story
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import Phase, Step
from huiyin.matters import actions as matters
from huiyin.matters.models import CloseOut, StrikeOff

OWN = "市政府督查室"

DELIVERED_AFTER = 2
"""Days from a close-out to the record that its answer has arrived."""
PUBLISHED_FOR = 17
"""Days from the signature under a rectification to its close-out: longer than five working days."""
PRINCIPAL = "jimingchuan"
ADDRESSEES = {
    "speech": "纪明川市长",
    "plan": "市政府办公室",
    "rectification": "市审计局",
    "minutes": "市政府第三十一次常务会议",
    "bulletin": "市政府督查室",
    "safety": "顾砚秋副市长",
    "notice": "澜州市人民政府办公室",
    "suggestions": "市人大常委会",
}


def steps(stage: Stage, story: Story) -> Iterator[Step]:
    """Yield the checks, the close-out and the arrival of its answer."""
    if story.kind == "problem" and story.closing:
        yield from _struck_off(stage, story, story.closing)
        return
    together = story.closing is not None and story.checks[-1].on == story.closing.on
    for check in story.checks:
        if together and check is story.checks[-1]:
            continue
        on = stage.kept_on(story, check.on) if check is story.checks[-1] else check.on
        yield Step(on=on, phase=Phase.CHECK, run=partial(_check, stage, story, check))
    if story.closing:
        run = partial(_settle if together else _close, stage, story, story.closing)
        yield Step(on=story.closing.on, phase=Phase.CLOSE, run=run)
        on = story.closing.on + DELIVERED_AFTER
        if on < 0:
            yield Step(
                on=on, phase=Phase.DELIVER, run=partial(_deliver, stage, story, story.closing)
            )


def _struck_off(stage: Stage, story: Story, closing: Closing) -> Iterator[Step]:
    """Yield the steps of a rectification: checked, signed and published, closed when that is over."""
    for check in story.checks:
        yield Step(on=check.on, phase=Phase.CHECK, run=partial(_check, stage, story, check))
    signed = story.checks[-1].on + 1
    yield Step(on=signed, phase=Phase.STRIKE_OFF, run=partial(_sign, stage, story, closing))
    on = max(closing.on, signed + PUBLISHED_FOR)
    close = partial(_close, stage, story, closing, accepted=True)
    yield Step(on=on, phase=Phase.CLOSE, run=close)
    deliver = partial(_deliver, stage, story, closing)
    yield Step(on=on + DELIVERED_AFTER, phase=Phase.DELIVER, run=deliver)


def _sign(stage: Stage, story: Story, closing: Closing) -> None:
    """The leader in charge signs (谁验收、谁负责); the office publishes it inside."""
    row = StrikeOff.objects.select_related("matter__leader_post__user").get(
        matter_id=stage.matters[story.title], state="checked"
    )
    post = row.matter.leader_post
    stage.do(matters.sign_strike_off, row.pk, post.user.username if post else PRINCIPAL)
    stage.do(matters.publish_strike_off, row.pk, closing.by)


def _check(stage: Stage, story: Story, check: Check) -> None:
    """A standing matter was looked at and stays open; a claim was confirmed or refuted."""
    pk = stage.matters[story.title]
    if story.kind == "standing":
        stage.do(matters.check, pk, check.by, finding=check.finding)
        return
    outcome = "confirmed" if check.passed else "refuted"
    stage.do(
        matters.verify,
        pk,
        check.by,
        finding=check.finding,
        outcome=outcome,
        verified_percent=check.percent,
    )


def _settle(stage: Stage, story: Story, closing: Closing) -> None:
    """Verified, accepted, closed and answered by one person on one screen."""
    stage.do(
        matters.settle,
        stage.matters[story.title],
        closing.by,
        finding=story.checks[-1].finding,
        summary=closing.summary,
        addressee=_addressee(stage, story),
        answer=closing.answer,
    )


def _close(stage: Stage, story: Story, closing: Closing, *, accepted: bool = False) -> None:
    pk = stage.matters[story.title]
    if not accepted:
        stage.do(matters.accept, pk, closing.by)
    stage.do(
        matters.close_out,
        pk,
        closing.by,
        summary=closing.summary,
        addressee=_addressee(stage, story),
        answer=closing.answer,
    )


def _deliver(stage: Stage, story: Story, closing: Closing) -> None:
    answer = CloseOut.objects.get(matter_id=stage.matters[story.title])
    stage.do(matters.deliver, answer.pk, closing.by)


def _addressee(stage: Stage, story: Story) -> str:
    """Return who is answered: as the answer itself begins, 纪市长：… → the name and post of the data."""
    if story.instruction:
        one = next(one for one in stage.content.instructions if one.id == story.instruction)
        return _named(stage, one.leader)
    if story.document:
        return ADDRESSEES.get(story.document, OWN)
    return OWN


def _named(stage: Stage, login: str) -> str:
    person = next(person for person in stage.content.people if person.login == login)
    return f"{person.name}{person.posts[0].title}"
