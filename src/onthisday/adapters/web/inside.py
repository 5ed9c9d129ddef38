"""The listener for the operator: `/metrics`, and `/healthz` with all that it has to say.

The config gives it an address of its own (`metrics`), which strangers do not reach. Why not a path
of the public server: behind a proxy that says nothing of whom it asks for, everybody seems to be
near. server.py is the public server; app/listening.py runs both.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from onthisday.adapters.web.cached_answers import SECURE
from onthisday.adapters.web.metrics import exposition
from onthisday.delivery.health import Health
from onthisday.delivery.measures import Measures

_HEADERS = {**SECURE, "Cache-Control": "no-store"}


class Inside:
    """The ASGI application.

    - ``health``: returns the HTTP status and the content of `/healthz`.
    - ``measure``: returns the numbers for `/metrics`.
    """

    def __init__(
        self,
        health: Callable[[bool], tuple[int, Health]],
        measure: Callable[[], Awaitable[Measures]],
    ) -> None:
        self._health, self._measure = health, measure
        routes = [Route("/metrics", self._metrics), Route("/healthz", self._healthz)]
        self._routed = Starlette(routes=routes, exception_handlers={404: _none, 405: _none})
        self._routed.router.redirect_slashes = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self._routed(scope, receive, send)

    async def _healthz(self, request: Request) -> Response:
        status, said = self._health("ready" in request.query_params)
        return JSONResponse(said, status, headers=_HEADERS)

    async def _metrics(self, request: Request) -> Response:
        measures = await self._measure()
        body, media_type = exposition(measures, request.headers.get("accept", ""))
        return Response(body, headers={**_HEADERS, "Content-Type": media_type})


async def _none(_request: Request, error: Any) -> Response:
    words = "Here are only /metrics and /healthz, and they can only be read.\n"
    headers = {**_HEADERS, **(error.headers or {})}
    return PlainTextResponse(words, error.status_code, headers=headers)
