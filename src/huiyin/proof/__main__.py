"""Run the offline check: `python -m huiyin.proof FILE`, or `python3 proof FILE` on a bare copy."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

if not __package__:
    # The folder was copied alone and run by its path: give it the name its modules use.
    alone = ModuleType("huiyin")
    alone.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules["huiyin"] = alone

from huiyin.proof.check import main

sys.exit(main())
