"""The inbox, and tomorrow's urgings for the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from huiyin import clock
from huiyin.actors import OFFICE
from huiyin.matters.forms.filters import number
from huiyin.notices import permits
from huiyin.notices.queries import inbox as queries
from huiyin.notices.queries.tomorrow import clock_check, preview
from huiyin.web.asked import Request


@require_GET
def inbox(request: Request) -> HttpResponse:
    """What concerns the reader: today's matters, what was not read before, what was."""
    is_office = request.actor.has(*OFFICE)
    if request.actor.beside.get("unread"):
        queries.forget_unseen(request.actor, clock.now())
    context = {
        "inbox": queries.inbox(request.actor, today=clock.today()),
        "is_office": is_office,
        "clock": clock_check(request.actor) if is_office else None,
    }
    return render(request, "notices/inbox.html", context)


@require_GET
def open_message(request: Request, pk: int) -> HttpResponse:
    """The message counts as read, and the thing it is about opens."""
    row = queries.message_of(request.actor, pk)
    queries.mark_one_read(request.actor, pk, clock.now())
    return redirect(queries.address_of(row))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Everything on the page the reader had open counts as read."""
    count = queries.mark_read(
        request.actor, clock.now(), last=number(request.POST.get("last")) or 0
    )
    words = ngettext("%(n)d 条记为已看。", "%(n)d 条记为已看。", count) % {"n": count}
    messages.success(request, words if count else _("没有未看的了。"))
    return redirect("notices:inbox")


@require_GET
def tomorrow(request: Request) -> HttpResponse:
    """What the clock will send on its next morning, and what it holds back."""
    permits.require_office(request.actor, _("催办预览只供督查室查看。"))
    context = {
        "preview": preview(request.actor, after=clock.today()),
        "clock": clock_check(request.actor),
    }
    return render(request, "notices/tomorrow.html", context)
