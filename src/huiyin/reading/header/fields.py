"""The labelled fields of a page, the number of a paper, and the form of what a header says."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:〔|\[|【|（)\s*((?:19|20)\d{2})\s*(?:〕|\]|】|）)\s*第?\s*\d{1,4}\s*号"
)
_FIELD = re.compile(
    r"(索\s*引\s*号|标\s*题|文件名称|信息名称|名\s*称|发文机关|发文单位|发布机构|发布机关|公开责任部门|制定机关|成文日期|发文日期|印发日期|公布日期|公开日期|发布日期|发布时间|成文时间)[】\s]*[：|】]\s*"
)
_BLANK = re.compile(r"\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the paper says about itself; a missing field is None."""

    title: str | None = None
    doc_type: str = "other"
    date: str | None = None
    issuer: str | None = None
    speaker: str | None = None
    number: str | None = None


def fields(lines: list[str]) -> dict[str, str]:
    """The labelled fields of a page: label without blanks → value."""
    found: dict[str, str] = {}
    for line in lines[:60]:
        if "：" not in line and "|" not in line and "】" not in line:
            continue
        marks = list(_FIELD.finditer(line))
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            end = after.start() if after else len(line)
            value = line[mark.end() : end].strip(" |\t∙【").split(" |")[0].strip()
            found.setdefault(_BLANK.sub("", mark[1]), value.split("  ")[0].strip())
    return {label: value for label, value in found.items() if value}


def find_number(lines: list[str]) -> str | None:
    for line in lines[:40]:
        if "号" in line and (match := NUMBER.search(line)):
            return _BLANK.sub("", match[0])
    return None
