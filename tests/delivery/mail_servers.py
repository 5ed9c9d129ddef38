"""Mail servers on loopback: a real one (aiosmtpd), and one that does as it is told."""

import gc
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from onthisday.messages.email_mime import mail_of
from tests.delivery.proxies import server_side
from tests.delivery.sink import Answer, Received

MOST = 40 * 1024
"""The largest mail that Mailman passes on by itself, and a limit on `length: full`."""


class Email:
    """A mail server's eyes: it takes a mail only if every server would."""

    def __call__(self, received: Received) -> Answer:
        return Answer(550 if fault_of(mail_of(received.body).content) else 250)


def fault_of(content: bytes, most: int = 100 * 1000) -> str | None:
    """Return what is wrong with a mail's bytes, by RFC 5321 and 5322; None if nothing is."""
    if not content.isascii() or b"\0" in content:
        return "no ASCII"
    if content.replace(b"\r\n", b"").translate(None, b"\r\n") != content.replace(b"\r\n", b""):
        return "a lone end of a line"
    if max(map(len, content.split(b"\r\n"))) > 998:
        return "a long line"
    if len(content) > most:
        return f"{len(content)} bytes"
    names = [line.partition(b":")[0] for line in head_of(content)]
    return None if sorted(names) == sorted(HEADERS) else f"headers: {names}"


HEADERS = (
    b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted",
    b"X-Auto-Response-Suppress", b"List-Id", b"List-Unsubscribe", b"MIME-Version",
    b"Content-Type", b"Content-Language",
)  # fmt: skip


def head_of(content: bytes) -> list[bytes]:
    """Return the headers of a mail, each as it stands on its lines."""
    head = content.partition(b"\r\n\r\n")[0]
    lines = list[bytes]()
    for line in head.split(b"\r\n"):
        if line[:1] in b" \t" and lines:
            lines[-1] += line
        else:
            lines.append(line)
    return lines


def read(content: bytes) -> Message:
    """Return a mail as the older parser of the library reads it, which makes nothing better."""
    return message_from_bytes(content)


def subject_of(content: bytes) -> str:
    """Return the subject as a reader sees it."""
    return str(make_header(decode_header(read(content)["subject"].replace("\r\n", ""))))


def parts_of(content: bytes) -> dict[str, str]:
    """Return the texts of a mail by their type."""
    parts: Any = read(content).get_payload()
    return {part.get_content_type(): part.get_payload(decode=True).decode() for part in parts}


class Mailbox:
    """Keeps what a server took: the addresses and the bytes. It answers as a test says."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []
        self.secure: list[bool] = []
        self.answer = "250 2.0.0 Ok: queued as 4Zk1"
        self.hook: Any = lambda: None

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.original_content))
        self.secure.append(session.ssl is not None)
        self.hook()
        return self.answer


class _Server(Controller):
    """The real server. With ``implicit`` it begins with TLS; with ``starttls`` it offers it."""

    def __init__(
        self, handler: Any, *, implicit: bool, starttls: bool, login: tuple[str, str] | None
    ) -> None:
        keys: dict[str, Any] = {"tls_context": server_side()} if starttls else {}
        if login is not None:
            keys |= {"authenticator": _authenticator(login), "auth_required": True,
                     "auth_require_tls": starttls}  # fmt: skip
        super().__init__(
            handler, hostname="127.0.0.1", port=free_port(),
            ssl_context=server_side() if implicit else None, **keys,
        )  # fmt: skip


def _authenticator(login: tuple[str, str]) -> Any:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = (data.login.decode(), data.password.decode()) == login
        return AuthResult(success=good, handled=False)

    return check


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def mail_server(
    box: Mailbox,
    *,
    implicit: bool = False,
    starttls: bool = False,
    login: tuple[str, str] | None = None,
) -> Iterator[int]:
    """Run a real mail server while the block runs. Yield its port."""
    server = _Server(box, implicit=implicit, starttls=starttls, login=login)
    server.start()
    try:
        yield server.port
    finally:
        time.sleep(0.1)  # its connections end; else it tells of open ones
        server.stop()
        with warnings.catch_warnings():  # with STARTTLS, it leaves its own end of one open
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()


class Scripted:
    """A server that answers each command as a test says.

    ``answers``: by the command, such as ``RCPT``; ``CONNECT`` is the greeting and ``.`` the end of
    the mail. None: it closes the connection. ``...``: it says nothing more.
    """

    def __init__(self, answers: dict[str, Any], tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, Any] = {
            "CONNECT": "220 mail.invalid ESMTP", "EHLO": "250-mail.invalid\r\n250 SIZE 1000000",
            "MAIL": "250 2.1.0 Ok", "RCPT": "250 2.1.5 Ok", "DATA": "354 Go ahead",
            ".": "250 2.0.0 Ok: queued as 4Zk1", "QUIT": "221 2.0.0 Bye", "AUTH": "235 2.7.0 Ok",
            **answers,
        }  # fmt: skip
        self.heard: list[str] = []
        self.over = threading.Event()
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            if self.over.is_set():
                connection.close()
                return
            with suppress(OSError, _Closed), connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True)
        with connection, connection.makefile("rb") as lines:
            self._say(connection, "CONNECT")
            while line := lines.readline():
                self.heard.append(line.decode(errors="replace").rstrip("\r\n"))
                verb = (line.split() or [b"?"])[0].decode(errors="replace").upper()
                self._say(connection, verb)
                if verb == "STARTTLS":
                    self.heard.append("TLS")
                    return self._talk_secure(connection)
                if verb == "DATA" and str(self.answers["DATA"]).startswith("354"):
                    while lines.readline() not in {b".\r\n", b""}:
                        pass
                    self._say(connection, ".")
                if verb == "QUIT":
                    return None
        return None

    def _talk_secure(self, connection: socket.socket) -> None:
        secure = server_side().wrap_socket(connection, server_side=True)
        plain = Scripted({**self.answers, "EHLO": self.answers.get("EHLO over TLS", "250 SIZE")})
        plain._listener.close()
        plain.heard, plain.over = self.heard, self.over
        with secure, secure.makefile("rb") as lines:
            while line := lines.readline():
                self.heard.append(line.decode(errors="replace").rstrip("\r\n"))
                verb = (line.split() or [b"?"])[0].decode(errors="replace").upper()
                plain._say(secure, verb)
                if verb == "DATA":
                    while lines.readline() not in {b".\r\n", b""}:
                        pass
                    plain._say(secure, ".")

    def _say(self, connection: socket.socket, verb: str) -> None:
        answer = self.answers.get(verb, "502 5.5.2 Unknown command")
        if answer is ...:
            self.over.wait(20)
            raise _Closed
        if answer is None:
            raise _Closed
        connection.sendall(f"{answer}\r\n".encode("utf-8", "surrogateescape"))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.over.set()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5):
            pass
        self._thread.join()
        self._listener.close()


class _Closed(Exception):
    """The server closes the connection."""


@contextmanager
def scripted(answers: dict[str, Any], tls: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    """Run a server that does as it is told while the block runs."""
    server = Scripted(answers, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()
