"""Reading many files: one after the other or in several processes, skipping what is done already.

Each file ends as one `Outcome`. A file that brings its process down is named like any other that
cannot be read, and the rest go on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from huiyin.commands.read.options import Options
from huiyin.reading import Reading, Unreadable, read
from huiyin.reading.output import to_json
from huiyin.reading.pipeline import ENGINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: a reading, or why there is none; `skipped` when it was done before."""

    path: Path
    reading: Reading | None = None
    problem: str = ""
    skipped: bool = False
    items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file to read, and where its JSON goes (None: nowhere)."""

    path: Path
    target: Path | None


def outcomes(options: Options) -> Iterator[Outcome]:
    """Yield an outcome for every file; in their order unless several processes write to a folder."""
    jobs = jobs_of(options)
    if options.out is not None:
        options.out.mkdir(parents=True, exist_ok=True)
    if options.jobs == 1 or len(jobs) == 1:
        yield from (work(job, options) for job in jobs)
    elif options.out is not None:
        yield from _in_any_order(jobs, options)
    else:
        yield from _in_order(jobs, options)


def jobs_of(options: Options) -> list[Job]:
    """Return the jobs; of two files whose names differ only in the ending, the later keeps its own."""
    taken: set[str] = set()
    return [
        Job(path=path, target=_target(path, options.out, taken) if options.out else None)
        for path in options.files
    ]


def _target(path: Path, folder: Path, taken: set[str]) -> Path:
    names = [path.stem, path.name, *(f"{path.name}-{n}" for n in range(2, len(taken) + 3))]
    name = next(name for name in names if name.casefold() not in taken)
    taken.add(name.casefold())
    return folder / f"{name}.json"


def work(job: Job, options: Options) -> Outcome:
    """Read one file and write its JSON whole or not at all."""
    try:
        data = job.path.read_bytes()
    except OSError as error:
        return Outcome(path=job.path, problem=_reason(error))
    if job.target is not None and _is_done(job.target, data, options):
        return Outcome(path=job.path, skipped=True)
    try:
        reading = read(data, job.path.name, date=options.date, units=options.units)
        if job.target is None:
            return Outcome(path=job.path, reading=reading, items=len(reading.items))
        _write(job.target, to_json(reading, read_with=read_with(options)))
    except Unreadable as refusal:
        return Outcome(path=job.path, problem=refusal.sentence)
    except MemoryError:
        return Outcome(path=job.path, problem="内存不足，读不完这份文件，请拆分后再读。")
    except OSError as error:
        return Outcome(path=job.path, problem=_reason(error))
    return Outcome(path=job.path, items=len(reading.items))


def read_with(options: Options) -> dict[str, Any]:
    """Return what, beside the file, decides a reading: it is done again when this changes."""
    units = [[unit.name, *unit.aliases] for unit in options.units]
    return {"date": options.date, "units": units}


def _is_done(target: Path, data: bytes, options: Options) -> bool:
    """Whether the target holds the reading of these bytes, by this engine, with these options."""
    try:
        done = json.loads(target.read_bytes())
        return bool(
            done["source"]["sha256"] == hashlib.sha256(data).hexdigest()
            and done["engine"] == ENGINE
            and done["read_with"] == read_with(options)
        )
    except (OSError, ValueError, LookupError, TypeError):
        return False


def _write(target: Path, text: str) -> None:
    half = target.with_name(f".{target.name}.part")
    half.write_text(text + "\n", encoding="utf-8")
    half.replace(target)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件，请核对路径。"
    if isinstance(error, PermissionError):
        return "没有权限读取（或写入），请核对权限。"
    return f"读取（或写入）失败：{error.strerror or error}"


def _in_any_order(jobs: list[Job], options: Options) -> Iterator[Outcome]:
    """Yield outcomes as they come; after a crash each file left gets a process of its own."""
    left = {job.path: job for job in jobs}
    with _pool(options.jobs) as pool:
        futures = {pool.submit(work, job, options): job for job in jobs}
        for future in as_completed(futures):
            outcome = _result(future)
            if outcome is not None:
                del left[futures[future].path]
                yield outcome
    yield from (_alone(job, options) for job in left.values())


def _in_order(jobs: list[Job], options: Options) -> Iterator[Outcome]:
    with _pool(options.jobs) as pool:
        futures = [pool.submit(work, job, options) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            yield _result(future) or _alone(job, options)


def _alone(job: Job, options: Options) -> Outcome:
    with _pool(1) as pool:
        outcome = _result(pool.submit(work, job, options))
    return outcome or Outcome(path=job.path, problem="读取时程序中断，文件可能已损坏。")


def _result(future: Future[Outcome]) -> Outcome | None:
    """Return the outcome, or None when a crash took the process away."""
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _pool(workers: int) -> ProcessPoolExecutor:
    # A forked copy of a process that draws progress with a thread may stand still for ever.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
