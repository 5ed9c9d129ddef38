"""What a message says of one entry, in lines. Used by lines.py, which lays a whole card out.

Not here: how much is said of an entry (fitting.py).
"""

from collections.abc import Iterator

from onthisday.locales.locale import Locale
from onthisday.messages.card import Card, Item
from onthisday.messages.cutting import clean
from onthisday.messages.line import Line, Run, address, brief, placed
from onthisday.views.message_words import lead_and_title, own_day, when_and_where
from onthisday.views.source_words import (
    apart,
    how_sure,
    more_questions,
    more_sources,
    source_heading,
    source_words,
    sources_heading,
    where_they_differ,
)
from onthisday.views.words import in_list, labelled


def in_a_list(locale: Locale, item: Item) -> Iterator[Line]:
    """Yield the lines of an entry among others: its title, and what more is told of it."""
    since = in_list(locale, item.view)
    own = None if item.when else own_day(locale, item.view)
    if item.when:
        yield Line((), "gap")
    title = Run(item.title, bold=item.when, url=address(item.view.url))
    if since:
        lead, title = Run(since, bold=item.view.milestone), isolated(locale, title)
        phrase = lead_and_title(locale, dated=own is not None)
        yield Line(tuple(placed(phrase, lead=lead, date=Run(own or ""), title=title)), "title")
    else:
        yield Line((title,), "title")
    if item.when:
        yield Line((Run(brief(when_and_where(locale, item.view, "named"))),))
    yield from told(locale, item)


def isolated(locale: Locale, run: Run) -> Run:
    """Return a run whose direction does not turn the words around it."""
    return run._replace(text=locale.isolate(run.text))


def told(locale: Locale, item: Item) -> Iterator[Line]:
    """Yield what is told of an entry below its title."""
    if item.sentences:
        yield Line((Run(" ".join(item.sentences)),))
    sure = brief(how_sure(locale, item.view))
    listed = bool(item.sources) and not item.view.accounts  # then the list of sources says as much
    if item.sure and sure and not listed:
        yield Line((Run(sure),), "sure")
    yield from _differences(locale, item)
    if item.sources:
        yield Line(tuple(_sources(locale, item)), "source")


def _differences(locale: Locale, item: Item) -> Iterator[Line]:
    if item.questions:
        yield Line((Run(labelled(locale, where_they_differ(locale))),), "differ")
    for question in item.questions:
        yield Line((Run(f"• {clean(question)}"),), "differ")
    if item.more_questions:
        yield Line((Run(more_questions(locale, item.more_questions)),), "differ")


def _sources(locale: Locale, item: Item) -> Iterator[Run]:
    only = len(item.sources) == 1 and not item.more_sources
    heading = source_heading(locale) if only else sources_heading(locale)
    yield Run(f"{labelled(locale, heading)} ")
    for index, source in enumerate(item.sources):
        if index:
            yield Run(apart(locale))
        yield Run(brief(source_words(locale, source)), url=address(source.url or source.archived))
    if item.more_sources:
        yield Run(f"{apart(locale)}{more_sources(locale, item.more_sources)}")


def sure_together(card: Card) -> Iterator[Line]:
    """Yield the line that says how many sources there are, for all entries together."""
    views = (item.view for item in card.items)
    sure = brief(how_sure(card.message.locale, *views)) if card.sure else ""
    if sure:
        yield Line((Run(sure),), "sure")
