"""What each clause states: a task, a standing demand, a problem, a fact, or nothing to follow.

The learned model judges; a few rules of the annotation guide that hold nearly always come first
where its belief is weak.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from huiyin.reading import features, model, recurrence
from huiyin.reading.clauses import without_assignment
from huiyin.reading.draft import Draft, Finding
from huiyin.reading.pairs import Table
from huiyin.reading.seen import Seen

_DELIVERABLE = re.compile(
    r"(?:制定|制订|编制|出台|修订|设立|成立)[^，]{0,30}(?:方案|办法|清单|规划|细则|制度|机制|意见|标准|预案|目录|政策|窗口|专栏|小组|机构)"
)
_ASKED = re.compile(r"希望(?!.{0,4}得到)|请大家|请各位|大家要|需要我们|需要大家|要求我们")
_REACHED = re.compile(
    r"[共已达][^，]{0,12}\d|已(?:全部|全面)?(?:完成|办结|竣工|建成|开工|通过|达到|到位)|评为|与.{2,4}持平"
)
_RHYTHM = re.compile(r"每[月周季年]")
_ARGUES = re.compile(r"^(?:只有|如果|因为|随着|通过.{2,12}，(?:我们)?能够)")
_SURE = 0.99


def judge(draft: Draft) -> None:
    """Findings are the clauses taken for items, with the belief in them and the reasons."""
    learned = model.load()
    for clause, seen in zip(
        draft.clauses, clause_features(draft, model.table(learned)), strict=True
    ):
        if seen is None or clause.dates:
            continue
        kind, belief, reasons = decide(learned, clause.text, seen)
        if kind == "none":
            continue
        words, _ = without_assignment(clause.text)
        start = draft.clean.start(clause.start)
        end = draft.clean.end(clause.start + len(words.rstrip()))
        draft.findings.append(Finding(clause, kind, round(belief, 3), start, end, reasons))  # type: ignore[arg-type]


def decide(learned: model.Model, text: str, seen: Seen) -> tuple[str, float, list[str]]:
    """The kind of a clause, the belief in it, and why."""
    beliefs = learned.probabilities(seen)
    belief = max(beliefs)
    kind = model.KINDS[beliefs.index(belief)]
    ruled = _by_rule(text, seen.traits(), kind) if belief < _SURE else None
    if ruled and ruled[0] != kind:
        return ruled[0], max(0.5, beliefs[model.KINDS.index(ruled[0])]), [ruled[1]]
    return kind, belief, learned.reasons(seen, kind) if kind != "none" else []


def _by_rule(text: str, seen: Collection[str], kind: str) -> tuple[str, str] | None:
    """What the guide says outright: 制定办法 is a task, masked figures are a fact, 希望大家 is standing."""
    if kind != "none" and (
        "heading:1" in seen or (kind in ("task", "standing") and _ARGUES.match(text))
    ):
        return "none", "是下文的标题或说理"
    if "is:demand" not in seen and kind not in ("fact", "problem") and _is_reached(text, seen):
        return "fact", "说的是已达到的情况"
    if kind in ("standing", "none"):
        return _raised(text, seen, kind)
    if (
        kind == "task"
        and "is:rights" in seen
        and "is:makes" not in seen
        and "has:deadline" not in seen
    ):
        return "standing", "规定权利、待遇或条件"
    if kind == "task" and _RHYTHM.search(text) and "fig:0" in seen and "is:told" not in seen:
        return "standing", "周期性的职责"
    return None


def _is_reached(text: str, seen: Collection[str]) -> bool:
    if "has:masked" in seen:
        return True
    return "is:lacks" not in seen and "is:will" not in seen and _REACHED.search(text) is not None


def _raised(text: str, seen: Collection[str], kind: str) -> tuple[str, str] | None:
    """What was taken for less than it is: a paper or body to be made, a request to the audience."""
    if "is:told" not in seen and "is:says" not in seen and _DELIVERABLE.search(text):
        return "task", "要拿出文件、机构或制度"
    if kind == "none" and "is:told" not in seen and _RHYTHM.search(text) and recurrence.find(text):
        return "standing", "周期性的职责"
    return ("standing", "对听众提出要求") if kind == "none" and _ASKED.search(text) else None


def clause_features(draft: Draft, known: Table) -> list[Seen | None]:
    """The features of every clause of a draft whose blocks are assigned; labels have none."""
    for index, assigned in draft.assigned.items():
        draft.clauses[index].assigned = bool(assigned.lead)
    return features.document_features(
        draft.clauses, draft.marks, draft.headings, draft.header.doc_type, known
    )
