"""The Django app `web`."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, stylesheet, scripts and middleware shared by all features; it has no tables."""

    name = "huiyin.web"
    label = "web"
