"""Decide what a message says, for most chat services. The result is lines of words, without markup.

First comes as much of the first occasion as fits, then as many other occasions as fit. The last
line says how many more there are. Each service says whether lines fit, and writes them in its own
markup.

Three services do not use this. slack.py and discord.py have limits for each block or embed.
webhook.py sends values and not text.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from onthisday.dates.calendars import MonthDay
from onthisday.messages.cutting import PLAIN, Escapes, at_word
from onthisday.messages.message import Message, disputes
from onthisday.views.view import OccasionView, SourceView
from onthisday.views.words import (
    SOURCES,
    WHERE_THEY_DIFFER,
    all_of,
    more_on,
    since_line,
    source_words,
)


class Run(NamedTuple):
    """Words of one style in a line: plain, bold or a link. They are not escaped yet.

    ``url`` is in ASCII, and has none of ``@ ( ) < > " \\``.
    """

    text: str
    bold: bool = False
    url: str | None = None


Line = tuple[Run, ...]
"""The runs (words of one style) of one line.

An empty line stands between two parts of a message.
"""

Fits = Callable[[tuple[Line, ...]], bool]

ADDRESS = 500
"""The longest URL, in characters. A longer one is left out."""


class Detail(NamedTuple):
    """How much a message tells about an occasion.

    - ``title``, ``since``, ``summary``, ``question``, ``source``: the longest text of each kind, in
      UTF-16 units.
    - ``questions``, ``sources``: how many of each are shown.
    - ``links``: a source that has a web address is shown as a link.
    """

    title: int
    since: int
    summary: int
    question: int
    questions: int
    source: int
    sources: int
    links: bool = True


DETAILS = (
    Detail(300, 400, 1500, 700, 10, 200, 10),
    Detail(300, 200, 800, 400, 6, 150, 6),
    Detail(200, 150, 500, 250, 4, 120, 4),
    Detail(150, 120, 300, 180, 3, 90, 3),
    Detail(120, 100, 200, 120, 2, 60, 3, links=False),
    Detail(110, 90, 120, 100, 1, 60, 2, links=False),
    Detail(100, 80, 90, 70, 1, 60, 1, links=False),
    Detail(100, 80, 60, 55, 1, 48, 1, links=False),
    Detail(90, 60, 40, 45, 1, 40, 1, links=False),
    Detail(90, 60, 0, 40, 1, 40, 1, links=False),
    Detail(50, 30, 0, 0, 0, 24, 1, links=False),
)
"""The forms of an occasion, from the longest to the shortest.

A message in the shortest form has at most 300 units, without its links. This fits into every
service.
"""


def heading(message: Message) -> Line:
    """Return the first line of a message. It names the day, or says that something is wrong."""
    return (Run(message.title, bold=True),)


def lines_within(message: Message, fits: Fits) -> tuple[Line, ...]:
    """Return the lines below the heading: as much as fits.

    If even the shortest form of the first occasion does not fit, it is returned all the same.
    """
    if message.text is not None:
        return _told(message.text, fits)
    detail = _fullest(message, fits)
    view = message.view.occasions
    blocks = [tuple(occasion_lines(each, detail)) for each in view[:1]]
    lines = _page(message, blocks)
    for each in view[1:]:
        blocks.append(tuple(occasion_lines(each, detail)))
        longer = _page(message, blocks)
        if not fits(longer):
            break
        lines = longer
    return lines


ALERT = (1500, 1000, 700, 400, 250, 150)
"""How long the text of an alert may be, in UTF-16 units, from the longest to the shortest."""


def _told(text: str, fits: Fits) -> tuple[Line, ...]:
    """Return the text of an alert in one line: as much as fits."""
    forms = (((Run(at_word(text, most)),),) for most in ALERT)
    return next(filter(fits, forms), ((Run(at_word(text, ALERT[-1])),),))


def _fullest(message: Message, fits: Fits) -> Detail:
    """Return the longest form in which the first occasion fits.

    If none fits, return the shortest.
    """
    first = message.view.occasions[:1]
    for detail in DETAILS:
        if fits(_page(message, [tuple(occasion_lines(each, detail)) for each in first])):
            return detail
    return DETAILS[-1]


def _page(message: Message, blocks: list[tuple[Line, ...]]) -> tuple[Line, ...]:
    lines: list[Line] = [(Run(note),) for note in message.notes]
    for block in blocks:
        lines += [*block, ()]
    return (*lines, _footer(message, len(message.view.occasions) - len(blocks)))


def _footer(message: Message, more: int) -> Line:
    """Return the last line: a link to the page of the day.

    It says how many occasions are left out.
    """
    words = more_on(more, MonthDay(message.day.month, message.day.day))
    return (Run(words if more else all_of(message.day), url=address(message.url)),)


def occasion_lines(view: OccasionView, detail: Detail) -> Iterator[Line]:
    """Yield the lines of an occasion: title, since when, summary, where sources differ, sources."""
    yield (Run(at_word(view.title, detail.title), bold=True, url=address(view.url)),)
    yield (Run(at_word(since_line(view), detail.since)),)
    if view.summary and detail.summary:
        yield (Run(at_word(view.summary, detail.summary)),)
    yield from _differences(disputes(view), detail)
    if view.sources:
        yield tuple(_sources(view.sources, detail))


def _differences(questions: tuple[str, ...], detail: Detail) -> Iterator[Line]:
    """Yield the lines about questions that sources answer differently.

    The shortest form has only one line, which says that they differ.
    """
    if questions:
        yield (Run(f"{WHERE_THEY_DIFFER}:" if detail.questions else WHERE_THEY_DIFFER),)
    for question in questions[: detail.questions]:
        yield (Run(f"• {at_word(question, detail.question)}"),)
    if len(questions) > detail.questions > 0:
        yield (Run("• …"),)


def _sources(sources: tuple[SourceView, ...], detail: Detail) -> Iterator[Run]:
    yield Run(f"{SOURCES}: ")
    for index, source in enumerate(sources[: detail.sources]):
        if index:
            yield Run("; ")
        url = address(source.url) if detail.links else None
        yield Run(at_word(source_words(source), detail.source), url=url)
    if len(sources) > detail.sources:
        yield Run("; …")


def address(url: str | None) -> str | None:
    """Return a web address in ASCII that is safe in any markup.

    Parentheses, quotes and `@` are percent-encoded. Otherwise they could end a Markdown link or an
    HTML attribute, or call somebody. Return None for a text that is not a web address, or is too
    long.
    """
    if url is None or not url.startswith(("https://", "http://")):
        return None
    encoded = quote(url, safe="%/:?#[]!$&*+,;=-._~", errors="replace")
    return encoded if len(encoded) <= ADDRESS else None


def written(lines: tuple[Line, ...], write: Callable[[Run], str], end: str = "\n") -> str:
    """Return lines in a service's markup. ``write`` returns one run in that markup."""
    return end.join("".join(map(write, line)) for line in lines)


def plain(lines: tuple[Line, ...], escapes: Escapes = PLAIN) -> str:
    """Return lines as plain text: ``All of 25 February https://example.org/days/02-25/``.

    ``escapes`` says which characters to replace.
    """

    def write(run: Run) -> str:
        text = run.text.translate(escapes)
        return f"{text} {run.url}" if run.url else text

    return written(lines, write)
