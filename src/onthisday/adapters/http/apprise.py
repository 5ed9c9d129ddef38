"""Send messages through the library Apprise, and know its addresses. Used by app/sending.py.

`AppriseSender` sends the messages of channels of type apprise. It gives all other messages to
another sender. Apprise is the optional extra `apprise`. It is loaded when its first message is
sent.

Apprise makes its own connections, in a thread. apprise_connections.py judges where they go, and
apprise_proxies.py leads them through the proxy. But
nothing here can see what a service answers. If Apprise says that it sent a message, we return a
reply with the status 200. If Apprise says that it did not, some part may have been sent all the
same.
"""

import asyncio
import importlib
import json
import logging
from collections.abc import Callable
from typing import Any

from onthisday.adapters.http.apprise_connections import watched
from onthisday.adapters.http.apprise_proxies import go_through
from onthisday.config import Proxy
from onthisday.delivery.request_reply import Failure, Reply, Request, Sender
from onthisday.messages.apprise import NOTIFY

_NOT_KNOWN = Failure(
    sent=False, detail="Apprise knows no such address; see its list of services and mend the url"
)
_NO = Failure(sent=True, detail="Apprise could not send it, or not all of it; its log says why")
_NO_WAY = Failure(
    sent=False, detail="Apprise got no connection through the proxy; look at proxy in config"
)

_REFUSED = (
    "Apprise was kept from an address that is not public; private_addresses: true allows to send "
    "there"
)


def load() -> Any:
    """Import and return the library. Raise ImportError if the extra is not installed.

    If Apprise cannot read an address, it logs the whole address, with its secrets. So every line of
    its log that contains an address is dropped.
    """
    logging.getLogger("apprise").addFilter(_names_no_address)
    return importlib.import_module("apprise")


def _names_no_address(record: logging.LogRecord) -> bool:
    return "://" not in record.getMessage()


def why_not(address: str, load: Callable[[], Any] = load) -> str | None:
    """Return why Apprise cannot send to an address, with what to do; None if it can.

    Nothing is sent. The words show no part of the address.
    """
    try:
        library = load()
    except ImportError:
        return _absent().detail
    try:
        known = library.Apprise().add(address)
    except Exception:  # noqa: BLE001 - its plugins read addresses, and may raise anything
        known = False
    return None if known else _NOT_KNOWN.detail


class AppriseSender:
    """Implements `Sender`.

    - ``load``: returns the library, or raises ImportError.
    - ``proxy``: returns what the config says now; None: everything goes out directly.
    """

    def __init__(
        self,
        other: Sender,
        load: Callable[[], Any] = load,
        proxy: Callable[[], Proxy | None] = lambda: None,
    ) -> None:
        self._other, self._load, self._proxy = other, load, proxy

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request through Apprise, if it is for Apprise.

        Otherwise the other sender sends it.
        """
        if request.method != NOTIFY:
            return await self._other.send(request)
        return await asyncio.to_thread(self._notify, request)

    def _notify(self, request: Request) -> Reply | Failure:
        try:
            library = self._load()
        except ImportError:
            return _absent()
        go_through(self._proxy())
        try:
            return _watched(library, request)
        except Exception as error:  # noqa: BLE001 - after any error, a notice must be settled
            return Failure(sent=True, detail=f"Apprise broke off ({type(error).__name__})")


def _absent() -> Failure:
    from onthisday.adapters.installation import command_for  # only now: it reads files

    detail = f"Apprise is not installed; install the extra apprise: {command_for('apprise')}"
    return Failure(sent=False, detail=detail)


def _watched(library: Any, request: Request) -> Reply | Failure:
    """Send, and see whether a "no" means that nothing was sent."""
    with watched(public_only=not request.private_addresses) as watch:
        answer = _sent(library, request)
    if answer is _NO and watch.refused:
        return Failure(watch.sent, _REFUSED)
    return _NO_WAY if answer is _NO and watch.proxies and not watch.sent else answer


def _sent(library: Any, request: Request) -> Reply | Failure:
    message = json.loads(request.body)
    service = library.Apprise()
    if not service.add(request.url):
        return _NOT_KNOWN
    form = library.NotifyFormat.TEXT
    taken = service.notify(body=message["body"], title=message["title"], body_format=form)
    return Reply(200, {}, b"taken by Apprise") if taken else _NO
