"""Pages of the style guide: the echo view and a reading under review, over a made-up speech."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin import clock
from huiyin.documents.layout import FRAGMENT, Mark, Paragraph, paragraphs, sections
from huiyin.web import fates
from huiyin.web.styleguide import add_page

Context = dict[str, Any]
TITLE = "在全市城市管理工作会议上的讲话"
SPEECH = f"""{TITLE}
栖原市市长　闻序
（2026年3月2日）
同志们：
　　城市管理没有大道理，就是把一件件小事管住。我讲三层意思，讲完各自领回去办。
一、先把路管好
　　路是大家天天走的。交通运输局五月底前把环湖路两座危桥加固完，恢复双向通车，限高架一并拆掉。城管局每月把坑洼补一遍，补过的地方要经得起雨。有人提议晚上开放单位停车场，各单位可以自己商量。
　　地铁口的共享单车乱堆，下个月起要有人管，哪家管，分管副市长定。
二、再把老百姓的灯点亮
（一）背街小巷
　　背街小巷还有三百一十盏路灯不亮，城管局六月底前全部修好，修好一盏，在图上标一盏。供电公司同步把裸露的线收进管里。
（二）学校门口
　　学校门口的斑马线，教育局和公安局开学前重新划一遍，一所都不能漏。夜班公交要延长到十一点，公交集团拿出办法，先试三条线。
三、最后说作风
　　来电来信，当天登记，三天回话，这一条长期坚持。谁把球踢给别人，督查室就把谁请来说清楚。
　　我就讲这些。
栖原市人民政府办公室
2026年3月2日
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A heading of the made-up outline."""

    level: int
    number: str
    heading: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the chosen note shows of its matter."""

    title: str
    kv: tuple[tuple[str, str], ...]
    said: float | None = None
    seen: float | None = None
    plan: float | None = None
    last_day: date | None = None
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One demand as the echo view shows it."""

    n: int
    fate: str
    words: str
    number: str
    line: str
    card: Card | None = None
    links: tuple[tuple[str, str], ...] = (("打开事项", "#"),)

    @property
    def id(self) -> str:
        return f"d{self.n}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding as the review shows it."""

    n: int
    kind_short: str
    state: str

    @property
    def id(self) -> str:
        return f"f{self.n}"

    @property
    def url(self) -> str:
        return f"?f={self.n}#{self.id}"


HEADS = (
    (1, "一、", "先把路管好"),
    (1, "二、", "再把老百姓的灯点亮"),
    (2, "（一）", "背街小巷"),
    (2, "（二）", "学校门口"),
    (1, "三、", "最后说作风"),
)
CARD = Card(
    title="环湖路两座危桥加固通车",
    kv=(("现在回答", "市交通运输局，方局长"), ("要求", "恢复双向通车，拆除限高架"), ("原定", "5月31日，未变更")),
    said=0.9, seen=0.72, plan=1.0, last_day=date(2026, 6, 3), last="申请延到 6月30日，理由：东桥检测报告未出。待市长决定。",
)  # fmt: skip
DEMANDS = (
    ("交通运输局五月底前把", "一并拆掉", "overdue", "逾期 12 天", "8-01", "市交通运输局，5月31日到期", CARD),
    ("城管局每月把", "经得起雨", "standing", "长期推进", "8-02", "市城管局，每月一报，6月3日查过", None),
    ("各单位可以自己商量", "各单位可以自己商量", "aside", "不立项", "", "属鼓励，无明确要求，闻序 3月9日批准", None),
    ("地铁口的共享单车", "分管副市长定", "unclaimed", "无人认领 102 天", "", "原话没有点名，至今无人接办", None),
    ("背街小巷还有", "标一盏", "ontime", "按期办理 剩 18 天", "8-03", "市城管局，6月30日到期，核实 268/310 盏", None),
    ("供电公司同步", "收进管里", "ontime", "按期办理", "8-04", "市供电公司，6月30日到期", None),
    ("学校门口的斑马线", "不能漏", "closed", "已办结 5月20日", "8-05", "市教育局，原定 8月25日，早 97 天", None),
    ("夜班公交", "先试三条线", "closed", "已办结 4月28日", "8-06", "市公交集团，原定 4月30日，早 2 天", None),
    ("来电来信", "长期坚持", "standing", "长期推进", "8-07", "市政府督查室，每季一报，4月10日查过", None),
)  # fmt: skip


def _laid(marks: list[Mark]) -> list[Paragraph]:
    outline = [
        Entry(level=level, number=number, heading=heading, start=SPEECH.index(number + heading))
        for level, number, heading in HEADS
    ]
    return paragraphs(SPEECH, marks, outline=outline, title=TITLE)


def _extent(first: str, last: str) -> tuple[int, int]:
    start = SPEECH.index(first)
    return start, SPEECH.index(last, start) + len(last)


def _demands() -> list[Mark]:
    marks = []
    for n, (first, last, fate, words, number, line, card) in enumerate(DEMANDS, 1):
        full = f"栖督〔2026〕{number}" if number else ""
        demand = Demand(n=n, fate=fate, words=words, number=full, line=line, card=card)
        start, end = _extent(first, last)
        marks.append(Mark(start=start, end=end, payload=demand))
    return marks


def _echo() -> Context:
    shown = _laid(_demands())
    counts = Counter(fate for _first, _last, fate, *_rest in DEMANDS)
    return {
        "paragraphs": shown, "outline": sections(shown), "as_of": clock.today(), "chosen": "d1",
        "sentence": "9 项要求，8 项有着落，1 项至今无人认领。", "counts": {fate: counts[fate] for fate in fates.FATES},
        "base": "", "links": (("只看逾期和无人认领", "#"), ("打印批注稿", "#")),
    }  # fmt: skip


def _reading() -> Context:
    states = ("done", "done", "rej", "cur", "", "", "", "", "")
    short = ("任", "长", "任", "任", "任", "任", "任", "任", "长")
    marks = [
        Mark(start=mark.start, end=mark.end, payload=Finding(n=n, kind_short=kind, state=state))
        for n, (mark, kind, state) in enumerate(zip(_demands(), short, states, strict=True), 1)
    ]
    for words, label in (("下个月起", "何时"), ("哪家管，分管副市长定", "谁")):
        start, end = _extent(words, words)
        marks.append(Mark(start=start, end=end, payload=label, level=FRAGMENT))
    return {"paragraphs": _laid(marks), "source": "栖政会〔2026〕4号，第 1 页，共 3 页"}


add_page("echo", "documents/styleguide_echo.html", _echo)
add_page("reading", "documents/styleguide_reading.html", _reading)
