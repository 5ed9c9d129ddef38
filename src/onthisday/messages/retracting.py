"""Delete a message that was sent: what a service can do, and what it calls a message.

A service that can delete has a `Retraction` in its `ChatService`. The ledger keeps the name that
the service gave the message (`Notice.named`), because it is needed to delete the message. Before
the name stands which place it is from: ``1a2b3c4d:1289034567890123456``. Why: people may let a
channel lead to another room. There, another message may have the same name, and would be deleted;
or none has it, and we would say that the message is gone.

No input or output here. service/sending/posting.py keeps the names, retracting.py there deletes.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from onthisday.config import Channel
from onthisday.delivery.promises import Promise
from onthisday.delivery.redaction import without_secrets
from onthisday.delivery.request_reply import Reply, Request
from onthisday.messages.message import secrets_of


def nothing_stays(channel: Channel) -> str | None:  # noqa: ARG001
    """Return None: nothing of a message stays after it was deleted."""
    return None


class Retraction(NamedTuple):
    """How a service deletes a message that it took.

    - ``named``: returns the name of the message, out of the reply that promised it. The reply may
      hold anything.
    - ``form``: what a name looks like. Another one is not kept.
    - ``place``: a text for the room, account or server that a channel's messages are in.
    - ``delete``: returns the request that deletes the message of a name. It also takes a mark: a
      text that is the same if the same message is to be deleted again.
    - ``deleted``: what a reply has if the message was deleted.
    - ``is_gone``: returns True if a reply says that there is no such message any more.
    - ``stays``: words for what is left of a message, and what to do; None if nothing is.
    """

    named: Callable[[Channel, Reply], Any]
    form: re.Pattern[str]
    place: Callable[[Channel], str]
    delete: Callable[[Channel, str, str], Request]
    deleted: Promise
    is_gone: Callable[[Reply], bool]
    stays: Callable[[Channel], str | None] = nothing_stays


def name_for(retraction: Retraction | None, channel: Channel, name: Any) -> str | None:
    """Return a message's name as the ledger keeps it; None if it is none.

    A server may answer anything. What is no name of this service, or has a secret in it, is none.
    """
    if retraction is None or not isinstance(name, str) or not retraction.form.fullmatch(name):
        return None
    if without_secrets(name, secrets_of(channel)) != name:
        return None
    return f"{_digest(retraction, channel)}:{name}"


def is_from(retraction: Retraction, channel: Channel, kept: str) -> bool:
    """Return True if a name that was kept is from the place that the channel leads to now."""
    return kept.partition(":")[0] == _digest(retraction, channel)


def bare_names(named: str | None) -> tuple[str, ...]:
    """Return the names in `Notice.named`, as the service calls the messages."""
    return tuple(kept.partition(":")[2] for kept in (named or "").split())


def mark_of(notice_id: str, kept: str) -> str:
    """Return 32 hex digits for the deletion of a message."""
    return hashlib.sha256(f"delete:{notice_id}:{kept}".encode()).hexdigest()[:32]


def _digest(retraction: Retraction, channel: Channel) -> str:
    return hashlib.sha256(retraction.place(channel).encode()).hexdigest()[:8]
