"""The bytes of a mail, out of what email.py renders. Called by adapters/smtp/ when it is sent.

They are ASCII with short lines, so that every server takes them: other letters are packed
(RFC 2045 and 2047), also in headers. So nothing depends on 8BITMIME and SMTPUTF8. The same mail is
always the same bytes.

Why apart from email.py: the library for mail loads the modules for sockets, and reading a config
must not.
"""

import json
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, NamedTuple

from onthisday.messages.email_packing import packing_of
from onthisday.messages.email_text import flowed

_POLICY = SMTP.clone(cte_type="7bit")


class Mail(NamedTuple):
    """A mail, and the addresses that the server is told: from whom it comes, and to whom it goes.

    To ``sender`` the server sends back what it cannot deliver.
    """

    sender: str
    recipient: str
    content: bytes


def mail_of(body: bytes) -> Mail:
    """Return the mail of a request's body."""
    tree = json.loads(body)
    message = EmailMessage(_POLICY)
    for name, value in _headers(tree).items():
        message[name] = value
    text, page = flowed(tree["text"]), tree["html"]
    flow = {"format": "flowed"}
    message.set_content(text, charset="utf-8", cte=packing_of(text), params=flow)
    message.add_alternative(page, subtype="html", charset="utf-8", cte=packing_of(page))
    message.set_boundary(f"=_{tree['message_id'].partition('@')[0]}")
    message["Content-Language"] = tree["language"]  # last: before, it would go to the first part
    for part in message.iter_parts():
        del part["MIME-Version"]  # it is said once, at the top (RFC 2045, 4)
    return Mail(tree["from"]["address"], tree["to"], message.as_bytes())


def _headers(tree: Any) -> dict[str, Any]:
    sender = tree["from"]
    return {
        "From": Address(sender["name"], addr_spec=sender["address"]),
        "To": Address(addr_spec=tree["to"]),
        "Subject": tree["subject"],
        "Date": format_datetime(datetime.fromisoformat(tree["date"])),
        "Message-ID": f"<{tree['message_id']}>",
        **tree["headers"],
    }
