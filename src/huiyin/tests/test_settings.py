"""Every variable of the environment is documented, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
NAME = re.compile(r"\b(HUIYIN_[A-Z_]+|DATABASE_URL)\b")


def used():
    """Names that the program's own code reads."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(NAME.findall(path.read_text("utf-8")))
    return found


def test_every_variable_is_in_docs_settings():
    documented = set(NAME.findall((ROOT / "docs" / "settings.md").read_text("utf-8")))
    assert used() == documented
