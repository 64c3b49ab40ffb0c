"""Pages about people and units: signing in, the directory, accounts, the first set-up."""

from __future__ import annotations

from huiyin.people.views.session import locked_out

__all__ = ["locked_out"]
