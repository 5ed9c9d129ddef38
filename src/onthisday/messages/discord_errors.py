"""Discord's errors: which of them switch the channel off, and how long a 429 asks to wait.

The codes are from docs.discord.com, "JSON Error Codes". Used by discord.py.
"""

from datetime import datetime

from onthisday.delivery.replies import gone, seconds, waiting
from onthisday.delivery.reply_words import tree_of, words
from onthisday.delivery.request_reply import Reply, Verdict

_NEW = "make a new webhook in Discord, and put its URL in the config"
_DELETED = f"the webhook was deleted; {_NEW}"
_RIGHTS = f"the webhook may not post there; ask an admin of the server, or {_NEW}"

REASONS = {
    10003: f"the webhook's channel or thread was deleted; {_NEW}",
    10004: f"the webhook's server was deleted; {_NEW}",
    10015: _DELETED,
    40001: _RIGHTS,
    40067: "this forum takes no post without a tag; switch that off in the forum's settings",
    50001: _RIGHTS,
    50008: f"messages cannot be posted in this kind of channel; {_NEW}",
    50013: _RIGHTS,
    50024: f"messages cannot be posted in this kind of channel; {_NEW}",
    50027: f"the webhook's URL is wrong or was changed; {_NEW}",
    50083: "the thread is archived; open it again in Discord, or put another thread_id in the url "
    "in the config",
    160005: "the thread is locked; unlock it in Discord, or put another thread_id in the url in "
    "the config",
    220001: "the webhook belongs to a forum, which takes posts only in a thread; add "
    "?thread_id=… (the thread's number) to the url in the config",
    220002: "the url has both a thread_id and a thread_name; take one away in the config",
    220003: "the url has a thread_name, which only a forum takes; take it away in the config",
    220004: f"webhooks cannot post in this forum; {_NEW}",
}
"""What each code means, and what to do."""


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. A webhook that was deleted (401, 404) switches the channel off.

    With status 429 we must wait. All webhooks must wait if the reply says `global`. They must also
    wait if the reply is not JSON: then it comes from Cloudflare, which has banned this machine's
    address (docs.discord.com, "Rate Limits").
    """
    tree = tree_of(reply)
    code, said = tree.get("code"), words(tree, "message")
    if reply.status == 429:
        return waiting(verdict, seconds(tree.get("retry_after")))._replace(
            shared=_is_for_all(reply)
        )
    if isinstance(code, int) and code in REASONS and reply.status < 500:
        return gone(verdict, REASONS[code], f"{said} ({code})" if said else str(code))
    if reply.status in {401, 404}:
        return gone(verdict, _DELETED, said)
    return verdict


def _is_for_all(reply: Reply) -> bool:
    """Return True if a 429 is not about one webhook, but about all that this machine sends."""
    tree, headers = tree_of(reply), reply.headers
    scope = headers.get("x-ratelimit-scope", "").lower()
    said = headers.get("x-ratelimit-global", "").lower()
    return not tree or tree.get("global") is True or "global" in scope or said == "true"
