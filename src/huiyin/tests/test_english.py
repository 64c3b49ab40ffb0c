"""The interface in English is whole: nothing untranslated, nothing left Chinese on a page but people's own words."""

from __future__ import annotations

import importlib.util
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.utils import translation

from huiyin.documents.tests import papers
from huiyin.door import Ask, perform
from huiyin.matters.models import UnitList
from huiyin.matters.tests.road import Road
from huiyin.people.actions.posts import appoint
from huiyin.people.models import Post

SCRIPTS = Path(__file__).parents[3] / "scripts"
HAN = re.compile("[\u3400-\u9fff]+")
EXAMPLES = re.compile("“[^”]*”|云督〔2026〕1号")
"""Quoted words and examples stay Chinese in English sentences."""
ALWAYS = {"督", "号", "设立"}
"""Of numbers like 云督〔2026〕1号, which are the same in every language; the label of the cast's own verb."""


@pytest.fixture(scope="module")
def messages():
    sys.path.insert(0, str(SCRIPTS))
    try:
        spec = importlib.util.spec_from_file_location("messages", SCRIPTS / "messages.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules["messages"] = module
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.fixture(scope="module")
def catalogue(messages):
    return messages.fresh(messages.on_disk())


def test_every_string_of_the_interface_is_translated_and_keeps_its_places(messages, catalogue):
    assert len(catalogue) > 1000
    assert messages.complaints(catalogue) == [], "run: make messages, then fill in the .po"


def test_no_translation_is_chinese_but_in_quotes_and_examples(catalogue):
    chinese = [
        message.string
        for message in catalogue
        if message.id and HAN.search(EXAMPLES.sub("", str(message.string)))
    ]
    assert chinese == []


def test_what_is_compiled_is_what_is_written(messages):
    source = messages.PO.read_text("utf-8")
    assert messages.MO.read_bytes() == messages.msgfmt.compiled(
        messages.msgfmt.parse(source.splitlines())
    ), "run: make messages"


PYTHON = """
from django.utils.translation import gettext as _now, gettext_lazy, ngettext
_later = gettext_lazy
one = _now("签"
           "收")
two = _later("交办")
three = ngettext("%(n)d天", "%(n)d天", n) % {"n": n}
four = _unknown("不译")
"""

TEMPLATE = """{% translate "翻页" as x %}{% blocktranslate trimmed with n=a.b %}
  共 {{ n }} 件，
  100%
{% endblocktranslate %}{% include "a.html" with sentence=_("没有文件。") %}{{ x|default:_("无") }}
{% blocktranslate count n=n %}{{ n }}天{% plural %}{{ n }}天{% endblocktranslate %}{# 不译 #}不译"""


def test_strings_are_found_in_python_by_whatever_name(messages):
    found = [(each.text, each.plural) for each in messages.in_python(PYTHON, "x.py")]
    assert sorted(found, key=str) == [("%(n)d天", "%(n)d天"), ("交办", None), ("签收", None)]


def test_a_string_that_is_no_literal_is_refused(messages):
    source = "from django.utils.translation import gettext as _\n_(words)\n"
    with pytest.raises(SyntaxError, match="literal"):
        list(messages.in_python(source, "x.py"))


def test_strings_are_found_in_templates_as_django_asks_for_them(messages):
    found = {each.text: each.plural for each in messages.in_template(TEMPLATE, "x.html")}
    assert found == {
        "翻页": None,
        "共 %(n)s 件， 100%%": None,
        "没有文件。": None,
        "无": None,
        "%(n)s天": "%(n)s天",
    }


class Words(HTMLParser):
    """What a page says: texts, titles, labels; not what is marked as Chinese, nor drafts to be sent."""

    SPOKEN = (
        "title",
        "aria-label",
        "placeholder",
        "alt",
        "data-key-label",
        "data-label",
        "content",
    )
    EMPTY = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
            "use",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.chinese: list[bool] = [False]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        marked = given.get("lang") == "zh-CN" and tag != "html"
        chinese = self.chinese[-1] or marked or tag in {"script", "style", "textarea"}
        if not chinese:
            spoken = [name for name in given if name in self.SPOKEN or given.get("id") == "words"]
            self.said += [given[name] or "" for name in spoken]
        if tag not in self.EMPTY:
            self.chinese.append(chinese)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.EMPTY:
            self.chinese.pop()

    def handle_endtag(self, tag):
        if tag not in self.EMPTY:
            self.chinese.pop()

    def handle_data(self, data):
        if not self.chinese[-1]:
            self.said.append(data)


def said_by(html):
    words = Words()
    words.feed(html)
    texts = (EXAMPLES.sub("", " ".join(text.split())) for text in words.said)
    return [text for text in texts if HAN.search(text)]


def kept():
    """Every text the office keeps."""
    for model in apps.get_models():
        columns = [
            column.name
            for column in model._meta.concrete_fields
            if isinstance(column, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            yield from (text for value in row for text in _texts(value))


def _texts(value):
    """The texts of a column, those inside JSON too."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    yield str(value)
    for each in inner:
        yield from _texts(each)


def strays(html, sources):
    """Chinese of the page that nobody of the office wrote."""
    values = set(kept())
    blob = "\n".join([*values, *(EXAMPLES.sub("", value) for value in values)])
    names = sorted((value for value in values if len(value) < 20), key=len, reverse=True)
    return [
        text
        for text in said_by(html)
        if (text in sources and text not in values | ALWAYS)
        or any(_rest(run, blob, names) for run in HAN.findall(text))
    ]


def _rest(run, blob, names):
    """What is left of some Chinese after names and titles that stand close together."""
    if run in blob:
        return ""
    for name in (*names, *ALWAYS):
        run = run.replace(name, "")
    return run


@pytest.fixture
def office_at_work(cast, office):
    """A paper read, a batch proposed, matters in every stage."""
    road = Road(cast)
    paper = papers.paper(office)
    closed = road.closed(title="东河闸站检修")
    road.proposed(title="二中操场翻新", lead=cast.units["schools"].pk, supporting=[])
    road.registered(title="北渠清淤")
    waiting = road.dispatched(title="西门水表更换")
    submitted = road.submitted(title="山塘加固")
    return {
        "paper": paper.pk,
        "closed": closed.pk,
        "submitted": submitted.pk,
        "notice": waiting.notice_id,
        "list": UnitList.objects.filter(notice=waiting.notice_id, unit=cast.units["water"])
        .get()
        .pk,
        "unit": cast.units["water"].pk,
        "person": cast.users["water"].pk,
    }


PAGES = {
    "office": (
        "/desk/ /documents/ /documents/{paper}/ /documents/{paper}/review/ /documents/{paper}/about/"
        " /instructions/ /instructions/new/ /matters/?view=all /matters/new/ /matters/{closed}/?system=1"
        " /matters/{submitted}/do/settle/ /dispatch/ /notices/ /notices/{notice}/ /lists/ /verification/"
        " /audit/ /audit/events/3/ /units/ /units/{unit}/ /people/ /people/{person}/ /password/"
    ),
    "water": "/desk/ /matters/ /matters/{submitted}/ /lists/ /lists/{list}/ /notices/{notice}/",
    "vice": "/desk/ /matters/{submitted}/ /notices/",
    "auditor": "/desk/ /audit/ /matters/{closed}/",
    "secadmin": "/desk/ /people/{person}/ /settings/rules/ /settings/rules/due_defaults/ /settings/rules/lights/",
    "sysadmin": "/desk/ /settings/background/ /units/new/ /units/import/ /people/new/ /people/{person}/",
}


@pytest.mark.parametrize("who", PAGES)
def test_an_english_page_is_chinese_only_where_somebody_wrote_chinese(
    who, office_at_work, signed_in, catalogue
):
    sources = {message.id for message in catalogue if isinstance(message.id, str)}
    client = signed_in(who)
    client.cookies["django_language"] = "en"
    for address in PAGES[who].split():
        answer = client.get(address.format(**office_at_work))
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert '<html lang="en"' in html, address
        assert strays(html, sources) == [], address


@pytest.mark.parametrize("address", ["/sign-in/", "/nowhere/"])
def test_whoever_is_not_signed_in_reads_english_too(address, client, cast, catalogue):
    sources = {message.id for message in catalogue if isinstance(message.id, str)}
    client.cookies["django_language"] = "en"
    assert strays(client.get(address, follow=True).content.decode(), sources) == []


def test_what_an_english_reader_does_is_kept_in_chinese_for_everybody(cast):
    with translation.override("en"):
        road = Road(cast)
        matter = road.registered(
            title="西门水表更换", source_label="市政府常务会议纪要", due_on=None
        )
        notice = road.proposed(matter)
        post = perform(
            appoint,
            cast.users["outsider"].pk,
            cast.actor("secadmin"),
            Ask(),
            unit_id=cast.units["parks"].pk,
            role="unit_head",
        )
        assert translation.get_language() == "en"
    matter.refresh_from_db()
    reasons = [cell["why"] for cell in matter.filled.values() if cell["why"]]
    title = Post.objects.get(pk=post.facts["post"]).title
    for words in (notice.title, notice.approver_why, title, *reasons):
        assert not re.search("[A-Za-z]{2}", words), words


def test_a_formal_paper_is_chinese_for_an_english_reader_too(office_at_work, signed_in):
    client = signed_in("office")
    client.cookies["django_language"] = "en"
    html = client.get("/notices/{notice}/print/".format(**office_at_work)).content.decode()
    sheet = re.search('<article class="sheet"[^>]*>(.*)</article>', html, re.DOTALL)[1]
    assert "一、交办事项" in sheet
    assert not re.search("[A-Za-z]{3}", re.sub("<[^>]+>", "", sheet))


def test_a_chinese_page_has_what_the_test_looks_for(office_at_work, signed_in, catalogue):
    sources = {message.id for message in catalogue if isinstance(message.id, str)}
    html = signed_in("office").get("/matters/?view=all").content.decode()
    assert {"台账", "牵头单位"} <= set(strays(html, sources))
