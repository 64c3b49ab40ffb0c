"""The first set-up: who may do it (whoever read the terminal), and how far it has come."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from huiyin.people.models import Jurisdiction
from huiyin.people.permits import has_administrator

FILE = "setup-token"


class Step(StrEnum):
    """What is still to be done."""

    OFFICE = "office"
    UNITS = "units"
    PEOPLE = "people"
    DONE = "done"


def office() -> Jurisdiction | None:
    """The office being set up: the first of this installation."""
    return Jurisdiction.objects.order_by("pk").first()


def is_needed() -> bool:
    """Whether this installation has no office, or one without administrators."""
    found = office()
    return found is None or not (found.is_demo or has_administrator(found.pk))


def issue_token() -> str:
    """A new one-time token, kept only as a digest in the data folder; earlier ones open nothing."""
    raw = secrets.token_urlsafe(32)
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(_digest(raw))
    return raw


def opens(raw: str) -> bool:
    """Whether this is the token that was issued last and not yet spent."""
    kept = current()
    return bool(kept) and hmac.compare_digest(kept, _digest(raw))


def current() -> str:
    """The digest of the valid token; empty when none is."""
    with contextlib.suppress(FileNotFoundError):
        return _path().read_text("ascii").strip()
    return ""


def spend_token() -> None:
    """The set-up is done: the token opens nothing any more."""
    with contextlib.suppress(FileNotFoundError):
        _path().unlink()


def _path() -> Path:
    return Path(settings.DATA) / FILE


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
