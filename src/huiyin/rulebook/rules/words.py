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
}
URGENCIES: Mapping[str, Promise] = {
    "normal": _("一般"),
    "urgent": _("急件"),
    "extra_urgent": _("特急"),
}
UNITS_OF_TIME: Mapping[str, Promise] = {
    "calendar": _("天"),
    "working": _("个工作日"),
    "year_end": _("到年底（至少留足天数）"),
}
FREQUENCIES: Mapping[str, Promise] = {
    "weekly": _("每周"),
    "half_monthly": _("每半月"),
    "monthly": _("每月"),
    "quarterly": _("每季度"),
    "half_yearly": _("每半年"),
    "yearly": _("每年"),
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
