"""One page a verb of a matter: the form, beside it what it is about; refusals stand by their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huiyin import clock, door
from huiyin.actors import Actor
from huiyin.door import Action
from huiyin.errors import Forbidden, NotFound, Refusal, Stale
from huiyin.ledger.models import OfficeFact
from huiyin.matters import actions
from huiyin.matters.forms import filters
from huiyin.matters.forms import verbs as forms
from huiyin.matters.forms.plan import PlanForm
from huiyin.matters.models import Assignment, CloseOut, Matter
from huiyin.matters.queries import people, proposals
from huiyin.matters.queries.lights import light_of
from huiyin.matters.queries.page import one, seen_matter, source_of
from huiyin.matters.rules import AssignmentState
from huiyin.matters.views.drafted import finished
from huiyin.web.asked import Request, ask


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbPage:
    """A verb with its form, the word on its button, and what is said when it is done."""

    action: Action[Any, Any]
    form: type[forms.VerbForm]
    short: Promise
    done: Promise
    then: Promise | str = ""
    in_place: bool = False


def _page(
    action: Action[Any, Any], form: type[forms.VerbForm], short: Promise, done: Promise, **more: Any
) -> VerbPage:
    return VerbPage(action=action, form=form, short=short, done=done, **more)


_t = gettext_lazy
VERBS: Mapping[str, VerbPage] = {
    "set-plan": _page(actions.set_plan, PlanForm, _t("填写"), _t("办理方案已保存。")),
    "report-progress": _page(
        actions.report_progress,
        forms.ReportForm,
        _t("反馈"),
        _t("进展已反馈。"),
        then=_t("反馈后督查室和配合单位都能看到"),
    ),
    "submit-completion": _page(
        actions.submit_completion,
        forms.CompletionForm,
        _t("报送"),
        _t("已报送办结，等待核查。"),
        then=_t("报送后由督查室核查"),
    ),
    "hand-back": _page(
        actions.hand_back,
        forms.HandBackForm,
        _t("提出"),
        _t("异议已提出，裁定前仍由本单位办理。"),
        in_place=True,
    ),
    "rule-hand-back": _page(actions.rule_hand_back, forms.RuleForm, _t("裁定"), _t("已裁定。")),
    "settle": _page(
        actions.settle,
        forms.SettleForm,
        _t("核查"),
        _t("已核查、销号，答复已签发。"),
        then=_t("一次完成核查、验收、销号，并签发答复"),
    ),
    "verify": _page(actions.verify, forms.VerifyForm, _t("核查"), _t("核查已记录。")),
    "send-back": _page(
        actions.send_back, forms.SendBackForm, _t("退回"), _t("已退回重办。"), in_place=True
    ),
    "accept": _page(
        actions.accept,
        forms.NothingForm,
        _t("验收"),
        _t("已验收，请销号并答复来源。"),
        in_place=True,
    ),
    "close-out": _page(
        actions.close_out, forms.CloseOutForm, _t("销号"), _t("已销号，答复已签发。")
    ),
    "check": _page(actions.check, forms.CheckForm, _t("检查"), _t("检查已记录，事项继续办理。")),
    "withdraw": _page(
        actions.withdraw, forms.WithdrawForm, _t("撤销"), _t("事项已撤销。"), in_place=True
    ),
    "deliver": _page(
        actions.deliver, forms.NothingForm, _t("记录"), _t("已记录送达。"), in_place=True
    ),
}


@require_http_methods(["GET", "POST"])
def do(request: Request, pk: int, slug: str) -> HttpResponse:
    """The form of a verb; sent, it performs the verb or comes back with everything typed."""
    slug = slug.replace("_", "-")
    page = VERBS.get(slug)
    if page is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    matter = seen_matter(pk, viewer=request.actor)
    subject = _subject(page, matter, request)
    part = subject if isinstance(subject, Assignment) else None
    form = form_of(page, matter, part, request.actor, request=request)
    refusal = None
    if form.is_bound and form.is_valid():
        refusal = _performed(page, subject, form, request)
        if refusal is None:
            finished(request, draft_key(slug, subject))
            messages.success(request, str(page.done))
            return redirect("matters:matter", pk=matter.pk)
    return _render(request, page, slug, subject, form, refusal)


def _performed(
    page: VerbPage, subject: OfficeFact, form: forms.VerbForm, request: Request
) -> Refusal | None:
    """None when the verb is done; else why not, its words already beside the fields."""
    try:
        door.perform(page.action, subject.pk, request.actor, ask(request), **form.given())
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal
    return None


def form_of(
    page: VerbPage,
    matter: Matter,
    part: Assignment | None,
    viewer: Actor,
    *,
    request: Request | None = None,
    prefix: str = "id_%s",
) -> forms.VerbForm:
    """The form of a verb on this matter, bound to what was sent when something was."""
    sent = request is not None and request.method == "POST"
    name = page.action.name
    about = forms.About(
        matter=matter,
        viewer=viewer,
        assignment=part,
        milestones=_steps(page, matter),
        units=people.units(viewer=viewer, today=clock.today())
        if page.form is forms.RuleForm
        else (),
        proposals={} if sent or page.in_place else proposals.for_verb(name, matter, part),
    )
    if sent and request is not None:
        return page.form(request.POST, request.FILES, about=about, auto_id=prefix)
    return page.form(about=about, auto_id=prefix)


def _steps(page: VerbPage, matter: Matter) -> list[Any]:
    return list(matter.milestones.all()) if page.form in (PlanForm, forms.ReportForm) else []


def _subject(page: VerbPage, matter: Matter, request: Request) -> OfficeFact:
    """The row the verb is about: the matter, its close-out, or the part of one unit."""
    if page.action.model is Matter:
        return matter
    if page.action.model is CloseOut:
        found: OfficeFact | None = one(matter, "close_out")
    else:
        found = _part(page, matter, request)
    if found is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    return found


def _part(page: VerbPage, matter: Matter, request: Request) -> Assignment | None:
    """The part named in the form or address; else the one on which the viewer may do this."""
    rows = [row for row in matter.assignments.all() if row.state != AssignmentState.ENDED]
    for row in rows:
        row.matter = matter
    named = filters.number(request.POST.get("assignment") or request.GET.get("assignment"))
    if named is not None:
        return next((row for row in rows if row.pk == named), None)
    return next((row for row in rows if door.permitted(page.action, row, request.actor)), None)


def draft_key(slug: str, subject: OfficeFact) -> str:
    """Under which a half-written form is kept for its author."""
    return f"{slug}-{subject.pk}"


def _render(
    request: Request,
    page: VerbPage,
    slug: str,
    subject: OfficeFact,
    form: forms.VerbForm,
    refusal: Refusal | None,
) -> HttpResponse:
    matter, part = form.about.matter, form.about.assignment
    option = _option(page, subject, request.actor)
    context = {
        "page": page,
        "form": form,
        "matter": matter,
        "part": part,
        "shown": light_of(matter, clock.today()),
        "source": source_of(matter),
        "claim": proposals.completion(matter) if page.action.model is Matter else None,
        "last": proposals.last_report(part),
        "seen": subject.version,
        "draft": draft_key(slug, subject),
        "reason": "" if option.allowed or refusal else option.reason,
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, Stale) else (),
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "matters/do.html", context, status=status)


def _option(page: VerbPage, subject: OfficeFact, viewer: Actor) -> door.Option:
    """The verb as offered to the viewer; Forbidden when no post of theirs permits it."""
    found = next((o for o in door.options(subject, by=viewer) if o.name == page.action.name), None)
    if found is None:
        raise Forbidden(_("您现在的岗位不能做这件事。"), code="not_permitted")
    return found
