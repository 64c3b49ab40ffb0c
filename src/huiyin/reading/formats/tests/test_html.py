from __future__ import annotations

import contextlib

import pytest

from huiyin.reading.errors import Unreadable
from huiyin.reading.formats import code_of, to_document

ARTICLE = (
    "<p>　　各县（市、区）人民政府，市政府各部门：</p>"
    "<p>　　市水务局要于6月底前完成堤防隐患排查，形成问题清单并报市政府办公室。</p>"
    "<p>　　市应急管理局、市住房和城乡建设局要配合做好低洼易涝点整治工作，确保安全度汛。</p>"
)
SITE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>云川市人民政府 - 通知</title>
<script>var 跟踪 = "不要";</script><style>.a{}</style></head><body>
<nav><a href="/">首页</a><a href="/zw">政务公开</a></nav>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a>文件</a></div>
<div class="wrap"><h1>关于做好防汛工作的通知</h1>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="%s">%s</div>
<p>打印本页</p><p>扫一扫在手机打开当前页</p></div>
<div class="related"><ul><li><a>相关文件一的很长很长的标题在这里</a></li><li><a>相关文件二的标题也很长很长</a></li></ul></div>
<footer>版权所有 云川市人民政府办公室 <script>alert(1)</script></footer></body></html>"""


def text(page: str, encoding: str = "utf-8", name: str = "a.html") -> str:
    return to_document(page.encode(encoding), name).text


@pytest.mark.parametrize("name", ["TRS_Editor", "view", "content", "没听说过"])
def test_the_article_remains_and_the_site_does_not(name):
    lines = text(SITE % (name, ARTICLE)).splitlines()
    assert lines[0] == "关于做好防汛工作的通知"
    assert lines[1:4] == [
        "各县（市、区）人民政府，市政府各部门：",
        "市水务局要于6月底前完成堤防隐患排查，形成问题清单并报市政府办公室。",
        "市应急管理局、市住房和城乡建设局要配合做好低洼易涝点整治工作，确保安全度汛。",
    ]
    for noise in (
        "首页",
        "分享",
        "微博",
        "打印",
        "扫一扫",
        "相关文件",
        "版权所有",
        "跟踪",
        "alert",
    ):
        assert noise not in "\n".join(lines)


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_page_in_gb_encoding_is_read(declared):
    page = SITE.replace("utf-8", declared) % ("view", ARTICLE)
    assert "堤防隐患排查" in text(page, "gb18030")


def test_a_traditional_page_in_big5_is_read():
    page = SITE.replace("utf-8", "big5") % ("view", "<p>" + "市水務局應完成堤防檢查。" * 6 + "</p>")
    data = page.encode("big5", "ignore")
    assert "市水務局應完成堤防檢查。" in to_document(data, "a.htm").text


def test_a_wrongly_declared_encoding_does_no_harm():
    assert "堤防隐患排查" in text(SITE.replace("utf-8", "gb2312") % ("view", ARTICLE))


def test_hidden_parts_and_forms_are_no_text():
    page = (
        "<html><body><p>市水务局牵头。</p><p style='display: none'>隐藏一</p><p hidden>隐藏二</p>"
        "<form><p>表单</p></form><noscript>脚本</noscript><iframe>框</iframe></body></html>"
    )
    assert text(page) == "市水务局牵头。\n"


def test_blanks_are_folded_as_a_browser_folds_them():
    page = "<html><p>市水务\n   局&nbsp;牵头，<b>市</b>应急局\r\n配合<br>二是Key\nwords</p></html>"
    assert text(page) == "市水务局 牵头，市应急局配合\n二是Key words\n"


def test_items_of_an_ordered_list_carry_their_figures():
    page = "<html><ol start=3><li>排查</li><li>整改</li></ol><ol><li>一、已编号</li></ol></html>"
    assert text(page) == "3.排查\n4.整改\n一、已编号\n"


TABLE = """<html><table><caption>任务分解表</caption>
<thead><tr><th>序号</th><th>工作任务</th><th>责任单位</th></tr></thead>
<tbody><tr><td>1</td><td>排查<br>堤防</td><td rowspan="2">市水务局</td></tr>
<tr><td>2</td><td>检修涵闸</td></tr><tr><td colspan="2">合计</td><td>2项</td></tr></tbody></table></html>"""


def test_a_table_stays_a_table_with_its_merged_cells():
    document = to_document(TABLE.encode(), "a.html")
    (table,) = document.tables
    cells = [[document.text[start:end] for start, end in row] for row in table.rows]
    assert document.text.startswith("任务分解表\n序号\t工作任务\t责任单位\n")
    assert cells == [
        ["序号", "工作任务", "责任单位"],
        ["1", "排查\n堤防", "市水务局"],
        ["2", "检修涵闸", "市水务局"],
        ["合计", "合计", "2项"],
    ]
    assert table.header == 0


def test_a_table_that_only_lays_out_the_page_is_no_table():
    page = f"<html><table><tr><td>{ARTICLE}</td></tr></table></html>"
    document = to_document(page.encode(), "a.html")
    assert document.tables == ()
    assert len(document.text.splitlines()) == 3


def test_a_page_named_xls_is_read_as_the_page_it_is():
    document = to_document(TABLE.encode(), "台账.xls")
    assert document.media_type == "text/html"
    assert [code_of(warning) for warning in document.warnings] == ["misnamed"]


def test_a_paper_that_mentions_a_tag_is_no_page():
    data = "网站要使用<p>标签。".encode()
    assert to_document(data, "a.txt").media_type == "text/plain"


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><script>x</script></html>", "<html><body><img></body></html>"]
)
def test_a_page_without_text_is_refused(page):
    with pytest.raises(Unreadable) as refused:
        text(page)
    assert refused.value.code == "no_text"


def test_nul_in_a_page_becomes_the_replacement_character():
    assert "\0" not in text("<html><p>市水务\0局</p></html>")


def test_a_page_nested_beyond_reason_is_read_or_refused():
    page = "<html>" + "<div>" * 20_000 + "市水务局牵头。" + "</div>" * 20_000 + "</html>"
    with contextlib.suppress(Unreadable):
        assert "市水务局牵头" in text(page)
