"""One office in which every verb can be done to something: a matter at each place of its way, by known people.

Every whole is led by `water`, supported by `schools`, in the portfolio of `vice`; `k2` is consulted and asked to take over.
Parts are led by `k1` under a whole that `schools` leads. So each person of the cast has one relation to all of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from huiyin import clock
from huiyin.documents import actions as documents
from huiyin.documents.models import Passage
from huiyin.documents.tests.papers import read, taken_in
from huiyin.matters import actions
from huiyin.matters.breaking import PartRow
from huiyin.matters.models import Matter, StrikeOff, UnitList
from huiyin.matters.tests.road import Road
from huiyin.people import actions as people
from tests.cast import Cast

ANSWER = {"summary": "按期完成", "addressee": "罗文山市长", "answer": "泵站已试运行。"}


class Scene(Road):
    """Builds the office; `whole` and `part` bring a matter to a place of its way."""

    def built(self) -> Scene:
        """Everything there is, in a fixed order."""
        self._before_dispatch()
        self._asked()
        self._between_units()
        self._ends(self.submitted)
        self._ends(self._part)
        self._problems()
        self._slips()
        self._papers()
        self._people()
        return self

    def _before_dispatch(self) -> None:
        self.registered()
        self.proposed()
        notice = self.proposed()
        self.do(actions.approve_notice, notice, "vice")
        empty = self.proposed()
        self.do(actions.withdraw, empty.matters.get(), "office", reason="不再办理")
        self.dispatched()
        self.under_way()
        self.planned(nature="standing", due_on=None, interval="monthly")
        today = clock.today()
        self.do(
            actions.volunteer,
            self.cast.jurisdiction,
            "water",
            title="自查泵站",
            due_on=today + timedelta(days=20),
        )

    def _asked(self) -> None:
        self.extension_asked()
        self.suspended()
        matter = self.planned()
        lead = self.lead(matter)
        self.do(actions.report_progress, lead, "water", text="第一段已经开工", percent=10)
        matter = self.planned()
        self.do(actions.ask_report, self.lead(matter), "office", reason="市长要看", fields=["水位"])
        self.do(actions.make_draw, self.cast.jurisdiction, "office", size=2)
        self.do(actions.lead_personally, self.planned(), "vice")

    def _between_units(self) -> None:
        other = self.cast.units["k2"].pk
        matter = self.planned()
        self.do(actions.refer, self.lead(matter), "water", to=other, reason="属于园区")
        matter = self.planned()
        self.do(actions.consult, matter, "water", units=[other], question="有无意见")
        matter = self.planned()
        self.do(actions.ask_coordination, matter, "water", question="用地由谁批")
        matter = self.under_way()
        self.do(actions.hand_back, self.lead(matter), "water", reason="不属于本单位")

    def _part(self) -> Matter:
        """A part that `k1` reports as done, of a whole that `schools` leads."""
        schools = self.cast.units["schools"].pk
        whole = self.under_way(lead=schools, supporting=[])
        self.do(
            actions.set_plan,
            whole,
            "schools",
            goal="改造村小",
            measures="分期施工",
        )
        done = self.do(
            actions.break_down, whole, "schools", rows=[PartRow(unit=self.cast.units["k1"].pk)]
        )
        part = Matter.objects.get(pk=done.facts["parts"][0])
        for unit_list in UnitList.objects.filter(unit=part.lead_unit, state="sent"):
            self.do(actions.sign_list, unit_list, "k1")
        self.do(actions.set_plan, part, "k1", goal="改造", measures="施工")
        self._completed(part, "k1")
        return Matter.objects.get(pk=part.pk)

    def _completed(self, matter: Matter, by: str) -> None:
        given = {"text": "已经完成", "evidence": [self.evidence(by)], "parts_note": "一并办理"}
        self.do(actions.submit_completion, self.lead(matter), by, **given)

    def _ends(self, submitted: Any) -> None:
        """One at each place from reported as done to closed."""
        submitted()
        verified, accepted, closed = submitted(), submitted(), submitted()
        for matter in (verified, accepted, closed):
            self.do(actions.verify, matter, "mayor", finding="看过了")
        for matter in (accepted, closed):
            self.do(actions.accept, matter, "mayor")
        self.do(actions.close_out, closed, "mayor", **ANSWER)

    def _problems(self) -> None:
        """Rectifications at each step of their strike-off."""
        at = [
            self.submitted(nature="problem", origin="inspection", source_kind="rectification")
            for _ in range(4)
        ]
        for matter in at:
            self.do(actions.verify, matter, "office", finding="看过了")
        for matter in at[1:]:
            self.do(actions.sign_strike_off, self._strike_off(matter), "mayor")
        for matter in at[2:]:
            self.do(actions.publish_strike_off, self._strike_off(matter), "office")
        row = self._strike_off(at[3])
        days = (row.published_until - clock.today()).days + 1
        with clock.at(clock.now() + timedelta(days=days)):
            self.do(actions.close_out, at[3], "office", **ANSWER)

    def _slips(self) -> None:
        """A matter whose light calls for a slip, one that waits for its signature, one to be signed for."""
        matter = self.submitted()
        self.do(actions.verify, matter, "office", finding="没有办完", outcome="refuted")
        given = {"reason": "逾期未办结", "asked": "写明补救措施"}
        late, issued = self.planned(), self.planned()
        with clock.at(clock.now() + timedelta(days=40)):
            self.do(actions.issue_slip, late, "office", **given)
            self.do(actions.issue_slip, issued, "office", **given)
            self.do(actions.sign_slip, issued.slips.get(), "vice")

    def _strike_off(self, matter: Matter) -> Any:
        return StrikeOff.objects.get(matter=matter)

    def _papers(self) -> None:
        read(taken_in(self.actor("office")))
        rows = list(Passage.objects.filter(kind="task").order_by("pk"))
        self.do(documents.confirm, rows[0], "office")
        self.do(documents.register, rows[0], "office")
        self.do(documents.confirm, rows[1], "office")

    def _people(self) -> None:
        secret = {"digest": "0" * 64, "name": "对接"}
        self.do(people.create_token, self.cast.users["office"], "office", **secret)
        self.do(people.deactivate, self.cast.users["cbureau"], "sysadmin")


def scene(cast: Cast) -> Scene:
    """The office, built."""
    return Scene(cast).built()
