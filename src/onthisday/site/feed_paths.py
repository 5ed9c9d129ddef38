"""The paths of the feeds and calendars, and of the list of all feeds.

There are feeds of all entries, of each tag, and of disputed entries. Used by website.py. Not here:
the content of feeds (feeds/).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from onthisday.feeds import atom, ics, jsonfeed, opml, rss
from onthisday.feeds.calendar import calendar_of
from onthisday.feeds.feed import Feed, daily_feed_of, feed_of
from onthisday.feeds.scope import DISPUTED, EVERYTHING, Scope, of_tag
from onthisday.site.page import Page, Route, SiteState, only, route
from onthisday.views import words

_FORMATS: dict[str, Any] = {"atom": atom, "rss": rss, "json": jsonfeed}

ScopeOf = Callable[..., Scope]
"""A function: it takes the parts of a path that vary, and returns whose feeds these are."""


def _feed(scope_of: ScopeOf, ending: str, state: SiteState, *parts: str) -> Page | None:
    scope = scope_of(*parts)
    if not _exists(state, scope):
        return None
    feed = feed_of(state.site, state.library, state.day, scope, state.has_picture)
    return _written(state, feed, ending)


def _daily(ending: str, state: SiteState) -> Page:
    feed = daily_feed_of(state.site, state.library, state.day, state.has_picture)
    return _written(state, feed, ending)


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
    about = (state.site, state.library, state.day)
    yield feed_of(*about, EVERYTHING, state.has_picture)
    yield daily_feed_of(*about, state.has_picture)
    for scope in (DISPUTED, *map(of_tag, state.library.tags())):
        yield feed_of(*about, scope, state.has_picture)


def _calendar(scope_of: ScopeOf, state: SiteState, *parts: str) -> Page | None:
    scope = scope_of(*parts)
    if not _exists(state, scope):
        return None
    calendar = calendar_of(state.site, state.library, state.day, scope)
    return state.of_today(state.page(ics.render(calendar), ics.MEDIA_TYPE))


def _exists(state: SiteState, scope: Scope) -> bool:
    """Return True if this scope has feeds: always, except for a tag that no entry has."""
    tags = scope.selection.tags
    return not tags or next(state.library.selected(scope.selection), None) is not None


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


def _paths(path: str) -> Callable[[SiteState], Iterable[str]]:
    """Return what returns the paths of one kind: one path, or one for each tag."""
    if "{tag}" not in path:
        return lambda _: (path,)
    return lambda state: (path.replace("{tag}", tag) for tag in state.library.tags())


def _feeds(path: str, about: str, render: Callable[..., Page | None]) -> Iterator[Route]:
    """Yield the route of a feed in each format. ``path``: without the ending."""
    for ending, form in _FORMATS.items():
        own, schema = f"{path}.{ending}", "jsonfeed" if form is jsonfeed else None
        made, kind = partial(render, ending), form.MEDIA_TYPE
        yield route(own, _paths(own), made, about, kind, schema=schema)


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
