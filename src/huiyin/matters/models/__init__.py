"""Tables of the heart: matters, who answers for them, notices, work done and how it ended."""

from __future__ import annotations

from huiyin.matters.models.checks import Draw, DrawnCheck, EffectCheck, StrikeOff
from huiyin.matters.models.ending import CloseOut, Verification
from huiyin.matters.models.hands import (
    Consultation,
    Coordination,
    HandBack,
    Referral,
    ReportRequest,
)
from huiyin.matters.models.matter import Assignment, Matter
from huiyin.matters.models.notice import SupervisionNotice, UnitList
from huiyin.matters.models.slips import Slip
from huiyin.matters.models.varying import Baseline, Suspension, Variation
from huiyin.matters.models.work import Evidence, Milestone, Plan, Report

__all__ = [
    "Assignment",
    "Baseline",
    "CloseOut",
    "Consultation",
    "Coordination",
    "Draw",
    "DrawnCheck",
    "EffectCheck",
    "Evidence",
    "HandBack",
    "Matter",
    "Milestone",
    "Plan",
    "Referral",
    "Report",
    "ReportRequest",
    "Slip",
    "StrikeOff",
    "SupervisionNotice",
    "Suspension",
    "UnitList",
    "Variation",
    "Verification",
]
