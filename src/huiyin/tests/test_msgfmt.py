"""Catalogues compiled without Babel are read by gettext."""

from __future__ import annotations

import gettext
import importlib.util
import io
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: somewhere
msgid "签收"
msgstr "Sign for"

#, fuzzy
msgid "交办"
msgstr "Guessed"

msgid "没有译文"
msgstr ""

msgctxt "button"
msgid "签收"
msgstr "Sign"

#, python-format
msgid "%(n)d件"
msgid_plural "%(n)d件"
msgstr[0] "%(n)d matter"
msgstr[1] "%(n)d matters"

msgid "第一行\\n"
"第二行"
msgstr "one\\n"
"\\"two\\""
"""


@pytest.fixture(scope="module")
def english():
    spec = importlib.util.spec_from_file_location("msgfmt", ROOT / "scripts" / "msgfmt.py")
    msgfmt = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(msgfmt)
    return gettext.GNUTranslations(io.BytesIO(msgfmt.compiled(msgfmt.parse(PO.splitlines()))))


def test_a_message_is_translated(english):
    assert english.gettext("签收") == "Sign for"
    assert english.pgettext("button", "签收") == "Sign"


@pytest.mark.parametrize("source", ["交办", "没有译文", "从未见过"])
def test_what_is_fuzzy_or_untranslated_stays_chinese(english, source):
    assert english.gettext(source) == source


@pytest.mark.parametrize(("n", "text"), [(1, "%(n)d matter"), (2, "%(n)d matters")])
def test_plurals_are_chosen(english, n, text):
    assert english.ngettext("%(n)d件", "%(n)d件", n) == text


def test_lines_and_quotes_are_kept(english):
    assert english.gettext("第一行\n第二行") == 'one\n"two"'
