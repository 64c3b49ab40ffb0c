"""What each clause states: a task, a standing demand, a problem, a fact, or nothing to follow."""
from __future__ import annotations

from huiyin.reading import features, model
from huiyin.reading.clauses import without_assignment
from huiyin.reading.draft import Draft, Finding


def judge(draft: Draft) -> None:
    """Findings are the clauses the model takes for items, with its belief and its reasons."""
    learned = model.load()
    for clause, seen in zip(draft.clauses, clause_features(draft), strict=True):
        if clause.label or clause.notes.get("dates") or not seen:
            continue
        beliefs = learned.probabilities(seen)
        best = max(range(5), key=beliefs.__getitem__)
        kind = model.KINDS[best]
        if kind == "none":
            continue
        words, _ = without_assignment(clause.text)
        start = draft.clean.start(clause.start)
        end = draft.clean.end(clause.start + len(words.rstrip()))
        reasons = learned.reasons(seen, kind)
        draft.findings.append(Finding(clause, kind, round(beliefs[best], 3), start, end, reasons))  # type: ignore[arg-type]


def clause_features(draft: Draft) -> list[list[str]]:
    """The features of every clause of a draft whose blocks are assigned."""
    for index, clause in enumerate(draft.clauses):
        if index in draft.assigned and draft.assigned[index].lead:
            clause.notes["assigned"] = True
        if clause.heading and clause.mark is not None and draft.marks[clause.mark].run_in:
            clause.notes["run"] = True
    return features.document_features(draft.clauses, draft.marks, draft.headings, draft.header.doc_type)
