"""What a rule may say: the sheet of every code, with its typed body. Pure: today is an argument."""

from __future__ import annotations

from typing import Any

from huiyin.rulebook.rules import words
from huiyin.rulebook.rules.calendar import (
    HOLIDAYS,
    Calendar,
    add_months,
    first_interval,
    next_interval,
    pasted_days,
    pasted_notice,
)
from huiyin.rulebook.rules.checking import (
    DRAWS,
    EFFECTS,
    STRIKE_OFF,
    Draws,
    Effects,
    StrikeOffRule,
)
from huiyin.rulebook.rules.counting import Stop, counted, lasted, moved_on, with_stops
from huiyin.rulebook.rules.described import (
    Change,
    described,
    differences,
    due_on,
    effects,
    in_ranges,
    shown,
)
from huiyin.rulebook.rules.handling import (
    ACCEPTANCE,
    APPROVAL,
    CHECKS,
    CLOSING,
    NUMBERING,
    Acceptance,
    Approval,
    Checks,
    Closing,
    Numbering,
)
from huiyin.rulebook.rules.joint import (
    CONSULTING,
    JOINT_HANDLING,
    Consulting,
    JointHandling,
    SlipRow,
)
from huiyin.rulebook.rules.lights import LIGHT_SCHEME, LightScheme, Mark
from huiyin.rulebook.rules.limits import (
    DUE_DEFAULTS,
    INTERVALS,
    OBJECTION_WINDOW,
    DueDefaults,
    DueRow,
    Intervals,
    ObjectionWindow,
)
from huiyin.rulebook.rules.rhythm import RHYTHM, Rhythms
from huiyin.rulebook.rules.sheets import CellKind, Column, Sheet, clean
from huiyin.rulebook.rules.time_limits import TIME_LIMITS, TimeLimit, TimeLimits
from huiyin.rulebook.rules.urging import URGING, URGING_SCOPE, Step, Urging, UrgingScope
from huiyin.rulebook.rules.varying import VARIATION, VariationRow, Varying

SHEETS: dict[str, Sheet[Any]] = {
    sheet.code: sheet
    for sheet in (
        DUE_DEFAULTS,
        TIME_LIMITS,
        RHYTHM,
        INTERVALS,
        ACCEPTANCE,
        CHECKS,
        OBJECTION_WINDOW,
        APPROVAL,
        VARIATION,
        JOINT_HANDLING,
        CONSULTING,
        CLOSING,
        STRIKE_OFF,
        DRAWS,
        EFFECTS,
        NUMBERING,
        LIGHT_SCHEME,
        URGING,
        URGING_SCOPE,
        HOLIDAYS,
    )
}
"""Every rule by its code, in the order of the settings."""

__all__ = [
    "ACCEPTANCE",
    "APPROVAL",
    "CHECKS",
    "CLOSING",
    "CONSULTING",
    "DRAWS",
    "DUE_DEFAULTS",
    "EFFECTS",
    "HOLIDAYS",
    "INTERVALS",
    "JOINT_HANDLING",
    "LIGHT_SCHEME",
    "NUMBERING",
    "OBJECTION_WINDOW",
    "RHYTHM",
    "SHEETS",
    "STRIKE_OFF",
    "TIME_LIMITS",
    "URGING",
    "URGING_SCOPE",
    "VARIATION",
    "Acceptance",
    "Approval",
    "Calendar",
    "CellKind",
    "Change",
    "Checks",
    "Closing",
    "Column",
    "Consulting",
    "Draws",
    "DueDefaults",
    "DueRow",
    "Effects",
    "Intervals",
    "JointHandling",
    "LightScheme",
    "Mark",
    "Numbering",
    "ObjectionWindow",
    "Rhythms",
    "Sheet",
    "SlipRow",
    "Step",
    "Stop",
    "StrikeOffRule",
    "TimeLimit",
    "TimeLimits",
    "Urging",
    "UrgingScope",
    "VariationRow",
    "Varying",
    "add_months",
    "clean",
    "counted",
    "described",
    "differences",
    "due_on",
    "effects",
    "first_interval",
    "in_ranges",
    "lasted",
    "moved_on",
    "next_interval",
    "pasted_days",
    "pasted_notice",
    "shown",
    "with_stops",
    "words",
]
