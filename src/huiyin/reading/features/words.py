"""The verb that leads a clause, and its modal word."""

from __future__ import annotations

import re
from functools import cache

from huiyin.reading.lexicon import rows
from huiyin.reading.seen import Bundle, bundled

_LEADING = ("end", "report", "event", "soft", "attitude", "forbid", "permit")


@cache
def known_verbs() -> dict[str, str]:
    """Every verb that can lead a part, with its first group."""
    found: dict[str, str] = {}
    for word, group, *_ in rows("verbs"):
        if group in _LEADING:
            found.setdefault(word, group)
    return found


@cache
def _verbs_by_begin() -> dict[str, tuple[str, ...]]:
    """The verbs of two to four characters that begin with a pair, longest first."""
    found: dict[str, list[str]] = {}
    for verb in sorted(known_verbs(), key=len, reverse=True):
        if 2 <= len(verb) <= 4:
            found.setdefault(verb[:2], []).append(verb)
    return {begin: tuple(verbs) for begin, verbs in found.items()}


_OPENING = (
    "同时|此外|另外|特别是|尤其是|尤其|因此|所以|其中|其次|首先|最后|下一步|当前|目前|今后|接下来|要|还要|更要|也要|并|并且|且|又要|既要"
    "|切实|进一步|继续|积极|全面|深入|扎实|大力|着力|全力|坚决|认真|加快|有序|稳步|持续|不断|牢固|充分|努力|严格|及时|主动|统筹|精准|科学"
    "|依法|按时|稳妥|尽快|抓紧|必须|应|应当|需|须|请|以|通过"
)
_OPENERS = re.compile(f"(?:(?:{_OPENING})，?){{1,3}}")
_OPENS = frozenset(word[0] for word in _OPENING.split("|"))
_AFTER_MODAL = re.compile(
    r"(?:一定要|必须|务必|应当|应该|都要|还要|也要|要(?!求|素|点)|应|须|将|请|负责|牵头)(?=.{2})"
)
# fmt: off
_FRAMES = (
    "对", "将", "把", "就", "针对", "按", "根据", "围绕", "聚焦", "结合", "依托",
    "在", "从", "以", "由", "通过", "与", "向", "为", "于",
)
# fmt: on


def _lead_of(part: str) -> str:
    """A comma part without adverbs and modal words before its verb."""
    match = _OPENERS.match(part) if part[:1] in _OPENS else None
    return part[match.end() :] or part if match else part


def _head_verb(part: str, begun: dict[str, tuple[str, ...]]) -> str | None:
    """The verb that leads a comma part: at its start, behind its modal word, or last in a framed part."""
    lead = _lead_of(part)
    if verb := _verb_at(lead, begun):
        return verb
    match = _AFTER_MODAL.search(part)
    if match and match.start() <= 30:
        lead = _lead_of(part[match.end() :])
        if verb := _verb_at(lead, begun):
            return verb
    return _last_verb(lead, begun) if lead.startswith(_FRAMES) else None


def _verb_at(lead: str, begun: dict[str, tuple[str, ...]]) -> str | None:
    """The longest verb of up to four characters that a text begins with."""
    if (verbs := begun.get(lead[:2])) is not None:
        for verb in verbs:
            if lead.startswith(verb):
                return verb
    return None


def _last_verb(lead: str, begun: dict[str, tuple[str, ...]]) -> str | None:
    """The verb that ends last, of two the shorter one."""
    ends = [
        (at + len(verb), -len(verb), verb)
        for at in range(len(lead) - 1)
        for verb in begun.get(lead[at : at + 2], ())
        if lead.startswith(verb, at)
    ]
    end, _, verb = max(ends, default=(0, 0, None))
    return verb if end > 3 else None


@bundled
def _leading(verb: str | None, *, at_once: bool) -> tuple[str, ...]:
    """The verb that leads the clause; `at_once` when it leads the first part."""
    if verb is None:
        return ("noverb",)
    return ("v1:" + verb, "h1:" + known_verbs()[verb], *(("verb-first",) if at_once else ()))


def lead(parts: list[str]) -> Bundle:
    """The verb that leads a clause of these comma parts."""
    begun = _verbs_by_begin()
    for place, part in enumerate(parts):
        if verb := _head_verb(part, begun):
            return _leading(verb, at_once=place == 0)
    return _leading(None, at_once=False)


_MODAL = re.compile(
    r"(一定要|必须|务必|应当|应该|需要|不得|严禁|不能|要|应|须|请|希望|将|拟|可以|允许|可|会)"
)
_NOT_PLAIN = re.compile(r"[^\u4e00-\u9fff（）、“”]")


def _modal_of(part: str) -> str | None:
    """The first modal word of a comma part, with nothing but plain words before it."""
    found = _MODAL.search(part, 0, 27)
    if found is None or found.start() > 24 or _NOT_PLAIN.search(part, 0, found.start()):
        return None
    return found[1]


@bundled
def _of_modal(word: str) -> tuple[str, ...]:
    return ("m1:" + word,) if word else ()


def modal(parts: list[str]) -> Bundle:
    """The modal word that a clause of these comma parts shows first."""
    return _of_modal(next(filter(None, map(_modal_of, parts)), ""))
