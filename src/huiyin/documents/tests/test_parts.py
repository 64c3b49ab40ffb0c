"""The parts that show a document's words keep every character in its place."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from huiyin.documents import styleguide
from huiyin.documents.layout import FRAGMENT, Mark, paragraphs, sections
from huiyin.documents.styleguide import Demand, Finding

pytestmark = pytest.mark.urls("huiyin.web.tests.urls")


class Words(HTMLParser):
    """Text of the elements that carry data-text, by the offset they name."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.found = {}
        self.ids = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        if tag not in {"br", "hr"}:
            self.open.append(given.get("data-text"))

    def handle_startendtag(self, tag, attrs):
        """A mark of the sprite holds no words."""

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] is not None:
            start = int(self.open[-1])
            self.found[start] = self.found.get(start, "") + data


@given(st.text(st.sampled_from(list("一二<&\"'。，\n\r　 aB𠮷")), max_size=60), st.data())
def test_the_reading_shows_each_character_once_under_its_own_offset(text, data):
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)), st.booleans())
    marks = [
        Mark(start=start, end=end, level=FRAGMENT if part else 0, payload="谁" if part else Finding(n=n, kind_short="任", state=""))
        for n, (start, end, part) in enumerate(data.draw(st.lists(spans, max_size=5)))
    ]  # fmt: skip
    html = render_to_string("documents/_reading.html", {"paragraphs": paragraphs(text, marks)})
    found = Words(html).found
    assert "".join(found[start] for start in sorted(found)) == text
    assert all(text.startswith(words, start) for start, words in found.items())


def test_every_demand_has_its_address_and_its_note_even_under_another():
    text = "城管局月底前修好路灯，学校门口先修。"
    marks = [
        Mark(
            start=start,
            end=end,
            payload=Demand(n=n, fate="ontime", words="按期", number="", line=""),
        )
        for n, (start, end) in enumerate([(0, 18), (0, 10), (11, 17), (11, 17)], 1)
    ]
    shown = paragraphs(text, marks)
    html = render_to_string(
        "documents/_echo.html", {"paragraphs": shown, "outline": sections(shown)}
    )
    ids = Words(html).ids
    for n in range(1, 5):
        assert ids.count(f"d{n}") == 1
        assert ids.count(f"note-d{n}") == 1


def test_words_of_a_document_are_never_markup():
    text = "<script>alert(1)</script>各单位要修好路灯。"
    marks = [Mark(start=0, end=9, payload=Finding(n=1, kind_short="任", state=""))]
    html = render_to_string("documents/_reading.html", {"paragraphs": paragraphs(text, marks)})
    assert "<script>" not in html


def test_the_echo_of_the_guide_shows_the_chosen_card_and_the_outline():
    html = render_to_string("documents/_echo.html", styleguide._echo())
    assert html.count('class="note ') == 9
    assert "环湖路两座危桥加固通车" in html
    assert 'class="d f-overdue sel"' in html
