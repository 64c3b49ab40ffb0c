"""What a paper says about itself: title, sort, number, date, issuer, speaker.

Fields of a page (成文日期：…) are asked first, then the paper's own head and signature; a web page's
day of upload is never the date of a paper that has its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from huiyin.reading import dates
from huiyin.reading.lexicon import rows
from huiyin.reading.noise import is_chrome

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
        marks = list(_FIELD.finditer(line))
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            end = after.start() if after else len(line)
            value = line[mark.end() : end].strip(" |\t∙【").split(" |")[0].strip()
            found.setdefault(re.sub(r"\s", "", mark[1]), value.split("  ")[0].strip())
    return {label: value for label, value in found.items() if value}


def _title_score(line: str, position: int, lines: list[str]) -> float:
    if not 4 <= len(line) <= 90 or _NOT_TITLE.search(line):
        return -9.0
    score = 2.0 if re.search(r"关于.{4,}的", line) else 0.0
    weights, ending, anywhere = _type_words()
    score += weights[found[1]] / 2 if (found := ending.search(line)) else 0.0
    score += max((weights[word] / 5 for word in anywhere.findall(line[-24:])), default=0.0)
    score += 1.0 if sum(line in other for other in lines[: position + 12]) > 1 else 0.0
    score -= position * 0.12
    if re.search(r"：|^\d{4}[-年]\d|^来源|^第?\d+期$|号$", line):
        score -= 3.0
    return score


def _joined(lines: list[str], position: int) -> str:
    """A title broken over two or three lines, in one."""
    line = lines[position]
    before = lines[position - 1] if position else ""
    opens = re.fullmatch(r"[^。；：，]{4,40}", before) and re.search(
        r"^.{2,14}(?:关于|文件)|关于.{2,40}$|《[^》]*$", before
    )
    whole = before.endswith(tuple(word for word, _, _ in _types())) or line.startswith(
        ("关于", before[:6])
    )
    return before + line if opens and not whole else line


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
        title = re.sub(r"[（(][^（(）)]*(?:〔|号|已略|讲话稿|全文)[^（(）)]*[）)]$", "", title)
    return (_SITE_TAIL.sub("", title) if _DASH.search(title) else title).strip(" -—_|")


def find_title(lines: list[str], labelled: dict[str, str]) -> str | None:
    """The paper's own title, or nothing when the text has none."""
    for label in ("标题", "文件名称", "信息名称"):
        if len(labelled.get(label, "")) > 5:
            return _tidy(labelled[label])
    head = ["" if is_chrome(line) else _before_body(line) for line in lines[:40]]
    scored = [(_title_score(_tidy(line), i, head), -i) for i, line in enumerate(head)]
    best = max(scored, default=(-9.0, 0))
    if best[0] >= 1.2:
        return _tidy(_joined(head, -best[1]))
    return _plain_title(head)


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
    return head[0] if head and re.fullmatch(r"第\d+次(?:会议)?", head[0]) else None


def find_type(title: str | None, lines: list[str], *, body_attached: bool) -> str:
    """The sort of paper, by the words of its title, else by its opening."""
    if title is None or re.fullmatch(r"第\d+次(?:会议)?", title):
        return _type_by_opening("".join(lines[:12]))
    name = re.sub(r"[》〉）)]", "", title)
    printed = re.search(r"印发|转发|批转", name)
    if printed and name.endswith(("通知", "通报", "函")):
        inner = re.sub(r"的?(?:通知|函)$", "", name[printed.end() :])
        if name.endswith("通报"):
            return "bulletin"
        return _type_by_words(inner) or "notice" if body_attached else "notice"
    return _type_by_words(name) or "other"


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


def _type_by_opening(opening: str) -> str:
    for pattern, sort in (
        (r"纪要如下|现纪要|会议纪要|办公会议|常务会议|主持召开", "minutes"),
        (r"请予审议|向.{2,20}报告|受.{2,20}委托", "report"),
        (r"同志们|下面，我讲|我讲几点", "speech"),
        (r"通报如下", "bulletin"),
        (r"通知如下|特此通知", "notice"),
        (r"答复如下|收悉", "reply"),
    ):
        if re.search(pattern, opening):
            return sort
    return "other"


def body_attached(lines: list[str], title: str | None) -> bool:
    """Whether what a cover notice prints follows in the same text."""
    inner = re.search(r"印发[《〈]?(.+?)[》〉]?的通知", title or "")
    if not inner:
        return False
    for i, line in enumerate(lines[4:], 4):
        signed = len(line) < 24 and dates.full_date(line) and not re.search(r"[：】]", line)
        if (signed or line.strip("《》 ") == inner[1].strip("《》〈〉")) and len(
            "".join(lines[i + 1 :])
        ) > 150:
            return True
    return False


def find_issuer(lines: list[str], labelled: dict[str, str], title: str | None) -> str | None:
    """The body that issues the paper: field, title, or signature; never the website."""
    for label in ("发文机关", "发文单位", "制定机关", "发布机构", "发布机关", "公开责任部门"):
        if labelled.get(label):
            return labelled[label].split(" ")[0]
    about = re.match(
        r"(.{2,24}?(?:府|厅|局|委|办|会|部|院|室|中心|国务院|办公厅))关于", title or ""
    )
    if about:
        return about[1]
    if report := re.search(
        r"([\u4e00-\u9fff]{2,8}?(?:省|市|县|区))(?:人民)?政府工作报告", title or ""
    ):
        return re.sub(r"^\d*年?", "", report[1]) + "人民政府"
    pattern = re.compile(
        r"([\u4e00-\u9fff]{3,24}(?:政府|办公室|办公厅|局|委员会|督查室|厅))\s*(?:(?:19|20)\d{2}|[二O〇○])"
    )
    for line in lines[:12] + lines[-12:]:
        if match := pattern.match(line):
            return match[1]
    return None


def find_speaker(title: str | None, lines: list[str]) -> str | None:
    """The person who speaks, name and post as written."""
    match = re.match(r"(?:\d{4}年)?([^在《]{2,24}?)(?:同志)?(?:在|的讲话)", title or "")
    if match and re.search(r"[长记任员席理导]|同志|处", match[1]):
        return match[1].strip("的")
    for line in lines[:10]:
        post = re.fullmatch(
            r"[\u4e00-\u9fff]{2,16}(?:长|书记|主任|主席)\s+[\u4e00-\u9fff]{2,4}",
            line.strip("（） "),
        )
        if post:
            return post[0]
    return None


def find_number(lines: list[str]) -> str | None:
    for line in lines[:40]:
        if "号" in line and (match := NUMBER.search(line)):
            return re.sub(r"\s", "", match[0])
    return None


_MEETING = re.compile(r"(?:主持|召开|举行|在.{2,30}会议上|参加.{0,10}会议)")
_OPENED = re.compile(
    r"年([\u4e00-\u9fff]{2,20})?(?:第.{1,3}次)?(?:全体会|工作会|会议|大会|推进会|动员会)"
)


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
    text = "\n".join(lines)
    for line in lines[:40]:
        opening = line[:80]
        if _MEETING.search(line[:120]) and (day := dates.full_date(opening)):
            return day
    for line in lines[:40]:
        match = dates.MONTH_DAY.search(line[:60]) if _MEETING.search(line[:120]) else None
        year = (
            dates.full_date(text) or next((m[1] for m in NUMBER.finditer(text)), None)
            if match
            else None
        )
        if match and year:
            return dates.iso(int(year[:4]), int(match["m"]), int(match["d"]))
    return None


def _own_day(lines: list[str]) -> str | None:
    """A day in the paper's own head or signature: a line that is little more than a day."""
    for i, line in enumerate(lines):
        day = dates.full_date(line[:40])
        if not day:
            continue
        rest = re.sub(r"[\d年月日号.\-/:：（）() 〇一二三四五六七八九十零O○在]", "", line)
        dashed = re.match(r"\d{4}[-./]", line)
        if line.startswith(("（", "(")) and len(rest) < 2 and i < 12:
            return day
        if (
            not dashed
            and len(line) < 40
            and len(rest) <= 22
            and not re.search(r"[。：，；|]", line)
            and "来源" not in line
        ):
            return day
        if i < 3 and re.match(r"\d{4}年\d+月\d+日在", line):
            return day
    return _glued_signature(lines)


def _glued_signature(lines: list[str]) -> str | None:
    text = "\n".join(lines)
    match = re.search(
        r"(?:政府|办公室|办公厅|局|委员会|督查室|厅|部)\s{0,3}((?:19|20)\d{2}年\d{1,2}月\d{1,2})日?(?=\s|$)",
        text,
    )
    if match and (day := dates.full_date(match[1])):
        return day
    match = re.search(r"[（(]([^（()）]{8,20})[)）]\s*同志们", text)
    return dates.full_date(match[1]) if match else None


def _news_day(lines: list[str], head: Header) -> str | None:
    if head.doc_type not in ("other", "reply", "bulletin", "rectification"):
        return None
    for line in lines[:14]:
        if re.search(r"来源|时间|作者|发布", line) and (day := dates.full_date(line)):
            return day
    return None


def _year(lines: list[str], head: Header) -> str | None:
    """The year alone, from the paper's number, its title or its first sentences."""
    title = head.title or ""
    if re.search(r"统计公报|通报", title):
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
            match = re.search(r"召开((?:19|20)\d{2})年", line)
            if match:
                return match[1]
    return None


def read_header(folded: str, original: str) -> Header:
    """Title and all from a folded text; the title is quoted from the original."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", folded)]
    lines = [(folded[a:b].strip(), original[a:b].strip()) for a, b in spans if folded[a:b].strip()]
    plain, written = [a for a, _ in lines], [b for _, b in lines]
    labelled = fields(plain)
    title = find_title(plain, labelled)
    sort = find_type(title, plain, body_attached=body_attached(plain, title))
    head = Header(title=title, doc_type=sort, number=find_number(plain))
    return Header(
        title=_as_written(title, plain, written),
        doc_type=sort,
        number=head.number,
        date=find_date(plain, labelled, head),
        issuer=find_issuer(plain, labelled, title),
        speaker=find_speaker(title, plain) if sort == "speech" else None,
    )


def _as_written(title: str | None, plain: list[str], written: list[str]) -> str | None:
    """The title in the original's characters, where one stretch of it holds it."""
    if title is None:
        return None
    for folded, original in zip(plain, written, strict=True):
        at = folded.find(title)
        if at >= 0 and len(folded) == len(original):
            return original[at : at + len(title)]
    return title
