"""The main road as a fixture walks it: each function brings a matter one stage further."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import Cast

from huiyin import clock
from huiyin.actors import Actor
from huiyin.door import Ask, Done, perform
from huiyin.matters import actions
from huiyin.matters.actions.doing import Step
from huiyin.matters.evidence import EvidenceFile
from huiyin.matters.models import Assignment, Matter, SupervisionNotice, UnitList
from huiyin.web import uploads


class Road:
    """Walks matters of one cast from register to close-out."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def actor(self, key: str) -> Actor:
        return self.cast.actor(key)

    def do(self, verb: Any, subject: Any, by: str, **given: Any) -> Done:
        pk = subject if isinstance(subject, int) else subject.pk
        return perform(verb, pk, self.actor(by), Ask(uuid4().hex), **given)

    def registered(self, **cells: Any) -> Matter:
        """A task of the water bureau, supported by schools, due in thirty days."""
        given: dict[str, Any] = {
            "title": "城北提升泵站试运行",
            "nature": "task",
            "origin": "own",
            "source_kind": "own",
            "quote": "城北提升泵站要尽快试运行",
            "lead": self.cast.units["water"].pk,
            "supporting": [self.cast.units["schools"].pk],
            "due_on": clock.today() + timedelta(days=30),
        }
        given |= cells
        done = self.do(actions.register, self.cast.jurisdiction, "office", **given)
        return Matter.objects.get(pk=done.facts["matter"])

    def proposed(self, *matters: Matter, **cells: Any) -> SupervisionNotice:
        rows = matters or (self.registered(**cells),)
        done = self.do(
            actions.propose,
            self.cast.jurisdiction,
            "office",
            matters=[matter.pk for matter in rows],
        )
        return SupervisionNotice.objects.get(pk=done.facts["notice"])

    def issued(self, *matters: Matter, **cells: Any) -> SupervisionNotice:
        notice = self.proposed(*matters, **cells)
        self.do(actions.approve_notice, notice, self.approver(notice), opinion="同意")
        self.do(actions.issue_notice, notice, "office")
        return SupervisionNotice.objects.get(pk=notice.pk)

    def approver(self, notice: SupervisionNotice) -> str:
        """The key of the leader whom the rule named."""
        assert notice.approver_post is not None
        return notice.approver_post.user.username

    def dispatched(self, **cells: Any) -> Matter:
        return self.issued(**cells).matters.get()

    def under_way(self, **cells: Any) -> Matter:
        matter = self.dispatched(**cells)
        for lst in UnitList.objects.filter(notice=matter.notice, state="sent"):
            self.do(actions.sign_list, lst, lst.unit.code)
        return Matter.objects.get(pk=matter.pk)

    def planned(self, **cells: Any) -> Matter:
        matter = self.under_way(**cells)
        self.do(
            actions.set_plan,
            matter,
            "water",
            goal="年内通水",
            measures="分三段施工",
            focus="设备到货",
            milestones=[Step(due_on=clock.today() + timedelta(days=10), what="设备进场")],
        )
        return Matter.objects.get(pk=matter.pk)

    def submitted(self, **cells: Any) -> Matter:
        matter = self.planned(**cells)
        self.do(
            actions.submit_completion,
            self.lead(matter),
            "water",
            text="泵站已连续试运行七天",
            evidence=[self.evidence("water")],
            parts_note="配合事项由本局一并办理",
        )
        return Matter.objects.get(pk=matter.pk)

    def of_the_office(self, **cells: Any) -> Matter:
        """A problem the office itself had to put right; it says that it is done."""
        own = {"lead": self.cast.units["office"].pk, "supporting": [], "nature": "problem"}
        matter = self.dispatched(**own | cells)
        self.do(actions.sign_list, UnitList.objects.get(notice=matter.notice), "office")
        self.do(actions.set_plan, matter, "office", goal="台账补齐", measures="逐件核对")
        done = {"text": "台账已补齐", "evidence": [self.evidence("office")]}
        self.do(actions.submit_completion, self.lead(matter), "office", **done)
        return Matter.objects.get(pk=matter.pk)

    def extension_asked(self, **cells: Any) -> Matter:
        matter = self.planned(**cells)
        until = clock.today() + timedelta(days=45)
        self.do(actions.ask_extension, matter, "water", until=until, reason="汛期不能施工")
        return Matter.objects.get(pk=matter.pk)

    def suspended(self, **cells: Any) -> Matter:
        matter = self.planned(**cells)
        until = clock.today() + timedelta(days=10)
        self.do(actions.suspend, matter, "office", reason="等待环评批复", until=until)
        return Matter.objects.get(pk=matter.pk)

    def between(self, **cells: Any) -> Matter:
        """Under way, with a slip, a question to the leader and a referral that wait."""
        matter = self.planned(**cells)
        parks = self.cast.units["parks"].pk
        self.do(actions.consult, matter, "water", units=[parks], question="行道树怎么移")
        self.do(actions.ask_coordination, matter, "water", question="补偿由谁出")
        self.do(actions.refer, self.lead(matter), "water", to=parks, reason="归园林中心")
        return Matter.objects.get(pk=matter.pk)

    def closed(self, **cells: Any) -> Matter:
        matter = self.submitted(**cells)
        self.do(actions.settle, matter, "office", **SETTLED)
        return Matter.objects.get(pk=matter.pk)

    def lead(self, matter: Matter) -> Assignment:
        return matter.assignments.exclude(state="ended").get(role="lead")

    def evidence(self, by: str, name: str = "验收记录.txt") -> EvidenceFile:
        kept = uploads.keep(f"{name} 内容".encode(), name, owner_id=self.cast.users[by].pk)
        return EvidenceFile(
            name=kept.name, sha256=kept.sha256, size=kept.size, media_type=kept.media_type
        )


SETTLED = {
    "finding": "现场查看，两台泵运行正常",
    "summary": "按期完成试运行",
    "addressee": "罗文山市长",
    "answer": "泵站已于本月试运行，汛期可用。",
}


def at_noon(day: date | None, *, later: int = 0) -> Any:
    """The clock stands at noon of that day, or of some days later."""
    assert day is not None
    day += timedelta(days=later)
    return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=clock.zone()))
