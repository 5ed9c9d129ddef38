"""Sending through Apprise: `Sender` for the channels of type apprise, another one for the rest.

Apprise is the optional extra `apprise`, loaded when the first such message is sent. It connects by
itself, in a thread: which addresses may be sent to is not looked at, and what its services answer
is not seen. Its yes is a reply; its no tells not whether some of it went out.
"""

import asyncio
import importlib
import json
import logging
from collections.abc import Callable
from typing import Any

from onthisday.delivery.request_reply import Failure, Reply, Request, Sender
from onthisday.messages.apprise import NOTIFY

_NOT_KNOWN = Failure(
    sent=False, detail="Apprise knows no such address; see its list of services and mend the url"
)
_NO = Failure(sent=True, detail="Apprise could not send it, or not all of it; its log says why")


def load() -> Any:
    """Return the library; raise ImportError where the extra is not installed.

    Of an address that it cannot read it logs the whole, with the secrets in it: those lines go.
    """
    logging.getLogger("apprise").addFilter(_names_no_address)
    return importlib.import_module("apprise")


def _names_no_address(record: logging.LogRecord) -> bool:
    return "://" not in record.getMessage()


class AppriseSender:
    """Implements `Sender`. ``load`` gives the library, or raises ImportError."""

    def __init__(self, other: Sender, load: Callable[[], Any] = load) -> None:
        self._other, self._load = other, load

    async def send(self, request: Request) -> Reply | Failure:
        """Send through Apprise what is for it, everything else through the other sender."""
        if request.method != NOTIFY:
            return await self._other.send(request)
        return await asyncio.to_thread(self._notify, request)

    def _notify(self, request: Request) -> Reply | Failure:
        try:
            library = self._load()
        except ImportError:
            return _absent()
        try:
            return _sent(library, request)
        except Exception as error:  # noqa: BLE001 - whatever it is, a notice must be settled
            return Failure(sent=True, detail=f"Apprise broke off ({type(error).__name__})")


def _absent() -> Failure:
    from onthisday.adapters.installation import command_for  # only now: it reads files

    detail = f"Apprise is not installed; install it: {command_for('apprise')}"
    return Failure(sent=False, detail=detail)


def _sent(library: Any, request: Request) -> Reply | Failure:
    message = json.loads(request.body)
    service = library.Apprise()
    if not service.add(request.url):
        return _NOT_KNOWN
    form = library.NotifyFormat.TEXT
    taken = service.notify(body=message["body"], title=message["title"], body_format=form)
    return Reply(200, {}, b"taken by Apprise") if taken else _NO
