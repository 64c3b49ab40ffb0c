"""Secrecy marks: a paper marked 绝密, 机密 or 秘密 must not enter; an internal one enters warned.

A mark stands apart on the paper (GB/T 9704: top left of the first page, 机密★1年), or as a field
(密级：机密). The same words inside a sentence, 保守国家秘密, are no mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

ClassificationLevel = Literal["top_secret", "secret", "confidential", "internal"]

LEVELS: Final[dict[str, ClassificationLevel]] = {
    "绝密": "top_secret",
    "機密": "secret",
    "机密": "secret",
    "秘密": "confidential",
}

_WORD: Final = r"(?P<word>绝\s{0,4}密|絕\s{0,4}密|机\s{0,4}密|機\s{0,4}密|秘\s{0,4}密)"
_TERM: Final = r"(?:长期|[0-9０-９一二三四五六七八九十]{1,3}\s?(?:年|个月|月|天|日)|启用前|解密前)"
_STARRED: Final = re.compile(_WORD + r"[ \t\u3000]*[★☆*＊※][ \t\u3000]*(?P<term>" + _TERM + r")?")
_ALONE: Final = re.compile(
    r"^[ \t\u3000]*[\[【（(]?" + _WORD + r"[ \t\u3000]*(?:级|件|文件)?[ \t\u3000]*" + _TERM + r"?"
    r"[\]】）)]?[ \t\u3000]*$",
    re.MULTILINE,
)
_FIELD: Final = re.compile(
    r"(?:密[ \t\u3000]*级|保密等级|保密级别|秘密等级|密级和保密期限)[ \t\u3000]*[：:\t][ \t\u3000]*"
    r"[“\"]?" + _WORD + r"(?P<term>[^\n。，；]{0,8})"
)
_INTERNAL: Final = re.compile(
    r"^[ \t\u3000]*[\[【（(]?"
    r"(?:内部资料|内部材料|内部文件|内部使用|工作秘密|内部参考|内部明电|不予公开|不得外传|注意保存|妥善保管)"
    r"(?:[ \t\u3000，,、·★☆*—-]*[\u4e00-\u9fff0-9]{0,8}){0,3}[!！]?[\]】）)]?[ \t\u3000]*$",
    re.MULTILINE,
)
_INTERNAL_FIELD: Final = re.compile(
    r"密[ \t\u3000]*级[ \t\u3000]*[：:\t][ \t\u3000]*(?:内部|工作秘密)"
)
_HEAD: Final = 1500
"""Characters at the beginning within which a mark standing alone is a mark of the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """A secrecy mark: its level and the words it was read from, at text[start:end]."""

    level: ClassificationLevel
    words: str
    start: int
    end: int

    @property
    def forbids(self) -> bool:
        """Whether the paper must be refused; an internal one is only warned about."""
        return self.level != "internal"


def classification(text: str) -> Marking | None:
    """Return the highest secrecy mark of the paper, or None when it bears none."""
    marks = [_marking(match) for match in _STARRED.finditer(text) if _stands_apart(text, match)]
    marks += [_marking(match) for match in _ALONE.finditer(text, 0, _HEAD)]
    marks += [_marking(match) for match in _FIELD.finditer(text) if _is_filled_in(match)]
    order = list(dict.fromkeys(LEVELS.values()))
    if marks:
        return min(marks, key=lambda mark: order.index(mark.level))
    internal = _INTERNAL.search(text, 0, _HEAD) or _INTERNAL_FIELD.search(text)
    if internal is None:
        return None
    words = internal[0].strip()
    return Marking(level="internal", words=words, start=internal.start(), end=internal.end())


def _marking(match: re.Match[str]) -> Marking:
    word = re.sub(r"\s", "", match["word"]).replace("絕", "绝")
    return Marking(level=LEVELS[word], words=match[0].strip(), start=match.start(), end=match.end())


def _stands_apart(text: str, match: re.Match[str]) -> bool:
    """Whether a starred word is the mark itself: no sentence runs up to it or on from it."""
    if text[match.start() - 1 : match.start()].isalpha():  # as in 商业秘密*
        return False
    line_start = text.rfind("\n", 0, match.start()) + 1
    before = text[line_start : match.start()].strip()
    after = text[match.end() :].partition("\n")[0].strip()
    quoted = before.endswith(("“", "‘", "《", '"', "「")) or after.startswith(("”", "’", '"', "」"))
    return not quoted and len(before) <= 30 and not before.endswith(("的", "为", "标注", "标有"))


def _is_filled_in(match: re.Match[str]) -> bool:
    """密级：机密 fills a field; 密级：秘密、机密、绝密 lists the choices of a form."""
    return not re.match(r"[ \t]*(?:[、/或和]|级以上|级及)", match["term"])
