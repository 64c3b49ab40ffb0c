"""The score of reading on papers of ours that nothing was ever learned from: it may rise, not fall.

The papers of `held_out` are written as those of `written` (docs/reading.md) and must never be given
to the training. They are clean and plain, so the figure is higher than on real documents.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from huiyin.reading import Reading, model, pipeline, training
from huiyin.reading.evaluation import match

Gold = training.Gold


@pytest.fixture(scope="module")
def papers() -> list[tuple[Gold, Reading]]:
    golds = training.read_folder(Path(__file__).parent / "held_out")
    return [(gold, pipeline.run(training.document_of(gold))) for gold in golds]


def score(papers: list[tuple[Gold, Reading]], *, kinds: bool) -> float:
    right = found = wanted = 0
    for gold, reading in papers:
        pairs = match(gold, reading)
        right += sum(not kinds or gold.items[i][2] == reading.items[j].kind for i, j in pairs)
        found += len(reading.items)
        wanted += len(gold.items)
    return 2 * right / (found + wanted)


def test_items_are_found_where_they_stand(papers):
    assert sum(len(gold.items) for gold, _ in papers) == 57
    assert score(papers, kinds=False) >= 0.95


def test_items_are_of_the_right_kind(papers):
    assert score(papers, kinds=True) >= 0.91


def test_limits_counts_and_units_of_the_papers_are_read(papers):
    items = [item for _, reading in papers for item in reading.items]
    dates = {item.deadline.date for item in items if item.deadline and item.deadline.date}
    assert {"2023-05-20", "2022-09-15", "2021-04-25", "2020-11-20", "2022-09-30"} <= dates
    units = {name for item in items for name in item.lead}
    assert {"县财政局", "县水利局", "县投资促进局", "农发行青岩县支行", "市自然资源局"} <= units
    assert {(8.5, "万吨"), (45.6, "亿元"), (60, "公里")} <= {
        (quantity.value, quantity.unit) for item in items for quantity in item.quantities
    }
    assert {"weekly", "monthly", "quarterly"} <= {
        item.recurrence.freq for item in items if item.recurrence
    }


def test_every_letter_of_a_written_paper_marks_a_clause():
    """A letter behind a comma would stay among the words, one on half a clause would teach nothing."""
    for folder in ("written", "held_out"):
        for path in sorted((Path(__file__).parent / folder).glob("*.txt")):
            letters = re.findall(r"(?<![A-Za-z])([TSPF]) (?=\S)", path.read_text("utf-8"))
            kinds = Counter(training.sample(training.written(path)).kinds)
            wanted = Counter(model.KINDS.index(training.LETTERS[letter]) for letter in letters)
            assert {k: kinds[k] for k in range(4)} == {k: wanted[k] for k in range(4)}, path.name


def test_no_paper_of_the_score_is_one_of_the_training():
    folder = Path(__file__).parent
    names = {path.name for path in (folder / "held_out").glob("*.txt")}
    assert names
    assert not names & {path.name for path in (folder / "written").glob("*.txt")}
