"""`python -m huiyin`: the same as the `huiyin` command."""

from __future__ import annotations

import sys

from huiyin.cli import main

sys.exit(main())
