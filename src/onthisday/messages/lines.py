"""Lay a card out in lines of words, without markup. Each service writes them in its own markup.

Two layouts. In `lines_of`, titles are links. `plain_of` is for services whose text has no links;
they put one web address (`page_of`) at the end, or beside the text.

Used by the services here. Not here: what a card says (fitting.py); what is said of one entry
(item_lines.py); what a line is (line.py).
"""

from collections.abc import Iterator, Sequence
from datetime import date

from onthisday.almanac.entry import Correction
from onthisday.dates.calendars import MonthDay
from onthisday.locales.locale import Locale, capital
from onthisday.messages.card import Card, Item
from onthisday.messages.cutting import at_word, clean
from onthisday.messages.item_lines import in_a_list, sure_together, told
from onthisday.messages.line import Line, Lines, Run, address, brief, placed
from onthisday.messages.message import Message
from onthisday.views.correction_words import correction_lines, correction_title
from onthisday.views.date_words import day_of_week
from onthisday.views.message_words import (
    ALERT_TITLE,
    anniversaries,
    day_and_more,
    digest_title,
    more_later,
    several_on,
    since_and_where,
    test_note,
    when_and_count,
    when_and_where,
    why_today,
)
from onthisday.views.view import ImageView
from onthisday.views.words import (
    credit_words,
    headline,
    more_on,
    picture_words,
    titled,
)


def lines_of(card: Card, picture: ImageView | None = None) -> Lines:
    """Return the lines of a card. Titles are links.

    ``picture`` is the one that the message shows: a line says what it shows, and whose it is.
    """
    return (*_lines(card), *shown_by(card.message.locale, picture))


def shown_by(locale: Locale, picture: ImageView | None) -> Lines:
    """Return the line that says what a picture shows, and whose it is; nothing without one."""
    return (Line((Run(brief(picture_words(locale, picture))),), "picture"),) if picture else ()


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
    where = when_and_where(card.message.locale, card.only.view, card.message.when)
    return (Line((Run(brief(where)),)), *lines)


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
    words = credit_words(message.locale, image._replace(credit=maker, license=terms))
    return (Line((Run(words),), "picture"),)


CREDIT = 80
"""How long a maker's name and a licence may be where a post is small, in UTF-16 units each."""


def page_of(card: Card) -> str:
    """Return the web address where a reader of a message reads on."""
    return card.only.view.url if card.only else card.message.url


def title_of(message: Message) -> str:
    """Return a message's title in one line: ``70 years ago: Khrushchev denounces Stalin``."""
    views, locale = message.view.occasions, message.locale
    if message.text is not None:
        return ALERT_TITLE
    if message.corrections:
        lead = correction_title(locale, message.corrections)
    elif message.last is not None:
        named = digest_title(locale, message.day, message.last, late=message.late)
        return titled(locale, named, anniversaries(locale, len(views)))
    elif len(views) > 1:
        count = len(views)
        return titled(
            locale, *several_on(locale, _day(message), count, message.when, late=message.late)
        )
    elif message.when == "tomorrow":
        lead = why_today(locale, views[0], _day(message), "tomorrow")
    else:
        return clean(headline(locale, views[0]))
    return clean(titled(locale, lead, views[0].title))


def _day(message: Message) -> MonthDay:
    return MonthDay(message.day.month, message.day.day)


def _lines(card: Card) -> Iterator[Line]:
    if card.alert is not None:
        yield Line((Run(ALERT_TITLE, bold=True),), "head")
        yield Line((Run(card.alert),))
        return
    if card.message.test:
        yield Line((Run(test_note(card.message.locale)),), "note")
    if card.only and card.corrections:
        yield from _correcting(card.message.locale, card.only, card.corrections)
    elif card.only:
        yield from _only(card.message, card.only)
    elif card.message.last is not None:
        yield from _digest(card, card.message.last)
    else:
        yield from _several(card)


def _head(phrase: str, **runs: Run) -> Line:
    return Line(tuple(placed(phrase, **runs)), "head")


def _several(card: Card) -> Iterator[Line]:
    """Yield the lines about a day of several entries."""
    message, day, locale = card.message, _day(card.message), card.message.locale
    count = len(message.view.occasions)
    where, many = several_on(locale, day, count, message.when, late=message.late)
    yield _head(when_and_count(locale), when=Run(where, bold=True), count=Run(many))
    for item in card.items:
        yield from in_a_list(locale, item)
    yield from sure_together(card)
    if card.more:
        yield Line((Run(more_on(locale, card.more, day), url=address(message.url)),), "more")


def _digest(card: Card, last: date) -> Iterator[Line]:
    """Yield the lines of a digest: each day, with its page and its titles.

    A day says how many more it has. The days for which there is no room are counted at the end.
    """
    message, locale = card.message, card.message.locale
    where = digest_title(locale, message.day, last, late=message.late)
    count = anniversaries(locale, len(message.view.occasions))
    yield _head(when_and_count(locale), when=Run(where, bold=True), count=Run(count))
    left = card.more
    for day in message.days:
        items = [item for item in card.items if item.day == day.day]
        if items:
            yield Line((), "gap")
            more = day.size - len(items)
            left -= more
            named = Run(capital(day_of_week(locale, day.day)), bold=True, url=address(day.url))
            yield Line(tuple(placed(day_and_more(locale, more), day=named)), "day")
        for item in items:
            yield from in_a_list(locale, item)
    yield from sure_together(card)
    if left:
        yield Line((Run(more_later(locale, left), url=address(message.url)),), "more")


def _correcting(locale: Locale, item: Item, corrections: Sequence[Correction]) -> Iterator[Line]:
    """Yield the lines that put an entry right: what it said, what it says now, and why."""
    yield Line((Run(correction_title(locale, corrections), bold=True),), "head")
    yield Line((Run(item.title, bold=True, url=address(item.view.url)),), "title")
    for correction in corrections:
        for words in correction_lines(locale, correction):
            yield Line((Run(clean(words)),))


def _only(message: Message, item: Item) -> Iterator[Line]:
    if item.when:
        locale = message.locale
        since = Run(why_today(locale, item.view, _day(message), message.when), bold=True)
        where = Run(brief(when_and_where(locale, item.view, message.when)))
        yield _head(since_and_where(locale), since=since, where=where)
    yield Line((Run(item.title, bold=True, url=address(item.view.url)),), "title")
    yield from told(message.locale, item)
