"""The rules in the settings: the list, one rule with its history, an amendment tried before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin import clock
from huiyin.door import options, perform
from huiyin.errors import NotFound, Refusal
from huiyin.rulebook import actions, forms, queries, trials
from huiyin.rulebook.defaults import LIGHT_SETS, Shipped, light_set
from huiyin.rulebook.models import Rule
from huiyin.rulebook.rules import (
    HOLIDAYS,
    LIGHT_SCHEME,
    SHEETS,
    TIME_LIMITS,
    Calendar,
    Sheet,
    clean,
    differences,
    effects,
)
from huiyin.web.asked import Request, ask


@require_GET
def rules(request: Request) -> HttpResponse:
    """Every rule with the version in force and what it rests on."""
    today = clock.today()
    book = queries.book(request.actor.jurisdiction_id)
    lines = [{"sheet": sheet, "now": book.stands(sheet, today)} for sheet in SHEETS.values()]
    lacking = today.year + 1 not in book.calendar(today).years and today.month >= 11
    context = {"lines": lines, "lacking_year": today.year + 1 if lacking else None}
    return render(request, "rulebook/rules.html", context)


@require_http_methods(["GET", "POST"])
def rule(request: Request, code: str) -> HttpResponse:
    """One rule: what stands, who changed what when and why; amending it, tried or saved."""
    found = Rule.objects.visible_to(request.actor).filter(code=code).first()
    if found is None or code not in SHEETS:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")
    if request.method == "GET":
        started = _set_of(found, request.GET.get("set", ""))
        if started is None:
            return _page(request, found)
        words = {"source": started.source, "reason": "", "effective_on": clock.today().isoformat()}
        return _page(request, found, body=started.body, typed=words)
    return _amend(request, found, SHEETS[code])


def _set_of(found: Rule, name: str) -> Shipped | None:
    """The shipped set that the form starts from, when one is asked for."""
    return light_set(name) if found.code == LIGHT_SCHEME.code and name in LIGHT_SETS else None


def _sets(found: Rule) -> list[dict[str, Any]]:
    """Shipped sets of a rule that one may start from: name, what it looks at, code."""
    if found.code != LIGHT_SCHEME.code:
        return []
    sets = {name: light_set(name) for name in LIGHT_SETS}
    return [{"code": c, "name": s.body["name"], "note": s.note} for c, s in sets.items()]


def _amend(request: Request, found: Rule, sheet: Sheet[Any]) -> HttpResponse:
    """Try what was typed and show its effect; with `save`, perform it."""
    typed: dict[str, Any] = {
        name: request.POST.get(name, "").strip() for name in ("source", "reason")
    }
    typed["effective_on"] = request.POST.get("effective_on", "")
    typed["notice"] = request.POST.get("notice", "")
    body = forms.typed_body(sheet, request.POST)
    try:
        if "paste" in request.POST and sheet.code == HOLIDAYS.code:
            body = forms.with_notice(body, typed["notice"])
        cleaned = clean(sheet, body)
        if "save" in request.POST:
            _save(request, found, cleaned, typed)
            messages.success(request, _("规则已经修订。"))
            return redirect("rulebook:rule", found.code)
    except Refusal as refusal:
        if refusal.status != Refusal.status:
            raise
        return _page(request, found, body=body, typed=typed, refusal=refusal, status=422)
    return _page(request, found, body=cleaned, typed=typed, tried=_tried(found, sheet, cleaned))


def _save(request: Request, found: Rule, body: Mapping[str, Any], typed: Mapping[str, Any]) -> None:
    perform(
        actions.amend,
        found.pk,
        request.actor,
        ask(request),
        body=body,
        source=typed["source"],
        reason=typed["reason"],
        effective_on=_day(typed["effective_on"]),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fields = {"effective_on": [_("请填生效日期。")]}
        raise Refusal(_("修订没有写全。"), code="amendment_is_incomplete", fields=fields) from None


def _tried(found: Rule, sheet: Sheet[Any], body: Mapping[str, Any]) -> dict[str, Any]:
    """What an amendment would change in the words of the rule, and in results from today."""
    last = queries.brought_up(sheet, found.versions.get(number=found.current).body)
    today = clock.today()
    days = queries.calendar(found.jurisdiction_id, on=today)
    was, becomes = sheet.parse(last), sheet.parse(body)
    limits = queries.in_force(found.jurisdiction_id, TIME_LIMITS.code, today).body
    before = effects(was, today=today, days=days, limits=limits)
    after = effects(becomes, today=today, days=_calendar(sheet, body, days), limits=limits)
    results = [
        {"label": label, "was": before.get(label, ""), "becomes": after.get(label, "")}
        for label in {**after, **before}
    ]
    return {
        "changes": differences(sheet, last, body),
        "results": [line for line in results if line["was"] != line["becomes"]],
        "trial": trials.run(sheet.code, found.jurisdiction_id, was, becomes, today),
        "same": [line for line in results if line["was"] == line["becomes"]],
    }


def _calendar(sheet: Sheet[Any], body: Mapping[str, Any], days: Calendar) -> Calendar:
    return HOLIDAYS.parse(body) if sheet.code == HOLIDAYS.code else days


def _page(
    request: Request,
    found: Rule,
    *,
    body: Mapping[str, Any] | None = None,
    typed: Mapping[str, Any] | None = None,
    refusal: Refusal | None = None,
    tried: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet, history = SHEETS[found.code], queries.history(found)
    last = history[0].version
    errors = refusal.fields if refusal else {}
    context = {
        "rule": found,
        "sheet": sheet,
        "history": history,
        "last": last,
        "now": queries.in_force(found.jurisdiction_id, found.code, clock.today()),
        "verb": next(
            (o for o in options(found, by=request.actor) if o.action is actions.amend), None
        ),
        "grid": forms.grid(sheet, body or queries.brought_up(sheet, last.body), errors),
        "typed": typed
        or {"source": last.source, "reason": "", "effective_on": clock.today().isoformat()},
        "refusal": refusal,
        "errors": errors,
        "tried": tried,
        "sets": _sets(found),
        "chosen_set": request.GET.get("set", ""),
    }
    return render(request, "rulebook/rule.html", context, status=status)
