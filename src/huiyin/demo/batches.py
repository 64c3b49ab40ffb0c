"""Batches on their way: the table filled, proposed by the office, approved by a leader, issued."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from huiyin.demo.content import Notice, Story
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import Phase, Step
from huiyin.matters import actions as matters
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.people.models import Post


def steps(stage: Stage) -> Iterator[Step]:
    """Yield proposal, approval and issue of every batch."""
    for notice in stage.content.notices:
        yield from _notice_steps(stage, notice)


def _notice_steps(stage: Stage, notice: Notice) -> Iterator[Step]:
    on, by = notice.proposed
    yield Step(on=on, phase=Phase.PROPOSE, run=partial(_propose, stage, notice, by))
    if notice.approved is not None:
        yield Step(
            on=notice.approved, phase=Phase.APPROVE, run=partial(_approve, stage, notice, by)
        )
    if notice.issued is not None:
        yield Step(on=notice.issued, phase=Phase.ISSUE, run=partial(_issue, stage, notice, by))


def _propose(stage: Stage, notice: Notice, by: str) -> None:
    """The batch waits for its leader; what the office raised itself is registered first."""
    stories = [
        s for s in stage.content.stories if s.notice == notice.label and s.state != "registered"
    ]
    for story in stories:
        if story.why:
            _raise(stage, story, by)
    pks = [stage.matters[story.title] for story in stories]
    done = stage.do(
        matters.propose, stage.office, by, matters=pks, title=notice.title, basis=notice.basis
    )
    stage.notices[notice.label] = done.facts["notice"]


def _raise(stage: Stage, story: Story, by: str) -> None:
    """The office has registered what it saw itself (主动立项)."""
    amount = story.amount or (None, "")
    done = stage.do(
        matters.register,
        stage.office,
        by,
        title=story.title,
        nature=story.kind,
        origin="own",
        source_kind="own",
        source_label="督查室走访记录",
        quote=story.why,
        lead=stage.units[story.lead],
        supporting=stage.units_of(story.supporting),
        due_on=None if story.due is None else stage.day(story.due),
        acceptance=story.standard,
        quantity=amount[0],
        quantity_unit=amount[1],
    )
    stage.matters[story.title] = done.facts["matter"]
    fill(stage, story, by)


def fill(stage: Stage, story: Story, by: str) -> None:
    """The matter's cells say what the story says; a cell that the words filled alike is left alone."""
    matter = Matter.objects.get(pk=stage.matters[story.title])
    given: dict[str, Any] = {}
    if matter.lead_unit_id != stage.units[story.lead]:
        given["lead"] = stage.units[story.lead]
    wanted = set(stage.units_of(story.supporting))
    if wanted != set(
        matter.assignments.filter(role="supporting").values_list("unit_id", flat=True)
    ):
        given["supporting"] = sorted(wanted)
    if story.every and matter.interval != story.every.replace("-", "_"):
        given["interval"] = story.every.replace("-", "_")
    if story.due is not None and matter.due_on != stage.day(story.due):
        given["due_on"] = stage.day(story.due)
    if story.standard:
        given["acceptance"] = story.standard
    if story.leader:
        given["leader_post"] = stage.leader_post(story.leader)
    if given:
        stage.do(matters.fill, matter.pk, by, **given)


def _approve(stage: Stage, notice: Notice, by: str) -> None:
    """The leader whom the rule named has approved; a decision that ordered it stands for that."""
    pk = stage.notices[notice.label]
    if notice.basis:
        stage.do(matters.rest_on, pk, by, basis=notice.basis)
        return
    leader = notice.approver or _approver_of(stage, pk)
    stage.do(matters.approve_notice, pk, leader, opinion=notice.opinion)


def _approver_of(stage: Stage, pk: int) -> str:
    """Return who holds the post that the rule named for a batch."""
    post = Post.objects.get(
        pk=SupervisionNotice.objects.values_list("approver_post", flat=True).get(pk=pk)
    )
    return next(login for login, user in stage.users.items() if user.pk == post.user_id)


def _issue(stage: Stage, notice: Notice, by: str) -> None:
    stage.do(matters.issue_notice, stage.notices[notice.label], by)
