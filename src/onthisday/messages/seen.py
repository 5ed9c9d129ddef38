"""Show a message as a person sees it in its service: the words, without the service's markup.

Each service names one of these functions, or one of its own. They read the body of the request that
is sent. So `channels preview` shows what was really made.
"""

import re
from html import unescape
from typing import Any

_LINK = re.compile(r"\[((?:\\.|[^\\\]])*)\]\([^)\s]*\)")


def picture(words: str | None) -> str:
    """Return the line that stands for a picture."""
    return f"[picture: {words}]" if words else "[picture]"


def boxed(text: str) -> str:
    """Return a text with a line at its left side, as a box or a quotation is shown."""
    return "\n".join(f"│ {line}" for line in text.split("\n"))


def of_markdown(text: str) -> str:
    """Return what Markdown of ours shows."""
    text = re.sub(r"(?<!\\)\*\*", "", _LINK.sub(r"\1", text))
    return bare(re.sub(r"\\(.)", r"\1", text))


def of_html(text: str) -> str:
    """Return what HTML of ours shows. A quotation is shown with a line at its side."""
    text = re.sub(r"<br/>", "\n", text)
    text = re.sub(
        r"\n?<blockquote[^>]*>(.*?)</blockquote>\n?",
        lambda match: f"\n{boxed(match[1])}\n",
        text,
        flags=re.DOTALL,
    )
    return bare(unescape(re.sub(r"<[^>]*>", "", text))).strip("\n")


def of_slack(text: str) -> str:
    """Return what Slack's markup of ours shows."""
    return bare(unescape(re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text).replace("*", "")))


def bare(text: str) -> str:
    """Return a text without the spaces that nobody sees."""
    return re.sub(r" *$", "", text.replace("\N{ZERO WIDTH SPACE}", ""), flags=re.MULTILINE)


def titled(tree: Any) -> str:
    """Return what a title and the text below it show."""
    return bare(f"{tree['title']}\n{tree['body']}")
