"""Microsoft Teams, by a Workflows webhook: a message is an Adaptive Card 1.4.

The text of an entry is put into text runs, because Teams reads no Markdown there. (In a TextBlock,
Teams reads Markdown.) Nobody is called: a card must list its mentions, and ours lists none. A space
that nobody sees (zero width) parts `{{`, so that Teams does not replace `{{DATE(…)}}`. Limit: 28 KB
(docs/services.md).

Teams accepts a card first and posts it later. It does not tell us whether it was posted
(uptime-kuma#4922). All that it promises is 202 Accepted: that is what a flow answers that has no
answer of its own.
"""

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from onthisday.config import Channel
from onthisday.delivery.promises import status_of
from onthisday.delivery.replies import described, gone
from onthisday.delivery.reply_words import inner, tree_of, words
from onthisday.delivery.request_reply import Reply, Request, Verdict
from onthisday.messages.budget_keys import by_hook
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Rate, Use
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Line, Run
from onthisday.messages.lines import lines_of, picture_of
from onthisday.messages.message import Message, address_of, json_post
from onthisday.messages.seen import bare, picture
from onthisday.views.view import ImageView

Element = dict[str, Any]

MOST = 28_000
"""The largest body, in bytes of UTF-8."""

_TEMPLATE = re.compile(r"\{(?=\{)")
"""A brace behind which Teams would begin to replace ``{{DATE(…)}}``."""


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message."""
    return json_post(channel, address_of(channel), _payload(message.anywhere, amount_of(channel)))


@lru_cache(64)
def _payload(message: Message, amount: Amount) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    return _body(card_within(message, amount, lambda card: len(_body(card)) <= MOST))


def explain(verdict: Verdict, reply: Reply, now: datetime) -> Verdict:  # noqa: ARG001
    """Say what an error means. The flow is the workflow in Teams that posts the message.

    If the flow was deleted, the channel is switched off. If the flow is only turned off, the
    message is tried again, because a person may turn the flow on.
    """
    error = inner(tree_of(reply), "error")
    code, said = words(error, "code"), words(error, "message")
    detail = ": ".join(filter(None, (code, said))) or verdict.detail
    if code == _OFF and "'Deleted'" in said:
        return gone(verdict, REASONS["WorkflowNotFound"], detail)
    if code in REASONS:
        return gone(verdict, REASONS[code], detail)
    if code == _OFF:
        return verdict._replace(outcome="retry", detail=f"the flow is off; turn it on ({detail})")
    return described(verdict, detail)


_OFF = "WorkflowTriggerIsNotEnabled"

_NEW = "make a new flow in Teams, and put its URL in the config"
_LOGIN = (
    "the flow wants a login; let anyone trigger it in the flow's settings, and copy its URL again"
)

REASONS = {
    "WorkflowNotFound": f"the flow was deleted; {_NEW}",
    "FlowNotFound": f"the flow was deleted; {_NEW}",
    "EnvironmentNotFound": f"the flow's environment was deleted; {_NEW}",
    "DirectApiAuthorizationRequired": _LOGIN,
    "DirectApiInvalidAuthorizationScheme": _LOGIN,
    "MisMatchingOAuthClaims": _LOGIN,
    "AuthorizationFailed": "the URL in the config is not the flow's whole URL; copy it again",
    "InvalidSignature": "the URL in the config is not the flow's whole URL; copy it again",
}
"""Errors that last until a person does something: what they mean, and what to do."""


def _body(card: Card) -> bytes:
    shown = picture_of(card.message)
    lines = [_block(line) for line in lines_of(card, shown) if line.kind != "gap"]
    adaptive = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "msteams": {"width": "Full"},
        "body": [*lines[:-1], _image(shown), lines[-1]] if shown else lines,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    attachment = {"contentType": kind, "contentUrl": None, "content": adaptive}
    message = {"type": "message", "attachments": [attachment]}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


def _image(picture: ImageView) -> Element:
    return {"type": "Image", "url": picture.url, "altText": picture.alt or ""}


def _block(line: Line) -> Element:
    """Return the block of a line: a title is larger, and what is less important is smaller."""
    block: Element = {"type": "RichTextBlock", "inlines": [_run(run) for run in line.runs]}
    size = _SIZES.get(line.kind)
    for inline in block["inlines"] if size else ():
        inline["size"] = size
    return block | {"spacing": "Medium" if line.kind in {"title", "day"} else "Small"}


_SIZES = {"title": "Medium", "sure": "Small", "picture": "Small"}


def _run(run: Run) -> Element:
    element: Element = {"type": "TextRun", "text": _TEMPLATE.sub("{\N{ZERO WIDTH SPACE}", run.text)}
    if run.bold:
        element["weight"] = "Bolder"
    if run.url:
        element["selectAction"] = {"type": "Action.OpenUrl", "url": run.url}
    return element


def seen(tree: Any) -> str:
    """Return a message as a person sees it."""
    (attachment,) = tree["attachments"]
    return "\n".join(map(_seen, attachment["content"]["body"]))


def _seen(block: Element) -> str:
    if block["type"] == "Image":
        return picture(block["altText"])
    return bare("".join(run["text"] for run in block["inlines"]))


TEAMS = ChatService(
    name="teams",
    render=render,
    promise=status_of(202, "accepted; whether the flow posted it, Teams does not say"),
    explain=explain,
    seen=seen,
    by_hand="in Teams, as an owner of the team",
    uses=(Use("url", "the Workflows webhook"),),
    at_most=f"{MOST // 1000} KB",
    rates=(Rate(by_hook, every=1 / 4),),
    also=("language", "length"),
)
