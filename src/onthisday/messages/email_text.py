"""The plain text of a mail: a card's lines as paragraphs, with the addresses written out.

A paragraph is one line here. `flowed` breaks it, so that readers can join it again (format=flowed,
RFC 3676). Why: archives of lists and readers in a terminal show lines as they are, and a phone
joins them.

No service's markup is used. A kind of line that is not known here is a paragraph of its own. Used
by email.py and email_mime.py.
"""

from collections.abc import Iterator

from onthisday.characters import spaced
from onthisday.messages.line import Line, Lines, Run

WIDTH = 72
"""How long a line may be in characters, with the space at its end (RFC 3676, 4.2: under 78)."""

_TOGETHER = {("title", "text"), ("differ", "differ")}
"""Kinds of lines between which there is no empty line."""


def text_of(lines: Lines) -> str:
    """Return the text of lines. An address stands below its title, and beside other words."""
    blocks = list[str]()
    before: Line | None = None
    for line in lines:
        if line.kind == "gap":
            continue
        together = before is not None and (before.kind, line.kind) in _TOGETHER
        blocks += ["\n" if together else "\n\n"] if before else []
        blocks.append("\n".join(_written(line)))
        before = line
    return "".join(blocks)


def _written(line: Line) -> Iterator[str]:
    """Yield the words of a line; below them, its address, if it has only one."""
    links = [run.url for run in line.runs if run.url]
    below = links[0] if len(links) == 1 and line.kind != "source" else None
    yield "".join(_word(run, beside=below is None) for run in line.runs).strip()
    if below and below != line.runs[0].text:
        yield below


def _word(run: Run, *, beside: bool) -> str:
    text = spaced(run.text)
    return f"{text} <{run.url}>" if run.url and beside else text


def flowed(text: str) -> str:
    """Return a text in the format "flowed": a line that ends with a space goes on in the next."""
    return "\n".join(line for paragraph in text.split("\n") for line in _broken(paragraph))


def _broken(paragraph: str) -> Iterator[str]:
    if paragraph == "-- ":  # what parts a signature keeps its space
        yield paragraph
        return
    words, line = paragraph.split(), ""
    for word in words:
        if line and len(line) + len(word) + 1 >= WIDTH:
            yield _stuffed(f"{line} ")
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield _stuffed(line)


def _stuffed(line: str) -> str:
    """Put a space before a line that would mean something else (RFC 3676, 4.4)."""
    return f" {line}" if line.startswith((" ", ">", "From ")) else line
