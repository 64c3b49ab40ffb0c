"""`make bench`: what Huiyin costs on this machine, printed as a table.

    python scripts/bench.py [--data FOLDER] [--rounds N]

Builds the demo office in a temporary folder (or takes the one in FOLDER, which is then written to), and measures in this process with Django's
test client, so that page times are server time without the network. Ratios say more than seconds.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SPEECH = 8000
"""Characters of the speech that is imported."""
MIXED = 14
"""Megabytes of txt, html, docx, xlsx and pdf that are read in bulk."""
Row = tuple[str, str, str]


def main() -> int:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", help="an existing demo folder")
    parser.add_argument("--rounds", type=int, default=15, help="times each page is fetched")
    arguments = parser.parse_args()
    with _folder(arguments.data) as folder:
        _start(folder)
        rows = [*reading(), *in_bulk()]
        rows += building() if arguments.data is None else []
        rows += [*pages(arguments.rounds), *importing(), *verbs(), *proving(), *memory(folder)]
    _print(rows)
    return 0


@contextmanager
def _folder(given: str | None) -> Iterator[Path]:
    if given:
        yield Path(given).absolute()
        return
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        yield Path(folder)


def _start(folder: Path) -> None:
    os.environ |= {
        "HUIYIN_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "huiyin.settings",
        "HUIYIN_DEMO": "true",
    }
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()


def _own_texts() -> str:
    """The documents of the demo, one after the other; a day stands where the demo puts its own."""
    folder = ROOT / "src" / "huiyin" / "demo" / "data" / "texts"
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))
    return re.sub(r"\{\{[^}]*\}\}", "12月20日", text)


def _speech() -> str:
    """A speech of 8,000 characters made of the demo's own words."""
    text = _own_texts()
    return (text * (SPEECH // len(text) + 1))[:SPEECH]


def _best(run: Callable[[], Any], times: int = 5) -> float:
    """Processor seconds of the fastest of several runs, which a busy machine does not lengthen."""
    return min(_timed(run)[1] for _ in range(times))


def _timed(run: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor."""
    started, worked = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - started, time.process_time() - worked


def reading() -> Iterator[Row]:
    """Reading against merely segmenting the same text."""
    import jieba

    from huiyin.reading import read

    jieba.setLogLevel(60)
    jieba.initialize()
    text = _own_texts() * 5
    data = text.encode()
    ours = _best(lambda: read(data, "speech.txt"))
    theirs = _best(lambda: list(jieba.cut(text)))
    yield (
        "reading (of processor time)",
        f"{len(text) / ours / 1000:.0f} k characters/s",
        f"{theirs / ours:.2f} × the speed of jieba.cut",
    )
    yield "jieba.cut, same text", f"{len(text) / theirs / 1000:.0f} k characters/s", "segments only"


def in_bulk() -> Iterator[Row]:
    """Mixed documents read by `huiyin read FOLDER --out DIR --jobs 2`."""
    import bulk

    with tempfile.TemporaryDirectory(prefix="huiyin-bulk-") as folder:
        count, size = bulk.make(Path(folder) / "documents", MIXED)
        seconds, worked, said = bulk.read(Path(folder) / "documents", Path(folder) / "out", 2)
    yield (
        f"{size / 1e6:.0f} MB of mixed documents, two processes",
        f"{seconds:.0f} s",
        f"{count} documents, {worked:.0f} s of processor; {said}",
    )


def building() -> Iterator[Row]:
    """The demo office, built through the door."""
    from django.core.management import call_command

    from huiyin.demo.build import build

    call_command("migrate", verbosity=0)
    summary = build()
    said = f"{summary.matters} matters, {summary.documents} documents, {summary.events} events"
    yield "demo office built", f"{summary.seconds:.1f} s", said


def _client(role: str) -> Any:
    """A test client signed in as somebody holding the role."""
    from django.test import Client

    from huiyin.people.models import Post

    client = Client()
    user = Post.objects.filter(role=role, ended_on=None).order_by("pk").first().user
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _routes() -> list[tuple[str, str, str]]:
    """(name, role, address) of the pages measured."""
    from huiyin.documents.models import Document
    from huiyin.matters.models import Matter

    matter = Matter.objects.filter(state="closed").first() or Matter.objects.first()
    document = Document.objects.order_by("-pk").first()
    return [
        ("desk, supervision officer", "supervision_officer", "/desk/"),
        ("desk, principal leader", "principal_leader", "/desk/"),
        ("desk, leader in charge", "leader_in_charge", "/desk/"),
        ("desk, liaison officer", "liaison_officer", "/desk/"),
        ("register, office", "supervision_officer", "/matters/"),
        ("register, unit", "liaison_officer", "/matters/"),
        ("matter", "supervision_officer", f"/matters/{matter.pk}/"),
        ("documents", "supervision_officer", "/documents/"),
        ("document, echo view", "supervision_officer", f"/documents/{document.pk}/"),
        ("document, review", "supervision_officer", f"/documents/{document.pk}/review/"),
        ("dispatch table", "supervision_officer", "/dispatch/"),
        ("notices", "supervision_officer", "/notices/"),
        ("units", "supervision_officer", "/units/"),
        ("audit", "auditor", "/audit/"),
        ("API: matters", "supervision_officer", "/api/matters"),
    ]


def pages(rounds: int) -> Iterator[Row]:
    """Server time and queries of each page on the demo office."""
    medians: list[float] = []
    for name, role, address in _routes():
        client = _client(role)
        code, queries = _queries(client, address)
        if code != 200:
            yield f"page: {name}", "–", f"answers {code}"
            continue
        times = [_timed(lambda c=client, a=address: c.get(a)) for _ in range(rounds)]  # type: ignore[misc]
        taken = sorted(seconds * 1000 for seconds, _work in times)
        medians.append(statistics.median(taken))
        late = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
        worked = statistics.median(work * 1000 for _seconds, work in times)
        yield (
            f"page: {name}",
            f"{medians[-1]:.0f} ms median, {late:.0f} ms p95",
            f"{queries} queries, {worked:.0f} ms of processor",
        )
    if medians:
        yield (
            "pages, all",
            f"{statistics.median(medians):.0f} ms median",
            f"slowest {max(medians):.0f} ms",
        )


def _queries(client: Any, address: str) -> tuple[int, int]:
    """Status and number of queries of the second fetch (the first fills caches)."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return answer.status_code, len(captured)


def importing() -> Iterator[Row]:
    """From pasting a speech to the open page with every finding marked, the worker's part included."""
    from huiyin.ledger import work, worker

    worker.load_handlers()
    client = _client("supervision_officer")
    started = time.perf_counter()
    answer = client.post("/documents/paste/", {"title": "bench", "text": _speech()})
    kept = time.perf_counter()
    work.do_all()
    read = time.perf_counter()
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    opened = time.perf_counter()
    parts = f"kept {kept - started:.2f} s, read {read - kept:.2f} s, shown {opened - read:.2f} s; status {page.status_code}"
    yield f"{SPEECH} characters, import to open page", f"{opened - started:.2f} s", parts


def verbs() -> Iterator[Row]:
    """Verbs a second on one process: each is a transaction that is on the disk when it is answered."""
    from huiyin import clock
    from huiyin.door import Ask, perform
    from huiyin.people.models import Jurisdiction, Post
    from huiyin.people.queries import actor_of

    verb, count = _cheap_verb(), 100
    user = Post.objects.filter(role="supervision_officer").first().user
    actor = actor_of(user, today=clock.today())
    place = Jurisdiction.objects.first()

    def all_of_them() -> None:
        for number in range(count):
            names = {"name": f"测速单位{number}", "short_name": f"测速{number}"}
            perform(verb, place.pk, actor, Ask(), **names, kind="other")

    taken, worked = _timed(all_of_them)
    each = f"{worked / count * 1000:.1f} ms of processor each"
    yield "verbs", f"{count / taken:.0f} /s", f"{verb.name}, SQLite, synchronous=FULL; {each}"


def _cheap_verb() -> Any:
    from huiyin.people import actions

    return actions.create_unit


def proving() -> Iterator[Row]:
    """Checking the whole ledger: chain, texts, and that folding it gives the tables."""
    from huiyin.ledger.verify import verify

    began = time.perf_counter()
    report = verify()
    taken = time.perf_counter() - began
    said = "whole" if report.whole else f"{len(report.faults)} faults: {report.faults[0]}"
    yield "verify", f"{taken:.1f} s", f"{report.events} events, {report.rows} rows, {said}"


def memory(folder: Path) -> Iterator[Row]:
    """Resident memory of `huiyin serve` (all its processes) after every page was fetched."""
    import psutil
    from django.db import connections

    connections.close_all()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{listener.getsockname()[1]}"
    environment = {**os.environ, "HUIYIN_DATA": str(folder), "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen(
        [sys.executable, "-m", "huiyin", "serve", "--listen", address],
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        began = time.perf_counter()
        _wait_for(f"http://{address}/sign-in/")
        started = time.perf_counter() - began
        for _ in range(40):
            _wait_for(f"http://{address}/sign-in/")
        family = [
            psutil.Process(process.pid),
            *psutil.Process(process.pid).children(recursive=True),
        ]
        used = sum(one.memory_info().rss for one in family) / 2**20
        unique = sum(one.memory_full_info().uss for one in family) / 2**20
    finally:
        process.terminate()
        process.wait(timeout=30)
    yield "serve: first page after the start", f"{started:.1f} s", ""
    yield "serve: memory", f"{used:.0f} MB", f"{len(family)} processes; {unique:.0f} MB not shared"


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


def _print(rows: list[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Huiyin, measured on this machine")
    for heading in ("what", "figure", "note"):
        table.add_column(heading)
    for row in rows:
        table.add_row(*row)
    Console(width=130 if not sys.stdout.isatty() else None).print(table)


if __name__ == "__main__":
    sys.exit(main())
