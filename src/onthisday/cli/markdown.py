"""A day as Markdown (CommonMark)."""

import re
from collections.abc import Iterator
from datetime import date

from onthisday import wording
from onthisday.told import Day, ToldOccasion, ToldSource


def lines(day: Day) -> Iterator[str]:
    """Yield a day's lines."""
    asked = date.fromisoformat(day.day or "")
    yield f"# {wording.long_day(asked)}"
    if not day.occasions:
        yield ""
        yield wording.nothing_recorded(asked)
        if day.next:
            following = wording.short_day(date.fromisoformat(day.next.day))
            yield f"Next: {following}, {escape(day.next.title)}."
    for occasion in day.occasions:
        yield from _occasion(occasion)


def _occasion(told: ToldOccasion) -> Iterator[str]:
    yield from ("", f"## [{escape(told.title)}]({told.url})", "")
    yield f"*{escape(wording.since_line(told))}*"
    if told.summary:
        yield from ("", escape(told.summary))
    yield from ("", "**Sources**", "")
    yield from (f"- {_source(source)}" for source in told.sources)
    for account in told.accounts:
        yield from ("", f"**{escape(account.question)}**", "")
        yield from (f"- {escape(wording.answer_words(a))}" for a in account.answers)


def _source(source: ToldSource) -> str:
    words = escape(wording.source_words(source))
    return f"[{words}]({source.url})" if source.url else words


def escape(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(text.split()))
