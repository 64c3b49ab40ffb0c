"""Every change of documents, passages and instructions, one function a verb."""

from __future__ import annotations

from huiyin.documents.actions.instructions import dispatch_instruction
from huiyin.documents.actions.intake import (
    describe,
    open_to_units,
    read_again,
    take_in,
    withdraw_text,
)
from huiyin.documents.actions.pieces import add, merge, split
from huiyin.documents.actions.reading import fail_reading, record_reading
from huiyin.documents.actions.register import link, register, register_all, unlink
from huiyin.documents.actions.review import change, confirm, reject, reopen, set_aside

__all__ = [
    "add",
    "change",
    "confirm",
    "describe",
    "dispatch_instruction",
    "fail_reading",
    "link",
    "merge",
    "open_to_units",
    "read_again",
    "record_reading",
    "register",
    "register_all",
    "reject",
    "reopen",
    "set_aside",
    "split",
    "take_in",
    "unlink",
    "withdraw_text",
]
