"""Slack's incoming webhooks: a message is a list of blocks (Block Kit).

A short text goes with the blocks, for notifications.

The text of an entry is in plain text objects, or it is the label of a link. There Slack does not
read `*` or `_` as markup. `& < >` are escaped everywhere, so an entry makes no `<!channel>` and no
link (Slack, "Formatting text for app surfaces").

The limits are in docs/services.md. The JSON of a message has a limit too, because Slack refuses
JSON of about 13,000 characters (slackapi/bolt-js#2509).
"""

import json
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from onthisday.config import Channel
from onthisday.delivery.promises import body_of
from onthisday.delivery.request_reply import Request
from onthisday.messages.budget_keys import by_hook
from onthisday.messages.card import Amount, Card, amount_of
from onthisday.messages.chat_service import ChatService, Rate, Use
from onthisday.messages.cutting import fitted, units
from onthisday.messages.fitting import card_within
from onthisday.messages.line import Line, Run
from onthisday.messages.lines import lines_of, picture_of, title_of
from onthisday.messages.message import Message, address_of, json_post
from onthisday.messages.seen import of_slack, picture
from onthisday.messages.slack_errors import explain

Block = dict[str, Any]

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

BLOCKS, TOTAL, SECTION, ELEMENTS = 50, 13_000, 3000, 10


def render(message: Message, channel: Channel, now: datetime) -> Request:  # noqa: ARG001
    """Return the request that posts a message."""
    return json_post(channel, address_of(channel), _payload(message.anywhere, amount_of(channel)))


@lru_cache(64)
def _payload(message: Message, amount: Amount) -> bytes:
    """Return the body. It is the same for every channel, so it is made once."""
    return _posted(card_within(message, amount, _fits))


def _fits(card: Card) -> bool:
    blocks = _blocks(card)
    sections = (block["text"]["text"] for block in blocks if block["type"] == "section")
    is_small = all(units(text) <= SECTION for text in sections)
    return is_small and len(blocks) <= BLOCKS and units(_posted(card).decode()) <= TOTAL


def _posted(card: Card) -> bytes:
    payload = {
        "text": fitted(title_of(card.message), 300, ESCAPES),
        "blocks": _blocks(card),
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return _json(payload).encode()


def _json(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _blocks(card: Card) -> list[Block]:
    """Return a block for each line; lines of one kind that follow each other share a block."""
    picture = picture_of(card.message)
    blocks: list[Block] = []
    for kind, group in groupby(lines_of(card, picture), _section_of):
        blocks += _block(kind, list(group))
    if picture:
        alt = fitted(picture.alt or picture.credit or "", 1000)
        blocks.insert(-1, {"type": "image", "image_url": picture.url, "alt_text": alt})
    return blocks


def _section_of(line: Line) -> str:
    """Return the kind of a line's block. A day of a digest stands in one block with its titles."""
    return "title" if line.kind == "day" else line.kind


def _block(kind: str, lines: list[Line]) -> list[Block]:
    if kind == "gap":
        return []
    if kind == "title":
        return [_section(_markup("\n".join("".join(map(_linked, line.runs)) for line in lines)))]
    if kind in {"text", "differ"}:
        texts = ("".join(run.text for run in line.runs) for line in lines)
        return [_section(_plain("\n".join(texts).translate(ESCAPES)))]
    elements = [_element(run) for line in lines for run in line.runs if run.text.strip(" ·;—")]
    return [
        {"type": "context", "elements": list(some)}
        for some in (elements[at : at + ELEMENTS] for at in range(0, len(elements), ELEMENTS))
    ]


def _section(text: Block) -> Block:
    return {"type": "section", "text": text}


def _element(run: Run) -> Block:
    """Return words as an element of a block: as plain text, if they are not bold or a link."""
    return (
        _markup(_linked(run))
        if run.url or run.bold
        else _plain(run.text.strip(" ·—").translate(ESCAPES))
    )


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _markup(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _linked(run: Run) -> str:
    """Return words in Slack's markup. The words of an entry are the label of a link, or plain."""
    text = run.text.translate(ESCAPES)
    text = f"<{run.url.translate(ESCAPES)}|{text}>" if run.url else text
    return f"*{text}*" if run.bold else text


def seen(tree: Any) -> str:
    """Return a message as a person sees it."""
    return "\n".join(map(_seen, tree["blocks"]))


def _seen(block: Block) -> str:
    if block["type"] == "image":
        return picture(block["alt_text"])
    texts = block["elements"] if block["type"] == "context" else [block["text"]]
    shown = (of_slack(text["text"]) for text in texts)
    return "  ".join(shown)


SLACK = ChatService(
    name="slack",
    render=render,
    promise=body_of(b"ok"),
    explain=explain,
    seen=seen,
    by_hand="in Slack, as an admin of the workspace",
    uses=(Use("url", "the incoming webhook"),),
    at_most=f"{TOTAL:,} characters",
    rates=(Rate(by_hook, every=1),),
    also=("language", "length"),
)
