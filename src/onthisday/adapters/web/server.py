"""The web server for everybody, as an ASGI application.

It keeps the answers that it has made, and sends them again without Starlette: that is one plain
function, without routing, so it is fast. Nearly every request gets a kept answer. A kept answer is
valid for one day, and only until the almanac or the config changes. Starlette handles all other
requests.

All requests are counted in a plain dict, because that is fast. site/ makes the pages.
app/serving.py puts this together. No file is read here.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Message, Receive, Scope, Send

from onthisday.adapters.web.cached_answers import (
    ALWAYS,
    PREFLIGHT,
    CachedAnswer,
    headers_for,
)
from onthisday.adapters.web.near import is_near
from onthisday.adapters.web.questions import Asked, asked_of
from onthisday.delivery.health import Health
from onthisday.search.finding import Found
from onthisday.site.website import Page, Website

MOST_KEPT = 256 * 1024 * 1024
"""The most bytes of answers that a snapshot keeps, with those of the snapshot before.

Otherwise a robot that reads all pages of a large almanac would fill the memory.
"""

PIECE = 64 * 1024
"""So many bytes of an answer are sent at a time; the next ones when the reader has taken them.

Otherwise many slow readers of a large answer would each have a copy of it in memory.
"""


class Snapshot:
    """The site on one day, with the answers that were made so far.

    - The day is from ``since`` until before ``until``, in seconds since 1970.
    - ``before``: the snapshot that was used before. Its answers are sent again, if their pages
      would be the same now.
    """

    def __init__(
        self, website: Website, since: float, until: float, before: "Snapshot | None" = None
    ) -> None:
        self.website, self.since, self.until = website, since, until
        self.kept: dict[str, CachedAnswer] = {}
        goes_on = before is not None and website.goes_on(before.website.frame)
        self._before: dict[str, CachedAnswer] = {}
        if before is not None and goes_on:
            self._before = {**before._before, **before.kept}
        self._size = sum(each.size for each in self._before.values())
        self._making: dict[str, asyncio.Future[CachedAnswer | bool]] = {}

    async def answer(self, path: str) -> CachedAnswer | bool:
        """Make the answer for a path beside the event loop, and keep it.

        If several readers ask for it meanwhile, it is made once. If there is no such page, return
        whether the path with a slash has one.
        """
        making = self._making.get(path)
        if making is None:
            making = self._making[path] = asyncio.create_task(self._found(path))
            making.add_done_callback(lambda made: self._keep(path, made))
        return await asyncio.shield(making)

    async def _found(self, path: str) -> CachedAnswer | bool:
        """Return the answer that was there before, or else make it.

        To look at the one before is short, so it does not wait behind feeds that are being made.
        """
        loop, before = asyncio.get_running_loop(), self._before.get(path)
        is_as = self.website.is_as
        if before is not None and await loop.run_in_executor(_PAGES, is_as, before.trace):
            return before
        return await loop.run_in_executor(_lane(path), self._made, path)

    def _made(self, path: str) -> CachedAnswer | bool:
        made = self.website.traced(path)
        if made is None:
            return self.website.render(f"{path}/") is not None
        return CachedAnswer(made.page, datetime.now(UTC), headers_for(path), made.trace)

    def _keep(self, path: str, made: "asyncio.Future[CachedAnswer | bool]") -> None:
        del self._making[path]
        before = self._before.pop(path, None)
        self._size -= before.size if before else 0
        answer = None if made.cancelled() or made.exception() else made.result()
        if isinstance(answer, CachedAnswer):
            self._size += answer.size
            if self._size > MOST_KEPT:
                self.kept.clear()
                self._before.clear()
                self._size = answer.size
            self.kept[path] = answer


_FEEDS = ThreadPoolExecutor(1, "feeds")
_PAGES = ThreadPoolExecutor(2, "pages")


def _lane(path: str) -> ThreadPoolExecutor:
    """Return the threads that make the answer for a path.

    Feeds and calendars may take seconds, so pages do not wait for them. Feeds are made one after
    another, because feedgen changes the locale of the process for a moment.
    """
    return _FEEDS if path.endswith((".atom", ".rss", ".json", ".ics", ".opml")) else _PAGES


Find = Callable[[Website, Asked], Awaitable[Found | str]]


class Server:
    """The ASGI application.

    - ``current``: returns the snapshot for a time. It is called at every request, so the site
      changes at midnight.
    - ``health``: returns the HTTP status and the content of `/healthz`. Strangers get the status
      of the service, and nothing else of it.
    - ``mend``: is told of an error while a page was made, and of the snapshot. Returns True if the
      page may be tried once more, with the snapshot that is then current.

    - ``find``: searches a site. Returns what was found or, if nothing can be found now, why: a key
      of `found_words.search_words`.

    ``answered`` has how many requests got which HTTP status.
    """

    def __init__(
        self,
        current: Callable[[float], Snapshot],
        health: Callable[[bool], tuple[int, Health]],
        mend: Callable[[Exception, Snapshot], Awaitable[bool]],
        find: Find,
        lifespan: Any,
    ) -> None:
        self._current, self._health, self._mend, self._find = current, health, mend, find
        self.answered: defaultdict[int, int] = defaultdict(int)
        self._routed = Starlette(
            routes=[
                Route("/healthz", self._healthz),
                Mount("/", app=self._page),
            ],
            exception_handlers={HTTPException: self._error, Exception: self._error},
            lifespan=lifespan,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            if scope["method"] in _READS:
                now = time.time()
                snapshot = self._current(now)
                answer = snapshot.kept.get(scope["path"])
                if answer is not None and not (
                    scope["query_string"] and asked_of(snapshot.website, scope)
                ):
                    self.answered[await _give(answer, snapshot.until - now, scope, send)] += 1
                    return
            send = _completing(self.answered, send)
            if scope["method"] == "OPTIONS":
                await _give_preflight(send)
                return
        await self._routed(scope, receive, send)

    async def begin(self) -> None:
        """Make the first page and the page of the day before anybody asks for them.

        Most readers ask for these. They also load what other pages need, such as templates and
        counts. If one cannot be made, its first reader is told, and it is mended (`_page`).
        """
        snapshot = self._current(time.time())
        for path in ("/", f"/days/{snapshot.website.day:%m-%d}/"):
            with suppress(Exception):
                await snapshot.answer(path)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make an answer that is not kept yet, and send it.

        If there is no page, redirect or raise 404.
        """
        if scope["method"] not in _READS:
            raise HTTPException(405, headers={"Allow": "GET, HEAD, OPTIONS"})
        now = time.time()
        snapshot = self._current(now)
        try:
            found = await self._answer(snapshot, scope)
        except Exception as error:
            if not await self._mend(error, snapshot):
                raise
            snapshot = self._current(now)
            found = await self._answer(snapshot, scope)
        if isinstance(found, CachedAnswer):
            await _give(found, snapshot.until - now, scope, send)
        elif isinstance(found, Page):
            await Response(found.body, 503, _LATER, found.media_type)(scope, receive, send)
        elif found:
            # The address is relative, because a proxy may serve the site below a path. It begins
            # with "./". Without that, a colon in the name of a tag would look like the colon of
            # "https:" (RFC 3986, section 4.2).
            here, query = scope["raw_path"].rpartition(b"/")[2], scope["query_string"]
            address = b"./%b/%b%b" % (here, b"?" if query else b"", query)
            await RedirectResponse(address.decode("latin-1"), 308)(scope, receive, send)
        else:
            raise HTTPException(404)

    async def _answer(self, snapshot: Snapshot, scope: Scope) -> CachedAnswer | Page | bool:
        """Return the answer to a request: a kept one, or one to a search, made for it alone.

        A page without headers says that nothing can be found now. True: the path needs a slash;
        False: there is no such page.
        """
        path, asked = scope["path"], asked_of(snapshot.website, scope)
        if asked is None:
            return await snapshot.answer(path)
        found = await self._find(snapshot.website, asked)
        if isinstance(found, str):
            return snapshot.website.refusal(path, asked.text, found)
        page = snapshot.website.results(path, found)
        return CachedAnswer(page, datetime.now(UTC), headers_for(path))

    async def _healthz(self, request: Request) -> Response:
        status, said = self._health("ready" in request.query_params)
        if not is_near(request.scope):
            said = Health(status=said["status"])
        return JSONResponse(said, status, headers={"Cache-Control": "no-store"})

    async def _error(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = getattr(error, "headers", None)
        website = self._current(time.time()).website
        told = website.fault(request.scope["path"], request.method, status)
        return Response(told.body, told.status, headers, told.media_type)


async def _give(answer: CachedAnswer, left: float, scope: Scope, send: Send) -> int:
    """Send an answer, and return its status. The day ends in ``left`` seconds."""
    status, headers, body = answer.chosen(scope["headers"], left)
    await send({"type": _START, "status": status, "headers": headers})
    if scope["method"] == "HEAD" or len(body) <= PIECE:
        await send({"type": _BODY, "body": b"" if scope["method"] == "HEAD" else body})
        return status
    for begin in range(0, len(body), PIECE):
        end = begin + PIECE
        await send({"type": _BODY, "body": body[begin:end], "more_body": end < len(body)})
        await asyncio.sleep(0)  # others get their turn also while the system takes every piece
    return status


async def _give_preflight(send: Send) -> None:
    await send({"type": _START, "status": 204, "headers": PREFLIGHT})
    await send({"type": _BODY, "body": b""})


def _completing(answered: dict[int, int], send: Send) -> Send:
    """Return a function that sends like ``send``, counts, and adds the headers of every answer.

    A page brings its own, because `/embed/` has other ones.
    """

    async def completed(message: Message) -> None:
        if message["type"] == _START:
            answered[message["status"]] += 1
            headers = message["headers"]
            if all(name != b"content-security-policy" for name, _ in headers):
                told = {name for name, _ in headers}
                message["headers"] = [*headers, *(each for each in ALWAYS if each[0] not in told)]
        await send(message)

    return completed


_READS = {"GET", "HEAD"}

_LATER = {"Retry-After": "3", "Cache-Control": "no-store"}
"""The headers of the answer to a search that can be answered only later."""

_START, _BODY = "http.response.start", "http.response.body"
