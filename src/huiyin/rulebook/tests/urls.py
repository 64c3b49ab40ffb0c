"""The addresses of this feature and those below it, so that its tests need no other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def _desk(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("desk")


urlpatterns = [
    path("", include("huiyin.people.urls")),
    path("", include("huiyin.rulebook.urls")),
    path("", include("huiyin.web.urls")),
    path("", _desk),
]
