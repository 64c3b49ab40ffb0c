"""Addresses of the web layer; mounted at the root."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from huiyin.web import drafts, views

app_name = "web"
urlpatterns = [
    path("drafts/<str:key>/", drafts.draft, name="draft"),
    path("session/", views.session, name="session"),
    path("theme/", views.theme, name="theme"),
    path("language/", set_language, name="language"),
    path("styleguide/", views.style_guide, name="styleguide"),
    path("styleguide/<slug:page>/", views.style_guide, name="styleguide_page"),
]
