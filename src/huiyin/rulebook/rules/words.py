"""The words rules are written in: kinds of source, urgency, units of time, intervals, methods."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SOURCES: Mapping[str, Promise] = {
    "speech": _("领导讲话"),
    "minutes": _("会议纪要"),
    "plan": _("工作方案"),
    "notice": _("通知"),
    "bulletin": _("通报"),
    "report": _("政府工作报告"),
    "rectification": _("问题整改"),
    "reply": _("建议提案答复"),
    "instruction": _("领导批示"),
    "superior": _("上级文件"),
    "own": _("自行立项"),
    "appeal": _("群众诉求"),
    "petition": _("信访事项"),
    "hotline": _("热线工单"),
    "hotline_question": _("热线咨询"),
    "hotline_request": _("热线求助、建议"),
    "hotline_complaint": _("热线投诉、举报"),
    "suggestion": _("代表建议"),
    "proposal": _("政协提案"),
    "disclosure": _("依申请公开"),
}
ANY_SOURCE = "any"
"""In a row: whatever the source."""
APPEALS = frozenset(
    {"appeal", "petition", "hotline", "hotline_question", "hotline_request", "hotline_complaint"}
)
"""Sources in which somebody outside asks for something and waits for the answer."""
URGENCIES: Mapping[str, Promise] = {
    "normal": _("一般"),
    "urgent": _("急件"),
    "extra_urgent": _("特急"),
}
UNITS_OF_TIME: Mapping[str, Promise] = {
    "calendar": _("天"),
    "working": _("个工作日"),
    "months": _("个月"),
    "year_end": _("到年底（至少留足天数）"),
}
CLOCKS: Mapping[str, Promise] = {
    "inspection_objection": _("对督查结论提出复核申请"),
    "inspection_review": _("督查结论复核答复"),
    "petition_register": _("信访事项登记、转送、交办"),
    "petition_tell": _("告知信访人是否受理"),
    "petition_object": _("信访事项提出异议（不属于本单位）"),
    "petition_finish": _("信访事项办结"),
    "petition_ask_recheck": _("信访人申请复查"),
    "petition_recheck": _("信访复查答复"),
    "petition_ask_final": _("信访人申请复核"),
    "petition_final": _("信访复核答复"),
    "suggestion_answer": _("代表建议答复"),
    "suggestion_hard": _("代表建议答复（内容复杂、涉及面广）"),
    "suggestion_opinion": _("建议提案协办意见"),
    "suggestion_not_ours": _("建议提案提出不属于本单位"),
    "suggestion_again": _("代表不满意的重新办理"),
    "disclosure_answer": _("依申请公开答复"),
    "disclosure_opinion": _("依申请公开征求共同制作机关意见"),
    "disclosure_publish": _("主动公开"),
    "hotline_finish": _("热线工单办理"),
    "hotline_question": _("热线咨询答复"),
    "hotline_request": _("热线求助、建议办理"),
    "hotline_complaint": _("热线投诉、举报办理"),
    "proposal_answer": _("政协提案答复"),
}
FIELDS: Mapping[str, Promise] = {
    "petition": _("信访"),
    "hotline": _("热线"),
    "suggestion": _("建议提案"),
    "proposal": _("建议提案"),
    "disclosure": _("政府信息公开"),
    "inspection": _("政府督查"),
}
"""What a clock belongs to, by the first word of its code."""
FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    "appeal": ("petition", "hotline"),
    "petition": ("petition",),
    "hotline": ("hotline",),
    "hotline_question": ("hotline",),
    "hotline_request": ("hotline",),
    "hotline_complaint": ("hotline",),
    "suggestion": ("suggestion", "proposal"),
    "proposal": ("proposal", "suggestion"),
    "disclosure": ("disclosure",),
    "rectification": ("inspection",),
    "reply": ("suggestion", "proposal"),
}
"""The clocks that come first for a kind of source; the others follow."""
FREQUENCIES: Mapping[str, Promise] = {
    "weekly": _("每周"),
    "half_monthly": _("每半月"),
    "monthly": _("每月"),
    "quarterly": _("每季度"),
    "half_yearly": _("每半年"),
    "yearly": _("每年"),
}
RHYTHMS: Mapping[str, Promise] = {
    "once": _("办结时一次反馈"),
    "weekly": _("每周一报"),
    "half_monthly": _("半月一报"),
    "monthly": _("每月一报"),
    "quarterly": _("每季一报"),
    "milestone": _("按节点反馈"),
}
CHECKED_KINDS: Mapping[str, Promise] = {
    "task": _("任务"),
    "amount": _("有数量的任务"),
    "standing": _("长期事项"),
    "problem": _("问题整改"),
    "appeal": _("群众诉求"),
}
METHODS: Mapping[str, Promise] = {
    "on_site": _("现场核查"),
    "papers": _("书面审核"),
    "sampling": _("抽查"),
    "phone": _("电话回访"),
}
APPROVERS: Mapping[str, Promise] = {
    "leader_in_charge": _("分管领导"),
    "principal_leader": _("主要领导"),
}
LIGHTS: Mapping[str, Promise] = {
    "on_time": _("按期"),
    "near": _("临期"),
    "behind": _("滞后"),
    "grave": _("严重滞后"),
    "overdue": _("逾期"),
    "paused": _("暂停"),
}
SIGNERS: Mapping[str, Promise] = {
    "none": _("不发单"),
    "office": _("督查室"),
    "office_head": _("督查室主任"),
    **APPROVERS,
}
COPIED: Mapping[str, Promise] = {
    "unit_head": _("承办单位主要负责人"),
    **APPROVERS,
    "office_head": _("督查室主任"),
    "office": _("督查室"),
}
"""Who may have a copy of a slip (抄送)."""
SHAPES: Mapping[str, Promise] = {
    "ring": _("圆环"),
    "pie": _("缺角圆"),
    "triangle": _("三角"),
    "diamond": _("菱形"),
    "hollow_diamond": _("空心菱形"),
    "bars": _("双竖线"),
    "disc": _("圆点"),
    "square": _("方块"),
}
COLOURS: Mapping[str, Promise] = {
    "green": _("绿"),
    "blue": _("蓝"),
    "amber": _("黄"),
    "red": _("红"),
    "grey": _("灰"),
}
