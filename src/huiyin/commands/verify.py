"""`huiyin verify`: check the ledger in the database, write the export an auditor checks offline."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiyin.commands.terminal import complain, say
from huiyin.errors import Refusal
from huiyin.ledger import export
from huiyin.ledger.verify import Report, verify
from huiyin.people.models import Jurisdiction
from huiyin.proof import seals

SHOWN = 50


def main(argv: list[str]) -> int:
    """0 when everything holds, 1 when something does not (each fault on its line), 2 for bad files."""
    arguments = _parser().parse_args(argv)
    try:
        sealed = seals.load(Path(arguments.extends).read_bytes()) if arguments.extends else None
    except (OSError, seals.BadSeal) as error:
        complain(f"{arguments.extends}：{error}")
        return 2
    report = verify(extends=sealed)
    for line in _lines(report, sealed):
        say(line)
    if arguments.export:
        _export(Path(arguments.export), arguments.jurisdiction)
    return 0 if report.whole else 1


def chosen(short_or_id: str | None) -> Jurisdiction:
    """The jurisdiction named by its id, uid or short form, or the only one there is."""
    found = list(Jurisdiction.objects.order_by("pk"))
    if short_or_id is not None:
        found = [j for j in found if short_or_id in {str(j.pk), str(j.uid), j.short}]
    if len(found) != 1:
        raise Refusal(
            "没有这个辖区。" if not found else "本库有几个辖区，请用--jurisdiction指明。",
            code="which_jurisdiction",
        )
    return found[0]


def _export(path: Path, wanted: str | None) -> None:
    jurisdiction = chosen(wanted)
    with path.open("wb") as file:
        end = export.write(jurisdiction.pk, file, name=jurisdiction.name)
    say(f"已导出{end.count}条到 {path}，离线核验：python -m huiyin.proof {path}")


def _lines(report: Report, sealed: seals.Seal | None) -> list[str]:
    lines = [f"不符 FAULT：{fault}" for fault in report.faults[:SHOWN]]
    if len(report.faults) > SHOWN:
        lines.append(
            f"另有{len(report.faults) - SHOWN}处未列出 / {len(report.faults) - SHOWN} more."
        )
    lines.append(
        f"核对记录{report.events}条、文字{report.texts}段（已撤除{report.withdrawn}段）、"
        f"封存{report.seals}次、表格{report.rows}行。"
    )
    lines += [f"根散列 root：{root}" for root in report.roots.values()]
    if not report.whole:
        return [
            *lines,
            f"结论：发现{len(report.faults)}处不符 / not whole: {len(report.faults)} faults.",
        ]
    if sealed is None:
        note = "没有核对系统以外保存的封存文件（--extends），不能排除整体重写。"
    else:
        note = f"并且延续了{sealed.sealed_at}的封存（{sealed.size}条）/ and extends that seal."
    return [*lines, "结论：台账完好 / whole.", note]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="huiyin verify", description="核验台账 / check the ledger"
    )
    parser.add_argument("--export", metavar="FILE", help="导出台账 / write the export")
    parser.add_argument(
        "--extends", metavar="SEAL_FILE", help="先前的封存文件 / an earlier seal to be extended"
    )
    parser.add_argument("--jurisdiction", metavar="ID", help="导出哪个辖区 / which one to export")
    return parser
