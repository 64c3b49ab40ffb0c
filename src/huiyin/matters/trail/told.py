"""One line of a matter's story, and an event made ready for its teller."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from huiyin.actors import LEADERS, UNIT_STAFF
from huiyin.matters.models import Matter, SupervisionNotice
from huiyin.matters.rules import amounts
from huiyin.web.format import day as day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the story: `lead` is bold, `quote` are somebody's own words; `kind` is for counting."""

    at: datetime
    lead: str
    rest: str = ""
    quote: str = ""
    system: bool = False
    mark: str = "dot"
    kind: str = ""


def named(actor: Mapping[str, Any]) -> str:
    """The actor of an event: `沈岚副市长`, `市政府督查室周明`, `市水利局`, `秦川（代江涛）`."""
    name, role = str(actor.get("name", "")), actor.get("role", "")
    unit, title = str(actor.get("unit_name", "")), str(actor.get("title", ""))
    said = f"{name}{title}" if role in LEADERS else unit if role in UNIT_STAFF else f"{unit}{name}"
    behalf = actor.get("on_behalf_of_name", "")
    if behalf:
        return _("%(who)s（代%(behalf)s）") % {"who": said or name, "behalf": behalf}
    return said or name


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event made ready for its teller."""

    at: datetime
    nested: bool
    facts: Mapping[str, Any]
    actor: Mapping[str, Any]
    texts: Mapping[str, str]
    matter: Matter
    notices: Mapping[int, SupervisionNotice]
    today: date
    again: bool

    @property
    def who(self) -> str:
        """`沈岚副市长`, `市政府督查室周明`, `市水利局`: as the office would name them."""
        return named(self.actor)

    @property
    def name(self) -> str:
        return str(self.actor.get("name", ""))

    def text(self, column: str) -> str:
        """The text of a column this event wrote, whatever row it was in; "" when none or withdrawn."""
        return next(
            (text for path, text in self.texts.items() if path.rsplit("/", 1)[-1] == column), ""
        )

    def day(self, value: object) -> str:
        """An ISO date of the facts as `11月12日`."""
        return day_words(date.fromisoformat(str(value)), today=self.today) if value else ""

    @property
    def compared(self) -> str:
        """`，认定完成 60%，比报送的少 20 点`: what was verified beside what was claimed; "" when unsaid."""
        claimed, seen = self.facts.get("claimed"), self.facts.get("verified")
        words = _("，认定完成 %(n)s%%") % {"n": seen} if seen is not None else ""
        if isinstance(claimed, int) and isinstance(seen, int) and claimed > seen:
            words += _("，比报送的少 %(n)s 点") % {"n": claimed - seen}
        return words + self.amounts

    @property
    def amounts(self) -> str:
        """`，核实 28 所，比报送的少 3 所`; "" when no amount was found."""
        claimed, seen = self.amount("claimed_amount"), self.amount("verified_amount")
        if seen is None:
            return ""
        words = _("，核实 %(n)s") % {"n": self.named(seen)}
        if claimed is not None and claimed > seen:
            words += _("，比报送的少 %(n)s") % {"n": self.named(claimed - seen)}
        return words

    def amount(self, name: str) -> Decimal | None:
        """An amount of the facts."""
        value = self.facts.get(name)
        return None if value is None else Decimal(str(value))

    def named(self, amount: Decimal) -> str:
        """`83 所`: an amount in the unit it was demanded in."""
        return amounts.named(amount, self.matter.quantity_unit)

    def line(
        self, lead: str, rest: str = "", *, quote: str = "", system: bool = False, kind: str = ""
    ) -> Entry:
        return Entry(at=self.at, lead=lead, rest=rest, quote=quote, system=system, kind=kind)


Teller = Callable[[Told], Entry]
Tellers = Mapping[str, Teller]
