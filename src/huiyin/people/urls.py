"""Addresses of people and units; mounted at the root."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from huiyin.people.views import people, session, setup, units


class Ending(StringConverter):
    """What can be ended from a person's page."""

    regex = "|".join(people.ENDINGS)


register_converter(Ending, "ending")
app_name = "people"
urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("password/", session.password, name="password"),
    path("setup/", setup.set_up, name="setup"),
    path("settings/", units.settings_home, name="settings"),
    path("units/", units.units, name="units"),
    path("units/new/", units.new, name="unit_new"),
    path("units/import/", units.table, name="unit_import"),
    path("units/units.xlsx", units.export, name="unit_export"),
    path("units/template.xlsx", units.template, name="unit_template"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("units/<int:pk>/change/", units.change, name="unit_change"),
    path("units/<int:pk>/end/", units.end, name="unit_end"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="person_change"),
    path("people/<int:pk>/reset-password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/unlock/", people.unlock, name="unlock"),
    path("people/<int:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<int:pk>/activate/", people.activate, name="activate"),
    path("people/<int:pk>/appoint/", people.appoint, name="appoint"),
    path("people/<int:pk>/token/", people.token, name="token"),
    path("posts/<int:pk>/portfolio/", people.give_portfolio, name="give_portfolio"),
    path("posts/<int:pk>/delegate/", people.delegate, name="delegate"),
    path("<ending:what>/<int:pk>/end/", people.end, name="end"),
]
