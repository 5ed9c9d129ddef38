"""Telegram's errors: which of them switch the channel off, and how long a 429 asks to wait.

Telegram gives no codes, but words (core.telegram.org/api/errors; tdlib/telegram-bot-api,
Client.cpp). Used by telegram.py.
"""

import re
from datetime import datetime

from onthisday.delivery.replies import described, gone, seconds, waiting
from onthisday.delivery.reply_words import inner, tree_of, words
from onthisday.delivery.request_reply import Reply, Verdict

_OTHER = "or put another chat under to in the config"

REASONS = (
    ("TOPIC_CLOSED", f"the topic is closed; open it again in Telegram, {_OTHER}"),
    (
        "TOPIC_DELETED|TOPIC_ID_INVALID|thread not found|THREAD_INVALID",
        f"the topic was deleted; make it again in Telegram, {_OTHER}",
    ),
    (
        "blocked by the user|USER_IS_BLOCKED|YOU_BLOCKED_USER",
        f"the person has blocked the bot; ask them to unblock it, {_OTHER}",
    ),
    ("bot was kicked", f"the bot was removed from the chat; add it again, {_OTHER}"),
    (
        "bot is not a member|CHANNEL_PRIVATE|USER_NOT_PARTICIPANT|USER_BANNED_IN_CHANNEL",
        f"the bot is not in the chat; add it, {_OTHER}",
    ),
    (
        "deactivated|chat was deleted|DEACTIVATED",
        "the chat or its account is not there any more; put another chat under to in the config",
    ),
    (
        "can't initiate conversation",
        f"the bot may not write first; let the person write to it once, {_OTHER}",
    ),
    (
        "messages to bots|messages to the bot",
        "a bot cannot write to a bot; put another chat under to in the config",
    ),
    (
        "administrator rights|ADMIN_REQUIRED",
        f"the bot is no administrator of the channel; make it one, {_OTHER}",
    ),
    (
        "not enough rights|no rights|(WRITE|PLAIN|CHAT)_FORBIDDEN|CHAT_RESTRICTED",
        f"the bot may not write in the chat; let it send messages in the chat's settings, {_OTHER}",
    ),
    (
        "PAYMENT_REQUIRED",
        "the chat takes only messages that are paid for; put another chat under to in the config",
    ),
    (
        "chat not found|chat_id is empty|(PEER|CHAT)_ID_INVALID|USERNAME_(INVALID|NOT_OCCUPIED)",
        f"the bot does not know this chat; add the bot to the chat, {_OTHER}",
    ),
)
"""Words of Telegram that stay until a person does something: what they mean, and what to do."""

_TOKEN = "Telegram does not know the bot's token; copy it again from @BotFather into the config"  # noqa: S105
_REMOVED = f"the bot may not write in the chat; add it again and let it send messages, {_OTHER}"


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means.

    If a group has become a supergroup, its id has changed. The verdict tells people the new id, so
    that they can put it into the config. The notice is tried again.
    """
    tree = tree_of(reply)
    said, asked = words(tree, "description"), inner(tree, "parameters")
    moved = asked.get("migrate_to_chat_id")
    if isinstance(moved, int) and abs(moved) < 10**19:
        detail = f'the group became a supergroup with another id; put to: "{moved}" in config'
        return verdict._replace(outcome="retry", detail=detail)
    if reply.status == 429:
        return waiting(described(verdict, said), seconds(asked.get("retry_after")))
    reason = _reason(said) if reply.status < 500 else None
    if reason is None and tree.get("ok") is False:
        reason = {401: _TOKEN, 403: _REMOVED, 404: _TOKEN}.get(reply.status)
    return gone(verdict, reason, said) if reason else described(verdict, said)


def _reason(said: str) -> str | None:
    found = (reason for pattern, reason in REASONS if re.search(pattern, said, re.IGNORECASE))
    return next(found, None)
