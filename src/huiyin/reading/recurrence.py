"""How often: 每月10日前, 每季度末月25日前, 按月, 一季一调度, 每半个月."""

from __future__ import annotations

import re

_RULES: tuple[tuple[str, str], ...] = (
    (
        "half-monthly",
        r"每半个?(?:月|-)(?:一次)?|每月两次|半月(?:一|调度|通报|报)|每两周(?:一次)?|双周",
    ),
    ("half-yearly", r"每半年(?:一次)?|半年(?:一|报|通报|调度)|每年两次"),
    (
        "quarterly",
        r"每个?季度?(?:末月?)?(?:第?\d{1,2}日)?(?:底|末|初)?(?:之前|以前|前)?|按季度?(?=调度|通报|报|督|分析|考核|推进|，|开展|公布|公开|组织)|一季度?一(?:次|通报|调度|督查|报|考核|评|点评|分析|会|研判|总结|更新)|逐季|季(?:通报|调度|报告)",
    ),
    (
        "monthly",
        r"每个?月(?:底|末|初|上旬|中旬|下旬)?(?:第?\d{1,2}[日号])?(?:之前|以前|前)?|按月(?=调度|通报|报|督|分析|考核|推进|，|开展|公布|公开|组织|统计)|一月一(?:次|通报|调度|督查|报|考核|评|点评|分析|会|研判|总结|更新)|逐月|月(?:通报|调度|报告)制",
    ),
    (
        "weekly",
        r"每个?(?:周|星期)[一二三四五六日天]?(?:之前|以前|前|末)?(?![年围边转])|按周(?=调度|通报|报)|一周一(?:次|通报|调度|督查|报|会|研判)|周(?:通报|调度|报告)制",
    ),
    (
        "daily",
        r"每[日天](?:\d{1,2}[时点：:]\d{0,2})?(?:之前|以前|前)?(?!均)|按日(?=调度|通报|报)|一日一(?:次|通报|调度|报)|日报告制|日调度",
    ),
    (
        "yearly",
        r"每年(?:度)?(?:\d{1,2}月(?:\d{1,2}日|底|份)?)?(?:之前|以前|前|一次)?|按年度?(?=考核|通报|报|评)|一年一(?:次|评|考核|度)|逐年(?=考核|公布)|年度(?=考核制)",
    ),
)
_COMPILED = tuple((freq, re.compile(pattern)) for freq, pattern in _RULES)
_NOT = re.compile(r"(?:每人|人均|每亩)$")
_STATE = re.compile(r"^(?:可?享受|只|不超过|平均|新增|增长|递增|\d)")


def find(text: str) -> tuple[int, int, str] | None:
    """The first rhythm that can be named: its place and frequency."""
    best: tuple[int, int, str] | None = None
    for freq, pattern in _COMPILED:
        match = pattern.search(text)
        if match is None or _NOT.search(text[: match.start()]) or _STATE.match(text[match.end() :]):
            continue
        if best is None or match.start() < best[0]:
            best = (match.start(), match.end(), freq)
    return best
