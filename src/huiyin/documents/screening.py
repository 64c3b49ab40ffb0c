"""Before a file is stored: is it marked as secret, and can it be read at all?

The look is taken by a child process with limits of its own, so that a hostile file harms nothing.
A file the child cannot judge in time is let in: the reader asks the same questions again, and
withdraws what must not be here.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.documents import processes
from huiyin.errors import Refusal
from huiyin.reading.classification import classification

CHUNK = 2**20


def screen_file(stream: BinaryIO, name: str, size: int) -> None:
    """Raise a Refusal for a paper that must not enter or that nobody could read; rewind the stream."""
    if size > settings.MAX_UPLOAD:
        raise Refusal(
            _("文件超过%(most)d兆字节，没有收下。") % {"most": settings.MAX_UPLOAD // 2**20},
            code="file_too_big",
            next_step=_("请拆分后分别上传，或只传正文部分。"),
        )
    with tempfile.TemporaryDirectory(prefix="huiyin-look-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as file:
            while chunk := stream.read(CHUNK):
                file.write(chunk)
        stream.seek(0)
        words = ["huiyin.documents.child", "screen", str(path), name]
        ended = processes.run(words, seconds=processes.LOOK_SECONDS)
    if ended.well:
        _judge(json.loads(ended.out))


def screen_text(text: str) -> None:
    """Raise a Refusal for pasted words that are blank or bear a mark of secrecy."""
    if not text.strip():
        raise Refusal(_("没有粘贴文字。"), code="empty", fields={"text": [_("必填")]})
    mark = classification(text)
    if mark is not None and mark.forbids:
        raise _secret(mark.words)


def _judge(answer: dict[str, str]) -> None:
    if answer.get("unreadable"):
        raise Refusal(answer["unreadable"], code="unreadable")
    if answer.get("forbids"):
        raise _secret(answer["words"])


def _secret(words: str) -> Refusal:
    return Refusal(
        _("文件标有“%(mark)s”，按保密规定不得存入本系统，没有保存。") % {"mark": words},
        code="classified",
        next_step=_("请按涉密文件管理规定办理；误标的，请先按程序更正标识。"),
    )
