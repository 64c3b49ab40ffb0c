"""Who issues a paper, and who speaks."""

from __future__ import annotations

import re

_ISSUES_ABOUT = re.compile(r"(.{2,24}?(?:府|厅|局|委|办|会|部|院|室|中心|国务院|办公厅))关于")
_GOVERNMENT_REPORT = re.compile(r"([\u4e00-\u9fff]{2,8}?(?:省|市|县|区))(?:人民)?政府工作报告")
_YEAR_BEFORE = re.compile(r"^\d*年?")
_SIGNED_BY = re.compile(
    r"([\u4e00-\u9fff]{3,24}(?:政府|办公室|办公厅|局|委员会|督查室|厅))\s*(?:(?:19|20)\d{2}|[二O〇○])"
)


def find_issuer(lines: list[str], labelled: dict[str, str], title: str | None) -> str | None:
    """The body that issues the paper: field, title, or signature; never the website."""
    for label in ("发文机关", "发文单位", "制定机关", "发布机构", "发布机关", "公开责任部门"):
        if labelled.get(label):
            return labelled[label].split(" ")[0]
    if about := _ISSUES_ABOUT.match(title or ""):
        return about[1]
    if report := _GOVERNMENT_REPORT.search(title or ""):
        return _YEAR_BEFORE.sub("", report[1]) + "人民政府"
    for line in lines[:12] + lines[-12:]:
        if match := _SIGNED_BY.match(line):
            return match[1]
    return None


_SPEAKS = re.compile(r"(?:\d{4}年)?([^在《]{2,24}?)(?:同志)?(?:在|的讲话)")
_POST = re.compile(r"[长记任员席理导]|同志|处")
_POST_AND_NAME = re.compile(r"[\u4e00-\u9fff]{1,16}(?:长|书记|主任|主席)\s+[\u4e00-\u9fff]{2,4}")


def find_speaker(title: str | None, lines: list[str]) -> str | None:
    """The person who speaks, name and post as written."""
    match = _SPEAKS.match(title or "")
    if match and _POST.search(match[0]):
        return match[1].strip("的")
    for line in lines[:10]:
        if post := _POST_AND_NAME.fullmatch(line.strip("（） ")):
            return post[0]
    return None
