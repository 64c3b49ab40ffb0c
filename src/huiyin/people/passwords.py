"""Initial passwords: made from the request's key, so that a double click shows the same one twice."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are misread on paper (i l o 0 1)."""


DEMO_PASSWORD = "huiyin-demo"  # noqa: S105 - of made-up people, on loopback only
"""Every account of a demo has it, and its sign-in page says so."""


def initial_password(key: str, username: str) -> str:
    """Twelve characters in three groups (about 59 bits) for one account of one request."""
    words = f"initial password\n{key}\n{username}".encode()
    number = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), words, hashlib.sha256))
    letters = []
    for _place in range(12):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
