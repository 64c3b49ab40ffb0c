"""What in a document is no part of its words: page numbers, chunk marks, site chrome, hard wraps.

The result is a clean text to read and the way back from it to every character of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from huiyin.reading.chars import CJK
from huiyin.reading.lexicon import rows

TERMINAL = "。！？；：…"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
# Every way begins with a character of its own, so that `re` skips to the next such character.
_GARBAGE = re.compile(
    rf"<U\+[0-9A-Fa-f]{{4,5}}>|&#?[A-Za-z0-9]{{2,7}};"  # encodings written out
    rf"|（[a-z]{{0,5}}[{_TONED}][a-z]{{0,5}} ?）"  # pinyin that a converter left behind
    + "".join(  # - 3 -
        rf"|{dash}(?<![0-9A-Za-z] {dash})(?<![0-9A-Za-z]{dash}) ?\d{{1,3}} ?[-—](?!\d)(?! ?\d)"
        for dash in "-—"
    )
    + r"|第 ?\d{1,3} ?页(?: ?/? ?共 ?\d{1,3} ?页)?"
    r"|\[\d{1,3}\]"  # marks of notes
)
HEADING = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[章节条部]|[一二三四五六七八九十百]{1,4}(?:、|\.|是|要|， )|（[一二三四五六七八九十]{1,3}）"
    r"|\d{1,2}(?:[.](?!\d)|、)|（\d{1,2}）|[①-⑳⑴-⒇]|第[一二三四五六七八九十]{1,2}[，、]"
)
_NEVER_JOINED = re.compile(
    r"[•·●◆■□★▲∙*-]|下一步|请各|为|根据|按照|现将|近期|同时|此外|特此|以上|会议|今年|全年|附件|附：|抄送|主送|主持|出席|列席|记录|同志们|各位|（[^）]*负责|.{2,40}：$"
)
_LABEL = re.compile(
    r"(?:责任|牵头|配合|协办|主办|承办|督导|包抓|整改)?(?:单位|部门|领导|人|目标|时限|措施|情况|进展)(?:及责任人)?："
)
# A line of a form: 诉求编号：…, 来信时间：…
_FIELD = re.compile(
    r"[\u4e00-\u9fff]{0,6}(?:编号|单位|部门|内容|结果|情况|意见|答复|回复|时间|日期|标题|来信人|姓名|电话|地址|类别|类型|状态)："
)
_BRACKET_END = re.compile(r"[。；！？](?:（[^（）]*(?:（[^（）]*）[^（）]*)*）|[”’）])$")
_SENTENCE_ENDS = ("。", "！", "？", "；")
_CHUNK = re.compile(r"(\d{1,3})、")
_BLANK = re.compile(r" +")
_KEPT_BLANK = re.compile(rf"(?<=[{CJK}。；：！？）”》]) +(?=[{CJK}（“《0-9①-⑳])")


@dataclass(frozen=True, slots=True)
class Clean:
    """Text without noise; `cuts[i]` is where a kept stretch begins, `origins[i]` where it lay."""

    text: str
    cuts: tuple[int, ...]
    origins: tuple[int, ...]
    chrome: frozenset[str] = frozenset()
    """The lines that belong to the page and not to the document."""

    def start(self, at: int) -> int:
        """The offset in the original of the clean character `at`."""
        i = bisect_right(self.cuts, at) - 1
        return self.origins[i] + at - self.cuts[i]

    def end(self, at: int) -> int:
        """The offset in the original just behind the clean character before `at`."""
        return self.start(at - 1) + 1


@cache
def _chrome(where: str) -> re.Pattern[str]:
    """The rows of one sort as ways of one pattern, which is quick where every way begins with a character of its own."""
    return re.compile("|".join(row[0] for row in rows("chrome") if row[1] == where))


@dataclass(slots=True)
class _Line:
    start: int
    text: str
    chunk: bool = False

    @property
    def sentence(self) -> bool:
        return len(self.text) >= 20 and self.text.rstrip("”’） ").endswith(_SENTENCE_ENDS)


def _lines(folded: str) -> list[_Line]:
    found, at = [], 0
    for raw in folded.split("\n"):
        text = raw.strip(" ")
        if text:
            found.append(_Line(at + len(raw) - len(raw.lstrip(" ")), text))
        at += len(raw) + 1
    return found


@cache
def _tests() -> tuple[Callable[[str], re.Match[str] | None], ...]:
    sorts = ("always", "advert", "weak", "full", "tail", "line")
    always, advert, weak, full, tail, line = map(_chrome, sorts)
    return always.match, advert.search, weak.search, full.fullmatch, tail.fullmatch, line.match


def is_chrome(line: str) -> bool:
    """Whether a line belongs to the page and not to the document."""
    always, advert, weak, full, tail, begins = _tests()
    if always(line) or (len(line) < 200 and advert(line)) or full(line) or tail(line):
        return True
    # 积分, 付费: an offer of a site on a short line of its own, an everyday word in a sentence.
    if len(line) < 60 and "。" not in line and HEADING.match(line) is None and weak(line):
        return True
    return len(line) < 120 and "。" not in line and begins(line.lstrip(" •·*|【")) is not None


def _body(lines: list[_Line], chrome: frozenset[str]) -> list[_Line]:
    kept, tail = [], False
    for line in lines:
        if line.text in chrome:
            tail = tail or bool(_chrome("tail").fullmatch(line.text))
        elif not tail or line.sentence:
            kept.append(line)
    return kept


def _mark_chunks(lines: list[_Line]) -> None:
    """Numbers 1、2、3、 that a sharing site put before its chunks are no numbering of the text."""
    marked = [(i, int(m[1])) for i, line in enumerate(lines) if (m := _CHUNK.match(line.text))]
    run = [(i, n) for k, (i, n) in enumerate(marked) if n == k + 1]
    torn = sum(1 for i, _ in run if i and lines[i - 1].text[-1] not in TERMINAL)
    long = sum(1 for i, _ in run if len(lines[i].text) > 150)
    if len(run) >= 3 and torn * 2 >= len(run) and long * 2 >= len(run):
        for i, _ in run:
            lines[i].chunk = True


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the document's lines were cut, or 0 when they were not."""
    widths: dict[int, int] = {}
    for line in lines:
        # Parallel headings and the lines of forms are of one length as well, and are cut by nobody.
        if (
            len(line.text) >= 16
            and line.text[-1] not in TERMINAL
            and HEADING.match(line.text) is None
            and _FIELD.match(line.text) is None
        ):
            widths[len(line.text)] = widths.get(len(line.text), 0) + 1
    if not widths:
        return 0
    best = max(widths, key=lambda w: widths[w] + widths.get(w - 1, 0) + widths.get(w + 1, 0))
    near = sum(widths.get(best + d, 0) for d in (-1, 0, 1))
    return best if near >= 4 and near * 4 >= len(lines) else 0


def _torn(before: str, after: str, width: int) -> bool:
    """Whether a line end lies inside a sentence."""
    if (
        before[-1] in TERMINAL
        or _BRACKET_END.search(before)
        or HEADING.match(after)
        or _NEVER_JOINED.match(after)
        or _LABEL.match(after)
        or _FIELD.match(after)
    ):
        return False
    if before[-1] in "，、《“（" or before.count("《") > before.count("》"):
        return True
    if width and len(before) >= width - 3:
        return True
    short_heading = HEADING.match(before) and "。" not in before and len(before) < 50
    return (
        not short_heading
        and len(before) >= 25
        and ("。" in before or "，" in before)
        and ("。" in after or "；" in after)
    )


def _stretches(line: _Line) -> list[tuple[int, str]]:
    """The stretches of a line that are words, each with its place."""
    if not line.chunk and " " not in line.text and _GARBAGE.search(line.text) is None:
        return [(line.start, line.text)]
    kept, at = [], _CHUNK.match(line.text).end() if line.chunk else 0  # type: ignore[union-attr]
    text = line.text
    for match in _GARBAGE.finditer(text):
        if match.start() >= at:
            kept.append((at, match.start()))
            at = match.end()
    kept.append((at, len(text)))
    return [piece for a, b in kept for piece in _without_blanks(line.start, text, a, b)]


def _without_blanks(base: int, text: str, start: int, end: int) -> list[tuple[int, str]]:
    if " " not in text[start:end]:
        return [(base + start, text[start:end])] if end > start else []
    found, at = [], start
    for gap in _BLANK.finditer(text, start, end):
        keep = 1 if _keeps_blank(text, gap.start(), gap.end()) else 0
        if gap.start() + keep > at:
            found.append((base + at, text[at : gap.start() + keep]))
        at = gap.end()
    if end > at:
        found.append((base + at, text[at:end]))
    return found


def _keeps_blank(text: str, start: int, end: int) -> bool:
    if start == 0 or end >= len(text):
        return False
    return _KEPT_BLANK.match(text, start) is not None or (
        text[start - 1].isascii()
        and text[end].isascii()
        and text[start - 1].isalnum()
        and text[end].isalnum()
    )


def _continues(line: _Line, before: str) -> bool:
    return line.chunk and len(before) > 100 and before[-1] not in TERMINAL


def clean(folded: str) -> Clean:
    """The words of a folded text, one paragraph a line, each character's place kept."""
    lines = _lines(folded)
    chrome = frozenset(line.text for line in lines if is_chrome(line.text))
    lines = _body(lines, chrome)
    _mark_chunks(lines)
    width = _wrap_width(lines)
    parts: list[str] = []
    cuts: list[int] = []
    origins: list[int] = []
    at, before = 0, ""
    for line in lines:
        pieces = _stretches(line)
        words = "".join(piece for _, piece in pieces)
        if not words:
            continue
        if before and not _continues(line, before) and not _torn(before, words, width):
            parts.append("\n")
            cuts.append(at)
            origins.append(line.start)
            at += 1
        for origin, piece in pieces:
            parts.append(piece)
            cuts.append(at)
            origins.append(origin)
            at += len(piece)
        before = words
    return Clean("".join(parts), tuple(cuts), tuple(origins), chrome)
