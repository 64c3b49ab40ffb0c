"""The title of a paper: its own, never that of the site."""

from __future__ import annotations

import re
from collections.abc import Container

from huiyin.reading.header.sorts import MEETING_NUMBER, type_words

_DASH = re.compile(r"[-_|—]")
_SITE_TAIL = re.compile(
    r"\s*[-_|—]\s*[^-_|—]{2,14}(?:网|新闻|网站|门户|频道|平台|文库|范文)[^-_|—]{0,6}$"
)
_NOT_TITLE = re.compile(
    r"[。；！？]|：.{12,}|^(?:附件|各位|同志们|第.{1,4}章)|^[一二三四五六七八九十]+、|^（[一二三四五六七八九十]+）|[•|>»]|http|^\d{1,2}[.、]|…"
)
_BODY_STARTS = re.compile(r"[稿话言](?=今天|同志们|各位)")
_SHELL = re.compile(r"^.{0,20}号《(.+)》$|^《(.+)》$")
_ABOUT = re.compile(r"关于.{4,}的")
_LABEL_OR_DAY = re.compile(r"：|^\d{4}[-年]\d|^来源|^第?\d+期$|号$")
_ONE_PIECE = re.compile(r"[^。；：，]{4,40}")
_OPEN_TITLE = re.compile(r"^.{2,14}(?:关于|文件)|关于.{2,40}$|《[^》]*$")
_REMARK = re.compile(r"[（(][^（(）)]*(?:〔|号|已略|讲话稿|全文)[^（(）)]*[）)]$")


def _title_score(line: str, position: int, lines: list[str]) -> float:
    if not 4 <= len(line) <= 90 or _NOT_TITLE.search(line):
        return -9.0
    score = 2.0 if _ABOUT.search(line) else 0.0
    weights, ending, anywhere = type_words()
    score += weights[found[1]] / 2 if (found := ending.search(line)) else 0.0
    score += max((weights[word] / 5 for word in anywhere.findall(line[-24:])), default=0.0)
    score += 1.0 if sum(line in other for other in lines[: position + 12]) > 1 else 0.0
    score -= position * 0.12
    if _LABEL_OR_DAY.search(line):
        score -= 3.0
    return score


def _joined(lines: list[str], position: int) -> str:
    """A title broken over two or three lines, in one."""
    line = lines[position]
    before = lines[position - 1] if position else ""
    if not _ONE_PIECE.fullmatch(before) or not _OPEN_TITLE.search(before):
        return line
    whole = before.endswith(tuple(type_words()[0])) or line.startswith(("关于", before[:6]))
    return line if whole else before + line


def _before_body(line: str) -> str:
    """A line without the speech that a converter glued to its title."""
    body = _BODY_STARTS.search(line)
    return line[: body.end()] if body else line


def _tidy(title: str) -> str:
    shell = _SHELL.match(title)
    if shell:
        title = shell[1] or shell[2]
    title = _before_body(title)
    if title.endswith(("）", ")")):
        title = _REMARK.sub("", title)
    return (_SITE_TAIL.sub("", title) if _DASH.search(title) else title).strip(" -—_|")


_LONGEST_TITLE = 160
"""A line of so many characters is prose, whatever a site may have put around a title."""


def find_title(lines: list[str], labelled: dict[str, str], chrome: Container[str]) -> str | None:
    """The paper's own title, or nothing when the text has none; lines of `chrome` are no part of it."""
    for label in ("标题", "文件名称", "信息名称"):
        if len(labelled.get(label, "")) > 5:
            return _tidy(labelled[label])
    head = ["" if line in chrome else _before_body(line) for line in lines[:40]]
    short = [(i, line) for i, line in enumerate(head) if len(line) < _LONGEST_TITLE]
    scored = [(_title_score(_tidy(line), i, head), -i) for i, line in short]
    best = max(scored, default=(-9.0, 0))
    if best[0] >= 1.2:
        return _tidy(_joined(head, -best[1]))
    return _plain_title(head) or _news_title(head, lines)


_APPEARED = re.compile(r"^(?:来源|发布时间|发布日期|发表时间|日期|时间|作者|信息来源|稿源)：")


def _plain_title(head: list[str]) -> str | None:
    """A title without a word for its sort: said twice, or a bare number of a meeting."""
    for line in head[:12]:
        tidy = _tidy(line)
        if (
            8 <= len(tidy) <= 40
            and not _NOT_TITLE.search(tidy)
            and sum(tidy in x for x in head[:14]) > 1
        ):
            return tidy
    if head and MEETING_NUMBER.fullmatch(head[0]):
        return head[0]
    return None


def _news_title(head: list[str], lines: list[str]) -> str | None:
    """What stands right above the line that says where and when a page appeared."""
    for line, below in zip(head[:10], lines[1:11], strict=False):
        tidy = _tidy(line)
        named = 6 <= len(tidy) <= 40 and _APPEARED.search(below)
        if named and not _NOT_TITLE.search(tidy) and not _LABEL_OR_DAY.search(tidy):
            return tidy
    return None
