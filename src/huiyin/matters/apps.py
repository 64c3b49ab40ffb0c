"""The matters feature as a Django app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Label `matters`; verbs and trials are registered at start; `work` is found by the worker."""

    name = "huiyin.matters"
    label = "matters"

    def ready(self) -> None:
        import_module("huiyin.matters.actions")
        business = import_module("huiyin.matters.succession").MattersOfUnit()
        import_module("huiyin.people.succession").register(business)
        trials = import_module("huiyin.rulebook.trials")
        trials.register("lights", import_module("huiyin.matters.trying").try_lights)
        import_module("huiyin.matters.unit_part").register()
