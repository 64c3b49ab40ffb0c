"""A leader leads a matter personally (领办、包案): in sight on the matter and on that leader's desk."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.actors import LEADERS
from huiyin.door import Call, Facts, action
from huiyin.errors import Refusal, required
from huiyin.matters.models import Matter
from huiyin.matters.permits import handing
from huiyin.matters.rules import LIVE
from huiyin.people.models import Post, held_on


@action(
    "matter.lead_personally",
    label=gettext_lazy("领导领办"),
    model=Matter,
    permit=handing.names_personal_lead,
    when=set(LIVE),
)
def lead_personally(matter: Matter, call: Call, *, leader: int | None = None) -> Facts:
    """The leader leads the matter personally; the unit goes on answering for it.

    A leader takes it on himself; the office names the leader who does.
    """
    post = _leader(matter, call, leader)
    if matter.personal_lead_id == post.pk:
        raise Refusal(_("这件事已经由%(name)s领办。") % {"name": post.user.name}, code="already_so")
    matter.personal_lead, matter.moved_at = post, call.at
    return {"post": post.pk, "name": post.user.name, "title": post.title}


def _leader(matter: Matter, call: Call, asked: int | None) -> Post:
    own = call.actor.capacity
    themselves = own is not None and own.role in LEADERS
    pk = own.post_id if own is not None and themselves else asked
    post: Post | None = (
        Post.objects.filter(
            held_on(call.today),
            pk=pk or 0,
            jurisdiction_id=matter.jurisdiction_id,
            role__in=LEADERS,
        )
        .select_related("user")
        .first()
    )
    if post is None or (themselves and asked not in (None, post.pk)):
        raise Refusal(
            _("领导只能自己认领；由督查室登记的，请选择领办的领导。"),
            code="leader_missing",
            fields={"leader": [_("请选择领导")]},
        )
    return post


@action(
    "matter.end_personal_lead",
    label=gettext_lazy("不再领办"),
    model=Matter,
    permit=handing.names_personal_lead,
    when=set(LIVE),
    unless=(handing.nobody_leads_personally, handing.led_by_another),
)
def end_personal_lead(matter: Matter, call: Call, *, reason: str) -> Facts:
    """Nobody leads it personally any more, for the reason given; the unit answers as before."""
    reason = required(reason, _("请写明为什么不再领办。"))
    former = matter.personal_lead_id
    matter.personal_lead, matter.moved_at = None, call.at
    call.texts["reason"] = reason
    return {"post": former}
