"""Plain text: which encoding it is in, and the text unchanged.

UTF-8 proves itself. GB18030 and Big5 accept nearly any bytes, so both are tried and the one whose
characters are those that Chinese is mostly made of wins; charset-normalizer is asked only when
neither looks like Chinese at all.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from huiyin.reading.formats.refusals import refusal
from huiyin.reading.formats.warnings import warning
from huiyin.reading.formats.writer import Writer
from huiyin.reading.types import Document

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_FREQUENT: Final = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同"
    "三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定"
    "建设加强推进工作市县区责任单位落实改革政府项目保障服务管理发展"
    "這來個說們為時會對過學後無開見經頭長樣現將與進實點種聲話兒應設強責單業務項縣區關於總體導領"
    "，。、；：（）《》“”！？"
)
_SAMPLE: Final = 20_000
_ENOUGH: Final = 0.12
"""Share of frequent characters from which a text is taken for Chinese; real papers have 0.3."""

_TOLERATED: Final = 0.02
"""Share of undecodable characters that a damaged but legible text may have."""

_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, the encoding it was in, and how many characters could not be decoded."""

    text: str
    encoding: str
    lost: int = 0


def read(data: bytes, writer: Writer) -> Document:
    """Return the document of a plain text; the text is the file's, character for character."""
    decoded = decode(data)
    if not decoded.text.strip("\0 \t\r\n\u3000\ufeff"):
        raise refusal("empty")
    if len(_CONTROL.findall(decoded.text[:_SAMPLE])) * 50 > min(len(decoded.text), _SAMPLE):
        raise refusal("not_text")
    writer.warnings += warnings_of(decoded)
    writer.write(without_nul(decoded.text))
    return writer.document()


def warnings_of(decoded: Decoded) -> list[str]:
    """Return what a reviewer has to know about the decoding."""
    if not decoded.lost:
        return []
    sentence = f"有{decoded.lost}处字符无法识别，已用“\ufffd”代替，请对照原件核对。"
    return [warning("undecodable", sentence)]


def without_nul(text: str) -> str:
    """Return the text with U+FFFD for NUL, one for one: NUL never reaches a column."""
    return text.replace("\0", "\ufffd")


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of the bytes; `declared` is what the file itself says its encoding is."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_losses(data[len(bom) :], encoding)
    strict = [encoding for encoding in ("utf-8", declared) if encoding]
    for encoding in strict:
        if decoded := _strictly(data, encoding):
            return decoded
    return _chinese(data) or _judged(data) or _mended(data)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(text=data.decode(encoding), encoding=encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _with_losses(data: bytes, encoding: str) -> Decoded:
    """Decode whatever can be; UTF-16 and -32 get here by their mark, UTF-8 also by its look."""
    text = data.decode(encoding, "replace")
    there = data.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    lost = text.count("\ufffd") - there
    return Decoded(text=text, encoding=encoding, lost=max(lost, 0))


def _chinese(data: bytes) -> Decoded | None:
    """Return the better one of GB18030 and Big5, when either reads as Chinese."""
    found = [d for d in (_strictly(data, "gb18030"), _strictly(data, "big5hkscs")) if d]
    best = max(found, key=lambda d: _likeness(d.text), default=None)
    if best and _likeness(best.text) >= _ENOUGH:
        return best
    return next((d for d in found if _in_gb2312(d)), None)


def _in_gb2312(decoded: Decoded) -> bool:
    """Whether a GB18030 text keeps to the 6763 characters in use, as a name or a word does."""
    try:
        decoded.text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return decoded.encoding == "gb18030"


def _likeness(text: str) -> float:
    """Return the share of frequent characters among those that are not ASCII."""
    sample = [char for char in text[:_SAMPLE] if char > "\x7f"]
    return sum(char in _FREQUENT for char in sample) / len(sample) if sample else 0.0


def _judged(data: bytes) -> Decoded | None:
    """Return what charset-normalizer makes of it, if it is an encoding that offices use."""
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    usual = ["gb18030", "big5", "utf_16_le", "utf_16_be", "utf_8"]
    best = from_bytes(data[:200_000], cp_isolation=usual).best()
    if best is None or best.encoding not in usual:
        return None
    decoded = _strictly(data, best.encoding)
    return decoded if decoded and _legible(decoded.text) else None


def _legible(text: str) -> bool:
    """Whether most characters are letters, figures or punctuation that a person could read."""
    sample = text[:_SAMPLE]
    strange = sum(not (char.isprintable() or char in "\r\n\t\f\0") for char in sample)
    return strange * 20 <= len(sample)


def _mended(data: bytes) -> Decoded:
    """Return a damaged text that is legible all the same; raise Unreadable when it is not."""
    tries = [_with_losses(data, encoding) for encoding in ("utf-8", "gb18030", "big5hkscs")]
    best = min(tries, key=lambda decoded: decoded.lost)
    if best.lost > max(3, _TOLERATED * len(best.text)) or _likeness(best.text) < _ENOUGH:
        raise refusal("encoding")
    return best
