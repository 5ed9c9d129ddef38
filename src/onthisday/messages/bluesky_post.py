"""Write a message as the post of Bluesky: its text, its facets, and the card below it.

The text is plain. A link, a hashtag or a mention must be given beside the text, as a "facet". We
make facets only for links and for the entry's tags, so nobody is called. A facet gives its place in
bytes of UTF-8. Below the text stands a card that leads to the entry: its title, and a sentence.
Limits: 300 graphemes (what a reader sees as one character) and 3,000 bytes (docs/services.md).

A picture stands on the card (`thumb`). Why there, and not as a picture of its own
(app.bsky.embed.images): a post has one of the two, and readers of a news post expect the card that
they can tap. A card's picture has no field for its words. So the card's description says them,
where a screen reader finds them, and the text says whose the picture is.

Used by bluesky.py, which sends the post.
"""

import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import Any

from onthisday.messages.card import Amount, Card
from onthisday.messages.cutting import at_sentence, sentences, units
from onthisday.messages.fitting import card_within
from onthisday.messages.hashtags import hashtags_of
from onthisday.messages.line import Line, Lines, Run, address
from onthisday.messages.lines import credit_of, lines_of, page_of, title_of
from onthisday.messages.message import Message
from onthisday.messages.seen import boxed
from onthisday.views.words import picture_words

MOST, BYTES = 300, 3000


@lru_cache(64)
def post_of(message: Message, amount: Amount) -> dict[str, Any]:
    """Return the text, its facets and the card below it.

    They are the same for every account, so they are made once.
    """
    card = card_within(message, amount, lambda card: _fits(_lines(card)))
    lines = _tagged(_lines(card), hashtags_of(message))
    text, facets = _written(lines)
    post: dict[str, Any] = {"text": text, "facets": facets}
    url = address(page_of(card))
    if url and message.text is None:
        post["embed"] = {"$type": "app.bsky.embed.external", "external": _external(card, url)}
    return post


def _lines(card: Card) -> Lines:
    return (*lines_of(card), *credit_of(card.message))


def _tagged(lines: Lines, tags: tuple[str, ...]) -> Lines:
    """Add a line of hashtags, as many as fit."""
    shown = lines
    for count in range(1, len(tags) + 1):
        runs = [run for tag in tags[:count] for run in (Run(" "), Run(f"#{tag}", tag=tag))][1:]
        longer = (*lines, Line(tuple(runs), "more"))
        if not _fits(longer):
            break
        shown = longer
    return shown


def _external(card: Card, url: str) -> dict[str, str]:
    """Return the card: where it leads, its title, a sentence, and what its picture shows."""
    summary = (card.only.view.brief or card.only.view.summary or "") if card.only else ""
    said = [sentence for sentence in sentences(summary)[:1] if units(sentence) <= 300]
    title = card.only.title if card.only else title_of(card.message)
    image = card.message.image
    if image and image.file and image.alt:
        shown = image._replace(alt=at_sentence(image.alt, WORDS), credit=None, license=None)
        said.append(picture_words(card.message.locale, shown))
    return {"uri": url, "title": title, "description": "\n".join(said)}


WORDS = 1000
"""How long the words of a picture may be, in UTF-16 units."""


def _fits(lines: Lines) -> bool:
    text, _ = _written(lines)
    return graphemes_at_most(text) <= MOST and len(text.encode()) <= BYTES


def graphemes_at_most(text: str) -> int:
    """Return how many graphemes a text has, or a higher number.

    A grapheme is what a reader sees as one character. Why not the exact number: the server may
    count by another version of Unicode. In all versions, a letter and the marks on it are one
    grapheme (UAX #29, GB9). So every code point is counted here, except the marks. A mark without a
    letter is counted too: at the beginning, on a space, or on a control character (GB4).
    """
    categories = [" ", *map(unicodedata.category, text)]
    return sum(
        after not in {"Mn", "Me"} or before[0] in {"C", "Z", " "}
        for before, after in pairwise(categories)
    )


def _written(lines: Lines) -> tuple[str, list[dict[str, Any]]]:
    """Write lines as a text, and make a facet for each link and each hashtag."""
    text, facets = bytearray(), []
    for index, line in enumerate(lines):
        text += b"\n" if index else b""
        for run in line.runs:
            start = len(text)
            text += run.text.encode()
            feature = _feature(run)
            if feature:
                where = {"byteStart": start, "byteEnd": len(text)}
                facets.append({"index": where, "features": [feature]})
    return text.decode(), facets


def _feature(run: Run) -> dict[str, str] | None:
    if run.tag:
        return {"$type": "app.bsky.richtext.facet#tag", "tag": run.tag}
    return {"$type": "app.bsky.richtext.facet#link", "uri": run.url} if run.url else None


def seen(tree: Any) -> str:
    """Return a post as a person sees it: the text, and the card below it."""
    record = tree["record"]
    external = record.get("embed", {}).get("external", {})
    card = "\n".join(external[key] for key in ("title", "description", "uri") if external.get(key))
    return "\n".join([record["text"], *([boxed(card)] if card else [])])
