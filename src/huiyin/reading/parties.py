"""Who is to do it: labels (牵头单位：…), 由…牵头、…配合, brackets (（…负责）), grammatical subjects.

Spans are relative to the text given; a name is quoted as written, without its label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from huiyin.reading.lexicon import alternation, words

Span = tuple[int, int]
_HAN = "\u4e00-\u9fff"
_WHOLE = (
    r"各省、自治区、直辖市(?:人民政府)?|各市（州）、县（市、区）(?:人民政府)?|各市、县（市、区）(?:人民政府)?|各县（市、区）、[^、，]{2,8}"
    r"|各区（市）县(?:人民)?政府|各县（市、区）(?:人民政府)?|各市（州）(?:人民政府)?|各市县(?:人民政府)?|各设区市(?:人民政府)?"
    r"|各级党委（党组）|各级党委、政府|有关部门和单位|各有关部门和单位|各部门和单位|相关部门和单位|各乡镇（街道）|各镇（街道）|各镇（街道、[^）]{1,8}）"
)
_NOT_WE = re.compile(
    r"^(?:我们?|我会|我也会|企业|社会|市场|群众|所|站|会|员|办|部|院|委|厅|局|队|处|科|组|大家|同志们|你们|您|他们?|它|这|那|该项|其)$|^(?:个别|有的|有些|部分|一些|少数|困难|失业|符合条件|这些|那些|我们|会议|本次|此次|问题|大龄|参保)"
)
_OPENING = re.compile(
    r"^(?:同时|特别是|尤其是?|其中|因此|所以|下一步|此外|另外|并|并且|当前|今后|目前|据了解|原则上|第[一二三四五六七八九十]|对此|为此|首先是|关键是|重点是|我们(?=每|政府|部门|全体|各|领导|机关|班子)|所涉及的|希望|请|要求|责成|由|需要|也|又|还|如果)，?"
)
_REPORTED = re.compile(
    rf"^[{_HAN}（）]{{1,12}}?(?:指出|强调|要求|认为|明确|提出|决定|议定|同意)[，：]"
)
_GOES_ON_WAYS = (
    r"一定要|还要|也要|又要|既要|都要|均要|更要|要(?!求|素|点|闻)|应当|应该|应(?!急|用|对|邀|收|届|聘|变|税)|须|必须|务必|需(?!求)|将|负责|牵头|会同|不得|不再|在|根据|按照|按(?!时)|对(?!接|口|外|策|象)|于|以(?!上|下|外|内|及)"
    r"|切实|认真|继续|正(?!确|式)|已|共同|具体|每(?:月|周|季|年|日|半)|分别|要在|可(?!再|持)|依托|依法|严格|及时|主动|积极|充分|全面|统筹|制定|建立|成立|安排|提出|做好|完善|加强|落实|组织(?!部|机|的|领)|配合|协助|承担|结合|围绕|立足|加快|加大|尽快"
    r"|相应|同步|定期|要强|研究|明确|召开|开展|会(?!议|计)|把|通过|从|针对|出台|负总责|另行|采取|向|使|靠|首先|应有|需在|作为|对照|确定|督促|指导|跟踪|评为|荣获|继续|务须|限期|限时|立即|即时|也表示|表示|也要|既|都(?!市)|就(?!业)|率先|带头|参照|参加|到|与|为主|要用|用|推动|推进|抓好|抓紧|进一步|各自|逐一|亲自|牢固|深入|完成|报送|上报|提供|支持|实施|执行|清理|整改|拟|为"
)
_BEGINS_TO_GO_ON = "".join(sorted(set(re.findall(r"(?:^|\||\()([\u4e00-\u9fff])", _GOES_ON_WAYS))))
# The character alone is asked before the hundred ways.
_GOES_ON = rf"(?=[{_BEGINS_TO_GO_ON}])(?={_GOES_ON_WAYS})"
_ETC_BEFORE_VERB = (
    r"(?:等(?:有关|相关|省级|主管)*(?:部门|单位)*(?:（单位）)?)?(?:\d{1,3}个(?:单位|部门|乡镇)?)?"
)
_BAD_INSIDE = re.compile(
    r"[，。；：]|(?:的|对|把|将|向|从|按|为|在|要|加强|推进|提高|建立|支持|鼓励|组织|督促|指导|帮助|引导|协调|落实|不)[\u4e00-\u9fff]"
)


@dataclass(slots=True)
class Parties:
    """Spans of those who lead and those who assist, and how they were found."""

    lead: list[Span]
    co: list[Span]
    why: str = ""

    def __bool__(self) -> bool:
        return bool(self.lead or self.co)


@cache
def _name() -> str:
    tails = words("units", "tail")
    tail = f"(?=[{''.join(sorted({word[0] for word in tails}))}]){alternation('units', 'tail')}"
    return rf"(?:{_WHOLE}|(?:“[^”]{{1,16}}”|《[^》]{{1,12}}》|[{_HAN}（）？]){{0,22}}?{tail})"


@cache
def _subject() -> re.Pattern[str]:
    joint = r"(?:、|和|及|以及|与|，|等和)"
    return re.compile(rf"({_name()}(?:{joint}{_name()})*){_ETC_BEFORE_VERB}{_GOES_ON}")


@cache
def _before_verb() -> re.Pattern[str]:
    """How every subject ends: the last character of a name before a verb."""
    last = "".join(sorted({word[-1] for word in words("units", "tail")} | set("府市县区门位）")))
    return re.compile(rf"[{last}]{_ETC_BEFORE_VERB}{_GOES_ON}")


_JOINT = re.compile(r"、|，|；|以及|和|及|与|\s+")
_ETC = re.compile(
    r"等(?:(?:有关|相关|省级|主管)*(?:部门|单位)(?:和单位)?(?:（单位）)?|和)?(?:按职责分工)?$"
)


def split_names(text: str, start: int, end: int) -> list[Span]:
    """The single names of a list, each with its place; 和 joins names only between whole ones."""
    spans, at = [], start
    for joint in _JOINT.finditer(text, start, end):
        if (
            joint.start() < at
            or _inside(text, start, joint.start())
            or not _parts_names(text, at, joint, end)
        ):
            continue
        spans.append((at, joint.start()))
        at = joint.end()
    spans.append((at, end))
    return [tidy for span in spans if (tidy := _tidy(text, *span))]


def _inside(text: str, start: int, at: int) -> bool:
    return text.count("（", start, at) > text.count("）", start, at)


_WHOLE_RE = re.compile(_WHOLE)


def _parts_names(text: str, at: int, joint: re.Match[str], end: int) -> bool:
    whole = _WHOLE_RE.match(text, at, end)
    if whole and whole.end() > joint.start():
        return False
    if joint[0] in ("、", "，", "；") or joint[0].isspace():
        return True
    left, right = text[at : joint.start()], text[joint.end() : end]
    if right.startswith(("各", "相关", "有关", "其他", "所属", "属地", "地方")):
        return True
    if re.match(r"(?:单位|部门|个人|人员)(?:$|等)", right):
        return False
    return len(left) >= 2 and bool(_name_at_end().search(left))


@cache
def _name_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('units', 'tail')}|等)$")


def _tidy(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in " 、，：；":
        start += 1
    words = text[start:end].rstrip(" 、，。；：")
    words = _ETC.sub("", words)
    if len(words) < 1 or words in ("等", "等部门", "有关"):
        return None
    return start, start + len(words)


_LABELLED = re.compile(
    r"(?P<label>(?:责任|牵头|负责|配合|主办|协办|承办|参与|参加|协助|整改|办理|督办|督导|包联|挂钩|分管|协作)"
    r"(?:责任)?(?:单位|部门|领导|人|县领导|市领导|区领导|科室|主体|股室|处室)(?:及责任人)?)[】\]]?\s*[：】]\s*"
)
_BEHIND_LABEL = re.compile(r"[^；。：\n】（）]*(?:（[^）]{0,20}）[^；。：\n】（）]*)*")
_OTHER_LABEL = re.compile(r"[，、；]?\s*(?:适用范围|完成时限|完成时间|整改时限|时限)")
_ASSISTS = ("配合", "协办", "参与", "参加", "协助", "协作", "督导", "督办", "分管", "包联", "挂钩")


def _behind_labels(text: str) -> list[tuple[str, list[Span]]]:
    """Each label with the names behind it, up to the next label or stop."""
    matches = list(_LABELLED.finditer(text))
    found = []
    for match, after in zip(matches, [*matches[1:], None], strict=False):
        limit = after.start() if after else len(text)
        names = _BEHIND_LABEL.match(text, match.end(), limit)
        end = names.end() if names else match.end()
        stop = _OTHER_LABEL.search(text, match.end(), end)
        end = stop.start() if stop else end
        found.append((match["label"], split_names(text, match.end(), end)))
    return found


def labelled(text: str) -> Parties:
    """Names behind labels: 牵头单位：A；配合单位：B、C. Without the word 牵头 all of 责任单位 lead.

    Where a paper names both 牵头单位 and 责任单位, the responsible ones assist the lead.
    """
    found = Parties([], [], "标明责任单位")
    behind = _behind_labels(text)
    led = any(label.startswith("牵头") for label, _ in behind)
    for label, names in behind:
        assists = label.startswith(_ASSISTS) or (led and label.startswith("责任单位"))
        (found.co if assists else found.lead).extend(names)
    return found


def bracketed(text: str) -> Parties:
    """（A、B负责） or （A牵头，B、C配合） or （责任单位：A）."""
    if _LABELLED.search(text):
        return labelled(text)
    start = 1 if text.startswith("（") else 0
    end = len(text) - (1 if text.endswith("）") else 0)
    body = re.sub(
        r"(?:按(?:照)?职责分工|分别|共同|具体|按职责)?(?:负责|落实|实施|承办)$", "", text[start:end]
    )
    return _leads_and_assists(text, start, start + len(body))


def _leads_and_assists(text: str, start: int, end: int) -> Parties:
    found = Parties([], [], "括注责任单位")
    lead = re.compile(r"牵头(?:负责|落实|组织实施)?[，、；]?").search(text, start, end)
    if not lead:
        together = re.compile(r"会同").search(text, start, end)
        if together:
            found.lead = split_names(text, start, together.start())
            found.co = split_names(text, together.end(), end)
        else:
            found.lead = split_names(text, start, end)
        return found
    found.lead = split_names(text, start, lead.start())
    rest = re.sub(
        r"(?:等)?(?:按职责分工)?(?:配合|协助|参加|参与|协同)(?:落实|做好)?$",
        "",
        text[lead.end() : end],
    )
    found.co = split_names(text, lead.end(), lead.end() + len(rest))
    return found


_BY = re.compile(
    rf"(?:由|请|责成|委托)(?:所涉及的|上述)?((?:[{_HAN}（）、“”？\d.]|，(?=[{_HAN}]{{2,12}}(?:、|牵头|负责))){{2,120}}?)(?:等(?:省级)?(?:主管)?(?:部门|单位)?(?:（单位）)?)?(牵头|负责|会同|具体负责|承办|落实|提出|制定|作为|继续作为|组织|办成|共同|配合|尽快|协商|按|在|于)"
)
_WITH = re.compile(
    rf"会同([{_HAN}、（）]{{2,40}}?)(?=[，。；]|按照|根据|对|抓紧|共同|制定|研究|提出|积极|加快|做好|进行|落实|开展|$|尽快|认真|建立|出台|加强|组织)"
)
_HELPS = re.compile("配合|协助|协办")
_HELPED = re.compile(
    rf"(?:^|[，；、])([{_HAN}、（）等其]{{2,40}}?)(?:做好|予以|积极|密切|协同|协助)?(?:配合|协助|协办|作为配合单位)(?=[，。；]|$|于|做好)"
)


def subject(text: str) -> Parties:
    """Those whom the clause itself names: its subject before a verb, 由…负责, …会同…, …配合."""
    reported = _REPORTED.match(text)
    start = reported.end() if reported else 0
    several = _whose_matters(text) if text.count("负责的") > 1 else Parties([], [])
    found = several or _earlier(_first_subject(text, start), _by(text, start))
    found = found or _whose_matters(text)
    if not found:
        return found
    for match in _WITH.finditer(text, start) if "会同" in text else ():
        found.co.extend(_units_only(text, split_names(text, *match.span(1))))
    for match in _HELPED.finditer(text, start) if _HELPS.search(text, start) else ():
        names = _units_only(text, split_names(text, *match.span(1)))
        found.co.extend(span for span in names if span not in found.lead)
    return found


def _earlier(one: Parties, other: Parties) -> Parties:
    """Of two findings the one that stands first; the second where they begin together."""
    if not one.lead or not other.lead:
        return one or other
    return one if one.lead[0][0] < other.lead[0][0] else other


_WHOSE = re.compile(
    rf"(?:由|、|，|^)(?!由)([{_HAN}]{{2,12}}?(?:局|委|办|厅|部|院|会|政府|镇|乡|中心|公司))负责的"
)


def _whose_matters(text: str) -> Parties:
    """由A负责的第1件、B负责的第4件…: all whose matters are named."""
    found = _WHOSE.finditer(text) if "负责的" in text else ()
    return Parties([match.span(1) for match in found], [], "“…负责的”点名")


@cache
def _unit_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation('units', 'tail')}|你省|你市|（单位）)$")


def _units_only(text: str, spans: list[Span]) -> list[Span]:
    tail = _unit_at_end()
    return [(a, b) for a, b in spans if tail.search(text[a:b]) and not _NOT_WE.match(text[a:b])]


def _by(text: str, start: int) -> Parties:
    for match in _BY.finditer(text, start):
        whole = text[match.start(1) : match.end(1)]
        names = _units_only(text, split_names(text, *match.span(1)))
        if names and not _BAD_INSIDE.search(whole.replace("，", "、")):
            return Parties(names, [], f"“{match[0][0]}…{match[2]}”点名")
    return Parties([], [])


def _last_end(text: str, start: int) -> int:
    """Where the last name that stands before a verb may end; -1 when there is none."""
    if "各县（市、区）、" in text:  # a whole that may end in any character
        return len(text)
    last = -1
    for match in _before_verb().finditer(text, start):
        last = match.start()
    return last


def _first_subject(text: str, start: int) -> Parties:
    last = _last_end(text, start)
    at = start
    for part in text[start:].split("，"):
        if last < at:
            break
        opening = _OPENING.match(part + "，")
        skip = opening.end() if opening else 0
        match = _subject().match(text, at + skip)
        if match and (names := _acceptable(text, *match.span(1))):
            names += _later_subjects(text, at + len(part) + 1, last)
            return Parties(names, [], "主语点名")
        at += len(part) + 1
    return Parties([], [])


_BOUND = re.compile(r"(?:(?:也|还|都)?(?:要(?!求)|应(?!急|用)|须|必须|负责|将))")


def _later_subjects(text: str, at: int, last: int) -> list[Span]:
    """Further subjects of one clause, each bound in its own comma part: 督查室要…，组织部要…"""
    found: list[Span] = []
    for part in text[at:].split("，") if at <= last else ():
        opening = _OPENING.match(part + "，")
        match = _subject().match(text, at + (opening.end() if opening else 0))
        if match and match.end(1) <= at + len(part) and _BOUND.match(text, match.end(1)):
            found += _units_only(text, _acceptable(text, *match.span(1)))
        at += len(part) + 1
    return found


_VERB_LIKE_NAMES = frozenset(
    [
        "发展",
        "改革",
        "领导",
        "指导",
        "服务",
        "监督",
        "管理",
        "检查",
        "审计",
        "统筹",
        "协调",
        "保障",
        "执行",
        "审批",
        "监管",
        "宣传",
        "组织",
        "建设",
        "规划",
        "考核",
        "科技",
    ]
)
_STARTS_NO_NAME = re.compile(
    r"始终|能|由|委托|与|将|所(?!有|属)|首先|带动|授权|发挥|要|使|让|并|从|以|按|因|为"
)


@cache
def _verbs() -> frozenset[str]:
    return (
        frozenset(word for word in words("verbs", "soft") + words("verbs", "end") if len(word) == 2)
        - _VERB_LIKE_NAMES
    )


def _no_name(name: str) -> bool:
    """Whether a stretch begins like a verb or holds what no name holds."""
    if _WHOLE_RE.fullmatch(name):
        return False
    plain = re.sub(
        r"的(?=(?:单位|部门|机构|地区|人员|干部|全体)[^的]{0,4}$)",
        "",
        re.sub(r"^其他承担.{2,8}的", "", name),
    )
    return name[:2] in _verbs() or bool(_STARTS_NO_NAME.match(name) or _BAD_INSIDE.search(plain))


def _acceptable(text: str, start: int, end: int) -> list[Span]:
    names = split_names(text, start, end)
    if any(_no_name(text[a:b]) for a, b in names):
        return []
    return [] if any(_NOT_WE.match(text[a:b]) for a, b in names) else names
