"""Each feature's addresses, mounted; the API is built from the registry of verbs."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

FEATURES = ("desk", "people", "rulebook", "matters", "documents", "notices", "audit", "web")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"huiyin.{feature}.urls"))
    for feature in FEATURES
    if find_spec(f"huiyin.{feature}.urls")
]
if find_spec("huiyin.api"):
    urlpatterns.append(path("api/", import_module("huiyin.api").api.urls))
