"""The paths of the feeds and calendars, and of the list of all feeds.

There are feeds of all entries, of each tag, and of disputed entries. Used by website.py. Not here:
the content of feeds (feeds/).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from onthisday.feeds import atom, ics, jsonfeed, opml, rss
from onthisday.feeds.calendar import around, calendar_of
from onthisday.feeds.feed import Feed
from onthisday.feeds.scope import DISPUTED, EVERYTHING, Scope, of_tag
from onthisday.site.page import Page, Route, SiteState, only, route
from onthisday.views import words

_FORMATS: dict[str, Any] = {"atom": atom, "rss": rss, "json": jsonfeed}

ScopeOf = Callable[..., Scope]
"""A function: it takes the parts of a path that vary, and returns whose feeds these are."""


def _feed(scope_of: ScopeOf, ending: str, state: SiteState, *parts: str) -> Page | None:
    scope = scope_of(*parts)
    feed = state.feed(scope)
    return _written(state, feed, ending) if feed.items or _exists(state, scope) else None


def _daily(ending: str, state: SiteState) -> Page:
    return _written(state, state.daily_feed, ending)


def _written(state: SiteState, feed: Feed, ending: str) -> Page:
    form = _FORMATS[ending]
    page = state.of_today(state.page(form.render(feed), form.MEDIA_TYPE))
    links = (("hub", feed.hub), ("self", f"{feed.stem}.{ending}")) if feed.hub else ()
    return page._replace(links=links)


def topics(state: SiteState) -> Iterator[tuple[str, str]]:
    """Yield the address of each feed, and a digest of what it says.

    Feeds of all entries are first, because most people read them.

    Why Atom and RSS are not written for this: it takes most of the time, feeds of the same content
    have the same bytes, and feedgen must not write two at once. A JSON Feed says less: not when an
    empty feed was updated, which is each day.
    """
    for feed in _all_feeds(state):
        content = _digest(repr(feed).encode())
        yield from ((f"{feed.stem}.{ending}", content) for ending in ("atom", "rss"))
        yield f"{feed.stem}.json", _digest(jsonfeed.render(feed))


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:16]


def _all_feeds(state: SiteState) -> Iterator[Feed]:
    yield state.feed(EVERYTHING)
    yield state.daily_feed
    yield from map(state.feed, (DISPUTED, *map(of_tag, state.library.tags())))


def _calendar(scope_of: ScopeOf, state: SiteState, *parts: str) -> Page | None:
    scope = scope_of(*parts)
    if not _exists(state, scope):
        return None
    state.contents.time.yearly()  # each event may say the year of the site's tag, once it has come
    day, changed_by = state.day_for(scope, around), state.contents.changed_by
    calendar = calendar_of(state.site, state.library, day, scope, changed_by)
    return state.of_today(state.page(ics.render(calendar), ics.MEDIA_TYPE))


def _exists(state: SiteState, scope: Scope) -> bool:
    """Return True if this scope has feeds: always, except for a tag that no entry has."""
    return not scope.selection.tags or state.library.has(scope.selection)


def _opml(state: SiteState) -> Page:
    url, title = state.site.url, state.site.title
    feeds = [
        (title, f"{url}feed.atom", url),
        (f"{title} – {words.an_item_a_day(state.locale)}", f"{url}daily.atom", url),
    ]
    for scope in (DISPUTED, *map(of_tag, state.library.tags())):
        folder = f"{url}{scope.folder}"
        feeds.append((scope.titled(title, state.locale), f"{folder}feed.atom", folder))
    return state.page(opml.render(title, feeds), opml.MEDIA_TYPE)


def _paths(*paths: str) -> Callable[[SiteState], Iterable[str]]:
    """Return what returns the paths of some kinds, or those of each tag."""
    if not any("{tag}" in path for path in paths):
        return lambda _: paths
    return lambda state: (
        path.replace("{tag}", tag) for tag in state.library.tags() for path in paths
    )


def _feeds(path: str, about: str, render: Callable[..., Page | None]) -> Iterator[Route]:
    """Yield the route of a feed in each format. ``path``: without the ending.

    The first route has the paths of all formats, a feed's one after the other. So `build` makes the
    content of a feed once (`SiteState.feed`).
    """
    left = [f"{path}.{ending}" for ending in _FORMATS]
    for ending, form in _FORMATS.items():
        own, schema = f"{path}.{ending}", "jsonfeed" if form is jsonfeed else None
        made, kind = partial(render, ending), form.MEDIA_TYPE
        yield route(own, _paths(*left), made, about, kind, schema=schema)
        left = []


def _of_scope(folder: str, what: str, scope_of: ScopeOf) -> Iterator[Route]:
    """Yield the routes of the feeds and of the calendar in a folder."""
    yield from _feeds(f"{folder}feed", f"A feed of {what}", partial(_feed, scope_of))
    path, render = f"{folder}calendar.ics", partial(_calendar, scope_of)
    yield route(path, _paths(path), render, f"A calendar of {what}", ics.MEDIA_TYPE)


ROUTES = (
    *_of_scope("/", "all entries", lambda: EVERYTHING),
    *_feeds("/daily", "A feed with an item a day", _daily),
    *_of_scope("/disputed/", "the entries whose sources differ", lambda: DISPUTED),
    *_of_scope("/tags/{tag}/", "the entries of a tag", of_tag),
    only("/feeds.opml", _opml, "All feeds, as a list", opml.MEDIA_TYPE),
)
