"""The auditor's pages: the chain and its checks, the trail, one event, export and seal."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin import clock
from huiyin.audit import actions, permits, queries, work
from huiyin.audit.forms import TrailForm
from huiyin.door import perform
from huiyin.errors import NotFound
from huiyin.ledger import export as ledger_export
from huiyin.ledger import followers
from huiyin.ledger import seal as sealing
from huiyin.ledger import work as ledger_work
from huiyin.ledger.models import Seal
from huiyin.people.models import Jurisdiction
from huiyin.web.asked import Request, ask


def _readers_only(request: Request) -> None:
    if not permits.reads_trail(request.actor):
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")


def _operators_only(request: Request) -> None:
    if not permits.runs_machine(request.actor):
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")


@require_safe
def background(request: Request) -> HttpResponse:
    """What background work was given up, with its reason."""
    _operators_only(request)
    office = request.actor.jurisdiction_id
    context = {
        "parked": [row for row in followers.parked() if row.jurisdiction_id == office],
        "failed": [row for row in ledger_work.failed() if row.jurisdiction_id == office],
    }
    return render(request, "audit/background.html", context)


@require_POST
def retry(request: Request) -> HttpResponse:
    """Everything that was given up in this office is tried again."""
    _operators_only(request)
    office = request.actor.jurisdiction_id
    parked = [row for row in followers.parked() if row.jurisdiction_id == office]
    again = sum(followers.retry(row) for row in parked)
    for row in ledger_work.failed():
        if row.jurisdiction_id == office:
            ledger_work.want(row.kind, row.subject_id, office)
            again += 1
    messages.success(request, _("%(n)d 件已重新安排。") % {"n": again})
    return redirect("audit:background")


@require_safe
def audit(request: Request) -> HttpResponse:
    """The chain, its seals, the last check, and the trail."""
    _readers_only(request)
    form = TrailForm(request.GET)
    office = Jurisdiction.objects.get(pk=request.actor.jurisdiction_id)
    context = {
        "chain": queries.chain(viewer=request.actor),
        "trail": queries.trail(form.asked(), viewer=request.actor),
        "form": form,
        "carries": permits.carries_away(request.actor, office),
    }
    return render(request, "audit/audit.html", context)


@require_safe
def event(request: Request, position: int) -> HttpResponse:
    """One event in full."""
    _readers_only(request)
    found = queries.one(position, viewer=request.actor)
    if found is None:
        raise NotFound(_("没有这一条。"), code="not_found")
    return render(request, "audit/event.html", {"event": found})


@require_safe
def progress(request: Request) -> HttpResponse:
    """The state of the last check, polled while it runs."""
    _readers_only(request)
    return render(
        request, "audit/_check.html", {"check": queries.chain(viewer=request.actor).check}
    )


@require_POST
def check(request: Request) -> HttpResponse:
    """A check of the whole ledger is wanted."""
    _readers_only(request)
    work.ask(request.actor)
    return redirect("audit:audit")


@require_POST
def export(request: Request) -> FileResponse:
    """The whole chain as a file that `python -m huiyin.proof` checks; the export is on record."""
    perform(actions.export, request.actor.jurisdiction_id, request.actor, ask(request))
    office = Jurisdiction.objects.get(pk=request.actor.jurisdiction_id)
    # Written to disk, not to memory: a ledger of years is larger than a server should hold.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    ledger_export.write(office.pk, file, name=office.name)
    file.seek(0)
    name = f"huiyin-ledger-{clock.today():%Y%m%d}.jsonl"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/jsonl")


@require_POST
def take_seal(request: Request) -> HttpResponse:
    """A seal over everything so far, as a small file to be kept elsewhere."""
    office = request.actor.jurisdiction_id
    seal = sealing.take(office)
    if seal is None:
        raise NotFound(_("存证账还是空的。"), code="empty_ledger")
    perform(actions.take_seal, office, request.actor, ask(request), size=seal.size)
    return _seal_file(seal)


@require_safe
def seal(request: Request, size: int) -> HttpResponse:
    """An earlier seal again."""
    _readers_only(request)
    row = Seal.objects.filter(jurisdiction_id=request.actor.jurisdiction_id, size=size).first()
    if row is None:
        raise NotFound(_("没有这份封条。"), code="not_found")
    return _seal_file(row)


def _seal_file(seal: Seal) -> HttpResponse:
    name = f"huiyin-seal-{seal.size}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(sealing.file_of(seal), content_type="application/json", headers=headers)
