"""What a paper says about itself: title, sort, number, date, issuer, speaker.

Fields of a page (成文日期：…) are asked first, then the paper's own head and signature; a web page's
day of upload is never the date of a paper that has its own.
"""

from __future__ import annotations

from collections.abc import Container

from huiyin.reading.header.days import find_date
from huiyin.reading.header.fields import Header, fields, find_number
from huiyin.reading.header.sorts import body_attached, find_type
from huiyin.reading.header.titles import find_title
from huiyin.reading.header.who import find_issuer, find_speaker

__all__ = ["Header", "find_type", "read_header"]


def read_header(folded: str, original: str, chrome: Container[str]) -> Header:
    """Title and all from a folded text; the title is quoted from the original.

    `chrome` are the lines that belong to the page and not to the paper.
    """
    plain = [words for line in folded.split("\n") if (words := line.strip())]
    labelled = fields(plain)
    title = find_title(plain, labelled, chrome)
    sort = find_type(title, plain, body_attached=body_attached(plain, title))
    head = Header(title=title, doc_type=sort, number=find_number(plain))
    return Header(
        title=_as_written(title, folded, original),
        doc_type=sort,
        number=head.number,
        date=find_date(plain, labelled, head),
        issuer=find_issuer(plain, labelled, title),
        speaker=find_speaker(title, plain) if sort == "speech" else None,
    )


def _as_written(title: str | None, folded: str, original: str) -> str | None:
    """The title in the original's characters, where one stretch of it holds it."""
    at = folded.find(title) if title else -1
    return original[at : at + len(title)] if title and at >= 0 else title
