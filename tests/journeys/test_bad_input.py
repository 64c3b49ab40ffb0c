"""Files nobody should send, and one good one, chosen together."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import papers
from tests.journeys.running import Office

pytestmark = pytest.mark.journey
SENTENCES = {
    "empty": "空",
    "damaged": "损坏",
    "bomb": "解",
    "undecodable": "编码",
    "misnamed": "图片",
    "secret": "机密",
    "locked": "密码",
}


def test_each_bad_file_gets_its_own_sentence_and_the_good_one_is_read(office: Office):
    page = office.person("office")
    bad = papers.bad_papers()
    page.goto("/documents/")
    chosen = [*bad.values(), papers.hostile_page(), papers.good()]
    page.get_by_label("选文件").set_input_files(chosen)
    lines = page.locator("ul.files li")
    expect(lines).to_have_count(len(chosen))
    expect(lines.get_by_text("已收下")).to_have_count(2)
    said = {what: lines.filter(has_text=file["name"]) for what, file in bad.items()}
    for what, words in SENTENCES.items():
        expect(said[what], what).to_contain_text(words)
    sentences = [line.locator("small").inner_text() for line in said.values()]
    assert len(set(sentences)) == len(bad), sentences
    rows = page.locator("#documents tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.get_by_text("读完")).to_have_count(2)

    page.locator("#documents").get_by_role("link", name="关于校园供水的通知").click()
    expect(page.locator("article.doc")).to_contain_text("<script>window.pwned=4</script>")
    assert page.evaluate("window.pwned") is None  # the scripts of a page are words
