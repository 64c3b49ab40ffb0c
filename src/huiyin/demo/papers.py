"""Papers on their way to matters: taken in, read, reviewed and registered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin.demo import reviewing
from huiyin.demo.batches import fill
from huiyin.demo.content import Paper, Story
from huiyin.demo.stage import Stage
from huiyin.demo.timeline import Phase, Step
from huiyin.demo.uploads import as_uploaded
from huiyin.documents import actions as documents
from huiyin.documents import reader
from huiyin.documents.models import Document
from huiyin.web import uploads


def steps(stage: Stage) -> Iterator[Step]:
    """Yield what the supervision office does with every paper."""
    for paper in stage.content.papers:
        yield from _paper_steps(stage, paper)
    for passage in stage.content.passages:
        yield Step(on=passage.on, phase=Phase.REVIEW, run=partial(reviewing.settle, stage, passage))


def _paper_steps(stage: Stage, paper: Paper) -> Iterator[Step]:
    stories = [story for story in stage.content.stories if story.document == paper.id]
    yield Step(on=paper.imported, phase=Phase.TAKE_IN, run=partial(_take_in, stage, paper))
    yield Step(
        on=paper.reviewed, phase=Phase.REVIEW, run=partial(reviewing.review, stage, paper, stories)
    )
    yield Step(
        on=paper.reviewed, phase=Phase.REGISTER, run=partial(_register, stage, paper, stories)
    )


def _take_in(stage: Stage, paper: Paper) -> None:
    """The paper is stored and the reader has recorded what it found."""
    data = as_uploaded(paper.name, paper.text(stage.today))
    kept = uploads.keep(data, paper.name, owner_id=stage.users[paper.by].pk)
    done = stage.do(
        documents.take_in,
        stage.office,
        paper.by,
        name=paper.name,
        sha256=kept.sha256,
        size=kept.size,
        media_type=kept.media_type,
    )
    stage.documents[paper.id] = done.facts["document"]
    reader.read_document(done.facts["document"])


def _register(stage: Stage, paper: Paper, stories: list[Story]) -> None:
    """The stories' demands are matters with their cells filled; other findings are linked or put away."""
    document = Document.objects.get(pk=stage.documents[paper.id])
    for story in stories:
        done = stage.do(
            documents.register, stage.passages[paper.id, story.quote], paper.by, title=story.title
        )
        stage.matters[story.title] = done.facts["matter"]
        fill(stage, story, paper.by)
    last = max(stage.content.papers, key=lambda one: one.imported)
    if paper.id != last.id:  # the newest paper is read halfway, as on every desk
        reviewing.put_away(stage, document, paper.by)
