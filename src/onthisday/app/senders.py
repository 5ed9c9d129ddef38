"""The sender of a process: HTTP, Apprise and mail, opened when the first request goes out.

Why then: their libraries and the certificates take as long to load as all the rest of a `tick`
that has nothing to send. Used by sending.py.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from importlib import import_module
from typing import Self

from onthisday.config import Proxy
from onthisday.delivery.request_reply import Failure, Reply, Request, Sender


def load() -> None:
    """Import what sends, and read the certificates that it trusts."""
    for module in ("http.apprise", "http.http_sender", "smtp.smtp_sender"):
        import_module(f"onthisday.adapters.{module}")
    from onthisday.adapters.http.pools import trusted

    trusted()


class SenderOnDemand:
    """Implements `Sender`. Use it inside ``async with``.

    - ``proxy``: returns what the config says now; None: everything goes out directly.
    - ``load``: imports what is needed.
    """

    def __init__(
        self, proxy: Callable[[], Proxy | None] = lambda: None, load: Callable[[], None] = load
    ) -> None:
        self._proxy, self._load = proxy, load
        self._opened: Sender | None = None
        self._one_at_a_time, self._closing = asyncio.Lock(), AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        await self._closing.aclose()

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request. Raises nothing, unless it is cancelled.

        If the sender cannot be opened, nothing was sent, and the next request tries it again.
        """
        try:
            sender = self._opened or await self._open()
        except Exception as error:  # noqa: BLE001 - for example, a library is not there
            why = f"nothing can be sent: {type(error).__name__}: {error}"
            return Failure(sent=False, detail=why)
        return await sender.send(request)

    async def _open(self) -> Sender:
        """Return the sender. Many requests may ask at once; the first of them opens it."""
        async with self._one_at_a_time:
            if self._opened is None:
                await asyncio.to_thread(self._load)  # so that a running `serve` goes on meanwhile
                self._opened = await self._all()
        return self._opened

    async def _all(self) -> Sender:
        from onthisday.adapters.http.apprise import AppriseSender
        from onthisday.adapters.http.http_sender import HttpSender
        from onthisday.adapters.http.pools import trusted
        from onthisday.adapters.smtp.smtp_sender import SmtpSender

        http = await self._closing.enter_async_context(HttpSender(proxy=self._proxy))
        apprise = AppriseSender(http, proxy=self._proxy)
        return await self._closing.enter_async_context(SmtpSender(apprise, tls=trusted))
