"""The model's features in words a reviewer understands."""

from __future__ import annotations

_GROUPS = {
    "end": "有可验收的动作",
    "report": "要求报送",
    "event": "要办一件具体的事",
    "soft": "讲的是工作方法和力度",
    "attitude": "讲的是作风和认识",
    "forbid": "禁止性要求",
    "permit": "规定可以享受或执行什么",
}
_HAS = {
    "percent": "有百分比",
    "rank": "有位次",
    "masked": "数字被隐去",
    "deadline": "有时限",
    "date": "有日期",
    "book": "引用文件",
    "quoted": "有引语",
    "demand": "有要求的口气",
    "told": "说的是已经发生的事",
    "lacks": "指出不足",
    "makes": "有可验收的动作",
    "rights": "规定权利、待遇或条件",
    "says": "只是交代情况",
    "will": "说的是将来",
    "is-a": "说明道理",
    "result": "有成效用语",
    "we": "面向听众说话",
}
_SHAPES = {
    "subject": "开头点名单位",
    "了": "有“了”字",
    "first": "段落开头",
    "after;": "分号后的并列句",
    "assigned": "段后注明责任单位",
    "open": "没有句号",
    "unnumbered": "不在编号之下",
    "preface": "在文件开头",
    "last": "在文件末尾",
    "line": "独立成行",
    "heading:0": "标题本身就是要求",
    "heading:1": "是下文的标题",
    "heading:run": "“一是”类分项",
    "heading:own": "编号分项",
    "topic": "段首的概括句",
    "kids": "下面另有分句",
    "announces": "只是引出下文",
    "formula": "发文用语",
    "goal": "说的是要达到的目标",
    "overall": "说的是总体要求",
    "forbids": "禁止性要求",
    "acts": "说单位做了什么",
    "adverb": "讲的是力度",
    "per case": "逐件起算的时限",
    "asks": "转述要求",
    "project": "点名工程项目",
    "argues": "说明道理",
    "reached": "说的是已达到的情况",
    "deliver": "要拿出文件、机构或制度",
    "asked": "对听众提出要求",
    "rhythm": "有周期",
}
_SECTIONS = {"问题": "在讲问题的部分", "成绩": "在讲情况的部分", "要求": "在讲要求的部分"}
_TYPES = {
    "speech": "讲话",
    "minutes": "会议纪要",
    "plan": "方案要点",
    "notice": "通知意见",
    "bulletin": "通报",
    "report": "报告",
    "rectification": "整改材料",
    "reply": "答复",
    "other": "其他材料",
}


AND = "且"
"""Stands between two features that are said as one."""


def in_words(feature: str) -> str | None:
    """A feature in words a reviewer can follow; None for character pairs and the like."""
    return _both(*feature.split("+")) if "+" in feature else _one(feature)


def _one(feature: str) -> str | None:
    head, _, rest = feature.partition(":")
    if head == "v1":
        return f"以“{rest}”领起"
    if head == "h1":
        return _GROUPS.get(rest)
    if head == "m1":
        return f"有“{rest}”字要求"
    if head in ("has", "is"):
        return _HAS.get(rest)
    if head == "fig" and rest != "0":
        return "有数量"
    if head == "sec":
        return _SECTIONS.get(rest)
    if head == "dt":
        return f"文种为{_TYPES.get(rest, rest)}"
    return _SHAPES.get(feature)


def _both(*features: str) -> str | None:
    """Two features taken together, where both can be said and say different things."""
    said = [_one(feature) for feature in features]
    words = [each for each in said if each]
    return AND.join(words) if len(set(words)) == len(said) else None
