"""What a clause says: its figures, and the traits that a kind shows itself by.

A trait is a pattern in `_TRAITS` or `_SHAPES`, and a flag by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import compress

from huiyin.reading.flags import flag
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
    r"季度末前|年末前|月末前|日前|号前|底前|初前|日内(?<=\d日内)|工作日内|年内|月内|周内|以前完成|前完成|之前(?<=[日月年底节会]之前)|到20\d\d年|"
    r"20\d\d年(?:底|末)|“十[一二三四五]五”(?:末|期间)|限期|限时|上半年|下半年|三年|五年行动|今年(?=要|底|年底|计划|内|完成|力争|拟|再)"
)
_DATE = re.compile(r"年(?<=\d{4}年)|月(?<=\d月)")
_DEMAND = re.compile(
    r"一定要|必须|务必|应当|应该(?!说|看到)|需要我们|需要大家|不得|严禁|不准|不许|禁止(?!性)|要(?<![重主需首必紧纪概摘次简只将]要)(?!求|素|点|闻|么|是|不是|地|件|害|职|务|想)|要求我们"
    r"|希望(?!和|的|$|，)|请(?<![申邀聘提报]请)(?!求|示|予|您|你)|须(?<![无必]须)(?!知)|责成|决不|绝不|唯有|只有|不能(?!不|很好|适应|满足)|切忌|同意(?!的|率)"
    r"|应(?<![供适反响相对理效感呼]应)(?=[\u4e00-\u9fff])(?!急|用|对|邀|收|届|聘|变|税|付|有尽|运|该|当)"
)
_TOLD = re.compile(
    r"已经|已(?!建成的|有|经)|了(?<![为除定得]了)(?!解|然|如)|近年来|以来(?<=[年月会节度]以来)|过去|去年|刚才|日前(?<!\d日前)|曾(?!经理)|均能|都能|一直|先后|做到了|期间，|高度重视，|作了"
    r"|多次(?!违)|均亲自|亲自部署|准备就绪|仍有|共(?=\d)"
)
_RESULT = re.compile(r"收到良好|顺利|较好|成效|成绩|得到|取得|良好|明显|显[著着]|突出")
_LACKS = re.compile(
    r"不足(?!部分)|不够|不强|不高|不大|不多|不深|不实|不细|不严|不力|不到位|不平衡|不规范|不完善|不健全|不适应|不符合|不及时|不彻底|不善于|不好过|缺乏|缺少|缺口|欠缺|欠账|欠发达|短板|薄弱|滞后|落后|偏低|偏慢"
    r"|困难(?!群众|企业|职工|家庭|学生|人员|党员|老人|儿童)|难度|隐患|险情|问题突出|矛盾(?!纠纷|调处)|仍有|仍然|依然|尚未|未能|无法|难以|差距|有待|未按|未完成|未落实|没有(?:根本)?改变|没有(?:得到)?(?:落实|解决)|不重视|低下|粗放|单一"
    r"|反弹|拖拉|推诿|越跑越远|越来越近|越追越近|压力|任务较?重|负担较?重|严峻|挑战|惯性思维|存在(?<!不存在)(?!的)"
)
_CURED = re.compile(
    r"(?:克服|解决|破解|化解|消除|补齐|补上|防止|防范|避免|杜绝|纠正|整治|排查|查找|应对|治理|改变|针对|弥补|降低|减轻|缓解)[^，；]{0,14}$"
)
_WILL = re.compile(
    r"将(?<=.将)(?!.{0,30}(?:纳入|作为|列入|扩展|放宽|下放))|拟(?<!模拟)(?!定|订)|下一步|今后|继续|力争"
)
_EVENTS = "活动|行动|试点|调查|检查|督查|自查|演练|培训|普查|计划|工程|测试|改造|考核|评估|整治|抽查|会诊|“回头看”|摸排"
_MAKES = re.compile(
    r"制定|制订|修订|修编|出台|建立(?!.{0,2}长效|在)|建成|设立|成立|组建|编制|起草|印发|公布|发布|列出|拿出|新建|改建|扩建|开工|竣工|投产|投用|交付|举办|召开|推出|建设(?=.{0,14}(?:中心|基地|园区|口岸|工程|项目|平台|公园|学校|医院|机场|铁路|公路|水库|场|馆|站|线|市场|体系))"
    + "".join(rf"|{verb}.{{0,24}}?(?:{_EVENTS})" for verb in ("开展", "实施", "启动", "组织"))
    + r"|确定.{0,8}(?:名单|人员|[一\d]名)|报送|上报|书面报告|专题报告|提交|取消|下放|不再(?!.{0,3}出现)|授权|授予|纳入|扩展|放宽|调整为|取缔|拆除|清理|关停|验收|移交|收回|试点|排查|自查|摸底|整改(?=到位|完成|方案)|逐一|逐项|约谈|通报|创建(?=.{0,16}(?:区|园|基地|城|县|镇|村|单位|中心))|设置(?=.{0,12}(?:窗口|机构|岗位|专区|点|站))|扩能|购置|聘请|收储|销号|清偿|重组|铺设|加固|修复|修补"
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
_ANNOUNCES = re.compile(
    "|".join(
        [
            rf"{verb}[^，]{{0,30}}(?:问题|地方|不足|困难|短板)$"
            for verb in ("存在(?!的)", "还有", "面临")
        ]
        + [
            rf"{some}(?:方面|问题|特点|原因|意见|要求|希望|工作)[^，]{{0,6}}$"
            for some in (
                "以下",
                "如下",
                "下列",
                "几个?",
                *(f"{n}个" for n in "一二三四五六七八九十两"),
            )
        ]
        + [rf"{these}(?:问题|现象|情况|做法|成绩|措施|矛盾)" for these in ("这些", "上述", "以上")]
    )
)
_PRINTS = re.compile(
    r"特制定|制定本(?:方案|办法|意见|细则|规定|通知|预案|计划)|现印发|现转发|请(?:认真|遵照|结合)[^，]{0,12}(?:贯彻|执行|组织实施)|特此(?:通知|通报|函复|报告)|同意[^，]{0,30}，现"
)
_GOAL = re.compile(
    "|".join(
        f"{which}目标(?:任务)?[是为：]"
        for which in ("主要", "预期", "总体", "发展", "工作", "奋斗")
    )
)
_OVERALL = re.compile(
    r"总体要求[是为：]|总要求[是为：]|总体思路[是为：]|指导思想[是为：]|基本原则[是为：]|为指导"
)
_FORBIDS = re.compile(r"不得|严禁|不准|不许|禁止|杜绝|决不|绝不|切忌|防止")
_ACTS = re.compile(
    r"(?:目前，|近日，|今年以来，|其中，)?(?:[^，要应须将请拟]{2,24}?(?:政府|局|委|办|厅|院|会|单位|部门|机构|公司|[镇乡县区市省]))(?:党委|政府)?(?:认真|积极|高度|及时|多次|主动|坚持|均|也|还|已|召开|组织|对|专题|严格|迅速|立即|结合|按照|围绕|创新|通过|继续|全面|充分|共)"
)
_ADVERB = re.compile(
    r"(?:切实|进一步|继续|积极|全面|深入|扎实|大力|着力|全力|坚决|认真|加快|有序|稳步|持续|不断|牢固|充分|努力|严格|精准|稳妥|高标准|高质量)"
)
_WE = re.compile("我们|大家|同志")
_PER_CASE = re.compile(r"(?:后|之日起|收到.{0,12})的?\d+个?(?:工作)?(?:日|天|小时)(?:之?内)?")
_RHYTHM = re.compile(r"每[月周季年日天半]|按[月周季]|定期")
_ASKS = re.compile(r"(?:并|同时)?要求(?=[\u4e00-\u9fff]{4})")
_PROJECT = re.compile(
    r"(?:铁路|公路|高速|机场|水库|口岸|电站|泵站|大桥|隧道|管网|线路|段|中心|基地|园区|平台|医院|学校|幼儿园|窗口|场馆|码头|港口|工程)[^，]{0,4}(?:建设|改造|扩建|工程|项目|验收|开工)"
)
_ARGUES = re.compile(
    r"如果|因为|由于|只有.{2,40}才|否则|就会|就能|才能|不是.{2,20}而是|之所以|关键在于|决定着|事关|关系到|意味着"
)
_DELIVERS = re.compile(
    r"(?:制定|制订|编制|出台|修订|设立|成立)[^，]{0,30}(?:方案|办法|清单|规划|细则|制度|机制|意见|标准|预案|目录|政策|窗口|专栏|小组|机构)"
)
_ASKED = re.compile(
    r"希望(?!和|的|$|，|.{0,4}得到)|请大家|请各位|大家要|需要我们|需要大家|要求我们"
)
_REACHED = re.compile(
    r"[共已达][^，]{0,12}\d|已(?:全部|全面)?(?:完成|办结|竣工|建成|开工|通过|达到|到位)|评为|与.{2,4}持平"
)
_BOOK = re.compile(r"《[^》]{1,60}》")
_QUOTED = re.compile(r"“[^”]{1,30}”")
_SUBJECT = re.compile(
    r"^(?:同时，|特别是|因此，?|下一步，|其中，)?(各?[\u4e00-\u9fff（）、]{0,40}?(?:部门|单位|政府|局|委|办|厅|院|会|乡镇|街道|县区|区县|市（州）|各地|地区|机构|小组|公司|企业|中心|负责人|成员|干部|领导))(?:要|应|须|必须|将|负责|会同|牵头|在|可|不得|根据|按|对|于)"
)


_Search = Callable[[str], re.Match[str] | None]
_Rows = tuple[tuple[str, str, _Search], ...]

# A type said here spares the checker the join of two dozen overloaded methods, which it does not finish.
_SHAPES: _Rows = (
    # name, the character without which the pattern cannot match, search
    ("has:percent", "%", _PERCENT.search),
    ("has:rank", "第", _RANK.search),
    ("has:masked", "X", _MASKED.search),
    ("has:date", "", _DATE.search),
    ("has:book", "《", _BOOK.search),
    ("has:quoted", "“", _QUOTED.search),
    ("subject", "", _SUBJECT.match),
    ("is:will", "", _WILL.search),
    ("is:is-a", "", _IS_A.match),
    ("is:result", "", _RESULT.search),
    ("acts", "", _ACTS.match),
    ("adverb", "", _ADVERB.match),
    ("is:we", "", _WE.search),
    ("per case", "日", _PER_CASE.search),
    ("asks", "要求", _ASKS.match),
    ("project", "", _PROJECT.search),
    ("reached", "", _REACHED.search),
    ("deliver", "", _DELIVERS.search),
)
# Shapes that few clauses have: one look for any of them spares most clauses the rest.
_SELDOM: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("announces", _ANNOUNCES),
    ("formula", _PRINTS),
    ("goal", _GOAL),
    ("overall", _OVERALL),
    ("forbids", _FORBIDS),
    ("rhythm", _RHYTHM),
    ("argues", _ARGUES),
    ("asked", _ASKED),
)
_ANY_SELDOM = re.compile("|".join(pattern.pattern for _, pattern in _SELDOM))


def _only_says(text: str) -> re.Match[str] | None:
    return _SAYS_FIRST.match(text) or _ONLY_SAYS.search(text)


def _lacks(text: str) -> re.Match[str] | None:
    """A shortcoming that is named and not the object of a cure (补齐短板)."""
    found = _LACKS.search(text)
    while found and _CURED.search(text, max(0, found.start() - 20), found.start()):
        found = _LACKS.search(text, found.end())
    return found


_TRAITS: _Rows = (
    ("is:demand", "", _DEMAND.search),
    ("is:told", "", _TOLD.search),
    ("is:lacks", "", _lacks),
    ("is:makes", "", _MAKES.search),
    ("is:rights", "", _RIGHTS.search),
    ("is:says", "", _only_says),
    ("has:deadline", "", _DEADLINE.search),
)


@bundled
def _of_figures(count: int) -> tuple[str, ...]:
    return (f"fig:{min(count, 3)}",)


def figures(texts: list[str]) -> list[Bundle]:
    """How many figures each clause has."""
    return [
        _of_figures(len(_FIGURE.findall(text)) if _ANY_DIGIT.search(text) else 0) for text in texts
    ]


_LONGEST_SHORT = 26
_MAKES_AT_ALL, _MAKES_FIRST, _SHORT, _ONE_PART, _LE = map(
    flag, ("is:makes", "makes:first", "short", "commas:0", "了")
)


def flags_of(texts: list[str], parts: list[list[str]]) -> list[int]:
    """For every clause the flags of what it says."""
    found = _shaped(texts)
    for index, (text, split) in enumerate(zip(texts, parts, strict=True)):
        if len(split) == 1:
            found[index] |= _ONE_PART | (_SHORT if len(text) <= _LONGEST_SHORT else 0)
        if found[index] & _MAKES_AT_ALL and any(map(_MAKES.search, split[:2])):
            found[index] |= _MAKES_FIRST
        if "了" in text:
            found[index] |= _LE
    return found


def _shaped(texts: list[str]) -> list[int]:
    """For every text the flags whose patterns are found in it: one pattern is asked of all texts, then the next."""
    found, whole = [0] * len(texts), "".join(texts)
    for name, needed, search in (*_SHAPES, *_TRAITS):
        if needed in whole:
            bit = flag(name)
            for index in compress(range(len(texts)), map(search, texts)):
                found[index] |= bit
    for index in compress(range(len(texts)), map(_ANY_SELDOM.search, texts)):
        for name, pattern in _SELDOM:
            if pattern.search(texts[index]):
                found[index] |= flag(name)
    return found
