"""Forms of slips: the reason comes from the light, who signs and by when from the scheme."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin import clock
from huiyin.matters.forms.base import ReasonForm, VerbForm
from huiyin.matters.forms.fields import words_area
from huiyin.matters.light_slips import Called, Signer, called_for, choose_signer
from huiyin.matters.models import Slip
from huiyin.matters.queries.lights import light_of
from huiyin.matters.slip_copies import copied, copies_of, named_on_paper
from huiyin.rulebook import queries as rulebook
from huiyin.web.format import full_day
from huiyin.web.kept import kept


class IssueSlipForm(VerbForm):
    """发单: everything is proposed, every word may be changed."""

    template = "matters/_form_slip.html"

    reason = forms.CharField(label=_("为什么发单"), widget=words_area(2))
    asked = forms.CharField(label=_("要单位做什么"), widget=words_area(3))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.book = rulebook.book(self.about.matter.jurisdiction_id)
        self.called = called_for(self.about.matter, self.book, clock.today())
        self._propose()

    @kept
    def _propose(self) -> None:
        found = light_of(self.about.matter, clock.today())
        self.fields["reason"].initial = gettext("%(word)s：%(why)s。") % {
            "word": found.word,
            "why": _written_out(found.why),
        }
        self.fields["asked"].initial = gettext(
            "请查明原因，写明补救措施、责任人和完成时间，按期书面回应。"
        )

    @property
    def sentence(self) -> str:
        """`黄单由督查室主任钱伟签发；签发后3个工作日内回应，今天签发的到2026年11月25日（规则…）。`."""
        return _says(self.called, self) if self.called is not None else ""


def _written_out(words: str) -> str:
    """Days as a paper writes them: `2026-10-31 到期` → `2026年10月31日到期`."""
    return re.sub(r"(\d{4}-\d\d-\d\d) ?", lambda m: full_day(date.fromisoformat(m[1])), words)


def _says(called: Called, form: IssueSlipForm) -> str:
    today, days = clock.today(), max(called.mark.answer_days, 1)
    signer = choose_signer(form.about.matter, called.mark, today=today)
    words = {
        "slip": called.mark.slip,
        "who": signer.name if signer is not None else "",
        "n": days,
        "day": full_day(form.book.calendar(today).add_working_days(today, days)[0]),
        "rule": called.rule.cited,
    }
    said = gettext(
        "%(slip)s由%(who)s签发；签发后%(n)d个工作日内回应，今天签发的到%(day)s（%(rule)s）。"
    )
    return said % words + (signer.why if signer is not None else "") + _copied(called, signer, form)


def _copied(called: Called, signer: Signer | None, form: IssueSlipForm) -> str:
    """`抄送市水利局江涛局长。`."""
    codes, today = called.mark.copied_to, clock.today()
    names = named_on_paper(copied(form.about.matter, codes, signer=signer, today=today))
    return gettext("抄送%(who)s。") % {"who": names} if names else ""


class SignSlipForm(VerbForm):
    """签发: what the unit will read stands above the signature."""

    template = "matters/_form_slip_sign.html"
    optional = ("opinion",)
    opinion = forms.CharField(label=_("签发意见"), widget=words_area(2))

    @property
    def copied_to(self) -> str:
        """Who will have a copy."""
        slip = self.about.subject
        assert isinstance(slip, Slip)  # noqa: S101 - the page's own subject
        return named_on_paper(copies_of(slip, today=clock.today()))


class ReturnSlipForm(ReasonForm):
    """不发，退回."""

    reason = forms.CharField(label=_("为什么不发"), widget=words_area(2))
