"""Files for importers, made of texts and bytes in memory."""

from collections.abc import Iterator, Mapping
from datetime import date

from onthisday.importers.incoming import Incoming, Line

TODAY = date(2026, 11, 27)


def incoming(
    content: str | bytes,
    name: str = "file",
    beside: Mapping[str, str] | None = None,
    today: date = TODAY,
) -> Incoming:
    """Return a file with this content. ``beside``: the texts of the files that it may name."""
    raw = content if isinstance(content, bytes) else content.encode()
    others = beside or {}

    def other(named: str) -> Incoming | None:
        return incoming(others[named], named, others, today) if named in others else None

    return Incoming(name, lambda: _lines(raw.decode("utf-8", "replace")), lambda: raw, other, today)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line or start < len(text):
            yield Line(number, start, line.removesuffix("\r"))
        start += len(line) + 1
