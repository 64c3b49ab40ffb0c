"""One byte form for a JSON-like value, so that a hash of it means the same everywhere and for ever.

The form is JSON without spaces in UTF-8: object keys sorted by code point, only the escapes that
JSON demands (quote, backslash, U+0000 to U+001F), no floats, and text exactly as it was given:
Unicode is never normalised, because two spellings of a word are two different texts.
"""

from __future__ import annotations

import hashlib
import json
from typing import NoReturn

Value = None | bool | int | str | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 64
"""Levels of lists and objects; deeper values are refused rather than left to the stack."""


class NotCanonical(ValueError):
    """A value that has no canonical form, or bytes that are not one."""


def encode(value: object) -> bytes:
    """Return the canonical bytes of `value`; raise NotCanonical when it has none.

    Accepted: None, bool, int of any size, str without lone surrogates, list, dict with str keys.
    """
    _check(value, depth=0)
    try:
        text = json.dumps(
            value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
        )
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical("text holds a lone surrogate") from error
    except ValueError as error:  # Python prints no integer of more than 4300 digits
        raise NotCanonical(str(error)) from error


def decode(data: bytes) -> Value:
    """Return the value of canonical bytes; raise NotCanonical for any other bytes.

    `encode(decode(data)) == data` always, so a value has exactly one accepted spelling.
    """
    try:
        value: Value = json.loads(
            data.decode("utf-8"),
            parse_float=_refuse,
            parse_constant=_refuse,
            object_pairs_hook=_without_repeats,
        )
    except (ValueError, RecursionError) as error:
        raise NotCanonical(f"not canonical JSON: {error}") from error
    if encode(value) != data:
        raise NotCanonical("the same value has another canonical spelling")
    return value


def digest(salt: bytes, text: str) -> str:
    """Return sha256(salt || UTF-8 of text) in hex.

    It binds free text kept beside the chain: with the salt destroyed nobody can confirm a guess,
    and the chain stays whole when the text is withdrawn.
    """
    return hashlib.sha256(salt + text.encode("utf-8")).hexdigest()


def _check(value: object, *, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical(f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        for key, member in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"an object's key is {type(key).__name__}, not str")
            _check(member, depth=depth + 1)
    elif isinstance(value, list):
        for member in value:
            _check(member, depth=depth + 1)
    elif value is not None and not isinstance(value, bool | int | str):
        raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _refuse(literal: str) -> NoReturn:
    raise NotCanonical(f"{literal} is not an integer")


def _without_repeats(pairs: list[tuple[str, Value]]) -> Value:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonical("an object repeats a key")
    return value
