"""The web layer alone, so that its tests stand without the features above it."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("huiyin.web.urls"))]
