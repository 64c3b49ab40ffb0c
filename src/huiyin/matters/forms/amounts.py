"""The field of an amount: there only where an amount was demanded, named with its unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from huiyin.matters.rules.amounts import named

if TYPE_CHECKING:
    from huiyin.matters.forms.base import VerbForm


def name_amount(form: VerbForm, name: str) -> None:
    """The field says what was demanded and in which unit; gone where nothing was, or a part reports."""
    matter = form.about.matter
    part = form.about.assignment
    if matter.quantity is None or (part is not None and not form.about.is_lead):
        del form.fields[name]
        return
    field, unit = form.fields[name], matter.quantity_unit
    if unit:
        field.label = _("%(what)s（%(unit)s）") % {"what": field.label, "unit": unit}
    words = [_("应完成 %(wanted)s") % {"wanted": named(matter.quantity, unit)}]
    if name == "verified_amount" and matter.reported_amount is not None:
        words.append(_("报送 %(said)s") % {"said": named(matter.reported_amount, unit)})
    field.help_text = _("，").join(words)
