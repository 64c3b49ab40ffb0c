"""The committed description of the API and the page of verbs are those of the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def test_the_generated_documents_are_up_to_date(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/snapshots.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
        env={"HUIYIN_DATA": str(tmp_path), "PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nrun: make docs"
