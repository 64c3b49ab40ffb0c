"""What the reader of the trail asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.audit.queries import Asked, verbs


class TrailForm(forms.Form):
    """Who, which verb, from when to when; all optional."""

    who = forms.CharField(label=_("何人"), required=False, max_length=80)
    action = forms.ChoiceField(label=_("何事"), required=False)
    since = forms.DateField(
        label=_("起"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("止"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choice = self.fields["action"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("全部")), *verbs()]

    def asked(self) -> Asked:
        """The typed filter; what was not understood is left out."""
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**found)
