"""One table per phenomenon: what officials write, what it means."""

from __future__ import annotations

import pytest

from huiyin.reading import deadlines, header, measures, noise, parties, quantities, recurrence
from huiyin.reading.chars import fold
from huiyin.reading.tests.support import read_text, table


@pytest.mark.parametrize(("phrase", "base", "date", "kind"), table("deadlines"))
def test_a_time_limit_means_its_last_day(phrase, base, date, kind):
    limit = deadlines.latest(
        fold(phrase), deadlines.base_of(None if base == "-" else base, meeting=True)
    )
    assert limit is not None
    assert (limit.date or "-", limit.kind) == (date, kind)
    assert limit.why


@pytest.mark.parametrize("phrase", [row[0] for row in table("no_deadlines")])
def test_a_date_that_sets_no_limit_is_no_time_limit(phrase):
    assert list(deadlines.find(fold(phrase), deadlines.base_of("2019-01-09"))) == []


@pytest.mark.parametrize(("phrase", "freq"), table("recurrence"))
def test_a_rhythm_has_a_frequency(phrase, freq):
    found = recurrence.find(fold(phrase))
    assert (found[2] if found else "-") == freq


@pytest.mark.parametrize(("phrase", "values"), table("quantities"))
def test_a_figure_has_value_and_unit(phrase, values):
    text = fold(phrase)
    found = [f"{figure.value} {text[slice(*figure.unit)]}" for figure in quantities.find(text)]
    assert "|".join(found) == values


@pytest.mark.parametrize(("phrase", "lead", "co"), table("parties"))
def test_a_sentence_names_who_leads(phrase, lead, co):
    text = fold(phrase)
    found = parties.subject(text)
    assert "|".join(text[a:b] for a, b in found.lead) == lead.replace("-", "")
    assert "|".join(text[a:b] for a, b in found.co) == co


@pytest.mark.parametrize(("phrase", "lead", "co"), table("brackets"))
def test_a_bracket_names_who_answers(phrase, lead, co):
    text = fold(phrase)
    found = parties.bracketed(text)
    assert (
        "|".join(text[a:b] for a, b in found.lead),
        "|".join(text[a:b] for a, b in found.co),
    ) == (lead, co)


_CONTEXTS = {
    "task": "各单位：\n现就有关工作通知如下：\n一、加强工作落实\n各单位要提高认识。",
    "fact": "2020年国民经济和社会发展统计公报\n一、综合\n经济运行稳步恢复。",
    "problem": "关于上半年工作情况的通报\n一、存在的问题\n",
}


@pytest.mark.parametrize(("sentence", "kind"), table("kinds"))
def test_a_sentence_is_of_one_kind(sentence, kind):
    text = f"{_CONTEXTS.get(kind, _CONTEXTS['task'])}{sentence}。"
    found = [item.kind for item in read_text(text).items if item.quote == sentence]
    assert (found or ["none"]) == [kind]


@pytest.mark.parametrize(("title", "sort"), table("headers"))
def test_a_title_names_the_sort_of_paper(title, sort):
    assert header.find_type(title, [title], body_attached=False) == sort


@pytest.mark.parametrize(("line", "chrome"), table("noise"))
def test_page_chrome_is_told_from_words(line, chrome):
    assert noise.is_chrome(fold(line)) is (chrome == "yes")


@pytest.mark.parametrize(("text", "title", "sort", "date", "issuer", "speaker"), table("heads"))
def test_a_paper_says_what_it_is_at_its_head(text, title, sort, date, issuer, speaker):
    reading = read_text(text.replace("⏎", "\n"))
    assert (reading.title or "-", reading.date or "-") == (title, date)
    assert sort in ("-", reading.doc_type)
    assert issuer in ("-", reading.issuer)
    assert speaker in ("-", reading.speaker)


@pytest.mark.parametrize(("fact", "indicator", "change", "rank", "period"), table("measures"))
def test_a_fact_says_what_is_measured(fact, indicator, change, rank, period):
    found = measures.measure(fold(fact))
    assert found is not None
    assert (found.indicator or "-", found.change or "-") == (indicator, change)
    assert (str(found.rank or "-"), found.period or "-") == (rank, period)


def test_a_label_for_something_else_names_nobody():
    found = parties.labelled("完成时限：2024年6月底前")
    assert (found.lead, found.co) == ([], [])
