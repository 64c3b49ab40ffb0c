"""Addresses of the inbox; mounted at the root."""

from __future__ import annotations

from django.urls import path

from huiyin.notices import pages, views

app_name = "notices"
pages.register()
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/tomorrow/", views.tomorrow, name="tomorrow"),
    path("inbox/<int:pk>/", views.open_message, name="open"),
]
