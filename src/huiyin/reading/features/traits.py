"""What a clause says: its figures, dates and modal words, and the traits that a kind shows itself by.

A trait is a pattern in `_TRAITS` or `_SHAPES`; one more row there is one more feature.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from huiyin.reading.features.words import known_verbs
from huiyin.reading.seen import Bundle, bundled

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
_BOOK = re.compile(r"《[^》]{1,60}》")
_QUOTED = re.compile(r"“[^”]{1,30}”")
_SUBJECT = re.compile(
    r"^(?:同时，|特别是|因此，?|下一步，|其中，)?(各?[\u4e00-\u9fff（）、]{0,40}?(?:部门|单位|政府|局|委|办|厅|院|会|乡镇|街道|县区|区县|市（州）|各地|地区|机构|小组|公司|企业|中心|负责人|成员|干部|领导))(?:要|应|须|必须|将|负责|会同|牵头|在|可|不得|根据|按|对|于)"
)


_SHAPES = (  # name, the character without which the pattern cannot match, search
    ("has:percent", "%", _PERCENT.search),
    ("has:rank", "第", _RANK.search),
    ("has:masked", "X", _MASKED.search),
    ("has:date", "", _DATE.search),
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


@bundled
def _of_modals(modals: tuple[str, ...]) -> tuple[str, ...]:
    return (*("m:" + modal for modal in modals), *("m1:" + modal for modal in modals[:1]))


@bundled
def _of_size(figures: int, length: int, commas: int) -> tuple[str, ...]:
    return f"fig:{figures}", f"len:{length}", f"commas:{commas}"


@bundled
def _of_shapes(bits: int, *, makes_first: bool, le: bool) -> tuple[str, ...]:
    names = (name for place, (name, _, _) in enumerate(_SHAPES) if bits >> place & 1)
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


def _bits(columns: list[list[bool]]) -> list[int]:
    """For every text a bit for each column that holds."""
    shifted = [[held << place for held in column] for place, column in enumerate(columns)]
    return list(map(sum, zip(*shifted, strict=True)))


def _bit(names: tuple[str, ...], *wanted: str) -> int:
    return sum(1 << place for place, name in enumerate(names) if name in wanted)


_FIGURES = _bit(tuple(name for name, _, _ in _SHAPES), "has:rank", "has:masked")
_MAKING = _bit(tuple(name for name, _ in _TRAITS), "is:makes")


def traits_of(
    texts: list[str],
    parts: list[list[str]],
    heads: list[list[str | None]],
    sections: list[str],
    doc_type: str,
) -> Iterator[tuple[Bundle, Bundle, Bundle, Bundle, Bundle]]:
    """For every clause its size, shapes, traits, the traits in this section, and its modal words."""
    shapes = _bits(
        [[c in text and search(text) is not None for text in texts] for _, c, search in _SHAPES]
    )
    traits = _bits([[search(text) is not None for text in texts] for _, search in _TRAITS])
    figures = [len(_FIGURE.findall(text)) if _ANY_DIGIT.search(text) else 0 for text in texts]
    verbs = known_verbs()
    for text, split, (head, *_), section, shape, held, count in zip(
        texts, parts, heads, sections, shapes, traits, figures, strict=True
    ):
        fig = int(count > 0 or shape & _FIGURES > 0)
        makes = held & _MAKING > 0 and any(map(_MAKES.search, split[:2]))
        yield (
            _of_size(min(count, 3), min(len(text) // 12, 8), min(len(split) - 1, 4)),
            _of_shapes(shape, makes_first=makes, le="了" in text),
            _of_traits(held, verbs[head] if head else "-", fig),
            _of_section(held, fig, section, doc_type),
            _of_modals(tuple(dict.fromkeys(filter(None, map(_modal, split))))),
        )
