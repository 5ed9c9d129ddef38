"""What the replies of a mail server mean (RFC 5321, 4.2; RFC 3463 for the codes such as 5.1.1).

The same number means other things at other steps: 550 to the recipient may say that there is no
such mailbox, 550 to the text that it looks like spam. So a reply says at which step it came, in
the header `smtp-step`. Used by email.py; adapters/smtp/ names the steps.
"""

import re
from datetime import datetime
from typing import Literal, get_args

from onthisday.delivery.replies import gone
from onthisday.delivery.reply_words import excerpt
from onthisday.delivery.request_reply import Outcome, Reply, Verdict

Step = Literal["greeting", "hello", "tls", "login", "sender", "recipient", "data", "message"]
"""What the server replied to. ``message``: to the whole message."""

STEP = "smtp-step"
"""The header of a reply that says the step."""

TAKEN = 250

_LOGIN = "the server does not take the login; put the right user and token in the config"
_NO_LOGIN = "the server wants a login; put user and token in the config"
_TLS = "the server wants TLS; write smtps:// under url in the config"
_SENDER = (
    "the server does not let this login send as this address; put the login's own address "
    "under from in the config"
)
_RECIPIENT = "there is no such mailbox or list; put the right address under to in the config"

_TOO_MANY = re.compile(
    r"\b[45]\.7\.28\b|\btoo (many|much|fast)\b|\brate\W?limit|\bthrottl|\b(exceeded|over) .{0,40}"
    r"\b(limit|quota|rate)\b|\b(limit|quota|rate) .{0,40}\bexceeded\b",
    re.IGNORECASE,
)
"""What a server says that gets too much.

There is a code for it ("mail flood", in IANA's registry of enhanced status codes), but most servers
say it in words alone.
"""


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Return what a server's refusal means."""
    step = reply.headers.get(STEP, "")
    if step not in get_args(Step) or verdict.outcome == "unknown":
        return verdict
    said = excerpt(reply.body)
    if reply.status >= 500:
        reason = _lasting(step, reply.status, said)
        if reason is not None:
            return gone(verdict, reason, said)
    return Verdict(_outcome(step, reply.status, said), said, reply.status)


def _outcome(step: str, code: int, said: str) -> Outcome:
    """Return what becomes of this message.

    A refusal before the message's own addresses says nothing of this message: the server may be
    down, or somebody else may have sent too much from our address. So it is tried again.
    """
    if 400 <= code < 500:
        return "throttled" if _TOO_MANY.search(said) else "retry"
    if 500 <= code < 600:
        return "refused" if step in {"sender", "recipient", "data", "message"} else "retry"
    return "unknown" if step == "message" else "retry"


def _lasting(step: str, code: int, said: str) -> str | None:
    """Return why the server will take no message, until a person does something; None if it may."""
    if code == 530:
        return _TLS if "tls" in said.lower() else _NO_LOGIN
    if step == "login" and code in {534, 535, 538, 550}:
        return _LOGIN
    if step == "sender" and (code == 553 or _has(said, "5.7.1", "5.7.60", "5.1.7", "5.1.8")):
        return _SENDER
    if step == "recipient" and _has(said, "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"):
        return _RECIPIENT
    return None


def _has(said: str, *codes: str) -> bool:
    found = re.search(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])", said)
    return found is not None and found[0] in codes
