"""`huiyin seal`: seal the ledger now and hand out the seal, to be kept off this machine."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from huiyin.commands.terminal import complain, say
from huiyin.commands.verify import chosen
from huiyin.ledger import seal


def main(argv: list[str]) -> int:
    """The seal file is written to --out, or to the terminal; 1 when there is nothing to seal."""
    parser = argparse.ArgumentParser(prog="huiyin seal", description="封存台账 / seal the ledger")
    parser.add_argument("--out", metavar="FILE", help="写到文件 / write the seal to a file")
    parser.add_argument("--jurisdiction", metavar="ID", help="哪个辖区 / which jurisdiction")
    arguments = parser.parse_args(argv)
    taken = seal.take(chosen(arguments.jurisdiction).pk)
    if taken is None:
        complain("台账还没有记录，无可封存。")
        return 1
    data = seal.file_of(taken)
    if not arguments.out:
        sys.stdout.write(data.decode())
        return 0
    Path(arguments.out).write_bytes(data)
    say(
        f"已封存{taken.size}条，封存文件：{arguments.out}。请存放到本机以外、本单位不能改动的地方。"
    )
    return 0
