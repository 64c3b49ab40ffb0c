"""Web pages: the article without what stands around it on the site; tables kept as tables.

Known containers of Chinese government sites come first; without one, the block with the most text
outside links is taken. Scripts, forms, menus and hidden parts never become text.
"""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from huiyin.reading.formats import txt
from huiyin.reading.formats.html_blocks import Blocks
from huiyin.reading.formats.html_table import is_data_table
from huiyin.reading.formats.limits import MAX_HTML
from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.writer import Writer
from huiyin.reading.types import Document

CONTAINERS: Final = (
    ".TRS_Editor",
    ".trs_editor_view",
    "#UCAP-CONTENT",
    ".pages_content",
    "#zoom",
    "#Zoom",
    ".article-content",
    ".article_content",
    "#articleContent",
    "#artibody",
    ".wp_articlecontent",
    ".v_news_content",
    ".news_content",
    ".Custom_UnionStyle",
    ".view",
    "#content",
    ".content",
    "article",
    "main",
)
"""Where government sites keep the article: TRS, UCAP, Boda and other systems, most telling first."""

_DROPPED: Final = (
    "script, style, noscript, template, iframe, object, embed, svg, canvas, head, nav, header, "
    "footer, aside, form, button, select, input, textarea, audio, video, map, "
    "[hidden], [aria-hidden=true]"
)
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHROME: Final = re.compile(
    r"(?:分享[到至]?[：:]?.{0,20}|打印(?:本页|文章|此页)?|关闭(?:窗口|本页)?|收藏(?:本页)?|返回(?:顶部|首页|列表)?"
    r"|(?:字体|字号|【?字体大小)[：:]?[\s【】\[\]大中小特|]*|[大中小\s]{3,}|扫一扫.{0,20}|上一[篇条][：:].*|下一[篇条][：:].*"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)?[：:]?\s*\d*\s*次?|(?:当前|您现在的|您的|所在)位置[：:].*"
    r"|责任编辑[：:].{0,20}|\[?(?:打印|关闭|收藏|分享)\]?(?:[\s|｜]*\[?(?:打印|关闭|收藏|分享|返回)\]?)+"
    r"|相关(?:链接|阅读|文章|附件|稿件)[：:]?|微信|微博|QQ空间)"
)
_ENCODINGS: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE
)
_SHORT: Final = 60
"""Characters below which a known container is taken for an empty shell."""
_BLOCK_TAGS: Final = frozenset(("div", "table", "tbody", "tr", "td", "section", "center"))
_LAYERS: Final = 60
"""Boxes within boxes that are opened in search of the article."""


def read(data: bytes, writer: Writer) -> Document:
    """Return the document of a web page."""
    if len(data) > MAX_HTML:
        raise refusal("page_too_large")
    decoded = txt.decode(data, declared=_declared(data))
    writer.warnings += txt.warnings_of(decoded)
    tree = LexborHTMLParser(txt.without_nul(decoded.text))
    title = _title(tree)
    _strip(tree)
    container = _container(tree)
    if container is None:
        raise refusal("no_text")
    blocks = Blocks(is_chrome=lambda line: bool(_CHROME.fullmatch(line)))
    blocks.walk(container)
    if title and not blocks.begins_with(title):
        writer.line(title)
    if blocks.is_empty:
        raise refusal("no_text")
    blocks.write_to(writer)
    return writer.document()


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else None
    return _ENCODINGS.get(name, name) if name else None


def _title(tree: LexborHTMLParser) -> str:
    """Return the article's title: named in a meta element, or the only first heading, or none."""
    for name in ("ArticleTitle", "articletitle", "og:title"):
        node = tree.css_first(f'meta[name="{name}"], meta[property="{name}"]')
        content = (node.attributes.get("content") or "").strip() if node else ""
        if content:
            return _one_line(content)
    headings = tree.css("h1")
    return _one_line(headings[0].text()) if len(headings) == 1 else ""


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _strip(tree: LexborHTMLParser) -> None:
    for node in tree.css(_DROPPED):
        node.decompose()
    for node in tree.css("[style]"):
        if _HIDDEN_STYLE.search(node.attributes.get("style") or ""):
            node.decompose()


def _container(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article."""
    for selector in CONTAINERS:
        found = max(tree.css(selector), key=_own_text, default=None)
        if found is not None and _own_text(found) >= _SHORT:
            return found
    return _densest(tree)


def _densest(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the innermost block that holds nearly all of the page's text outside links."""
    node = tree.body
    enough = 0.8 * _own_text(node) if node else 0
    for _ in range(_LAYERS):
        if node is None:
            break
        inside = (child for child in node.iter() if _is_box(child))
        closer = next((child for child in inside if _own_text(child) >= max(enough, 1)), None)
        if closer is None:
            break
        node = closer
    return node


def _is_box(node: LexborNode) -> bool:
    return node.tag in _BLOCK_TAGS and not (node.tag == "table" and is_data_table(node))


def _own_text(node: LexborNode) -> int:
    """Return how many characters of an element are no links and no blanks."""
    linked = sum(_visible(link) for link in node.css("a"))
    return max(_visible(node) - linked, 0)


def _visible(node: LexborNode) -> int:
    return len("".join((node.text() or "").split()))
