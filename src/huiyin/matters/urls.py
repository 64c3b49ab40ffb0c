"""Addresses of matters, the dispatch table, notices, lists and checks; mounted at the root."""

from __future__ import annotations

from django.urls import path

from huiyin.matters.views import (
    breaking,
    dispatch,
    drawing,
    due,
    hands,
    lists,
    matter,
    notices,
    register,
    slips,
    taking_over,
    units,
    verbs,
    verification,
    volunteering,
)

app_name = "matters"
urlpatterns = [
    path("matters/", register.show, name="register"),
    path("matters/take-over/", taking_over.show, name="take_over"),
    path("matters/take-over/template/", taking_over.template, name="take_over_template"),
    path("matters/export/", register.export, name="export"),
    path("matters/new/", dispatch.new, name="new"),
    path("matters/due/", due.note, name="due_note"),
    path("matters/volunteer/", volunteering.new, name="volunteer"),
    path("matters/<int:pk>/", matter.show, name="matter"),
    path("matters/<int:pk>/parts/", breaking.break_down, name="parts"),
    path("matters/<int:pk>/parts/table/", breaking.template, name="parts_template"),
    path("matters/<int:pk>/do/<slug:slug>/", verbs.do, name="do"),
    path("evidence/<int:pk>/", matter.evidence, name="evidence"),
    path("dispatch/", dispatch.show, name="dispatch"),
    path("dispatch/batch/", dispatch.batch, name="dispatch_batch"),
    path("dispatch/preview/", dispatch.preview, name="dispatch_preview"),
    path("dispatch/export/", dispatch.export, name="dispatch_export"),
    path("dispatch/<int:pk>/", dispatch.row, name="dispatch_row"),
    path("notices/", notices.index, name="notices"),
    path("notices/<int:pk>/", notices.show, name="notice"),
    path("notices/<int:pk>/do/<slug:what>/", notices.do, name="notice_do"),
    path("notices/<int:pk>/print/", notices.paper, name="notice_print"),
    path("slips/<int:pk>/print/", slips.paper, name="slip_print"),
    path("lists/", lists.index, name="lists"),
    path("units/<int:pk>/haves/", units.haves, name="unit_haves"),
    path("units/<int:pk>/hands/", hands.show, name="unit_hands"),
    path("lists/<int:pk>/", lists.show, name="list"),
    path("verification/", verification.show, name="verification"),
    path("verification/draw/", drawing.new, name="draw_new"),
    path("verification/draws/<int:pk>/", drawing.show, name="draw"),
    path("published/", drawing.published, name="published"),
]
