"""Words of the lexicon in a clause, the verbs that lead its comma parts, and how the parts begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from huiyin.reading.lexicon import rows
from huiyin.reading.pairs import Table
from huiyin.reading.seen import Bundle, bundled

_KNOWN_VERBS = ("end", "report", "event", "soft", "attitude", "forbid", "permit")


@cache
def _groups() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for word, group, *_ in rows("verbs"):
        groups.setdefault(word, []).append(group)
    return groups


@cache
def known_verbs() -> dict[str, str]:
    """Every verb that can lead a part, with its first group."""
    found: dict[str, str] = {}
    for word, groups in _groups().items():
        leading = [group for group in groups if group in _KNOWN_VERBS]
        if leading:
            found[word] = leading[0]
    return found


@cache
def _verbs_by_begin() -> dict[str, tuple[str, ...]]:
    """The verbs of two to four characters that begin with a pair, longest first."""
    found: dict[str, list[str]] = {}
    for verb in sorted(known_verbs(), key=len, reverse=True):
        if 2 <= len(verb) <= 4:
            found.setdefault(verb[:2], []).append(verb)
    return {begin: tuple(verbs) for begin, verbs in found.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word of the lexicon: whether it can lead a part, its feature, and its groups as bits."""

    text: str
    short: bool
    leads: bool
    bundle: Bundle
    groups: int


@cache
def _group_names() -> tuple[str, ...]:
    return tuple(sorted({group for groups in _groups().values() for group in groups}))


@bundled
def _of_groups(bits: int) -> tuple[str, ...]:
    return tuple("c:" + name for place, name in enumerate(_group_names()) if bits >> place & 1)


@cache
def _lexicon() -> dict[str, tuple[Word, ...]]:
    """The words of the lexicon by the pair of characters, or the one, that they begin with."""
    found: dict[str, list[Word]] = {}
    for text, groups in _groups().items():
        bits = sum(1 << _group_names().index(group) for group in set(groups))
        leads = len(text) > 1 and text in known_verbs()
        found.setdefault(text[:2], []).append(
            Word(text, len(text) < 3, leads, Bundle((f"w:{text}",)), bits)
        )
    return {begin: tuple(words) for begin, words in found.items()}


@cache
def _single() -> re.Pattern[str]:
    """The words of one character."""
    return re.compile(f"[{''.join(word for word in _groups() if len(word) == 1)}]")


@cache
def begins() -> frozenset[str]:
    """The pairs of characters that words of the lexicon begin with."""
    return frozenset(begin for begin in _lexicon() if len(begin) == 2)


@cache
def _begun(known: Table) -> dict[int, tuple[Word, ...]]:
    """The words that begin with a pair, by the pair's place in the table."""
    return {place: _lexicon()[name] for place, name in enumerate(known.names) if name in begins()}


@cache
def _begins(known: Table) -> frozenset[int]:
    return frozenset(_begun(known))


def words_in(text: str, held: set[int], known: Table) -> list[Word]:
    """The words of the lexicon that stand in a text which has these pairs of characters."""
    begun = _begun(known)
    found = [
        word
        for place in _begins(known) & held
        for word in begun[place]
        if word.short or word.text in text
    ]
    if single := _single().findall(text):
        lexicon = _lexicon()
        for char in set(single):
            found += lexicon[char]
    return found


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


def lead_of(part: str) -> str:
    """A comma part without adverbs and modal words before its verb."""
    match = _OPENERS.match(part) if part[:1] in _OPENS else None
    return part[match.end() :] or part if match else part


def _head_verb(
    part: str, lead: str, held: list[str], begun: dict[str, tuple[str, ...]]
) -> str | None:
    """The verb that leads a comma part: at its start, behind its modal word, or last in a framed part.

    `held` are the verbs that stand somewhere in the clause.
    """
    if verb := _verb_at(lead, begun):
        return verb
    match = _AFTER_MODAL.search(part)
    if match and match.start() <= 30:
        lead = lead_of(part[match.end() :])
        if verb := _verb_at(lead, begun):
            return verb
    return _last_verb(lead, held) if lead.startswith(_FRAMES) else None


def _verb_at(lead: str, begun: dict[str, tuple[str, ...]]) -> str | None:
    """The longest verb of up to four characters that a text begins with."""
    if (verbs := begun.get(lead[:2])) is not None:
        for verb in verbs:
            if lead.startswith(verb):
                return verb
    return None


def _last_verb(lead: str, held: list[str]) -> str | None:
    """The verb that ends last, of two the shorter one."""
    ends = [(at + len(verb), -len(verb), verb) for verb in held if (at := lead.rfind(verb)) >= 0]
    end, _, verb = max(ends, default=(0, 0, None))
    return verb if end > 3 else None


@bundled
def _leading(verb: str) -> tuple[str, ...]:
    return ("v:" + verb,)


@bundled
def _leading_first(verb: str | None, *, at_once: bool) -> tuple[str, ...]:
    """The verb that leads the clause; `at_once` when it leads the first part."""
    if verb is None:
        return ("noverb",)
    return ("v1:" + verb, "h1:" + known_verbs()[verb], *(("verb-first",) if at_once else ()))


def bundles_of(words: list[Word], heads: list[str | None]) -> list[Bundle]:
    """The words of the clause: lexicon words with their groups, verbs that lead."""
    found, groups = [word.bundle for word in words], 0
    for word in words:
        groups |= word.groups
    found.append(_of_groups(groups))
    if verbs := [head for head in heads if head]:
        found += map(_leading, set(verbs))
    return found


def first_of(heads: list[str | None]) -> Bundle:
    """The verb that leads the clause, and whether it leads its first part."""
    first = next(filter(None, heads), None)
    return _leading_first(first, at_once=heads[0] is not None)


def edges(text: str, leads: list[str]) -> set[str]:
    """How the clause and its comma parts begin and end."""
    found = {"s:" + lead[:2] for lead in leads}
    found.update(("f:" + leads[0][:2], "b:" + text[:2], "b:" + text[:3], "e:" + text[-2:]))
    return found


def head_verbs(parts: list[str], leads: list[str], words: list[Word]) -> list[str | None]:
    """The verb that leads each comma part, if any; `words` are those of the clause."""
    held = [word.text for word in words if word.leads]
    if not held:
        return [None] * len(parts)
    begun = _verbs_by_begin()
    return [_head_verb(part, lead, held, begun) for part, lead in zip(parts, leads, strict=True)]
