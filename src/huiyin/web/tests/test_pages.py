"""House rules of templates and stylesheets, the navigation, the style guide and the colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template.loader import get_template
from django.test import RequestFactory

from huiyin.actors import Actor, Capacity, Role
from huiyin.web import fates, views
from huiyin.web.context import places

pytestmark = pytest.mark.urls("huiyin.web.tests.urls")
HERE = Path(__file__).parents[1]
SOURCE = HERE.parent
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
POST = Capacity(
    post_id=1, role=Role.SUPERVISION_OFFICER, title="督查员", unit_id=1, unit_name="督查室"
)
OFFICER = Actor(user_id=1, name="卢见微", jurisdiction_id=1, posts=(POST,))


def request(path="/styleguide/", actor=OFFICER):
    made = RequestFactory().get(path)
    made.user = AnonymousUser()
    made.actor = actor
    return made


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_template_carries_a_script_a_style_sheet_or_a_handler(template):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text)
    assert "<style" not in text
    assert not re.search(r"\son(click|change|submit|load|input|key\w+)\s*=", text)
    for style in re.findall(r'\sstyle="([^"]*)"', text):
        assert style.startswith(("--", "{%", "{{")), (
            f"a style attribute carries numbers only: {style}"
        )


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_template_compiles_and_every_part_says_what_it_needs(template):
    name = str(template).split("/templates/", 1)[1]
    get_template(name)
    text = template.read_text(encoding="utf-8")
    if template.name.startswith("_"):
        assert text.startswith(("{# needs:", "{# "))
    assert not re.search(r"\{#[^#}]*\n", text), "a comment of several lines is shown as text"


@pytest.mark.parametrize("name", ["", "paper", "sign-in", "refusal", "setup", "echo", "reading"])
def test_every_page_of_the_style_guide_is_drawn(name, settings):
    settings.DEBUG = True
    answer = views.style_guide(request(), name)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "{#" not in page
    assert "{{" not in page


def test_the_style_guide_is_not_part_of_a_real_office(settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(Http404):
        views.style_guide(request(), "")


def test_the_bar_keeps_the_order_of_fates_and_leaves_out_the_empty():
    parts = fates.parts({"unclaimed": 2, "closed": 4, "overdue": 0})
    assert [(part.code, part.count) for part in parts] == [("closed", 4), ("unclaimed", 2)]


def test_labels_get_a_row_of_their_own_when_a_part_is_too_narrow():
    assert not fates.crowded(fates.parts({"closed": 4, "overdue": 2}))
    assert fates.crowded(fates.parts({"closed": 26, "unclaimed": 1}))
    assert not fates.crowded(())


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        (Role.LIAISON_OFFICER, ["/desk/", "/matters/", "/notices/"]),
        (Role.SYSTEM_ADMIN, ["/desk/", "/settings/"]),
        (
            Role.AUDITOR,
            [
                "/desk/",
                "/documents/",
                "/matters/",
                "/notices/",
                "/verification/",
                "/audit/",
                "/settings/",
            ],
        ),
    ],
)
def test_each_role_is_shown_the_places_where_it_finds_something(role, paths):
    assert [item.path for item in places([role], "/")] == paths


def test_the_place_one_is_in_is_marked():
    assert [item.path for item in places([Role.OFFICE_HEAD], "/matters/12/") if item.current] == [
        "/matters/"
    ]


@pytest.mark.parametrize(
    ("path", "place"),
    [("/units/3/", "/settings/"), ("/instructions/", "/documents/"), ("/lists/4/", "/notices/")],
)
def test_a_page_with_another_address_is_still_in_its_place(path, place):
    assert [item.path for item in places([Role.OFFICE_HEAD], path) if item.current] == [place]


# ---- colours ------------------------------------------------------------------------------------

TOKENS = (HERE / "static/web/tokens.css").read_text(encoding="utf-8")
TEXT = [
    "ink",
    "ink-2",
    "ink-3",
    "accent",
    "closed",
    "ontime",
    "overdue",
    "standing",
    "aside",
    "near",
    "behind",
    "paused",
]
GROUNDS = ["paper", "desk"]
TINTED = ["closed", "ontime", "overdue", "standing", "aside", "near", "behind"]
LIT = ["lit-green", "lit-blue", "lit-amber", "lit-red", "lit-grey"]


def colours(css):
    return dict(re.findall(r"--hy-([\w-]+): (#[0-9a-f]{6})", css))


LIGHT = colours(TOKENS.split("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | colours(TOKENS.split(':root[data-theme="dark"] {')[1].split("}")[0])


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_pairs_reach_four_and_a_half_to_one(theme):
    pairs = [(text, ground) for text in TEXT for ground in GROUNDS]
    pairs += [(lit, ground) for lit in LIT for ground in GROUNDS]
    pairs += [("ink", f"{name}-tint") for name in [*TINTED, *LIT]] + [
        ("on-accent", "accent"),
        ("accent", "accent-tint"),
    ]
    pairs += [("ink-2", "sunk"), ("ink-3", "hover"), ("behind", "behind-tint")]
    low = [
        (a, b, round(contrast(theme[a], theme[b]), 2))
        for a, b in pairs
        if contrast(theme[a], theme[b]) < 4.5
    ]
    assert low == []


def test_the_system_and_the_person_get_the_same_dark():
    system = TOKENS.split("@media (prefers-color-scheme: dark)")[1].split("} }")[0]
    chosen = TOKENS.split(':root[data-theme="dark"] {')[1].split("}")[0]
    assert colours(system) == colours(chosen)


def test_red_is_overdue_or_gravely_behind_and_nothing_else():
    for sheet in (HERE / "static/web").glob("*.css"):
        if sheet.name in {"tokens.css", "paper.css"}:
            continue
        for rule in re.findall(
            r"[^{}]+\{[^{}]*--hy-overdue[^{}]*\}", sheet.read_text(encoding="utf-8")
        ):
            assert re.search(r"overdue|\.grave|\.red", rule.split("{")[0]), rule
