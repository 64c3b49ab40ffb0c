"""Keep the English catalogue in step with the code: src/huiyin/locale/en/LC_MESSAGES/django.po and .mo.

    python scripts/messages.py [--check]     --check: write nothing; exit 1 when something is out of step

Every string marked for translation is looked for in Python (whatever name `gettext` was imported by) and in templates
(as Django itself reads them). New ones are added empty, translations are kept, those nobody asks for any more are dropped.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgfmt
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huiyin"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
HEADER = r"""# English of Huiyin. `make messages` keeps it in step with the code; see docs/translation.md.
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""
"""It holds no dates, so that the same code gives the same file."""
LEFT_OUT = {"reading", "proof", "demo", "tests", "migrations", "locale"}
"""Folders whose Chinese words are data, or not the product's."""

FUNCTIONS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
"""Django's functions, with the places of their strings as Babel writes them."""
IN_TEMPLATES = FUNCTIONS | {"_": None}
PLACES = re.compile(r"%%|%\(\w+\)[a-z]|%[sd]|\{\w[^}]*\}")
"""`%(unit)s`, `%d`, `%%`, and the `{n}` of the scripts' sentences."""


class Found(NamedTuple):
    """One marked string: where, its context, its text, its plural."""

    path: str
    line: int
    context: str | None
    text: str
    plural: str | None

    @property
    def id(self) -> str | tuple[str, str]:
        """The id as Babel keeps it."""
        return (self.text, self.plural) if self.plural else self.text


def found() -> Iterator[Found]:
    """Every marked string of the package, file after file."""
    for path in sorted(PACKAGE.rglob("*")):
        within = path.relative_to(PACKAGE)
        if LEFT_OUT & set(within.parts) or path.suffix not in {".py", ".html", ".txt"}:
            continue
        if path.suffix == ".py":
            yield from sorted(
                in_python(path.read_text("utf-8"), str(within)), key=lambda each: each.line
            )
        elif "templates" in within.parts:
            yield from in_template(path.read_text("utf-8"), str(within))


def in_python(source: str, name: str) -> Iterator[Found]:
    """Calls of gettext and its family, by any alias; a string it cannot read is an error."""
    tree = ast.parse(source)
    known = _aliases(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        function = known.get(node.func.id)
        if function is None:
            continue
        texts = [_constant(each) for each in node.args]
        context = texts.pop(0) if function.startswith(("pgettext", "npgettext")) else None
        plural = texts[1] if "ngettext" in function or "npgettext" in function else None
        if texts[0] is None:
            message = f"{name}:{node.lineno}: {function}() needs a literal"
            raise SyntaxError(message)
        yield Found(name, node.lineno, context, texts[0], plural)


def _aliases(tree: ast.Module) -> dict[str, str]:
    """Name in this module -> the function of Django's it stands for."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            known |= {
                each.asname or each.name: each.name for each in node.names if each.name in FUNCTIONS
            }
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Name)
            and node.value.id in known
        ):
            known |= {
                each.id: known[node.value.id] for each in node.targets if isinstance(each, ast.Name)
            }
    return known


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str, name: str) -> Iterator[Found]:
    """Django turns the tags into calls, Babel reads those."""
    calls = io.BytesIO(templatize(source, origin=name).encode())
    for line, function, texts, _comments in extract_python(
        calls, IN_TEMPLATES, [], {"encoding": "utf-8"}
    ):
        parts = [
            each for each in (texts if isinstance(texts, tuple) else (texts,)) if each is not None
        ]
        context = parts.pop(0) if "pgettext" in function else None
        yield Found(name, line, context, parts[0], parts[1] if "ngettext" in function else None)


def fresh(old: Catalog) -> Catalog:
    """The catalogue the code asks for, with the translations of `old`; places without line numbers, so that it rests."""
    catalog = Catalog(locale="en", fuzzy=False)
    for each in found():
        known = old.get(each.id, each.context)
        text = (
            known.string
            if known and isinstance(known.id, str) == isinstance(each.id, str)
            else None
        )
        catalog.add(each.id, text, locations=[(each.path, 0)], context=each.context)
    return catalog


def on_disk() -> Catalog:
    """The committed catalogue; an empty one before the first run."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def written(catalog: Catalog) -> bytes:
    """The .po file, in the order of the code."""
    out = io.BytesIO()
    write_po(
        out,
        catalog,
        width=120,
        sort_by_file=True,
        omit_header=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    return HEADER.encode() + out.getvalue()


def complaints(catalog: Catalog) -> list[str]:
    """What is not translated, marked fuzzy, or differs from its source in what is filled in."""
    said = []
    for message in catalog:
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(texts):
            said.append(f"not translated: {ids[0]!r}")
        elif any(sorted(PLACES.findall(text)) != sorted(PLACES.findall(ids[0])) for text in texts):
            said.append(f"filled in differently: {ids[0]!r} -> {texts[0]!r}")
    return said


def main() -> int:
    """Bring the files up to date, or say what is out of step; 1 while something is missing."""
    catalog = fresh(on_disk())
    po = written(catalog)
    mo = msgfmt.compiled(msgfmt.parse(po.decode().splitlines()))
    stale = [
        path
        for path, made in ((PO, po), (MO, mo))
        if not path.exists() or path.read_bytes() != made
    ]
    wrong = complaints(catalog)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    if "--check" not in sys.argv:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po)
        MO.write_bytes(mo)
        stale = []
    print(
        f"{len(catalog)} strings, {len(wrong)} to do"
        + "".join(f"; stale: {path.name}" for path in stale)
    )
    return 1 if wrong or stale else 0


if __name__ == "__main__":
    sys.exit(main())
