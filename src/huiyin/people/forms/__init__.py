"""What people type about units, accounts and posts → typed values."""

from __future__ import annotations

from huiyin.people.forms.founding import OfficeForm, check_first_people, first_people
from huiyin.people.forms.people import (
    DelegationForm,
    NewPersonForm,
    PasswordForm,
    PersonForm,
    PortfolioForm,
    PostForm,
)
from huiyin.people.forms.units import EndUnitForm, TableForm, UnitForm

__all__ = [
    "DelegationForm",
    "EndUnitForm",
    "NewPersonForm",
    "OfficeForm",
    "PasswordForm",
    "PersonForm",
    "PortfolioForm",
    "PostForm",
    "TableForm",
    "UnitForm",
    "check_first_people",
    "first_people",
]
