"""The shared scripts in a real browser, over the style guide; the server is played by the test."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import django_htmx
import pytest
from django.utils import translation

from huiyin.web import views
from huiyin.web.middleware import POLICY
from huiyin.web.tests.test_pages import request

pytestmark = [pytest.mark.journey, pytest.mark.urls("huiyin.web.tests.urls")]
ARGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
STATIC = {
    "web": Path(__file__).parents[1] / "static",
    "django_htmx": Path(django_htmx.__file__).parent / "static",
}
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
HOME = "http://huiyin.test/styleguide/"


class Office:
    """What the server would say; the test reads what it was told."""

    def __init__(self, html):
        self.html = html
        self.drafts = {}
        self.posts = []
        self.signed_in = True
        self.password = "right"

    def answer(self, route):
        path = urlsplit(route.request.url).path
        head = path.split("/")[1]
        getattr(self, f"on_{head}", self.on_other)(route, path)

    def on_styleguide(self, route, path):
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=headers)

    def on_static(self, route, path):
        file = STATIC[path.split("/")[2]] / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])

    def on_drafts(self, route, path):
        if route.request.method == "PUT":
            self.drafts[path] = json.loads(route.request.post_data)["fields"]
            return route.fulfill(json={})
        if route.request.method == "DELETE":
            self.drafts.pop(path, None)
            return route.fulfill(status=204)
        if path not in self.drafts:
            return route.fulfill(status=204)
        return route.fulfill(
            json={"fields": self.drafts[path], "saved_at": "2026-11-21T01:42:00+00:00"}
        )

    def on_session(self, route, path):
        route.fulfill(json={"signed_in": self.signed_in, "user": 1, "csrf": "n" * 64})

    def on_other(self, route, path):
        if path == "/sign-in/":
            self.signed_in = self.password in route.request.post_data
            return route.fulfill(
                body="<p class=errors>账号或密码不对。</p>", content_type="text/html; charset=utf-8"
            )
        if route.request.method == "POST":
            self.posts.append(unquote_plus(route.request.post_data))
        return route.fulfill(status=204)


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as play:
        made = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS.split())
        yield made
        made.close()


@pytest.fixture
def office(settings):
    settings.DEBUG = True
    with translation.override("zh-hans"):
        return Office(views.style_guide(request(), "").content.decode())


@pytest.fixture
def page(browser, office):
    context = browser.new_context(locale="zh-CN")
    made = context.new_page()
    errors = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    made.route("**/*", office.answer)
    made.goto(HOME)
    made.wait_for_selector(".combo")
    yield made
    context.close()
    assert errors == []


def test_a_unit_is_found_by_its_alias(page):
    field = page.get_by_label("牵头单位")
    field.fill("教体")
    field.press("Enter")
    assert field.input_value() == "市教育局"
    assert page.locator("#f-lead").input_value() == "2"


def test_a_required_unit_is_asked_for_at_the_visible_field(page):
    page.evaluate(
        """() => { const old = document.getElementById('f-lead'); const fresh = old.cloneNode(true);
        fresh.id = 'f-must'; fresh.required = true; fresh.removeAttribute('data-live'); fresh.hidden = false; old.form.append(fresh);
        fresh.dispatchEvent(new CustomEvent('web:swapped', { bubbles: true })); }"""
    )
    page.wait_for_function("document.getElementById('f-must').parentElement.matches('.combo')")
    invalid = "[...document.querySelectorAll('form[data-draft] :invalid')].map(e => e.getAttribute('role'))"
    assert page.evaluate(invalid) == ["combobox"]


def test_several_units_stand_as_chips_and_are_taken_away_by_backspace(page):
    field = page.get_by_label("配合单位")
    assert page.locator(".pick").count() == 2
    field.fill("住建局")
    field.press("Enter")
    assert page.locator(".pick").count() == 3
    field.press("Backspace")
    assert page.locator("#f-co").evaluate("e => [...e.selectedOptions].length") == 2


def test_what_was_typed_comes_back_and_can_be_dropped(page, office):
    page.get_by_label("办结小结").fill("桥修好了𠮷")
    page.wait_for_function("document.querySelector('form[data-draft]')", timeout=1000)
    page.wait_for_timeout(3400)
    assert office.drafts["/drafts/styleguide/"]["summary"] == ["桥修好了𠮷"]
    page.reload()
    page.wait_for_selector(".draft")
    assert page.get_by_label("办结小结").input_value() == "桥修好了𠮷"
    page.get_by_role("button", name="弃用").click()
    page.wait_for_selector(".draft", state="detached")
    assert page.get_by_label("办结小结").input_value() == ""
    assert office.drafts == {}


def test_newer_words_of_the_server_are_never_overwritten_in_silence(page, office):
    office.drafts["/drafts/styleguide/"] = {
        "standard": ["我的草稿"], "_base": [json.dumps({"standard": ["旧的标准"]})],
    }  # fmt: skip
    page.reload()
    page.wait_for_selector(".draft li")
    assert page.get_by_label("验收标准").input_value() == "两桥荷载试验合格，恢复双向通车"
    page.get_by_role("button", name="用草稿的").click()
    assert page.get_by_label("验收标准").input_value() == "我的草稿"


def test_a_double_click_sends_a_form_once(page, office):
    page.get_by_role("button", name="报送办结").dblclick()
    page.wait_for_timeout(200)
    assert len(office.posts) == 1


def test_an_ended_session_asks_in_place_and_sends_what_was_typed(page, office):
    office.signed_in = False
    page.get_by_label("办结小结").fill("别丢了")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 60000; }")
    page.get_by_role("button", name="报送办结").click()
    page.wait_for_selector("dialog")
    page.fill("#again-user", "lu")
    page.fill("#again-pass", "wrong")
    page.get_by_role("button", name="登录并继续").click()
    page.wait_for_selector("dialog [role=alert]:not([hidden])")
    assert office.posts == []
    page.fill("#again-pass", "right")
    page.get_by_role("button", name="登录并继续").click()
    page.wait_for_selector("dialog", state="detached")
    page.wait_for_timeout(100)
    assert len(office.posts) == 1
    assert "summary=别丢了" in office.posts[0]
    assert "csrfmiddlewaretoken=" + "n" * 64 in office.posts[0]


def test_rows_are_chosen_in_ranges_and_by_keys(page):
    boxes = page.locator("tbody input.ck")
    assert page.get_by_role("button", name="催办").last.is_disabled()
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").inner_text() == "已选 3 件"
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-bulk-count]").inner_text() != "已选 3 件"


def test_keys_reach_their_element_and_a_question_mark_lists_them(page):
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("?")
    assert "搜索" in page.locator("dialog").inner_text()


def test_offsets_are_code_points(page):
    counted = page.evaluate(
        "import('/static/web/js/utf16.js').then(m => [m.toCodePoints('a𠮷b', 3), m.toUnits('a𠮷b', 2)])"
    )
    assert counted == [2, 3]
