"""The addresses of this feature and those below it, so that its tests need no other."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.urls import include, path

from huiyin.web.asked import Request


def _desk(request: Request) -> HttpResponse:
    return JsonResponse({"user": request.actor.user_id, "posts": len(request.actor.posts)})


urlpatterns = [
    path("", include("huiyin.people.urls")),
    path("", include("huiyin.rulebook.urls")),
    path("", include("huiyin.web.urls")),
    path("", _desk),
    path("desk/", _desk),
]
