"""What every form of a verb has: what it is about, the input it hands over, its refusals, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.actors import Actor
from huiyin.errors import Refusal
from huiyin.ledger.models import OfficeFact
from huiyin.matters.evidence import EvidenceFile
from huiyin.matters.forms.fields import (
    FilesField,
    words_area,
)
from huiyin.matters.models import Assignment, Matter, Milestone
from huiyin.matters.rules.concerns import Concern
from huiyin.people.models import Post, Unit
from huiyin.web import uploads
from huiyin.web.models import Upload

MOST_FILES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a form is about: the matter, the row the verb changes, who fills it in, what may be chosen."""

    matter: Matter
    viewer: Actor
    subject: OfficeFact
    assignment: Assignment | None = None
    milestones: Sequence[Milestone] = ()
    units: Sequence[Unit] = field(default=())
    leaders: Sequence[Post] = field(default=())
    proposals: dict[str, Any] = field(default_factory=dict)

    @property
    def is_lead(self) -> bool:
        return self.assignment is not None and self.assignment.role == "lead"


class VerbForm(forms.Form):
    """A form whose clean values are the input of a verb; `given` hands them over.

    A form that `asks_unit` or `asks_leader` is given the directory in `about`.
    """

    template = "matters/_form.html"
    optional: tuple[str, ...] = ()
    asks_unit = False
    asks_leader = False

    def __init__(self, *args: Any, about: About, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        for name, value in about.proposals.items():
            if name in self.fields:
                self.fields[name].initial = value
        for name in self.optional:
            self.fields[name].required = False

    def given(self) -> dict[str, Any]:
        """The input of the verb."""
        return dict(self.cleaned_data)

    def concerns(self) -> list[Concern]:
        """What the writer is asked to look at once more before it is sent; nothing for most verbs."""
        return []

    def refuse(self, refusal: Refusal) -> None:
        """The refusal's words stand beside the fields they are about."""
        for name, lines in refusal.fields.items():
            self.add_error(name if name in self.fields else None, lines)


class WithFiles(VerbForm):
    """A form with evidence: files are stored as they arrive and kept when the form is refused."""

    evidence = FilesField(label=_("佐证材料"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept: list[Upload] = []

    def clean_evidence(self) -> list[EvidenceFile]:
        """Files kept from an earlier attempt and those sent now, all under their hash."""
        self.kept = self._kept_before()
        for file in self.cleaned_data["evidence"]:
            self._store(file)
        return [
            EvidenceFile(name=u.name, sha256=u.sha256, size=u.size, media_type=u.media_type)
            for u in self.kept
        ]

    def _kept_before(self) -> list[Upload]:
        """Only what the person brought: an id of somebody else's upload is nothing."""
        texts = self.data.getlist("kept") if hasattr(self.data, "getlist") else []
        ids = [
            int(text)
            for text in texts[:MOST_FILES]
            if text.isascii() and text.isdecimal() and len(text) < 19
        ]
        return list(
            Upload.objects.filter(owner_id=self.about.viewer.user_id or 0, pk__in=ids).order_by(
                "pk"
            )
        )

    def _store(self, file: Any) -> None:
        owner = self.about.viewer.user_id
        if owner is None or len(self.kept) >= MOST_FILES:
            self.add_error("evidence", gettext("一次最多上传 %(n)d 份。") % {"n": MOST_FILES})
            return
        try:
            self.kept.append(uploads.keep(file, file.name or "", owner_id=owner))
        except Refusal as refusal:
            self.add_error("evidence", f"{file.name}{_('：')}{refusal.sentence}")


class ReasonForm(VerbForm):
    """A verb that wants nothing but its reason."""

    reason = forms.CharField(label=_("理由"), widget=words_area(3))


class NothingForm(VerbForm):
    """A verb that needs no words."""
