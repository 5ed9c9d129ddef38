"""The HTML of a mail: a card's lines as headings and paragraphs.

Mail programs know little of CSS. So the styles stand in the tags, and there are no columns and no
pictures that the layout needs. There are no colours for text and ground: each program has its own,
light or dark, and says so to those who read. Some programs drop `html` and `body`, so a `div` says
the language too.

Each block finds the direction of its letters by itself (`dir="auto"`): a title in Hebrew may stand
in an English mail. A kind of line that is not known here is a paragraph. Used by email.py.
"""

from html import escape
from itertools import pairwise

from onthisday.characters import spaced
from onthisday.locales.direction import direction_of
from onthisday.messages.line import Line, Lines, Run
from onthisday.views.view import ImageView

_PAGE = (
    "max-width:38em;margin:0 auto;padding:1em;font-family:sans-serif;line-height:1.5;"
    "overflow-wrap:anywhere"
)

_STYLES = {
    "note": "margin:0 0 1em;padding:.5em .75em;border:1px solid #888",
    "head": "margin:0 0 .75em;font-size:1.1em;font-weight:normal",
    "day": "margin:1.5em 0 .5em;font-size:1.1em;font-weight:normal",
    "heading": "margin:1em 0 .25em;font-size:1.25em;font-weight:normal;line-height:1.3",
    "title": "margin:.75em 0 0",
    "sure": "margin:.5em 0;font-size:.9em",
    "differ": "margin:0;padding:0 0 .25em .75em;border-left:3px solid #888;font-size:.9em",
    "source": "margin:.75em 0;font-size:.9em",
    "picture": "margin:.25em 0 1em;font-size:.9em",
    "more": "margin:1em 0",
}
_END = "margin:2em 0 0;padding:.75em 0 0;border-top:1px solid #888;font-size:.9em"
_PLAIN = "margin:0 0 .5em"

_BELOW = {"sure", "more", "title", "day", "gap"}
"""Kinds of lines that do not belong to the title before them."""


def html_of(
    subject: str, lines: Lines, language: str, picture: ImageView | None, end: Line | None
) -> str:
    """Return the page. ``picture`` stands before the line that tells of it. ``end``: the last."""
    kept = [line for line in lines if line.kind != "gap"]
    lowest = Line((), "gap")
    levels = 3 if any(line.kind == "day" for line in kept) else 2
    blocks = [_block(line, after, levels, picture) for line, after in pairwise([*kept, lowest])]
    if end is not None:
        blocks.append(_tagged("p", _END, end))
    lang = f'lang="{escape(language)}" dir="{direction_of(language)}"'
    return "\n".join((
        "<!DOCTYPE html>", f"<html {lang}>", "<head>", '<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width,initial-scale=1"/>',
        '<meta name="color-scheme" content="light dark"/>',
        '<meta name="supported-color-schemes" content="light dark"/>',
        f"<title>{_plain(subject)}</title>",
        "<style>:root{color-scheme:light dark}</style>", "</head>", "<body>",
        f'<div {lang} style="{_PAGE}">', *blocks, "</div>", "</body>", "</html>", "",
    ))  # fmt: skip


def _block(line: Line, after: Line, level: int, picture: ImageView | None) -> str:
    if line.kind == "head":
        return _tagged("h1", _STYLES["head"], line)
    if line.kind == "day":
        return _tagged("h2", _STYLES["day"], line)
    if line.kind == "title" and (_is_bold(line) or after.kind not in _BELOW):
        return _tagged(f"h{level}", _STYLES["heading"], line)
    words = _tagged("p", _STYLES.get(line.kind, _PLAIN), line)
    shown = line.kind == "picture" and picture is not None
    return f"{_image(picture)}\n{words}" if shown and picture else words


def _is_bold(line: Line) -> bool:
    return any(run.bold and run.url for run in line.runs)


def _tagged(tag: str, style: str, line: Line) -> str:
    return f'<{tag} dir="auto" style="{style}">{"".join(map(_run, line.runs))}</{tag}>'


def _image(picture: ImageView) -> str:
    words = _plain(picture.alt or "")
    style = "display:block;max-width:100%;height:auto;margin:1em 0 0"
    return f'<img src="{escape(picture.url)}" alt="{words}" style="{style}"/>'


def _run(run: Run) -> str:
    words = _plain(run.text)
    words = f"<strong>{words}</strong>" if run.bold else words
    return f'<a href="{escape(run.url)}">{words}</a>' if run.url else words


def _plain(text: str) -> str:
    return escape(spaced(text))
