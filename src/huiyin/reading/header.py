"""What a paper says about itself: title, sort, number, date, issuer, speaker.

Fields of a page (成文日期：…) are asked first, then the paper's own head and signature; a web page's
day of upload is never the date of a paper that has its own.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from huiyin.reading import dates
from huiyin.reading.lexicon import rows

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:〔|\[|【|（)\s*((?:19|20)\d{2})\s*(?:〕|\]|】|）)\s*第?\s*\d{1,4}\s*号"
)
_FIELD = re.compile(
    r"(索\s*引\s*号|标\s*题|文件名称|信息名称|名\s*称|发文机关|发文单位|发布机构|发布机关|公开责任部门|制定机关|成文日期|发文日期|印发日期|公布日期|公开日期|发布日期|发布时间|成文时间)[】\s]*[：|】]\s*"
)
_SHARING = re.compile(
    r"范文|文库|素材|文档|上传|会员|原创|作文|秘书网|公文网|写作|浏览量|阅读次数|商圈"
)
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
_MEETING_NUMBER = re.compile(r"第\d+次(?:会议)?")
_PRINTED = re.compile(r"印发|转发|批转")
_NAME_MARKS = str.maketrans("", "", "》〉）)")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the paper says about itself; a missing field is None."""

    title: str | None = None
    doc_type: str = "other"
    date: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    number: str | None = None


@cache
def _types() -> tuple[tuple[str, str, int], ...]:
    return tuple((row[0], row[1], int(row[2])) for row in rows("doc_types"))


@cache
def _type_words() -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str]]:
    """The words of `_types` with their weights, as a pattern for the end of a line and for anywhere."""
    weights = {word: weight for word, _, weight in _types()}
    words = "|".join(sorted(weights, key=len, reverse=True))
    return weights, re.compile(rf"({words})[》）)]?$"), re.compile(words)


def fields(lines: list[str]) -> dict[str, str]:
    """The labelled fields of a page: label without blanks → value."""
    found: dict[str, str] = {}
    for line in lines[:60]:
        if "：" not in line and "|" not in line and "】" not in line:
            continue
        marks = list(_FIELD.finditer(line))
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            end = after.start() if after else len(line)
            value = line[mark.end() : end].strip(" |\t∙【").split(" |")[0].strip()
            found.setdefault(_BLANK.sub("", mark[1]), value.split("  ")[0].strip())
    return {label: value for label, value in found.items() if value}


def _title_score(line: str, position: int, lines: list[str]) -> float:
    if not 4 <= len(line) <= 90 or _NOT_TITLE.search(line):
        return -9.0
    score = 2.0 if _ABOUT.search(line) else 0.0
    weights, ending, anywhere = _type_words()
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
    whole = before.endswith(tuple(_type_words()[0])) or line.startswith(("关于", before[:6]))
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
    if head and _MEETING_NUMBER.fullmatch(head[0]):
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


def find_type(title: str | None, lines: list[str], *, body_attached: bool) -> str:
    """The sort of paper, by the words of its title, else by its opening."""
    if title is None or _MEETING_NUMBER.fullmatch(title):
        return _type_by_opening("".join(lines[:12]))
    name = title.translate(_NAME_MARKS)
    printed = _PRINTED.search(name)
    if printed and name.endswith(("通知", "通报", "函")):
        inner = re.sub(r"的?(?:通知|函)$", "", name[printed.end() :])
        if name.endswith("通报"):
            return "bulletin"
        return _type_by_words(inner) or "notice" if body_attached else "notice"
    sort = _type_by_words(name)
    if sort == "minutes" and _HELD.search(name) and not name.endswith("纪要"):
        return "other"
    return sort or _type_by_opening("".join(lines[:12]), _SURE_OPENINGS)


def _type_by_words(name: str) -> str | None:
    """The sort whose word stands latest and weighs most; the end of a title names it."""
    best: tuple[float, str] | None = None
    for word, sort, weight in _types():
        at = name.rfind(word)
        if at < 0:
            continue
        ends = at + len(word) >= len(name) - (2 if name[-1:] in "稿篇" else 0)
        score = weight + (10 if ends else 0) + at / 50
        best = max(best or (0.0, ""), (score, sort))
    return best[1] if best and best[1] else None


_HELD = re.compile("召开|举行|举办")
_SURE_OPENINGS = (
    (re.compile(r"现?纪要如下|纪要："), "minutes"),
    (re.compile(r"通报如下"), "bulletin"),
    (re.compile(r"通知如下"), "notice"),
    (re.compile(r"答复如下|收悉"), "reply"),
    (re.compile(r"请予审议"), "report"),
    (re.compile(r"同志们：.{0,200}(?:讲|谈)[^。]{0,8}(?:意见|要求|体会)"), "speech"),
)
_OPENINGS = (
    (re.compile(r"纪要如下|现纪要|会议纪要|办公会议|常务会议|主持召开"), "minutes"),
    (re.compile(r"请予审议|向.{2,20}报告|受.{2,20}委托"), "report"),
    (re.compile(r"同志们|下面，我讲|我讲几点"), "speech"),
    (re.compile(r"通报如下"), "bulletin"),
    (re.compile(r"通知如下|特此通知"), "notice"),
    (re.compile(r"答复如下|收悉"), "reply"),
)


def _type_by_opening(
    opening: str, openings: tuple[tuple[re.Pattern[str], str], ...] = _OPENINGS
) -> str:
    return next((sort for words, sort in openings if words.search(opening)), "other")


_NOTICE_OF = re.compile(r"(?:印发|转发|批转)[《〈]?(.+?)[》〉]?的通知")
_COLON = re.compile(r"[：】]")


def body_attached(lines: list[str], title: str | None) -> bool:
    """Whether what a cover notice prints follows in the same text."""
    inner = _NOTICE_OF.search(title or "")
    if not inner:
        return False
    for i, line in enumerate(lines[4:], 4):
        signed = len(line) < 24 and dates.full_date(line) and not _COLON.search(line)
        named = len(line) > 6 and inner[1].strip("《》〈〉").endswith(line.strip("《》 "))
        if (signed or named) and len("".join(lines[i + 1 :])) > 150:
            return True
    return False


_ISSUES_ABOUT = re.compile(r"(.{2,24}?(?:府|厅|局|委|办|会|部|院|室|中心|国务院|办公厅))关于")
_GOVERNMENT_REPORT = re.compile(r"([\u4e00-\u9fff]{2,8}?(?:省|市|县|区))(?:人民)?政府工作报告")
_YEAR_BEFORE = re.compile(r"^\d*年?")
_SIGNED_BY = re.compile(
    r"([\u4e00-\u9fff]{3,24}(?:政府|办公室|办公厅|局|委员会|督查室|厅))\s*(?:(?:19|20)\d{2}|[二O〇○])"
)


def find_issuer(lines: list[str], labelled: dict[str, str], title: str | None) -> str | None:
    """The body that issues the paper: field, title, or signature; never the website."""
    for label in ("发文机关", "发文单位", "制定机关", "发布机构", "发布机关", "公开责任部门"):
        if labelled.get(label):
            return labelled[label].split(" ")[0]
    if about := _ISSUES_ABOUT.match(title or ""):
        return about[1]
    if report := _GOVERNMENT_REPORT.search(title or ""):
        return _YEAR_BEFORE.sub("", report[1]) + "人民政府"
    for line in lines[:12] + lines[-12:]:
        if match := _SIGNED_BY.match(line):
            return match[1]
    return None


_SPEAKS = re.compile(r"(?:\d{4}年)?([^在《]{2,24}?)(?:同志)?(?:在|的讲话)")
_POST = re.compile(r"[长记任员席理导]|同志|处")
_POST_AND_NAME = re.compile(r"[\u4e00-\u9fff]{1,16}(?:长|书记|主任|主席)\s+[\u4e00-\u9fff]{2,4}")


def find_speaker(title: str | None, lines: list[str]) -> str | None:
    """The person who speaks, name and post as written."""
    match = _SPEAKS.match(title or "")
    if match and _POST.search(match[0]):
        return match[1].strip("的")
    for line in lines[:10]:
        if post := _POST_AND_NAME.fullmatch(line.strip("（） ")):
            return post[0]
    return None


def find_number(lines: list[str]) -> str | None:
    for line in lines[:40]:
        if "号" in line and (match := NUMBER.search(line)):
            return _BLANK.sub("", match[0])
    return None


_MEETING = re.compile(r"(?:主持|召开|举行|在.{2,30}会议上|参加.{0,10}会议)")
_WHEN = re.compile(r"(?:会议)?时\s*间：")


def find_date(lines: list[str], labelled: dict[str, str], head: Header) -> str | None:
    """The day the paper was given, held or issued; a month or a year when that is all it says."""
    if head.doc_type == "minutes" and (day := _meeting_day(lines)):
        return day
    for label in ("成文日期", "成文时间", "发文日期", "印发日期", "公布日期"):
        if day := dates.date_or_month(labelled.get(label, "")):
            return day
    if day := _own_day(lines):
        return day
    page = "\n".join(lines[:8])
    if not _SHARING.search(page) or head.doc_type == "other":
        for label in ("公开日期", "发布时间", "发布日期"):
            if (day := dates.full_date(labelled.get(label, ""))) and "统计公报" not in (
                head.title or ""
            ):
                return day
    return _news_day(lines, head) or _year(lines, head)


def _meeting_day(lines: list[str]) -> str | None:
    for line in lines[:20]:
        if _WHEN.match(line) and (day := dates.full_date(line[:30])):
            return day
    openings = [line for line in lines[:40] if _MEETING.search(line[:120])]
    for line in openings:
        if day := dates.full_date(line[:80]):
            return day
    text = "\n".join(lines) if openings else ""
    for line in openings:
        match = dates.MONTH_DAY.search(line[:60])
        year = match and (
            dates.full_date(text) or next((m[1] for m in NUMBER.finditer(text)), None)
        )
        if match and year:
            return dates.iso(int(year[:4]), int(match["m"]), int(match["d"]))
    return None


_OF_A_DAY = re.compile(r"[\d年月日号.\-/:：（）() 〇一二三四五六七八九十零O○在]")
_DASHED = re.compile(r"\d{4}[-./]")
_NO_SIGNATURE = re.compile(r"[。：，；|]")
_ON_THAT_DAY = re.compile(r"\d{4}年\d+月\d+日在")


def _own_day(lines: list[str]) -> str | None:
    """A day in the paper's own head or signature: a line that is little more than a day."""
    for i, line in enumerate(lines):
        day = dates.full_date(line[:40])
        if not day:
            continue
        rest = _OF_A_DAY.sub("", line)
        if line.startswith(("（", "(")) and len(rest) < 2 and i < 12:
            return day
        if (
            len(line) < 40
            and len(rest) <= 22
            and not _DASHED.match(line)
            and not _NO_SIGNATURE.search(line)
            and "来源" not in line
        ):
            return day
        if i < 3 and _ON_THAT_DAY.match(line):
            return day
    return _glued_signature(lines)


_GLUED_DAY = re.compile(
    r"(?:政府|办公室|办公厅|局|委员会|督查室|厅|部)\s{0,3}((?:19|20)\d{2}年\d{1,2}月\d{1,2})日?(?=\s|$)"
)
_DAY_OF_SPEECH = re.compile(r"[（(]([^（()）]{8,20})[)）]\s*同志们")


def _glued_signature(lines: list[str]) -> str | None:
    text = "\n".join(lines)
    match = _GLUED_DAY.search(text)
    if match and (day := dates.full_date(match[1])):
        return day
    match = _DAY_OF_SPEECH.search(text) if "同志们" in text else None
    return dates.full_date(match[1]) if match else None


_OFFICE_PAGE = re.compile(r"来源：[\u4e00-\u9fff]{2,16}(?:局|委|办|厅|府|政府|办公室|部)|信息来源")
_NEWS_LINE = re.compile(r"来源|时间|作者|发布")


def _news_day(lines: list[str], head: Header) -> str | None:
    news = head.doc_type in ("other", "reply", "bulletin", "rectification")
    if not news and _SHARING.search("\n".join(lines[:14])):
        return None
    for line in lines[:14]:
        if (_NEWS_LINE if news else _OFFICE_PAGE).search(line) and (day := dates.full_date(line)):
            return day
    return None


_NO_YEAR = re.compile(r"统计公报|通报")
_CALLED_IN = re.compile(r"召开((?:19|20)\d{2})年")


def _year(lines: list[str], head: Header) -> str | None:
    """The year alone, from the paper's number, its title or its first sentences."""
    title = head.title or ""
    if _NO_YEAR.search(title):
        return None
    number = NUMBER.search(title) or (NUMBER.search(head.number) if head.number else None)
    if number:
        return number[1]
    if head.doc_type in ("speech", "report", "plan", "notice") and (
        match := dates.YEAR.search(title)
    ):
        return match["y"]
    if head.doc_type == "speech":
        for line in lines[:14]:
            if match := _CALLED_IN.search(line):
                return match[1]
    return None


def read_header(folded: str, original: str, chrome: Container[str]) -> Header:
    """Title and all from a folded text; the title is quoted from the original.

    `chrome` are the lines that belong to the page and not to the paper.
    """
    plain = [words for line in folded.split("\n") if (words := line.strip())]
    labelled = fields(plain)
    title = find_title(plain, labelled, chrome)
    sort = find_type(title, plain, body_attached=body_attached(plain, title))
    head = Header(title=title, doc_type=sort, number=find_number(plain))
    return Header(
        title=_as_written(title, folded, original),
        doc_type=sort,
        number=head.number,
        date=find_date(plain, labelled, head),
        issuer=find_issuer(plain, labelled, title),
        speaker=find_speaker(title, plain) if sort == "speech" else None,
    )


def _as_written(title: str | None, folded: str, original: str) -> str | None:
    """The title in the original's characters, where one stretch of it holds it."""
    at = folded.find(title) if title else -1
    return original[at : at + len(title)] if title and at >= 0 else title
