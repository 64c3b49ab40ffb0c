"""Write what is generated from the registry: docs/openapi.json and docs/actions/.

python scripts/snapshots.py [--check]     --check: exit 1 when a file is not up to date
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import action_pages

ROOT = Path(__file__).resolve().parents[1]


def openapi() -> str:
    """The API's description, stable between runs."""
    from huiyin.api import api

    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _text(name: str) -> str | None:
    path = ROOT / name
    return path.read_text("utf-8") if path.exists() else None


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _write(made: dict[str, str], left: list[Path]) -> None:
    """The files hold what was made; pages of verbs that are gone are gone."""
    (ROOT / action_pages.FOLDER).mkdir(exist_ok=True)
    for name, text in made.items():
        (ROOT / name).write_text(text, "utf-8")
    for path in left:
        path.unlink()


def main() -> int:
    """Write the files, or say which are stale."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.settings")
    os.environ.setdefault("HUIYIN_DATA", tempfile.mkdtemp())
    sys.path.insert(0, str(ROOT / "src"))
    import django
    from django.utils import translation

    django.setup()
    translation.activate("zh-hans")
    made = {"docs/openapi.json": openapi(), **action_pages.pages()}
    stale = [name for name, text in made.items() if _text(name) != text]
    left = [path for path in (ROOT / action_pages.FOLDER).glob("*.md") if _name(path) not in made]
    if "--check" not in sys.argv:
        _write({name: made[name] for name in stale}, left)
    stale += [_name(path) for path in left]
    print(
        ("stale: " if "--check" in sys.argv else "written: ") + ", ".join(stale)
        if stale
        else "up to date"
    )
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
