"""Addresses of the audit pages."""

from __future__ import annotations

from django.urls import path

from huiyin.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.audit, name="audit"),
    path("audit/check/", views.check, name="check"),
    path("audit/check/progress/", views.progress, name="progress"),
    path("audit/export/", views.export, name="export"),
    path("audit/seal/", views.take_seal, name="take_seal"),
    path("audit/seals/<int:size>/", views.seal, name="seal"),
    path("settings/background/", views.background, name="background"),
    path("settings/background/retry/", views.retry, name="retry"),
    path("audit/events/<int:position>/", views.event, name="event"),
]
