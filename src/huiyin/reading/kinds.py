"""What each clause states: a task, a standing demand, a problem, a fact, or nothing to follow.

The learned model judges; a few rules of the annotation guide that hold nearly always come first
where its belief is weak.
"""

from __future__ import annotations

import re

from huiyin.reading import features, model, recurrence
from huiyin.reading.clauses import without_assignment
from huiyin.reading.draft import Draft, Finding
from huiyin.reading.flags import flag
from huiyin.reading.seen import Seen

_RHYTHM = re.compile(r"每[月周季年]")
_ARGUES = re.compile(r"^(?:只有|如果|因为|随着|通过.{2,12}，(?:我们)?能够)")
_ANNOUNCES = re.compile(
    r"(?:存在|有)着?(?:一些|不少|许多|诸多|几个|很多|若干|较多|突出|不容忽视|需要改进|亟待解决|这样那样|以下|如下|“[^”]*”|[、等的还着]|主要|薄弱)*(?:问题|地方|不足|困难|短板|差距|环节)$"
)
_SURE = 0.99
# fmt: off
(_DEMAND, _TOLD, _MAKES, _LACKS, _RIGHTS, _SAYS, _WILL, _DEADLINE, _NO_FIGURE) = map(
    flag, ("is:demand", "is:told", "is:makes", "is:lacks", "is:rights", "is:says", "is:will", "has:deadline", "fig:0")
)
(_GOAL, _FORMULA, _TOPIC, _OWN_HEADING, _WITH_KIDS, _MASKED, _VERB_FIRST, _REACHED, _DELIVERS, _ASKED) = map(
    flag, ("goal", "formula", "topic", "heading:own", "heading:1", "has:masked", "verb-first", "reached", "deliver", "asked")
)
# fmt: on


def judge(draft: Draft) -> None:
    """Findings are the clauses taken for items, with the belief in them and the reasons."""
    learned = model.load()
    for clause, seen in zip(
        draft.clauses, clause_features(draft, model.of_pairs(learned)), strict=True
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
    ruled = _by_rule(text, seen.flags, kind) if belief < _SURE else None
    if ruled and ruled[0] != kind:
        return ruled[0], max(0.5, beliefs[model.KINDS.index(ruled[0])]), [ruled[1]]
    return kind, belief, learned.reasons(seen, kind) if kind != "none" else []


def _by_rule(text: str, seen: int, kind: str) -> tuple[str, str] | None:
    """What the guide says outright: 制定办法 is a task, masked figures are a fact, 希望大家 is standing.

    `seen` are the flags of the clause.
    """
    if kind != "none" and _only_leads_in(text, seen, kind):
        return "none", "是下文的标题或说理"
    if seen & _GOAL and not seen & _TOLD:
        return "task", "说的是要达到的目标"
    if kind not in ("fact", "problem") and not seen & _DEMAND and _is_reached(seen):
        return "fact", "说的是已达到的情况"
    if kind in ("standing", "none"):
        return _raised(text, seen, kind)
    if kind == "task" and seen & _RIGHTS and not seen & (_MAKES | _DEADLINE):
        return "standing", "规定权利、待遇或条件"
    if kind == "task" and seen & _NO_FIGURE and not seen & (_TOLD | _MAKES):
        return ("standing", "周期性的职责") if _RHYTHM.search(text) else None
    return None


def _only_leads_in(text: str, seen: int, kind: str) -> bool:
    """A heading, the topic of a paragraph, an announcement (存在一些问题) or an argument states nothing."""
    if text.endswith("如下") or (seen & _FORMULA and not seen & _DEMAND):
        return True
    own_heading = bool(seen & _OWN_HEADING and seen & _WITH_KIDS)
    if kind == "problem":
        return own_heading or _ANNOUNCES.search(text) is not None
    if kind == "standing" and not seen & _MAKES and (own_heading or seen & _TOPIC):
        return True
    return kind in ("task", "standing") and _ARGUES.match(text) is not None


def _is_reached(seen: int) -> bool:
    if seen & _DEADLINE:  # 到2026年底覆盖率达到80% is still to come
        return False
    if seen & _MASKED:
        return True
    imperative = seen & _VERB_FIRST and not seen & _TOLD
    return bool(seen & _REACHED) and not imperative and not seen & (_LACKS | _WILL)


def _raised(text: str, seen: int, kind: str) -> tuple[str, str] | None:
    """What was taken for less than it is: a paper or body to be made, a request to the audience."""
    if kind == "standing" and seen & _DELIVERS and not seen & (_TOLD | _SAYS):
        return "task", "要拿出文件、机构或制度"
    if kind == "none" and not seen & _TOLD and _RHYTHM.search(text) and recurrence.find(text):
        return "standing", "周期性的职责"
    return ("standing", "对听众提出要求") if kind == "none" and seen & _ASKED else None


def clause_features(draft: Draft, weights: dict[int, int]) -> list[Seen | None]:
    """The features of every clause of a draft whose blocks are assigned; labels have none.

    `weights` are those of pairs of characters, as `model.of_pairs` gives them.
    """
    for index, assigned in draft.assigned.items():
        draft.clauses[index].assigned = bool(assigned.lead)
    return features.document_features(
        draft.clauses, draft.marks, draft.headings, draft.header.doc_type, weights
    )
