"""What a message says of one entry, in lines. Used by lines.py, which lays a whole card out.

Not here: how much is said of an entry (fitting.py).
"""

from collections.abc import Iterator

from onthisday.messages.card import Card, Item
from onthisday.messages.cutting import clean
from onthisday.messages.line import Line, Run, address, brief
from onthisday.views.message_words import own_day, when_and_where
from onthisday.views.source_words import SOURCE, SOURCES, WHERE_THEY_DIFFER, how_sure, source_words
from onthisday.views.words import in_list, left_out


def in_a_list(item: Item) -> Iterator[Line]:
    """Yield the lines of an entry among others: its title, and what more is told of it."""
    since = in_list(item.view)
    own = "" if item.when else own_day(item.view)
    lead = (Run(since, bold=item.view.milestone), Run(f"{own}: ")) if since else ()
    if item.when:
        yield Line((), "gap")
    yield Line((*lead, Run(item.title, bold=item.when, url=address(item.view.url))), "title")
    if item.when:
        yield Line((Run(brief(when_and_where(item.view, "named"))),))
    yield from told(item)


def told(item: Item) -> Iterator[Line]:
    """Yield what is told of an entry below its title."""
    if item.sentences:
        yield Line((Run(" ".join(item.sentences)),))
    sure = brief(how_sure(item.view))
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
        yield Run(brief(source_words(source)), url=address(source.url or source.archived))
    if item.more_sources:
        yield Run(f"; {left_out(item.more_sources, 'source')}")


def sure_together(card: Card) -> Iterator[Line]:
    """Yield the line that says how many sources there are, for all entries together."""
    sure = brief(how_sure(*(item.view for item in card.items))) if card.sure else ""
    if sure:
        yield Line((Run(sure),), "sure")
