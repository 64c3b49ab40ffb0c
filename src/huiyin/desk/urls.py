"""Addresses of the home page."""

from __future__ import annotations

from django.urls import path

from huiyin.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
]
