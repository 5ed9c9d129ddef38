"""Talk to one mail server about one mail (RFC 5321), with the library aiosmtplib.

When TLS is used. `smtps://` begins with it. With `smtp://` the server must offer STARTTLS, and its
certificate must be right. There is one exception, for a relay in one's own network: if the channel
has `private_addresses: true` and no login, and the server's address is not public, the mail may go
without TLS. On this machine it then always does: a relay there has mostly a certificate that nobody
can check, and nobody else can listen. In the network, TLS is used if the relay offers it.

Why not simply without TLS where it is not offered: who sits between us and the server can take the
offer away. Then the login, or the mail, would be theirs.

Used by smtp_sender.py.
"""

import asyncio
import re
import ssl

from aiosmtplib import SMTP
from aiosmtplib.errors import SMTPException, SMTPResponseException
from aiosmtplib.response import SMTPResponse

from onthisday.adapters.smtp.connections import Peer
from onthisday.adapters.smtp.failures import NoLogin, NoReply, NoTls, Progress
from onthisday.delivery.request_reply import Reply
from onthisday.messages.email_addresses import MailServer
from onthisday.messages.email_mime import Mail
from onthisday.messages.email_replies import STEP, TAKEN, Step

Login = tuple[str, str]
"""A user and a password."""

BYE = 1.0
"""Seconds to wait for the server's farewell. The mail is taken by then."""


class Dialog:
    """A dialog about one mail. ``progress`` always says how far it has come."""

    def __init__(
        self,
        server: MailServer,
        peer: Peer,
        tls: ssl.SSLContext,
        progress: Progress,
        patience: float,
    ) -> None:
        self._server, self._peer, self._progress = server, peer, progress
        self._client = SMTP(
            hostname=server.host.rstrip("."),
            sock=peer.connection,
            use_tls=server.implicit,
            start_tls=False,  # we say when
            tls_context=tls,
            local_hostname=_own_name(peer),
            timeout=patience,
        )

    async def begin(self, login: Login | None, mail: Mail) -> Reply | None:
        """Do all that comes before the mail itself. Return the reply that refused it, if any.

        Raise an exception if no reply came.
        """
        try:
            await self._client.connect()
            await self._hello()
            await self._secure(login)
            if login is not None:
                await self._log_in(login)
            return await self._envelope(mail)
        except SMTPResponseException as error:
            return self._reply(SMTPResponse(error.code, error.message))

    async def hand_over(self, content: bytes, patience: float) -> Reply:
        """Send the mail itself. Return the reply to it. Raise an exception if none came."""
        protocol = self._client.protocol
        if protocol is None:
            raise ConnectionError
        self._at("message")
        protocol.write(_stuffed(content))  # raises if the connection is closed: nothing went out
        self._progress.out = True
        try:
            reply = self._reply(await protocol.read_response(timeout=patience))
        except SMTPResponseException as error:  # it is no reply of SMTP
            raise NoReply from error
        await self._take_leave()
        return reply

    def close(self) -> None:
        """Close the connection at once: all that matters was said."""
        transport = self._client.transport
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
        self._client.close()
        self._peer.connection.close()

    def _at(self, step: Step) -> None:
        self._progress.step = step

    async def _hello(self) -> None:
        self._at("hello")
        await self._client.ehlo()

    async def _secure(self, login: Login | None) -> None:
        """Begin with TLS, or raise NoTls, or go on without it (see above)."""
        if self._server.implicit:
            return
        is_relay = login is None and not self._peer.public
        offered = self._client.supports_extension("starttls")
        if is_relay and (self._peer.loopback or not offered):
            return
        if not offered:
            raise NoTls
        self._at("tls")
        await self._client.starttls()
        await self._hello()  # what the server said before may be somebody else's (RFC 3207, 4.2)

    async def _log_in(self, login: Login) -> None:
        """Log in by the first way that the server offers.

        TLS hides the password, so the plain way comes first. Only if the server does not know that
        way after all (504), the next one is tried: a wrong password must not be tried three times.
        """
        self._at("login")
        client = self._client
        ways = {"plain": client.auth_plain, "login": client.auth_login,
                "cram-md5": client.auth_crammd5}  # fmt: skip
        offered = [way for name, way in ways.items() if name in client.server_auth_methods]
        if not offered:
            raise NoLogin
        for way in offered[:-1]:
            try:
                await way(*login)
            except SMTPResponseException as error:
                if error.code != 504:
                    raise
            else:
                return
        await offered[-1](*login)

    async def _envelope(self, mail: Mail) -> Reply | None:
        sized = self._client.supports_extension("size")
        self._at("sender")
        await self._client.mail(
            mail.sender, options=[f"SIZE={len(mail.content)}"] if sized else None
        )
        self._at("recipient")
        await self._client.rcpt(mail.recipient)
        self._at("data")
        response = await self._client.execute_command(b"DATA")
        return None if response.code == 354 else self._reply(response)

    async def _take_leave(self) -> None:
        """Say goodbye. Whatever comes of it, the mail's own reply counts."""
        try:
            await self._client.quit(timeout=BYE)
        except (SMTPException, OSError):
            pass

    def _reply(self, response: SMTPResponse) -> Reply:
        """Return a response as a reply. Raise NoReply if it has no number of SMTP's."""
        step = self._progress.step
        if step is None or not 200 <= response.code < 600:
            raise NoReply
        if response.code < 300 and (step != "message" or response.code != TAKEN):
            raise NoReply  # this number is no answer at this step
        words = response.message
        if response.code != TAKEN:  # a refusal is told with its number, as people know it
            words = f"{response.code} {words}"
        return Reply(response.code, {STEP: step}, words.encode("utf-8", "replace"))


def _stuffed(content: bytes) -> bytes:
    """Return a mail as it is sent: a dot that begins a line is doubled, and a dot ends all."""
    return re.sub(rb"^\.", b"..", content, flags=re.MULTILINE) + b".\r\n"


def _own_name(peer: Peer) -> str:
    """Return our address as the server sees it, as a name (RFC 5321, 4.1.4).

    Why not this machine's name: it may take long to find, and says more than the server must know.
    """
    address = str(peer.connection.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
