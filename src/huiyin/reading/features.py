"""What the model sees of a clause: its verbs, its modal words, its figures, and where it stands.

Every feature is a short readable string; `model.py` says each in words a reviewer understands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import add

from huiyin.reading.clauses import Clause
from huiyin.reading.lexicon import rows
from huiyin.reading.seen import Bundle, Seen, bundled
from huiyin.reading.structure import Mark

_ANY_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(
    r"(?<![A-Za-z0-9.第])\d[\d.]*(?:多|余|左右)?(?:万|亿|千|百)?"
    r"(?:%|个百分点|元|人|个|家|户|件|项|条|所|座|处|头|只|羽|吨|亩|公顷|公里|米|平方|立方|千瓦|名|艘|辆|套|台|场|次|期|批|笔|起|岁|倍|位|种|张|株|棵|床|间|栋|村|镇|县|区|美元)"
)
_PERCENT = re.compile(r"\d%")
_RANK = re.compile(r"第[一二三四五六七八九十\dX]+位|列(?:全[省市县区国])?第")
_MASKED = re.compile(r"X{1,3}(?:%|起|个|家|亿|万|元)|增长X|第X")
# Where every way begins with a character of its own, `re` skips to the next such character.
_DEADLINE = re.compile(
    r"季度末前|年末前|月末前|日前|号前|底前|初前|日内(?<=\d日内)|工作日内|年内|月内|周内|以前完成|前完成|之前|到20\d\d年|"
    r"20\d\d年(?:底|末)|“十[一二三四五]五”(?:末|期间)|限期|限时|上半年|下半年|三年|五年行动|今年"
)
_DATE = re.compile(r"年(?<=\d{4}年)|月(?<=\d月)")
_MODAL = re.compile(
    r"(一定要|必须|务必|应当|应该|需要|不得|严禁|不能|要|应|须|请|希望|将|拟|可以|允许|可|会)"
)
_NOT_PLAIN = re.compile(r"[^\u4e00-\u9fff（）、“”]")
_DEMAND = re.compile(
    r"一定要|必须|务必|应当|应该|需要我们|需要大家|务须|不得|严禁|不准|不许|都要|还要|也要|又要|更要|就要|既要|要(?!求|素|点|闻|么|是|不是|地|件|害|职|务|想)|希望|请(?!求|示|予)|责成|决不|绝不|唯有|只有|不能(?!不|很好|适应|满足)|切忌|原则同意|会议同意|会议决定"
)
_TOLD = re.compile(
    r"已经|已(?!建成的|有|经)|了(?!解|然|如)|近年来|以来|过去|去年|刚才|日前(?<!\d日前)|曾|均能|都能|一直|先后|做到了|期间，|收到良好|顺利|较好|成效|成绩|得到|取得|高度重视，|作了|进行了"
)
_LACKS = re.compile(
    r"不足|不够|不强|不高|不大|不多|不深|不实|不细|不严|不力|不到位|不平衡|不规范|不完善|不健全|不适应|不符合|不及时|不彻底|缺乏|缺少|欠缺|欠账|短板|薄弱|滞后|落后|偏低|偏慢|困难|隐患|问题突出|矛盾|仍有|仍然|依然|尚未|未能|无法|难以|差距|有待|未按|未完成|未落实|不重视|低下|粗放|单一|反弹|拖拉|推诿|越跑越远|越来越近|压力大|难度大|严峻|存在"
)
_WILL = re.compile(r"将|拟|下一步|今后|继续|力争|计划")
_EVENTS = "活动|行动|试点|调查|检查|督查|自查|演练|培训|普查|计划|工程|测试|改造|考核|评估|整治|抽查|会诊|“回头看”|摸排"
_MAKES = re.compile(
    r"制定|制订|修订|修编|出台|建立(?!.{0,2}长效|在)|建成|设立|成立|组建|编制|起草|印发|公布|发布|列出|拿出|新建|改建|扩建|开工|竣工|投产|投用|交付|举办|召开|推出|建设(?=.{0,14}(?:中心|基地|园区|口岸|工程|项目|平台|公园|学校|医院|机场|铁路|公路|水库|场|馆|站|线|市场|体系))"
    + "".join(rf"|{verb}.{{0,24}}?(?:{_EVENTS})" for verb in ("开展", "实施", "启动", "组织"))
    + r"|确定.{0,8}(?:名单|人员|[一\d]名)|报送|上报|书面报告|专题报告|提交|取消|下放|不再(?!.{0,3}出现)|授权|授予|纳入|扩展|放宽|调整为|取缔|拆除|清理|关停|验收|移交|收回|试点|排查|自查|摸底|整改(?=到位|完成|方案)|逐一|逐项|约谈|通报|购置|聘请|收储|销号|清偿|重组|铺设|加固|修复|修补"
)
_RIGHTS = re.compile(
    r"可(?!持续|能|再|行|靠|控|见|追|查|考)|享受|给予.{0,20}(?:补贴|补助|奖励|奖补|支持)|列支|按.{0,12}执行|不受|予以|免征|优先|有权|允许|承担|发放|应当"
)
_ONLY_SAYS = re.compile(
    r"特制定|制定本|提请|请予审议|现.{0,16}如下|如下$|你[省市县区]请求|你[省市县区]建议|您提出的|你提出的|几点意见|几点要求|谈.{0,4}意见|狠下功夫$|几个?方面|如果|只有.{2,40}才|因为|由于|所谓|随着|我(?:认为|觉得|相信|看|们坚信)|各位代表|同志们$|谢谢|感谢|收悉|参加.{0,8}会议|出席|主持召开|收到|同志.{0,6}汇报|表示衷心"
)
_SAYS_FIRST = re.compile(r"会议(?:还)?(?:听取|传达|学习|审议|通报|研究|集中)|这[次些个]|附件")
_IS_A = re.compile(
    r"^[^，]{2,40}(?:是|就是|也是|既是|关系|事关|决定着).{2,60}(?:关键|保证|基础|要求|举措|途径|工作|机遇|时期|一年|会议|部分|内容|目标|前提|保障|工程|大事|之策|之举|课题|特征|体现|使命|责任|生命线|力量|动力|任务|原则|任务)$"
)
_FORMULA = re.compile(
    r"下面，|现.{0,20}如下|现就.{0,30}|强调.{0,4}意见|讲.{0,4}(?:意见|要求)|重点抓好|通知如下|提出如下|报告如下|提几点"
)
_BOOK = re.compile(r"《[^》]{1,60}》")
_QUOTED = re.compile(r"“[^”]{1,30}”")
_SUBJECT = re.compile(
    r"^(?:同时，|特别是|因此，?|下一步，|其中，)?(各?[\u4e00-\u9fff（）、]{0,40}?(?:部门|单位|政府|局|委|办|厅|院|会|乡镇|街道|县区|区县|市（州）|各地|地区|机构|小组|公司|企业|中心|负责人|成员|干部|领导))(?:要|应|须|必须|将|负责|会同|牵头|在|可|不得|根据|按|对|于)"
)
_SECTION = (
    ("问题", re.compile(r"问题|困难|不足|挑战|短板|差距|隐患|不规范|较大|薄弱|不适应")),
    ("成绩", re.compile(r"回顾|成绩|成效|总体情况|完成情况|基本情况|进展|现状|做法|特点")),
    ("要求", re.compile(r"要求|任务|措施|安排|重点|意见|目标|建议|部署|分工|保障|打算|整改")),
)


_KNOWN_VERBS = ("end", "report", "event", "soft", "attitude", "forbid", "permit")


@cache
def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word, group, *_ in rows("verbs"):
        groups.setdefault(word, []).append(group)
    return groups


@cache
def _verbs() -> dict[str, str]:
    """Every verb that can lead a part, with its first group."""
    found: dict[str, str] = {}
    for word, groups in _groups().items():
        leading = [group for group in groups if group in _KNOWN_VERBS]
        if leading:
            found[word] = leading[0]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word of the lexicon: whether it can lead a part, its feature, and its groups as bits."""

    text: str
    leads: bool
    bundle: Bundle
    groups: int


@cache
def _group_names() -> tuple[str, ...]:
    return tuple(sorted({group for groups in _groups().values() for group in groups}))


@bundled
def _of_groups(bits: int) -> tuple[str, ...]:
    return tuple("c:" + name for place, name in enumerate(_group_names()) if bits >> place & 1)


@cache
def _lexicon() -> tuple[dict[str, tuple[Word, ...]], frozenset[str]]:
    """The words of the lexicon by the pair of characters, or the one, that they begin with."""
    found: dict[str, list[Word]] = {}
    for text, groups in _groups().items():
        bits = sum(1 << _group_names().index(group) for group in set(groups))
        leads = len(text) > 1 and text in _verbs()
        found.setdefault(text[:2], []).append(Word(text, leads, Bundle((f"w:{text}",)), bits))
    return {begin: tuple(words) for begin, words in found.items()}, frozenset(found)


@cache
def _single() -> re.Pattern[str]:
    """The words of one character."""
    return re.compile(f"[{''.join(word for word in _groups() if len(word) == 1)}]")


def _words(text: str, pairs: set[str]) -> list[Word]:
    """The words of the lexicon that stand in a text which has these pairs of characters."""
    lexicon, begins = _lexicon()
    found = [
        word
        for begin in begins & pairs
        for word in lexicon[begin]
        if len(word.text) == 2 or word.text in text
    ]
    for char in set(_single().findall(text)):
        found += lexicon[char]
    return found


_OPENERS = re.compile(
    r"(?:(?:同时|此外|另外|特别是|尤其是|尤其|因此|所以|其中|其次|首先|最后|下一步|当前|目前|今后|接下来|要|还要|更要|也要|并|并且|且|又要|既要|切实|进一步|继续|积极|全面|深入|扎实|大力|着力|全力|坚决|认真|加快|有序|稳步|持续|不断|牢固|充分|努力|严格|及时|主动|统筹|精准|科学|依法|按时|稳妥|尽快|抓紧|必须|应|应当|需|须|请|以|通过)，?){1,3}"
)
_AFTER_MODAL = re.compile(
    r"(?:一定要|必须|务必|应当|应该|都要|还要|也要|要(?!求|素|点)|应|须|将|请|负责|牵头)(?=.{2})"
)
_FRAMED = re.compile(
    r"对|将|把|就|针对|按|按照|根据|围绕|聚焦|结合|依托|在|从|以|由|通过|与|向|为|于"
)


def _lead(part: str) -> str:
    """A comma part without adverbs and modal words before its verb."""
    match = _OPENERS.match(part)
    return part[match.end() :] or part if match else part


def head_verb(part: str, lead: str, held: list[str]) -> str | None:
    """The verb that leads a comma part: at its start, behind its modal word, or last in a framed part.

    `held` are the verbs that stand somewhere in the clause.
    """
    if not held:
        return None
    verbs = _verbs()
    for size in (4, 3, 2):
        if lead[:size] in verbs:
            return lead[:size]
    match = _AFTER_MODAL.search(part)
    if match and match.start() <= 30:
        lead = _lead(part[match.end() :])
        for size in (4, 3, 2):
            if lead[:size] in verbs:
                return lead[:size]
    return _last_verb(lead, held) if _FRAMED.match(lead) else None


def _last_verb(lead: str, held: list[str]) -> str | None:
    """The verb that ends last, of two the shorter one."""
    ends = [(at + len(verb), -len(verb), verb) for verb in held if (at := lead.rfind(verb)) >= 0]
    end, _, verb = max(ends, default=(0, 0, None))
    return verb if end > 3 else None


@bundled
def _leading(verb: str) -> tuple[str, ...]:
    return ("v:" + verb,)


@bundled
def _leading_groups(groups: frozenset[str]) -> tuple[str, ...]:
    return tuple("h:" + group for group in sorted(groups))


@bundled
def _leading_first(verb: str | None, *, at_once: bool) -> tuple[str, ...]:
    """The verb that leads the clause; `at_once` when it leads the first part."""
    if verb is None:
        return ("noverb",)
    return ("v1:" + verb, "h1:" + _verbs()[verb], *(("verb-first",) if at_once else ()))


def _word_bundles(words: list[Word], heads: list[str | None]) -> list[Bundle]:
    """The words of the clause: lexicon words with their groups, verbs that lead."""
    found, groups = [word.bundle for word in words], 0
    for word in words:
        groups |= word.groups
    found.append(_of_groups(groups))
    verbs = [head for head in heads if head]
    found.append(_leading_first(verbs[0] if verbs else None, at_once=heads[0] is not None))
    if verbs:
        known = _verbs()
        found += map(_leading, set(verbs))
        found.append(_leading_groups(frozenset(map(known.__getitem__, verbs))))
    return found


def _edges(text: str, leads: list[str]) -> set[str]:
    """How the clause and its comma parts begin and end."""
    found = {"s:" + lead[:2] for lead in leads}
    found.update(("f:" + leads[0][:2], "b:" + text[:2], "b:" + text[:3], "e:" + text[-2:]))
    return found


_SHAPES = (  # name, the character without which the pattern cannot match, search
    ("has:percent", "%", _PERCENT.search),
    ("has:rank", "第", _RANK.search),
    ("has:masked", "X", _MASKED.search),
    ("has:date", "月", _DATE.search),
    ("has:date", "年", _DATE.search),
    ("has:book", "《", _BOOK.search),
    ("has:quoted", "“", _QUOTED.search),
    ("subject", "", _SUBJECT.match),
    ("is:will", "", _WILL.search),
    ("is:is-a", "", _IS_A.match),
)


def _only_says(text: str) -> re.Match[str] | None:
    return _SAYS_FIRST.match(text) or _ONLY_SAYS.search(text)


_TRAITS: tuple[tuple[str, Callable[[str], re.Match[str] | None]], ...] = (
    ("is:demand", _DEMAND.search),
    ("is:told", _TOLD.search),
    ("is:lacks", _LACKS.search),
    ("is:makes", _MAKES.search),
    ("is:rights", _RIGHTS.search),
    ("is:says", _only_says),
    ("has:deadline", _DEADLINE.search),
)


def _modal(part: str) -> str | None:
    """The first modal word of a comma part, with nothing but plain words before it."""
    found = _MODAL.search(part, 0, 27)
    if found is None or found.start() > 24 or _NOT_PLAIN.search(part, 0, found.start()):
        return None
    return found[1]


def _modal_words(parts: list[str]) -> tuple[str, ...]:
    """The modal words of the parts, each once, the first one first."""
    return tuple(dict.fromkeys(modal for part in parts if (modal := _modal(part))))


@bundled
def _of_modals(modals: tuple[str, ...]) -> tuple[str, ...]:
    return (*("m:" + modal for modal in modals), *("m1:" + modal for modal in modals[:1]))


@bundled
def _of_size(figures: int, length: int, commas: int) -> tuple[str, ...]:
    return f"fig:{figures}", f"len:{length}", f"commas:{commas}"


@bundled
def _of_shapes(bits: int, *, makes_first: bool, le: bool) -> tuple[str, ...]:
    names = dict.fromkeys(name for place, (name, _, _) in enumerate(_SHAPES) if bits >> place & 1)
    return (*names, *(("makes:first",) if makes_first else ()), *(("了",) if le else ()))


@bundled
def _of_traits(bits: int, group: str, fig: int) -> tuple[str, ...]:
    """A figure in a demand is a target, in a report a fact: such traits are also taken together."""
    names = tuple(name for place, (name, _) in enumerate(_TRAITS) if bits >> place & 1)
    demand, told, lacks, makes, rights, says, due = (bits >> place & 1 for place in range(7))
    return (
        *names,
        _demand_and_fact(bits, fig),
        f"k2:{demand}{told}{makes}{due}{rights}",
        f"k3:{demand}{told}{says}{fig}",
        f"k4:{group}{makes}{fig}{told}",
        f"k5:{group}{demand}{told}{lacks}",
    )


def _demand_and_fact(bits: int, fig: int) -> str:
    demand, told, lacks = (bits >> place & 1 for place in range(3))
    return f"k1:{demand}{told}{fig}{lacks}"


@bundled
def _of_section(bits: int, fig: int, section: str, doc_type: str) -> tuple[str, ...]:
    key = _demand_and_fact(bits, fig)
    return doc_type + key, section + key


def _bits(text: str) -> tuple[int, int]:
    """Which shapes and which traits hold, a bit for each."""
    shapes = traits = 0
    for place, (_, char, search) in enumerate(_SHAPES):
        if char in text and search(text):
            shapes |= 1 << place
    for place, (_, holds) in enumerate(_TRAITS):
        if holds(text):
            traits |= 1 << place
    return shapes, traits


_FIGURES = sum(
    1 << place for place, (name, _, _) in enumerate(_SHAPES) if name in ("has:rank", "has:masked")
)
_MAKING = 1 << next(place for place, (name, _) in enumerate(_TRAITS) if name == "is:makes")


_PLACES = (
    "first",
    "after;",
    "open",
    "line",
    "unnumbered",
    "preface",
    "unnumbered:later",
    "assigned",
    "last",
    "ante",
)


@bundled
def _of_place(heading: tuple[bool, bool] | None, placed: tuple[bool, ...]) -> tuple[str, ...]:
    """Where the clause stands; `heading` is whether a numbering runs in, and whether clauses stand under it."""
    own: tuple[str, ...] = ()
    if heading is not None:
        run, kids = heading[0], "1" if heading[1] else "0"
        own = "heading:" + kids, *(("heading:run", "run:" + kids) if run else ("heading:own",))
    held = tuple(name for name, holds in zip(_PLACES, placed, strict=True) if holds)
    return (*own, *held, *(() if placed[-1] else ("post",)))


@bundled
def _of_paper(doc_type: str, section: str) -> tuple[str, ...]:
    return "dt:" + doc_type, "sec:" + section, f"dt+sec:{doc_type}{section}"


def _place(clause: Clause, total: int, index: int, formula: int) -> Bundle:
    heading = (bool(clause.notes.get("run")), clause.kids > 0) if clause.heading else None
    unnumbered = clause.mark is None
    placed = (
        clause.first,
        clause.after_semicolon,
        not clause.closed,
        clause.first and not clause.closed,
        unnumbered,
        unnumbered and index < 6,
        unnumbered and index >= 6,
        bool(clause.notes.get("assigned")),
        index >= total - 2,
        index < formula,
    )
    return _of_place(heading, placed)


def _sections(marks: list[Mark], headings: list[str]) -> list[str]:
    """For every numbering what it and the headings above promise: a problem, an achievement, a demand."""
    found: list[str] = []
    above: list[tuple[int, str]] = []
    for mark, heading in zip(marks, headings, strict=True):
        while above and above[-1][0] >= mark.level:
            above.pop()
        own = next((name for name, pattern in _SECTION if pattern.search(heading)), None)
        above.append((mark.level, own or (above[-1][1] if above else "其他")))
        found.append(above[-1][1])
    return found


_NEAR = (
    "is:makes",
    "is:demand",
    "is:told",
    "is:lacks",
    "fig:0",
    "has:percent",
    "subject",
    "heading:own",
    "heading:run",
    "edge",
)
_AROUND = ("is:demand", "is:told", "is:lacks", "fig:0")


def document_features(
    clauses: list[Clause], marks: list[Mark], headings: list[str], doc_type: str
) -> list[Seen | None]:
    """The features of every clause that may be an item, in order; labels get none."""
    found: list[Seen | None] = []
    total, sections = len(clauses), _sections(marks, headings)
    formula = next((i for i, clause in enumerate(clauses[:40]) if _FORMULA.search(clause.text)), -1)
    for index, clause in enumerate(clauses):
        if clause.label:
            found.append(None)
            continue
        section = "-" if clause.mark is None else sections[clause.mark]
        place = _place(clause, total, index, formula)
        found.append(_clause(clause.text.replace(" ", ""), place, section, doc_type))
    _add_neighbours(found)
    return found


def _clause(text: str, place: Bundle, section: str, doc_type: str) -> Seen:
    pairs = set(map(add, text, text[1:]))
    words = _words(text, pairs)
    held = [word.text for word in words if word.leads]
    parts = [part for part in text.split("，") if part] or [text]
    leads = [_lead(part) for part in parts]
    heads = [head_verb(part, lead, held) for part, lead in zip(parts, leads, strict=True)]
    figures = len(_FIGURE.findall(text)) if _ANY_DIGIT.search(text) else 0
    shapes, traits = _bits(text)
    fig = int(figures > 0 or shapes & _FIGURES > 0)
    makes = traits & _MAKING > 0 and any(_MAKES.search(part) for part in parts[:2])
    steady = (
        place,
        _of_size(min(figures, 3), min(len(text) // 12, 8), min(len(parts) - 1, 4)),
        _of_shapes(shapes, makes_first=makes, le="了" in text),
        _of_traits(traits, _verbs()[heads[0]] if heads[0] else "-", fig),
    )
    bundles = [
        *steady,
        _of_section(traits, fig, section, doc_type),
        _of_paper(doc_type, section),
        _of_modals(_modal_words(parts)),
        *_word_bundles(words, heads),
    ]
    return Seen(bundles, _edges(text, leads), pairs, steady)


@cache
def _near_bits(steady: Bundle) -> int:
    return sum(1 << place for place, name in enumerate(_NEAR) if name in steady.names)


@bundled
def _behind(bits: int | None) -> tuple[str, ...]:
    """What a clause with these features is to the one behind it; None is where the text begins."""
    return _held("<", bits)


@bundled
def _before(bits: int | None) -> tuple[str, ...]:
    """What a clause with these features is to the one before it; None is where the text ends."""
    return _held(">", bits)


def _held(sign: str, bits: int | None) -> tuple[str, ...]:
    if bits is None:
        return (sign + "edge",)
    return tuple(sign + name for place, name in enumerate(_NEAR) if bits >> place & 1)


@cache
def _counts(bits: int) -> int:
    """One for each sort in `_AROUND` that holds, a byte for each."""
    return sum((bits >> _NEAR.index(name) & 1) << 8 * i for i, name in enumerate(_AROUND))


@bundled
def _of_shares(counts: int, width: int) -> tuple[str, ...]:
    """How many of the `width` clauses around are of each sort, in thirds."""
    return tuple(f"~{name}{(counts >> 8 * i & 255) * 3 // width}" for i, name in enumerate(_AROUND))


def _add_neighbours(found: list[Seen | None]) -> None:
    """What the clauses before and behind look like, two of them and the wider surroundings."""
    near = [_near_of(seen) if seen else 0 for seen in found]
    counts = list(map(_counts, near))
    last = len(found) - 1
    for index, seen in enumerate(found):
        if not seen:
            continue
        low, width = max(0, index - 4), max(1, min(index, 4) + min(last - index, 4))
        seen.bundles += (
            _behind(near[index - 1] if index else None),
            _before(near[index + 1] if index < last else None),
            _of_shares(sum(counts[low : index + 5]) - counts[index], width),
        )


def _near_of(seen: Seen) -> int:
    place, size, shapes, traits = map(_near_bits, seen.steady)
    return place | size | shapes | traits
