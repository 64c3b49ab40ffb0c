"""A reviewer decides what the findings are: confirm, change, reject, set aside, or take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import LEADERS, Role
from huiyin.documents import permits
from huiyin.documents.actions.checks import one_of
from huiyin.documents.actions.findings import attribute, move, typed
from huiyin.documents.actions.findings import decide as decided
from huiyin.documents.models import Document, Passage
from huiyin.documents.rules import AmountWords, DeadlineWords, Decision, Kind, RhythmWords
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.people.models import Post

OPEN = (permits.withdrawn, permits.merged_away)
BEFORE_A_MATTER = (*OPEN, permits.has_matter)


@action(
    "passage.confirm",
    label=gettext_lazy("确认"),
    model=Passage,
    permit=permits.is_office,
    unless=(*OPEN, permits.confirmed_already),
)
def confirm(passage: Passage, call: Call) -> Facts:
    """The finding is what the reader said it is; a demand is now a requirement."""
    decided(passage, call, Decision.CONFIRMED)
    return {"kind": passage.kind}


def _paper_when_moved(
    passage: Passage, *, start: int | None = None, end: int | None = None, **_given: Any
) -> list[Document]:
    """Two neighbours moved at once must not come to overlap: the paper is locked for that."""
    return [passage.document] if start is not None or end is not None else []


@action(
    "passage.change",
    label=gettext_lazy("修改"),
    model=Passage,
    permit=permits.is_office,
    unless=BEFORE_A_MATTER,
    locks=_paper_when_moved,
)
def change(
    passage: Passage,
    call: Call,
    *,
    kind: str | None = None,
    start: int | None = None,
    end: int | None = None,
    quote: str | None = None,
    lead: Sequence[str] | None = None,
    co: Sequence[str] | None = None,
    deadline: DeadlineWords | None = None,
    recurrence: RhythmWords | None = None,
    quantities: Sequence[AmountWords] | None = None,
    decide: bool = True,
) -> Facts:
    """The finding says what the reviewer made of it, and is confirmed unless `decide` is false.

    Only what is given changes; an empty list or mapping takes an attribute away. `quote` may be
    typed for a page of a scan only: in a text the words are what stands between start and end.
    """
    if kind is not None:
        passage.kind = one_of(Kind, kind, "kind")
    if start is not None or end is not None:
        move(
            passage, passage.start if start is None else start, passage.end if end is None else end
        )
    if quote is not None and passage.start is None:
        passage.quote = typed(quote)
    given = {
        "lead": lead,
        "co": co,
        "deadline": deadline,
        "recurrence": recurrence,
        "quantities": quantities,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    attribute(passage, changed)
    passage.changed = True
    if decide:
        decided(passage, call, Decision.CONFIRMED)
    return {
        "attributes": sorted(changed),
        "kind": passage.kind,
        "place": [passage.start, passage.end],
    }


@action(
    "passage.reject",
    label=gettext_lazy("不是要求"),
    model=Passage,
    permit=permits.is_office,
    unless=(*BEFORE_A_MATTER, permits.rejected_already),
)
def reject(passage: Passage, call: Call, *, reason: str = "") -> Facts:
    """The words demand and report nothing; they are shown no more, and kept."""
    decided(passage, call, Decision.REJECTED, reason=reason)
    return {"kind": passage.kind}


@action(
    "passage.set_aside",
    label=gettext_lazy("不立项"),
    model=Passage,
    permit=permits.is_office,
    unless=(*BEFORE_A_MATTER, permits.is_fact),
)
def set_aside(passage: Passage, call: Call, *, reason: str, approver_post: int | None) -> Facts:
    """The demand stays in sight as one nobody will pursue, with the reason and who agreed to it."""
    reason = required(reason, _("请写明不立项的理由。"))
    post = _approver(passage, approver_post)
    decided(passage, call, Decision.SET_ASIDE, reason=reason)
    passage.approver_post, passage.approver_name = post, post.user.name
    return {"approver": post.pk}


@action(
    "passage.reopen",
    label=gettext_lazy("撤回决定"),
    model=Passage,
    permit=permits.is_office,
    unless=(permits.withdrawn, permits.has_matter, permits.undecided_already),
)
def reopen(passage: Passage, _call: Call) -> Facts:
    """The finding waits for a decision again."""
    before = passage.decision
    passage.decision = Decision.UNDECIDED
    passage.reason, passage.approver_post, passage.approver_name = "", None, ""
    passage.merged_into = None
    passage.decided_by, passage.decided_by_name, passage.decided_at = None, "", None
    return {"from": before}


def _approver(passage: Passage, pk: int | None) -> Post:
    """The post of a leader (or the head of the office) who agreed."""
    roles = [*LEADERS, Role.OFFICE_HEAD]
    posts = Post.objects.filter(jurisdiction_id=passage.jurisdiction_id, role__in=roles)
    post: Post | None = posts.filter(pk=pk).select_related("user").first()
    if post is None:
        raise Refusal(
            _("请选择批准不立项的领导。"),
            code="approver_missing",
            fields={"approver_post": [_("必填")]},
        )
    return post
