"""Addresses of the rulebook; mounted at the root."""

from __future__ import annotations

from django.urls import path

from huiyin.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("settings/rules/", views.rules, name="rules"),
    path("settings/rules/<slug:code>/", views.rule, name="rule"),
]
