"""States, kinds and the other words of a matter that are stored as codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class MatterState(models.TextChoices):
    """环节: where a matter stands on its way."""

    REGISTERED = "registered", gettext_lazy("已立项")
    PROPOSED = "proposed", gettext_lazy("待审批")
    APPROVED = "approved", gettext_lazy("已批准")
    DISPATCHED = "dispatched", gettext_lazy("待签收")
    UNDER_WAY = "under_way", gettext_lazy("办理中")
    SUBMITTED = "submitted", gettext_lazy("待核查")
    VERIFIED = "verified", gettext_lazy("已核查")
    ACCEPTED = "accepted", gettext_lazy("已验收")
    CLOSED = "closed", gettext_lazy("已办结")
    WITHDRAWN = "withdrawn", gettext_lazy("已撤销")
    SUSPENDED = "suspended", gettext_lazy("已中止")
    MERGED = "merged", gettext_lazy("已并入")
    SPLIT = "split", gettext_lazy("已拆分")


BEFORE_DISPATCH = (MatterState.REGISTERED, MatterState.PROPOSED, MatterState.APPROVED)
OPEN = (
    MatterState.DISPATCHED,
    MatterState.UNDER_WAY,
    MatterState.SUBMITTED,
    MatterState.VERIFIED,
    MatterState.ACCEPTED,
)
LIVE = (*BEFORE_DISPATCH, *OPEN, MatterState.SUSPENDED)
"""Everything that has not ended; a suspended matter is live, though no clock of it runs."""
ENDED = (MatterState.CLOSED, MatterState.WITHDRAWN, MatterState.MERGED, MatterState.SPLIT)
REPLACED = (MatterState.MERGED, MatterState.SPLIT)
"""Ended because other matters carry on what it asked."""


class Nature(models.TextChoices):
    """性质: what kind of demand it answers."""

    TASK = "task", gettext_lazy("任务")
    STANDING = "standing", gettext_lazy("长期推进")
    PROBLEM = "problem", gettext_lazy("整改")


class Origin(models.TextChoices):
    """来源: what the matter came from."""

    REQUIREMENT = "requirement", gettext_lazy("文件要求")
    INSTRUCTION = "instruction", gettext_lazy("领导批示")
    RESOLUTION = "resolution", gettext_lazy("议定事项")
    APPEAL = "appeal", gettext_lazy("诉求")
    SUPERIOR = "superior", gettext_lazy("上级交办")
    INSPECTION = "inspection", gettext_lazy("督查发现")
    OWN = "own", gettext_lazy("主动立项")


class Urgency(models.TextChoices):
    """缓急."""

    NORMAL = "normal", gettext_lazy("一般")
    URGENT = "urgent", gettext_lazy("急件")
    EXTRA_URGENT = "extra_urgent", gettext_lazy("特急")


class Interval(models.TextChoices):
    """周期 of a standing matter."""

    WEEKLY = "weekly", gettext_lazy("每周一报")
    HALF_MONTHLY = "half_monthly", gettext_lazy("半月一报")
    MONTHLY = "monthly", gettext_lazy("每月一报")
    QUARTERLY = "quarterly", gettext_lazy("每季一报")
    HALF_YEARLY = "half_yearly", gettext_lazy("半年一报")
    YEARLY = "yearly", gettext_lazy("每年一报")


class Rhythm(models.TextChoices):
    """反馈频次 of a dated matter."""

    ONCE = "once", gettext_lazy("办结时一次反馈")
    WEEKLY = "weekly", gettext_lazy("每周一报")
    HALF_MONTHLY = "half_monthly", gettext_lazy("半月一报")
    MONTHLY = "monthly", gettext_lazy("每月一报")
    QUARTERLY = "quarterly", gettext_lazy("每季一报")
    MILESTONE = "milestone", gettext_lazy("按节点反馈")


class Reason(models.TextChoices):
    """Why a light turned before the due day."""

    PROGRESS = "progress", gettext_lazy("进度滞后")
    MILESTONE = "milestone", gettext_lazy("节点逾期")
    REPORT = "report", gettext_lazy("反馈迟交")
    UNCHANGED = "unchanged", gettext_lazy("反馈没有变化")
    RETURNED = "returned", gettext_lazy("核查退回")


class AssignmentRole(models.TextChoices):
    LEAD = "lead", gettext_lazy("牵头")
    SUPPORTING = "supporting", gettext_lazy("配合")


class AssignmentState(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("拟派")
    SENT = "sent", gettext_lazy("待签收")
    SIGNED = "signed", gettext_lazy("已签收")
    OBJECTED = "objected", gettext_lazy("有异议待裁定")
    ENDED = "ended", gettext_lazy("不再承办")


GIVEN = (AssignmentState.SENT, AssignmentState.SIGNED, AssignmentState.OBJECTED)
"""The part is in the unit's hands, whether or not it is contested."""


class CameBy(models.TextChoices):
    """How a unit came to have its part."""

    DISPATCH = "dispatch", gettext_lazy("交办")
    RULING = "ruling", gettext_lazy("裁定改派")
    REFERRAL = "referral", gettext_lazy("转办接手")
    BREAK_DOWN = "break_down", gettext_lazy("任务分解")
    SUCCESSION = "succession", gettext_lazy("机构调整承接")
    TAKE_OVER = "take_over", gettext_lazy("既有台账接管")
    MERGE = "merge", gettext_lazy("合并转来")


class Response(models.TextChoices):
    """How a supporting unit responded, as the lead recorded it (a fact of the joint handling, no score)."""

    IN_TIME = "in_time", gettext_lazy("按时反馈")
    LATE = "late", gettext_lazy("逾时反馈")
    NONE = "none", gettext_lazy("没有反馈")


class Ruling(models.TextChoices):
    """What became of something asked for."""

    PENDING = "pending", gettext_lazy("待决定")
    GRANTED = "granted", gettext_lazy("同意")
    REFUSED = "refused", gettext_lazy("不同意")
    WITHDRAWN = "withdrawn", gettext_lazy("已收回")


class VariationKind(models.TextChoices):
    """What a unit may ask to vary."""

    EXTEND = "extend", gettext_lazy("延期")
    AMOUNT = "amount", gettext_lazy("调整数量")
    STANDARD = "standard", gettext_lazy("调整标准")
    SCOPE = "scope", gettext_lazy("调整目标范围")
    SUSPEND = "suspend", gettext_lazy("中止")
    REOPEN = "reopen", gettext_lazy("重新启封")


class AskState(models.TextChoices):
    """State of a question put to another unit, leader or meeting."""

    OPEN = "open", gettext_lazy("待答复")
    ANSWERED = "answered", gettext_lazy("已答复")
    RAISED = "raised", gettext_lazy("已提级")
    WITHDRAWN = "withdrawn", gettext_lazy("已收回")


class Level(models.TextChoices):
    """Levels that can settle what a department cannot, the lowest first (design, principle 4)."""

    LEADER = "leader", gettext_lazy("分管领导")
    SPECIAL_MEETING = "special_meeting", gettext_lazy("专题会议")
    EXECUTIVE_MEETING = "executive_meeting", gettext_lazy("常务会议")


class DrawnState(models.TextChoices):
    OPEN = "open", gettext_lazy("待核查")
    DONE = "done", gettext_lazy("已核查")
    DROPPED = "dropped", gettext_lazy("不再核查")


class Effect(models.TextChoices):
    """见效: what an effect check found."""

    LASTING = "lasting", gettext_lazy("见效")
    PARTLY = "partly", gettext_lazy("部分见效")
    NONE = "none", gettext_lazy("没有见效")


class StrikeOffState(models.TextChoices):
    CHECKED = "checked", gettext_lazy("已核查待签字")
    SIGNED = "signed", gettext_lazy("已签字待公示")
    PUBLISHED = "published", gettext_lazy("公示中")
    RECORDED = "recorded", gettext_lazy("已销号备案")
    VOID = "void", gettext_lazy("已退回")


ON_ITS_WAY = (StrikeOffState.CHECKED, StrikeOffState.SIGNED, StrikeOffState.PUBLISHED)
"""A strike-off that is neither recorded nor void: somebody has the next step."""


class SlipState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("待签发")
    ISSUED = "issued", gettext_lazy("已发出")
    RETURNED = "returned", gettext_lazy("没有签发，已退回")


class NoticeState(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("待审批")
    APPROVED = "approved", gettext_lazy("已批准待印发")
    ISSUED = "issued", gettext_lazy("已交办")
    RETURNED = "returned", gettext_lazy("已退回修改")
    VOID = "void", gettext_lazy("已作废")
