"""The paths of the feeds and calendars, and of the list of all feeds.

There are feeds of all entries, of each tag, and of disputed entries. Used by website.py. Not here:
the content of feeds (feeds/).
"""

import hashlib
from collections.abc import Iterator

from onthisday.feeds import atom, ics, jsonfeed, opml, rss
from onthisday.feeds.calendar import calendar_of
from onthisday.feeds.feed import Feed, daily_feed_of, feed_of
from onthisday.feeds.scope import DISPUTED, EVERYTHING, Scope, of_tag
from onthisday.site.page import Page, SiteState, only, route
from onthisday.site.tag_pages import TAG
from onthisday.views import words

_FORMATS = {"atom": atom, "rss": rss, "json": jsonfeed}
_ENDING = r"(atom|rss|json)"


def _feed(state: SiteState, scope: Scope, ending: str) -> Page | None:
    if not _exists(state, scope):
        return None
    feed = feed_of(state.site, state.library, state.day, scope, state.has_picture)
    return _written(state, feed, ending)


def _daily(state: SiteState, ending: str) -> Page:
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
    for feed in _feeds(state):
        content = _digest(repr(feed).encode())
        yield from ((f"{feed.stem}.{ending}", content) for ending in ("atom", "rss"))
        yield f"{feed.stem}.json", _digest(jsonfeed.render(feed))


def _digest(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:16]


def _feeds(state: SiteState) -> Iterator[Feed]:
    about = (state.site, state.library, state.day)
    yield feed_of(*about, EVERYTHING, state.has_picture)
    yield daily_feed_of(*about, state.has_picture)
    for scope in (DISPUTED, *map(of_tag, state.library.tags())):
        yield feed_of(*about, scope, state.has_picture)


def _calendar(state: SiteState, scope: Scope) -> Page | None:
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


def _tag_paths(state: SiteState) -> Iterator[str]:
    for tag in state.library.tags():
        yield from (f"/tags/{tag}/feed.{ending}" for ending in _FORMATS)


ROUTES = (
    route(
        rf"/feed\.{_ENDING}",
        lambda _: (f"/feed.{ending}" for ending in _FORMATS),
        lambda state, ending: _feed(state, EVERYTHING, ending),
    ),
    route(rf"/daily\.{_ENDING}", lambda _: (f"/daily.{ending}" for ending in _FORMATS), _daily),
    route(
        rf"/disputed/feed\.{_ENDING}",
        lambda _: (f"/disputed/feed.{ending}" for ending in _FORMATS),
        lambda state, ending: _feed(state, DISPUTED, ending),
    ),
    route(
        rf"/tags/{TAG}/feed\.{_ENDING}",
        _tag_paths,
        lambda state, tag, ending: _feed(state, of_tag(tag), ending),
    ),
    only("/calendar.ics", lambda state: _calendar(state, EVERYTHING)),
    only("/disputed/calendar.ics", lambda state: _calendar(state, DISPUTED)),
    route(
        rf"/tags/{TAG}/calendar\.ics",
        lambda state: (f"/tags/{tag}/calendar.ics" for tag in state.library.tags()),
        lambda state, tag: _calendar(state, of_tag(tag)),
    ),
    only("/feeds.opml", _opml),
)
