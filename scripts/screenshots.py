"""`make pictures`: the pictures of the README, of the demo office, at desk and phone width.

    python scripts/screenshots.py [--data FOLDER] [--out docs/pictures]

Builds the demo office in a temporary folder (or takes FOLDER), serves it on loopback, and photographs it with the Chromium of the system.
"""

from __future__ import annotations

import argparse
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LARGEST = 300_000
"""Bytes of the largest picture; colours are reduced until it fits."""
DESK, PHONE = (1360, 860), (390, 844)
CHROMIUM_SAYS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as somebody of a role sees it."""

    name: str
    role: str
    address: str
    size: tuple[int, int] = DESK


def main() -> int:
    """Every picture is written; their names and sizes are printed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", help="an existing demo folder")
    parser.add_argument("--out", default=str(ROOT / "docs" / "pictures"))
    arguments = parser.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    with _folder(arguments.data) as folder, _serving(folder) as address:
        _take(address, out)
    return 0


@contextmanager
def _folder(given: str | None) -> Iterator[Path]:
    """A folder with the demo office in it, Django started on it."""
    with tempfile.TemporaryDirectory(prefix="huiyin-pictures-") as made:
        folder = Path(given or made).absolute()
        os.environ |= {
            "HUIYIN_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "huiyin.settings",
            "HUIYIN_DEMO": "true",
        }
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        if given is None:
            from django.core.management import call_command

            from huiyin.demo.build import build

            call_command("migrate", verbosity=0)
            build()
        yield folder


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    environment = {**os.environ, "HUIYIN_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "huiyin", "serve", "--listen", address]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://{address}/sign-in/")
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=30).read()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer")


def _pictures() -> list[Picture]:
    """What is photographed: the road of a sentence, from the review to its answer."""
    from django.db.models import Count

    from huiyin.documents.models import Document
    from huiyin.matters.models import Matter

    found = Document.objects.annotate(found=Count("passages")).order_by("-found")
    speech = found.filter(doc_type="speech").first()
    open_ones = found.filter(passages__decision="undecided").distinct().first() or speech
    told = Count("reports", distinct=True) + 2 * Count("verifications", distinct=True)
    lively = (
        Matter.objects.filter(state="under_way").annotate(told=told).order_by("-told", "pk").first()
    )
    echo, review = f"/documents/{speech.pk}/", f"/documents/{open_ones.pk}/review/"
    matter = f"/matters/{lively.pk}/"
    return [
        Picture("echo", "supervision_officer", echo),
        Picture("review", "supervision_officer", review),
        Picture("dispatch", "supervision_officer", "/dispatch/"),
        Picture("register", "supervision_officer", "/matters/"),
        Picture("matter", "supervision_officer", matter),
        Picture("desk-office", "supervision_officer", "/desk/"),
        Picture("desk-leader", "principal_leader", "/desk/"),
        Picture("desk-unit", "liaison_officer", "/desk/"),
        Picture("phone-desk", "liaison_officer", "/desk/", PHONE),
        Picture("phone-register", "liaison_officer", "/matters/", PHONE),
        Picture("phone-echo", "supervision_officer", echo, PHONE),
    ]


def _session(role: str) -> str:
    """The session key of somebody who holds the role."""
    from django.test import Client

    from huiyin.people.models import Post

    client = Client()
    user = Post.objects.filter(role=role, ended_on=None).order_by("pk").first().user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


def _take(address: str, out: Path) -> None:
    from playwright.sync_api import sync_playwright

    from huiyin.commands import machine

    pictures = _pictures()
    sessions = {role: _session(role) for role in {picture.role for picture in pictures}}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(machine.program(*machine.CHROMIUMS)), args=CHROMIUM_SAYS
        )
        for picture in pictures:
            path = out / f"{picture.name}.png"
            path.write_bytes(_small(_photograph(browser, address, picture, sessions[picture.role])))
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
        browser.close()


def _photograph(browser: Any, address: str, picture: Picture, session: str) -> bytes:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        device_scale_factor=2 if picture.size == PHONE else 1.25,
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    answer = page.goto(f"{address}{picture.address}", wait_until="networkidle")
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{picture.address} answers {answer.status if answer else 'nothing'}")
    data: bytes = page.screenshot()
    context.close()
    return data


def _small(data: bytes) -> bytes:
    """The picture with as many colours as fit under the limit."""
    from PIL import Image

    picture = Image.open(io.BytesIO(data)).convert("RGB")
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
