"""What units and verifiers do about matters once they are dispatched, and leaders' instructions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin import clock
from huiyin.demo import ending
from huiyin.demo.content import Instruction, Report, Ruling, Story, SupportingReport
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import Phase, Step
from huiyin.demo.uploads import evidence
from huiyin.documents import actions as documents
from huiyin.matters import actions as matters
from huiyin.matters.actions.doing import Step as Milestone
from huiyin.matters.models import Assignment, Matter, UnitList


def steps(stage: Stage) -> Iterator[Step]:
    """Yield what happens to every dispatched matter, and each instruction."""
    issued = {
        notice.label: notice.issued for notice in stage.content.notices if notice.issued is not None
    }
    given = {one.id: one for one in stage.content.instructions}
    for label, on in issued.items():
        stories = [story for story in stage.content.stories if story.notice == label]
        yield from _signing(stage, label, stories, on)
    for story in stage.content.stories:
        if story.instruction:
            one = given[story.instruction]
            yield Step(on=one.on, phase=Phase.ISSUE, run=partial(_dispatch, stage, one, story))
            yield from _signing(stage, one.id, [story], one.on)
        sent = given[story.instruction].on if story.instruction else issued.get(story.notice)
        if sent is not None:
            yield from _objecting(stage, story)
            yield from _doing(stage, story, sent)
            yield from ending.steps(stage, story)


def _dispatch(stage: Stage, one: Instruction, story: Story) -> None:
    """The instruction is kept, its matter registered and sent, in one act."""
    done = stage.do(
        documents.dispatch_instruction,
        stage.office,
        one.by,
        words=one.words,
        given_on=min(stage.day(one.on), clock.today()),
        leader_post=stage.leader_post(one.leader),
        paper=one.paper,
        title=story.title,
        nature=story.kind,
        lead=stage.units[story.lead],
        supporting=stage.units_of(story.supporting),
        due_on=None if story.due is None else stage.day(story.due),
        acceptance=story.standard,
    )
    stage.matters[story.title], stage.notices[one.id] = done.facts["matter"], done.facts["notice"]
    if story.answers:
        document, quote = story.answers
        passage = stage.passages[document, quote]
        stage.do(documents.link, passage, one.by, matter=done.facts["matter"])


def _signing(stage: Stage, label: str, stories: list[Story], issued: int) -> Iterator[Step]:
    """Yield each unit's signature for its list, one or two days on; some have not signed yet."""
    waiting = {story.lead for story in stories if story.state == "sent" and story.ruling is None}
    named = {unit for story in stories for unit in (story.lead, *story.supporting)}
    for place, code in enumerate(sorted(named - waiting)):
        theirs = [_first(story) for story in stories if code in (story.lead, *story.supporting)]
        on = min(issued + 1 + place % 2, *theirs, 0)
        yield Step(on=on, phase=Phase.SIGN, run=partial(_sign, stage, label, code))


def _first(story: Story) -> int:
    """Return the day of the first thing a unit says about the matter."""
    said = [*(r.on for r in story.reports), *(r.on for r in story.supporting_reports)]
    said += [one.on for one in (story.submitted,) if one] + [
        one[0] for one in (story.handed_back,) if one
    ]
    return min(said, default=0)


def _sign(stage: Stage, label: str, code: str) -> None:
    """The unit has signed for what waits on its list."""
    waiting = UnitList.objects.filter(
        notice_id=stage.notices[label], unit_id=stage.units[code], state=UnitList.State.SENT
    )
    for pk in list(waiting.values_list("pk", flat=True)):
        stage.do(matters.sign_list, pk, stage.staff_of(code))


def _objecting(stage: Stage, story: Story) -> Iterator[Step]:
    """Yield the objection, its ruling, and the signature of the unit that answers from then on."""
    if story.handed_back:
        on, reason = story.handed_back
        yield Step(on=on, phase=Phase.SIGN, run=partial(_hand_back, stage, story, reason))
    if story.ruling:
        yield Step(
            on=story.ruling.on, phase=Phase.RULE, run=partial(_rule, stage, story, story.ruling)
        )
        if story.state != "sent":
            run = partial(_sign, stage, story.instruction or story.notice, story.ruling.unit)
            yield Step(on=min(story.ruling.on + 1, 0), phase=Phase.SIGN, run=run)


def _doing(stage: Stage, story: Story, issued: int) -> Iterator[Step]:
    """Yield plan, reports and the claim that it is done."""
    if story.plan:
        on = min(_first(story) if not story.handed_back else 0, issued + 5)
        on = max(on, story.ruling.on + 1) if story.ruling else on
        yield Step(on=on, phase=Phase.PLAN, run=partial(_plan, stage, story))
    for report in story.reports:
        on = stage.kept_on(story, report.on) if report is story.reports[-1] else report.on
        yield Step(on=on, phase=Phase.REPORT, run=partial(_report, stage, story, report))
    for part in story.supporting_reports:
        yield Step(on=part.on, phase=Phase.REPORT, run=partial(_report_part, stage, story, part))
    for claim in (story.submitted, story.resubmitted):
        if claim:
            yield Step(on=claim.on, phase=Phase.SUBMIT, run=partial(_submit, stage, story, claim))


def _lead(stage: Stage, story: Story) -> Assignment:
    """Return the assignment of the unit that answers now."""
    current = Assignment.objects.current().filter(role="lead")
    found: Assignment = current.select_related("unit").get(matter_id=stage.matters[story.title])
    return found


def _lead_staff(stage: Stage, row: Assignment) -> str:
    return stage.staff_of(row.unit.code)


def _hand_back(stage: Stage, story: Story, reason: str) -> None:
    row = _lead(stage, story)
    stage.do(matters.hand_back, row.pk, _lead_staff(stage, row), reason=reason)


def _rule(stage: Stage, story: Story, ruling: Ruling) -> None:
    """Another unit answers from now on, or the same one still does."""
    row = _lead(stage, story)
    moved = row.unit.code != ruling.unit
    new_lead = stage.units[ruling.unit] if moved else None
    stage.do(
        matters.rule_hand_back,
        row.pk,
        ruling.by,
        granted=moved,
        reason=ruling.words,
        new_lead=new_lead,
    )


def _plan(stage: Stage, story: Story) -> None:
    """The lead unit has laid out goal, measures, focus and dated steps."""
    if story.plan is None:
        return
    row = _lead(stage, story)
    milestones = [Milestone(due_on=stage.day(on), what=what) for on, what in story.plan.steps]
    stage.do(
        matters.set_plan,
        row.matter_id,
        _lead_staff(stage, row),
        goal=story.plan.goal,
        measures=story.plan.measures,
        focus=story.plan.focus,
        responsible_officer=stage.users[_head_of(stage, row.unit.code)].name,
        milestones=milestones,
    )


def _head_of(stage: Stage, code: str) -> str:
    """Return the login of a unit's head when the demo knows one, else of its liaison officer."""
    heads = [
        p.login
        for p in stage.content.people
        for q in p.posts
        if q.unit == code and q.role == "unit_head"
    ]
    return heads[0] if heads else stage.staff_of(code)


def _report(stage: Stage, story: Story, report: Report) -> None:
    row = _lead(stage, story)
    standing, who = story.kind == "standing", _lead_staff(stage, row)
    stage.do(
        matters.report_progress,
        row.pk,
        who,
        text=report.text,
        percent=None if standing else report.percent,
        problems=report.problems,
        next_step=report.next_step,
        evidence=evidence(stage.users[who].pk, report.evidence, story.title, report.text),
        milestones_done=[] if standing else _reached(stage, story, report.percent),
    )


def _reached(stage: Stage, story: Story, percent: int) -> list[int]:
    """Return the open milestones among the share of all that the percentage stands for."""
    rows = list(Matter.objects.get(pk=stage.matters[story.title]).milestones.all())
    share = len(rows) * (percent + 8) // 100
    return [row.pk for row in rows[:share] if row.done_on is None]


def _report_part(stage: Stage, story: Story, part: SupportingReport) -> None:
    """A supporting unit has reported its own part."""
    row = Assignment.objects.current().get(
        matter_id=stage.matters[story.title], unit_id=stage.units[part.unit]
    )
    stage.do(matters.report_progress, row.pk, stage.staff_of(part.unit), text=part.text)


SILENT = "配合事项已由牵头单位一并办理。"
"""What a lead writes about parts nobody reported on."""


def _submit(stage: Stage, story: Story, claim: Report) -> None:
    row = _lead(stage, story)
    who = _lead_staff(stage, row)
    files = evidence(stage.users[who].pk, claim.evidence, story.title, claim.text)
    stage.do(
        matters.submit_completion,
        row.pk,
        who,
        text=claim.text,
        evidence=files,
        parts_note=SILENT,
    )
