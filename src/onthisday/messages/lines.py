"""Lay a card out in lines of words, without markup. Each service writes them in its own markup.

Two layouts. In `lines_of`, titles are links. `plain_of` is for services whose text has no links;
they put one web address (`page_of`) at the end, or beside the text.

Used by the services here. Not here: what a card says (card.py).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import quote

from onthisday.almanac.entry import Correction
from onthisday.dates.calendars import MonthDay
from onthisday.messages.card import Card, Item
from onthisday.messages.cutting import at_word, clean
from onthisday.messages.message import Message
from onthisday.views.message_words import (
    ALERT_TITLE,
    TEST_NOTE,
    anniversaries,
    correction_lines,
    correction_title,
    day_of_week,
    digest_title,
    more_here,
    more_later,
    own_day,
    several_on,
    when_and_where,
    why_today,
)
from onthisday.views.view import ImageView
from onthisday.views.words import (
    SOURCE,
    SOURCES,
    WHERE_THEY_DIFFER,
    credit_words,
    headline,
    how_sure,
    in_list,
    left_out,
    more_on,
    picture_words,
    source_words,
)


class Run(NamedTuple):
    """Words of one style in a line: plain, bold or a link. They are not escaped yet.

    ``url`` is in ASCII, and has none of ``@ ( ) < > " \\``. ``tag`` makes the words a hashtag.
    """

    text: str
    bold: bool = False
    url: str | None = None
    tag: str | None = None


class Line(NamedTuple):
    """A line, and what it is for. A service may show some kinds in another way.

    - ``head``: why today. ``title``: what happened. ``text``: sentences. ``sure``: how sure it is.
    - ``differ``: a question on which sources differ. ``source``: the sources.
    - ``more``: how much is left out. ``picture``: whose the picture is.
    - ``day``: the day of what follows, in a digest.
    - ``note``: that the message is a test. ``gap``: an empty line.
    """

    runs: tuple[Run, ...]
    kind: Literal[
        "note",
        "head",
        "day",
        "title",
        "text",
        "sure",
        "differ",
        "source",
        "more",
        "picture",
        "gap",
    ] = "text"


Lines = tuple[Line, ...]

ADDRESS = 500
"""The longest URL, in characters. A longer one is left out."""


def lines_of(card: Card, picture: ImageView | None = None) -> Lines:
    """Return the lines of a card. Titles are links.

    ``picture`` is the one that the message shows: a line says what it shows, and whose it is.
    """
    return (*_lines(card), *shown_by(picture))


def shown_by(picture: ImageView | None) -> Lines:
    """Return the line that says what a picture shows, and whose it is; nothing without one."""
    return (Line((Run(_brief(picture_words(picture))),), "picture"),) if picture else ()


def plain_of(card: Card) -> Lines:
    """Return the lines of a card without links."""
    return tuple(
        line._replace(runs=tuple(run._replace(url=None) for run in line.runs))
        for line in _lines(card)
    )


def below_title(card: Card) -> Lines:
    """Return the lines for a service that shows `title_of` above the text. It is not said twice."""
    said = {"head", "title", "gap"} if card.only else {"head"}
    lines = tuple(line for line in plain_of(card) if line.kind not in said)
    if card.only is None or card.corrections:
        return lines
    where = when_and_where(card.only.view, card.message.when)
    return (Line((Run(_brief(where)),)), *lines)


def picture_of(message: Message) -> ImageView | None:
    """Return the picture that a message shows: that of its first entry that has one.

    Its URL is safe in any markup. Return None if the URL is none that a service could load.
    """
    picture = message.image
    url = picture and address(picture.url)
    return picture._replace(url=url) if picture and url else None


def credit_of(message: Message) -> Lines:
    """Return the line that says whose the picture is; nothing if the message has none to upload.

    For services that get the picture itself, and its words with it (uploading.py).
    """
    image = message.image
    if image is None or image.file is None:
        return ()
    maker, terms = (text and at_word(text, CREDIT) for text in (image.credit, image.license))
    words = credit_words(image._replace(credit=maker, license=terms))
    return (Line((Run(words),), "picture"),)


CREDIT = 80
"""How long a maker's name and a licence may be where a post is small, in UTF-16 units each."""


def page_of(card: Card) -> str:
    """Return the web address where a reader of a message reads on."""
    return card.only.view.url if card.only else card.message.url


def title_of(message: Message) -> str:
    """Return a message's title in one line: ``70 years ago: Khrushchev denounces Stalin``."""
    views = message.view.occasions
    if message.text is not None:
        return ALERT_TITLE
    if message.corrections:
        return clean(f"{correction_title(message.corrections)}: {views[0].title}")
    if message.last is not None:
        named = digest_title(message.day, message.last, late=message.late)
        return f"{named}: {anniversaries(len(views))}"
    if len(views) == 1 and message.when == "tomorrow":
        return clean(f"{why_today(views[0], _day(message), 'tomorrow')}: {views[0].title}")
    if len(views) == 1:
        return clean(headline(views[0]))
    return ": ".join(several_on(_day(message), len(views), message.when, late=message.late))


def _day(message: Message) -> MonthDay:
    return MonthDay(message.day.month, message.day.day)


def _lines(card: Card) -> Iterator[Line]:
    if card.alert is not None:
        yield Line((Run(ALERT_TITLE, bold=True),), "head")
        yield Line((Run(card.alert),))
        return
    if card.message.test:
        yield Line((Run(TEST_NOTE),), "note")
    if card.only and card.corrections:
        yield from _correcting(card.only, card.corrections)
        return
    if card.only:
        yield from _only(card.message, card.only)
        return
    if card.message.last is not None:
        yield from _digest(card, card.message.last)
        return
    message = card.message
    where, count = several_on(
        _day(message), len(message.view.occasions), message.when, late=message.late
    )
    yield Line((Run(where, bold=True), Run(f" — {count}")), "head")
    for item in card.items:
        yield from _one_of_several(item)
    yield from _sure(card)
    if card.more:
        words = more_on(card.more, _day(card.message))
        yield Line((Run(words, url=address(card.message.url)),), "more")


def _sure(card: Card) -> Iterator[Line]:
    """Yield the line that says how many sources there are, for all entries together."""
    sure = _brief(how_sure(*(item.view for item in card.items))) if card.sure else ""
    if sure:
        yield Line((Run(sure),), "sure")


def _digest(card: Card, last: date) -> Iterator[Line]:
    """Yield the lines of a digest: each day, with its page and its titles.

    A day says how many more it has. The days for which there is no room are counted at the end.
    """
    message = card.message
    where = digest_title(message.day, last, late=message.late)
    count = anniversaries(len(message.view.occasions))
    yield Line((Run(where, bold=True), Run(f" — {count}")), "head")
    left = card.more
    for day in message.days:
        items = [item for item in card.items if item.day == day.day]
        if items:
            yield Line((), "gap")
            more = day.size - len(items)
            left -= more
            named = Run(day_of_week(day.day), bold=True, url=address(day.url))
            yield Line((named, Run(more_here(more))), "day")
        for item in items:
            yield from _one_of_several(item)
    yield from _sure(card)
    if left:
        yield Line((Run(more_later(left), url=address(message.url)),), "more")


def _correcting(item: Item, corrections: Sequence[Correction]) -> Iterator[Line]:
    """Yield the lines that put an entry right: what it said, what it says now, and why."""
    yield Line((Run(correction_title(corrections), bold=True),), "head")
    yield Line((Run(item.title, bold=True, url=address(item.view.url)),), "title")
    for correction in corrections:
        for words in correction_lines(correction):
            yield Line((Run(clean(words)),))


def _only(message: Message, item: Item) -> Iterator[Line]:
    if item.when:
        lead = Run(why_today(item.view, _day(message), message.when), bold=True)
        where = when_and_where(item.view, message.when)
        yield Line((lead, Run(f" · {_brief(where)}")), "head")
    yield Line((Run(item.title, bold=True, url=address(item.view.url)),), "title")
    yield from _told(item)


def _one_of_several(item: Item) -> Iterator[Line]:
    since = in_list(item.view)
    own = "" if item.when else own_day(item.view)
    lead = (Run(since, bold=item.view.milestone), Run(f"{own} ")) if since else ()
    if item.when:
        yield Line((), "gap")
    yield Line((*lead, Run(item.title, bold=item.when, url=address(item.view.url))), "title")
    if item.when:
        yield Line((Run(_brief(when_and_where(item.view, "named"))),))
    yield from _told(item)


def _told(item: Item) -> Iterator[Line]:
    if item.sentences:
        yield Line((Run(" ".join(item.sentences)),))
    sure = _brief(how_sure(item.view))
    listed = bool(item.sources) and not item.view.accounts  # then the list of sources says as much
    if item.sure and sure and not listed:
        yield Line((Run(sure),), "sure")
    yield from _differences(item)
    if item.sources:
        yield Line(tuple(_sources(item)), "source")


def _differences(item: Item) -> Iterator[Line]:
    if item.questions:
        yield Line((Run(f"{WHERE_THEY_DIFFER}:"),), "differ")
    for question in item.questions:
        yield Line((Run(f"• {clean(question)}"),), "differ")
    if item.more_questions:
        yield Line((Run(left_out(item.more_questions, "question")),), "differ")


def _sources(item: Item) -> Iterator[Run]:
    only = len(item.sources) == 1 and not item.more_sources
    yield Run(f"{SOURCE if only else SOURCES}: ")
    for index, source in enumerate(item.sources):
        if index:
            yield Run("; ")
        yield Run(_brief(source_words(source)), url=address(source.url or source.archived))
    if item.more_sources:
        yield Run(f"; {left_out(item.more_sources, 'source')}")


def _brief(text: str) -> str:
    """Return a text on one line. A name that goes on and on is cut, because it is no sentence."""
    return at_word(text, 300) if text else ""


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


def written(lines: Lines, write: Callable[[Run], str], end: str = "\n") -> str:
    """Return lines in a service's markup. ``write`` returns one run in that markup."""
    return end.join("".join(map(write, line.runs)) for line in lines)


def plain(lines: Lines) -> str:
    """Return lines as plain text."""
    return written(lines, lambda run: run.text)
