"""The first set-up: the office, its units, its first people; opened by the token of the terminal."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huiyin.actors import machine
from huiyin.door import perform
from huiyin.errors import NotFound, Refusal
from huiyin.people import actions, setup
from huiyin.people.forms import OfficeForm, TableForm, check_first_people, first_people
from huiyin.people.models import Jurisdiction, Unit
from huiyin.people.passwords import initial_password
from huiyin.people.setup import Step
from huiyin.people.views.shared import show_refusal
from huiyin.people.views.units import take_table
from huiyin.web.asked import ask, open_to_all

OPENED, UNITS_DONE = "setup_opened", "setup_units_done"
LABELS = {
    Step.OFFICE: gettext_lazy("单位"),
    Step.UNITS: gettext_lazy("单位名录"),
    Step.PEOPLE: gettext_lazy("首批人员"),
    Step.DONE: gettext_lazy("完成"),
}


@open_to_all
@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The step that comes next; everybody without the token sees where to find it."""
    if not setup.is_needed():
        raise NotFound(_("系统已经设立完毕。"), code="set_up_already", next_step=_("请直接登录。"))
    given = request.POST.get("token") or request.GET.get("token") or ""
    if given and setup.opens(given.strip()):
        request.session.cycle_key()
        request.session[OPENED] = setup.current()
        return redirect("people:setup")
    if not setup.current() or request.session.get(OPENED) != setup.current():
        status = 422 if given else 200
        return render(
            request,
            "people/setup_closed.html",
            {"wrong": bool(given), "steps": _steps(None)},
            status=status,
        )
    step = _current(request)
    if request.method == "POST" and request.POST.get("step", step) != step:
        return redirect("people:setup")  # a double click: that step is done already
    return _STEPS[step](request)


def _current(request: HttpRequest) -> Step:
    """What comes next; an earlier step that may be taken again can be asked for."""
    if setup.office() is None:
        return Step.OFFICE
    if request.GET.get("step") == Step.UNITS or not request.session.get(UNITS_DONE):
        return Step.UNITS
    return Step.PEOPLE


def _office(request: HttpRequest) -> HttpResponse:
    form = OfficeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.found_office(ask=ask(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("people:setup")
    return _page(request, Step.OFFICE, {"form": form})


def _units(request: HttpRequest) -> HttpResponse:
    office = _present_office()
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    problems: Any = []
    if request.method == "POST":
        typed = request.POST.get("text", "").strip() or request.FILES.get("file")
        problems = take_table(form, machine("set_up", office.pk), ask(request)) if typed else {}
        if isinstance(problems, dict):
            request.session[UNITS_DONE] = True
            return redirect("people:setup")
    there = Unit.objects.filter(jurisdiction=office).order_by("position")
    return _page(request, Step.UNITS, {"form": form, "problems": problems, "units": there})


def _people(request: HttpRequest) -> HttpResponse:
    office = _present_office()
    rows = first_people(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"rows": rows, "refusal": None}
    if request.method == "POST" and check_first_people(rows):
        asked = ask(request)
        accounts = _accounts(rows, asked.key)
        try:
            perform(
                actions.staff,
                office.pk,
                machine("set_up", office.pk),
                asked,
                unit_id=_office_unit(office),
                accounts=[account for account, _password in accounts],
            )
        except Refusal as refusal:
            context["refusal"] = refusal
        else:
            return _done(request, accounts)
    return _page(request, Step.PEOPLE, context)


def _accounts(rows: list[Any], key: str) -> list[tuple[actions.FirstAccount, str]]:
    found = []
    for row in rows:
        data = row.cleaned_data
        if data.get("username"):
            password = initial_password(key, data["username"])
            account = actions.FirstAccount(
                username=data["username"],
                name=data["name"],
                role=row.post.role.value,
                password=actions.hashed(password),
                title=str(row.post.title),
            )
            found.append((account, password))
    return found


def _done(request: HttpRequest, accounts: list[tuple[actions.FirstAccount, str]]) -> HttpResponse:
    """The one page that shows the initial passwords; the token is spent."""
    setup.spend_token()
    request.session.flush()
    lines = [{"account": account, "password": password} for account, password in accounts]
    return _page(request, Step.DONE, {"accounts": lines}, status=200)


def _present_office() -> Jurisdiction:
    office = setup.office()
    if office is None:
        raise NotFound(_("请先填写单位。"), code="no_office_yet")
    return office


def _office_unit(office: Jurisdiction) -> int:
    """The supervision office, where the first people work; the root unit when there is none."""
    units = Unit.objects.filter(jurisdiction=office, ended_on=None)
    unit = units.filter(kind=Unit.Kind.OFFICE).order_by("pk").first() or units.get(parent=None)
    return unit.pk


def _page(
    request: HttpRequest, step: Step, context: dict[str, Any], *, status: int | None = None
) -> HttpResponse:
    answered = status or (422 if request.method == "POST" else 200)
    context |= {"steps": _steps(step), "step": step.value, "office": setup.office()}
    return render(request, f"people/setup_{step}.html", context, status=answered)


def _steps(current: Step | None) -> list[dict[str, Any]]:
    order = list(Step)
    at = order.index(current) if current else -1
    states = ["done" if n < at else "current" if n == at else "" for n in range(len(order))]
    return [
        {"label": LABELS[step], "state": state} for step, state in zip(order, states, strict=True)
    ]


_STEPS = {Step.OFFICE: _office, Step.UNITS: _units, Step.PEOPLE: _people}
