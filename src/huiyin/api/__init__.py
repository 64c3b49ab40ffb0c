"""The JSON API: every verb of the registry is an operation, reads come from the features.

The operation's id is the verb's name; its input is the verb's own signature; refusals are
problem+json (RFC 9457) in the same words as on a page. Mounted at /api/.
"""

from __future__ import annotations

from huiyin.api.build import api

__all__ = ["api"]
