"""Taking over a running register: look at what each row becomes, correct it in place, take it over."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from huiyin import clock, door
from huiyin.door import Ask
from huiyin.errors import NotFound, Refusal
from huiyin.matters import actions, sheets
from huiyin.matters.actions.taking_over import CHUNK
from huiyin.matters.forms.taking_over import TakeOverForm
from huiyin.matters.models import Matter
from huiyin.matters.taking_over import COLUMNS, Line, StatedRow, lines_of, mark_of
from huiyin.matters.views.register import attachment
from huiyin.people import queries as people
from huiyin.people.models import Jurisdiction
from huiyin.web import tables
from huiyin.web.asked import Request, ask

EXAMPLES = (
    ("12-03", "城北泵站试运行", "会议纪要", "第九次常务会议纪要", "", "任务", "办理中", "市水利局", "市教育局", "连续运行七天",
     "2026-03-02", "2026-11-30", "2026-09-30", "60%", "设备已到场", "2026-10-28", "", "", "", ""),
    ("12-04", "校车站点调整", "领导批示", "", "", "任务", "已办结", "市教育局", "", "", "2026-03-02", "2026-06-30",
     "", "100%", "", "", "2026-06-20", "调整十二处", "", ""),
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def show(request: Request) -> HttpResponse:
    """The form; sent, what each row becomes; sent with `take`, the rows without problems are ours."""
    _refuse_strangers(request)
    form = TakeOverForm(request.POST or None, request.FILES or None)
    lines: list[Line] = []
    refusal = None
    if form.is_bound:
        try:
            lines = _understood(form, request)
            if form.is_valid() and "take" in request.POST and not _wrong(lines):
                return _taken(lines, form, request)
        except NotFound:
            raise
        except Refusal as refused:
            refusal = refused
    context = {
        "form": form,
        "lines": lines,
        "wrong": _wrong(lines),
        "refusal": refusal,
        "columns": list(COLUMNS.values()),
    }
    unsound = refusal or (form.is_bound and (form.errors or _wrong(lines)))
    return render(request, "matters/take_over.html", context, status=422 if unsound else 200)


def _refuse_strangers(request: Request) -> None:
    office = Jurisdiction.objects.get(pk=request.actor.jurisdiction_id)
    if door.permitted(actions.take_over, office, request.actor) is None:
        raise NotFound(_("没有找到，或者您无权查看。"), code="not_found")


def _understood(form: TakeOverForm, request: Request) -> list[Line]:
    """Every line of the file, else of the text; a file's lines are put into the text box."""
    file = form.files.get("file")
    if file is not None:
        if (file.size or 0) > tables.LARGEST:
            raise tables.unreadable(_("文件太大，表格不应超过4 MB。"))
        cells = tables.cells_of_file(file.read(), file.name or "")
        data = dict(form.data.items())
        data["text"] = tables.as_text(cells)
        form.data = data
    else:
        cells = tables.cells_of_text(str(form.data.get("text", "")))
    today = clock.today()
    directory = people.directory_index(request.actor.jurisdiction_id, today=today)
    return lines_of(cells, directory, today=today)


def _wrong(lines: Sequence[Line]) -> int:
    return sum(1 for line in lines if line.problems)


def _taken(lines: Sequence[Line], form: TakeOverForm, request: Request) -> HttpResponse:
    """The rows not yet taken over are; a chunk an act, so that a killed server can go on."""
    rows = [line.row for line in lines if line.row is not None]
    known = _known(request.actor.jurisdiction_id)
    fresh = [row for row in rows if mark_of(row) not in known]
    if not fresh:
        raise Refusal(_("这些事项都已经接管过了。"), code="taken_over_already")
    frame = _perform(fresh, form, request)
    said = _("已接管 %(n)d 件。") % {"n": len(fresh)}
    if len(fresh) < len(rows):
        said += _("另有 %(n)d 件以前接管过，没有重复。") % {"n": len(rows) - len(fresh)}
    messages.success(request, said)
    return redirect("matters:notice", pk=frame)


def _perform(rows: Sequence[StatedRow], form: TakeOverForm, request: Request) -> int:
    """The frame's id, once every chunk stands in it."""
    asked = ask(request)
    frame: int | None = None
    for number, start in enumerate(range(0, len(rows), CHUNK)):
        done = door.perform(
            actions.take_over,
            request.actor.jurisdiction_id,
            request.actor,
            Ask(key=f"{asked.key}.{number}"),
            rows=rows[start : start + CHUNK],
            title=form.cleaned_data["title"],
            basis=form.cleaned_data["basis"],
            frame=frame,
        )
        frame = int(done.facts["notice"])
    if frame is None:
        raise RuntimeError("nothing was taken over")
    return frame


def _known(jurisdiction_id: int) -> set[tuple[str, str, int | None]]:
    rows = Matter.objects.filter(jurisdiction_id=jurisdiction_id, taken_over=True)
    return set(rows.values_list("stated_number", "title", "lead_unit_id"))


@require_GET
def template(request: Request) -> HttpResponse:
    """An empty register with two made-up lines that show how."""
    _refuse_strangers(request)
    heads = [(names[0], 16) for names in COLUMNS.values()]
    body = sheets.workbook(title=_("既有台账"), heads=heads, rows=EXAMPLES)
    return attachment(body, sheets.MEDIA_TYPE, _("既有台账模板.xlsx"))
