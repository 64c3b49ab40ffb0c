"""The form of an urging by hand: whom, by which channel, in which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.matters.forms.base import VerbForm
from huiyin.matters.forms.fields import words_area
from huiyin.notices.concerned import concerned
from huiyin.notices.rules import Addressee, Channel, Told
from huiyin.notices.urged import urged_about
from huiyin.web.format import day


class RemindForm(VerbForm):
    """催办: everybody the matter concerns today, with when they were last urged."""

    optional = ("words", "anyway")

    to = forms.TypedMultipleChoiceField(
        label=_("催谁"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(
        label=_("怎么催"),
        choices=Channel.choices,
        initial=Channel.SYSTEM,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("说什么"),
        widget=words_area(3),
        help_text=_("电话、上门的，写说了什么、对方怎么答的。"),
    )
    anyway = forms.CharField(
        label=_("间隔不到又催的理由"),
        widget=words_area(2),
        help_text=_("几天之内催过同一人的，写明理由才能再催。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        known = concerned(self.about.matter, on=today)
        urged = urged_about(self.about.matter)
        field: Any = self.fields["to"]
        named: dict[str, list[str]] = {}
        for person in known.everybody:
            label = _named(person, urged.get(person.user))
            named.setdefault(str(person.post), []).append(label)
        field.choices = [(post, gettext("；").join(labels)) for post, labels in named.items()]
        field.initial = [str(person.post) for person in known.liaison]


def _named(person: Addressee, last: Told | None) -> str:
    """`秦川 市水利局办公室副主任，11月20日催过`."""
    words = f"{person.name} {person.unit}{person.title}"
    if person.behalf:
        words += gettext("（代%(behalf)s）") % {"behalf": person.behalf}
    if last is not None:
        words += gettext("，%(day)s催过") % {"day": day(last.on, today=clock.today())}
    return words
