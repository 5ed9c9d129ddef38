"""Say what failed when a mail server gave no reply, and whether the mail may have been taken.

The words name the server's host and nothing else. Used by smtp_sender.py.
"""

import os
import socket
import ssl
from dataclasses import dataclass

from onthisday.adapters.smtp.connections import RefusedAddress
from onthisday.delivery.request_reply import Failure
from onthisday.messages.email_replies import Step


class NoTls(Exception):
    """The server offers no TLS, and without it nothing may be sent to it."""


class NoLogin(Exception):
    """The server offers no way to log in that this program knows."""


class NoReply(Exception):
    """What the server said is no reply of SMTP."""


@dataclass
class Progress:
    """How far a mail has come.

    - ``step``: what the server is to reply to; None while there is no connection.
    - ``out``: the whole mail may have reached the server.
    """

    host: str
    step: Step | None = None
    out: bool = False


def failure_of(error: BaseException, progress: Progress) -> Failure:
    """Return the failure for an error."""
    return Failure(progress.out, _words(error, progress))


def _words(error: BaseException, progress: Progress) -> str:
    host, cause = progress.host, _cause(error)
    said = next((words for kind, words in _KNOWN.items() if isinstance(cause, kind)), None)
    if said is not None:
        return said.format(host=host, tls=_tls_words(cause))
    if progress.step is None:
        return f"{host} took no connection{_why(cause)}"
    return f"{host} {_missing(cause)} ({_STEPS[progress.step]})"


def _missing(cause: BaseException) -> str:
    if isinstance(cause, TimeoutError):
        return "did not answer in time"
    if isinstance(cause, OSError):
        return "closed the connection without an answer"
    return f"gave no valid answer ({type(cause).__name__})"


_KNOWN: dict[type[BaseException], str] = {
    ssl.SSLError: "no secure connection to {host}: {tls}",
    socket.gaierror: "the name server does not know {host}",
    RefusedAddress: "{host} has an address that is not public; private_addresses: true allows to "
    "send there",
    NoTls: "{host} offers no TLS, and nothing is sent without it; write smtps:// under url, or ask "
    "the server's people for STARTTLS",
    NoLogin: "{host} offers no login with a password; take user and token out, or use another "
    "server",
}

_STEPS: dict[Step, str] = {
    "greeting": "to the connection", "hello": "to the greeting", "tls": "to STARTTLS",
    "login": "to the login", "sender": "to the sender's address",
    "recipient": "to the recipient's address", "data": "before the mail",
    "message": "to the whole mail",
}  # fmt: skip
"""What the server did not answer."""


def _cause(error: BaseException) -> BaseException:
    """Return the error below those of the library, which say less."""
    while isinstance(error.__cause__, OSError):
        error = error.__cause__
    return error


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return " in time"
    number = getattr(error, "errno", None)
    return f": {os.strerror(number)}" if number else ""


def _tls_words(error: BaseException) -> str:
    return str(getattr(error, "verify_message", None) or getattr(error, "reason", None) or "TLS")
