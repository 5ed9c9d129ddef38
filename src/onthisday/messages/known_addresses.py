"""Know web addresses that cannot be of a channel's service: another service's, or a browser's.

People copy the address that they see: that of the room in the browser, or the hook of another
service. Nothing would ever arrive there. Other addresses are left alone, because a service may run
anywhere, also behind a proxy.

Called by schema/channel_schema.py.
"""

import re
from typing import NamedTuple
from urllib.parse import urlsplit


class _Known(NamedTuple):
    """Web addresses whose owner is known. ``words`` say what is wrong with them, and what to do.

    - ``address``: a pattern for the host, in small letters, and the path behind it.
    - ``right``: the service that takes such an address; None if no service does.
    """

    address: str
    words: str
    right: str | None = None


_HOOK = "make an incoming webhook there, and copy its address"

_KNOWN = (
    _Known(r"hooks\.slack(-gov)?\.com/", "is a webhook of Slack", "slack"),
    _Known(
        r"(app\.slack\.com/client|[^./]+\.slack\.com/(archives|messages))",
        f"is Slack's address in a browser; {_HOOK}",
    ),
    _Known(
        r"([^/]*\.)?discord(app)?\.com/api/(v\d+/)?webhooks/",
        "is a webhook of Discord", "discord",
    ),
    _Known(
        r"([^/]*\.)?discord(app)?\.com/channels/",
        "is Discord's address in a browser; copy the webhook's: in the channel's settings, "
        "Integrations, Webhooks",
    ),
    _Known(
        r"([^/]*\.webhook\.office\.com|outlook\.office(365)?\.com)/",
        "is an old connector of Teams, which Microsoft has ended; make a flow "
        '"Post to a channel when a webhook request is received", and copy its address',
    ),
    _Known(
        r"teams\.(microsoft|live|cloud\.microsoft)(\.com)?/",
        "is Teams' address in a browser; make a flow "
        '"Post to a channel when a webhook request is received", and copy its address',
    ),
    _Known(
        r"[^/]*\.(logic\.azure\.com|api\.powerplatform\.com|powerautomate\.com)(:\d+)?/",
        "is a flow of Teams", "teams",
    ),
    _Known(r"api\.telegram\.org(/|$)", "is Telegram's", "telegram"),
    _Known(
        r"(t\.me|web\.telegram\.org)/",
        "is Telegram's address in a browser; leave url out, and put the chat under to",
    ),
    _Known(
        r"(matrix\.to|app\.element\.io)/",
        "is the room's address in a browser; put the homeserver under url, and the room's id "
        "under to",
    ),
    _Known(
        r"bsky\.app/",
        "is Bluesky's address in a browser; leave url out, and put the handle under user",
    ),
    _Known(r"bsky\.social(/|$)", "is Bluesky's", "bluesky"),
    _Known(r"ntfy\.sh(/|$)", "is ntfy's", "ntfy"),
)  # fmt: skip


_ANY = re.compile("|".join(f"(?:{known.address})" for known in _KNOWN))
"""Most addresses are none of these, and one pattern finds that out."""


def why_not(service: str, url: str) -> str | None:
    """Return why an address cannot be of a service, with what to do; None if it may be.

    The words show no part of the address. A webhook of ours may go anywhere, and only Apprise knows
    its own addresses. A mail server has no address of the web.
    """
    if service in {"webhook", "email", "apprise"}:
        return None
    parts = urlsplit(url)
    address = f"{(parts.hostname or '').lower()}{parts.path or '/'}"
    if _ANY.match(address) is None:
        return _wrong_path(service, parts.path)
    found = next(known for known in _KNOWN if re.match(known.address, address))
    if found.right == service:
        return None
    mend = f"; write type: {found.right}, or put {service}'s address here" if found.right else ""
    return f"{found.words}{mend}"


def _wrong_path(service: str, path: str) -> str | None:
    """Return why a path cannot be right, of services that run at anybody's own address."""
    if service == "mattermost" and re.search("/(channels|messages|pl)/[^/]+/?$", path):
        return f"is Mattermost's address in a browser; {_HOOK}"
    if service == "mastodon" and re.match("/(web/)?@", path):
        return "is the account's page; write the instance's address alone: https://…"
    return None
