"""The server as an ASGI application: cached answers first, everything else by Starlette.

What was rendered is kept per snapshot: an immutable state of library and config, on one day. A
cached answer is given by a plain function before any routing: that is nearly every request.
"""

import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

from onthisday import pages
from onthisday.site import Website
from onthisday.web.answers import LONGEST, SECURE, Answer

MOST_KEPT = 256 * 1024 * 1024
"""Bytes of answers kept of one snapshot; a crawler of a large almanac must not fill the memory."""


class Snapshot:
    """The site on one day, with the answers made so far; ``until`` is when the day changes, in
    seconds since 1970."""

    def __init__(self, website: Website, until: float) -> None:
        self.website, self.until = website, until
        self.kept: dict[str, Answer] = {}
        self._size = 0

    def answer(self, path: str) -> Answer | None:
        """Return the answer of a path, made when it is first asked for."""
        page = self.website.render(path)
        if page is None:
            return None
        answer = Answer(page)
        self._size += answer.size
        if self._size > MOST_KEPT:
            self.kept.clear()
            self._size = answer.size
        self.kept[path] = answer
        return answer


class Server:
    """The ASGI application.

    ``current`` gives the snapshot of now, and is asked at every request, so that a day changes at
    its midnight; ``health`` gives what `/healthz` says, with its HTTP status.
    """

    def __init__(
        self,
        current: Callable[[float], Snapshot],
        health: Callable[[bool], tuple[int, dict[str, Any]]],
        lifespan: Any,
    ) -> None:
        self._current, self._health = current, health
        self._routed = Starlette(
            routes=[Route("/healthz", self._healthz), Mount("/", app=self._page)],
            exception_handlers={HTTPException: self._error, Exception: self._error},
            lifespan=lifespan,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            method = scope["method"]
            if method in {"GET", "HEAD"}:
                now = time.time()
                snapshot = self._current(now)
                answer = snapshot.kept.get(scope["path"])
                if answer is not None:
                    max_age = min(LONGEST, int(snapshot.until - now))
                    status, headers, body = answer.chosen(scope["headers"], max_age)
                    await send({"type": _START, "status": status, "headers": headers})
                    await send({"type": _BODY, "body": b"" if method == "HEAD" else body})
                    return
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        await self._routed(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make an answer that is not kept yet, and give it; or say why not."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        path, snapshot = scope["path"], self._current(time.time())
        if snapshot.answer(path) is not None:
            await self(scope, receive, send)
        elif snapshot.website.render(f"{path}/") is not None:
            # relative: a proxy may serve the site below a path; "./", or a tag's colon would make
            # its name a scheme (RFC 3986, section 4.2)
            here = path.rpartition("/")[2]
            await RedirectResponse(f"./{here}/", 308, SECURE)(scope, receive, send)
        else:
            raise HTTPException(404)

    async def _healthz(self, request: Request) -> Response:
        status, said = self._health("ready" in request.query_params)
        return JSONResponse(said, status, headers={"Cache-Control": "no-store"})

    async def _error(self, _request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = {**SECURE, **(getattr(error, "headers", None) or {})}
        title, text = _SAID.get(status, ("That cannot be answered", ""))
        site = self._current(time.time()).website.site
        return HTMLResponse(pages.plain(site, title, text), status, headers=headers)


_START, _BODY = "http.response.start", "http.response.body"

_SAID = {
    404: ("There is no such page", "The address may be mistyped, or the entry is gone."),
    405: ("That cannot be done here", "Pages and feeds can only be read."),
    500: ("Something went wrong", "It has been written to the log."),
}
