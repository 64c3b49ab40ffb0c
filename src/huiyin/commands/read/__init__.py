"""`huiyin read`: what documents demand, as a register, as JSON, or explained. Never loads Django."""

from __future__ import annotations

import sys

from huiyin.commands.read.options import Options, parse

DONE, SOME_UNREADABLE, BAD_USAGE = 0, 1, 2


def main(argv: list[str]) -> int:
    """Read the files named; 1 when one could not be read (the others are), 2 for bad usage."""
    try:
        options = parse(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else BAD_USAGE
    if options.limits:
        _limit_this_process()
    return _read(options)


def _read(options: Options) -> int:
    from huiyin.commands.read.batch import outcomes
    from huiyin.commands.read.printing import Printer

    printer = Printer(options)
    with printer:
        for outcome in outcomes(options):
            printer.take(outcome)
    return SOME_UNREADABLE if printer.failed else DONE


def _limit_this_process() -> None:
    """Bound what a hostile file can take: 1.5 GB of address space, 120 s of processor time."""
    if sys.platform == "win32":  # has no such limits; the worker's own time limit remains
        return
    import resource

    space, seconds = 1_500_000_000, 120
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
