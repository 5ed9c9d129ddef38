"""Send mails over SMTP, and all other messages through another sender. Implements `Sender`.

A reply says at which step the server gave it (messages/email_replies.py). A failure says whether
the mail may have been taken: only after its last byte. Before that, the server has taken nothing
(RFC 5321, 4.2.5).

A connection is made for each mail. Why none is kept: a channel has a mail a day.

No proxy is used: SMTP is not HTTP, and most proxies let no mail through. Opened by app/sending.py.
dialog.py talks to the server, and loads the library for it; it is imported with the first mail.
"""

import asyncio
import socket
import ssl
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Self

from onthisday.adapters.smtp.connections import LookUp, Peer, connected
from onthisday.adapters.smtp.failures import Progress, failure_of
from onthisday.delivery.request_reply import Failure, Reply, Request, Sender
from onthisday.messages.email import MAIL
from onthisday.messages.email_addresses import MailServer, server_of


class Patience(NamedTuple):
    """How many seconds to wait.

    - ``connect``: for a connection.
    - ``before``: for all that comes before the mail itself, with the connection.
    - ``after``: for the reply to the whole mail. A server may look for spam first, and who does not
      wait for it sends the mail twice. RFC 5321 (4.5.3.2) would wait for ten minutes; but nobody
      who stops this program should wait so long.
    """

    connect: float = 10.0
    before: float = 30.0
    after: float = 60.0


class SmtpSender:
    """Implements `Sender`. Use it inside ``async with``.

    - ``tls``: returns the certificates to trust.
    - ``look_up``: finds the addresses of a name, as getaddrinfo does.
    """

    def __init__(
        self,
        other: Sender,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        look_up: LookUp = socket.getaddrinfo,
        patience: Patience = Patience(),  # noqa: B008 - a frozen value
    ) -> None:
        self._other, self._tls, self._look_up, self._patience = other, tls, look_up, patience

    async def __aenter__(self) -> Self:
        """Make the threads that look names up. They start with the first mail."""
        self._threads = ThreadPoolExecutor(16, "mail-look-up")
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the threads, without waiting for them."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def send(self, request: Request) -> Reply | Failure:
        """Send a request, if it is a mail. Otherwise the other sender sends it.

        Raises nothing, unless it is cancelled.
        """
        if request.method != MAIL:
            return await self._other.send(request)
        server = server_of(request.url)
        if server is None:
            return Failure(sent=False, detail="the address of the mail server cannot be read")
        progress = Progress(server.host)
        try:
            return await self._mailed(request, server, progress)
        except Exception as error:  # noqa: BLE001 - after any error, a notice must be settled
            return failure_of(error, progress)

    async def _mailed(self, request: Request, server: MailServer, progress: Progress) -> Reply:
        from onthisday.adapters.smtp.dialog import Dialog  # it loads the library
        from onthisday.messages.email_mime import mail_of  # it loads the library for mail

        mail = mail_of(request.body)
        end = asyncio.get_running_loop().time() + self._patience.before
        peer = await self._peer(server, request)
        progress.step = "greeting"
        dialog = Dialog(server, peer, self._tls(), progress, self._patience.before)
        try:
            async with asyncio.timeout_at(end):
                refusal = await dialog.begin(login_of(request), mail)
            return refusal or await dialog.hand_over(mail.content, self._patience.after)
        finally:
            dialog.close()

    async def _peer(self, server: MailServer, request: Request) -> Peer:
        public_only = not request.private_addresses
        async with asyncio.timeout(self._patience.connect):
            return await connected(server, self._look_up, self._threads, public_only=public_only)


def login_of(request: Request) -> tuple[str, str] | None:
    """Return the user and the password of a request; None if it has none."""
    for name, value in request.headers:
        if name == "authorization":
            _, user, password = b64decode(value.partition(" ")[2]).decode().split("\0")
            return user, password
    return None
