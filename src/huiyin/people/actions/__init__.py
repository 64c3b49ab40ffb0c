"""Every change of units, accounts, posts, portfolios, delegations and tokens; founding an office."""

from __future__ import annotations

from huiyin.people.actions.accounts import (
    PasswordHash,
    activate,
    change_user,
    create_token,
    create_user,
    deactivate,
    hashed,
    reset_password,
    revoke_token,
    set_password,
    token_digest,
    unlock,
)
from huiyin.people.actions.founding import (
    FirstAccount,
    equip,
    found_jurisdiction,
    found_office,
    staff,
)
from huiyin.people.actions.posts import (
    appoint,
    end_delegation,
    end_portfolio,
    end_post,
    give_portfolio,
    set_delegation,
)
from huiyin.people.actions.units import change_unit, create_unit, end_unit, import_rows

__all__ = [
    "FirstAccount",
    "PasswordHash",
    "activate",
    "appoint",
    "change_unit",
    "change_user",
    "create_token",
    "create_unit",
    "create_user",
    "deactivate",
    "end_delegation",
    "end_portfolio",
    "end_post",
    "end_unit",
    "equip",
    "found_jurisdiction",
    "found_office",
    "give_portfolio",
    "hashed",
    "import_rows",
    "reset_password",
    "revoke_token",
    "set_delegation",
    "set_password",
    "staff",
    "token_digest",
    "unlock",
]
