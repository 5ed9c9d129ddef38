"""`Run` and `Line`: a message's words and what each line is for, without markup.

Each service writes the runs in its own markup (`written`). Not here: which lines a card has
(lines.py).
"""

from collections.abc import Callable, Iterator
from string import Formatter
from typing import Literal, NamedTuple
from urllib.parse import quote

from onthisday.messages.cutting import at_word


class Run(NamedTuple):
    """Words of one style in a line: plain, bold or a link. They are not escaped yet.

    ``url`` is in ASCII, and has none of ``@ ( ) < > " \\``. ``tag`` makes the words a hashtag.
    """

    text: str
    bold: bool = False
    url: str | None = None
    tag: str | None = None


class Line(NamedTuple):
    """A line, and what it is for. A service may show some kinds in another way.

    - ``head``: why today. ``title``: what happened. ``text``: sentences. ``sure``: how sure it is.
    - ``differ``: a question on which sources differ. ``source``: the sources.
    - ``more``: how much is left out. ``picture``: whose the picture is.
    - ``day``: the day of what follows, in a digest.
    - ``note``: that the message is a test. ``gap``: an empty line.
    """

    runs: tuple[Run, ...]
    kind: Literal[
        "note",
        "head",
        "day",
        "title",
        "text",
        "sure",
        "differ",
        "source",
        "more",
        "picture",
        "gap",
    ] = "text"


Lines = tuple[Line, ...]

ADDRESS = 500
"""The longest URL, in characters. A longer one is left out."""


def address(url: str | None) -> str | None:
    """Return a web address in ASCII that is safe in any markup.

    Parentheses, quotes and `@` are percent-encoded. Otherwise they could end a Markdown link or an
    HTML attribute, or call somebody. Return None for a text that is not a web address, or is too
    long.
    """
    if url is None or not url.startswith(("https://", "http://")):
        return None
    encoded = quote(url, safe="%/:?#[]!$&*+,;=-._~", errors="replace")
    return encoded if len(encoded) <= ADDRESS else None


def brief(text: str) -> str:
    """Return a text on one line. A name that goes on and on is cut, because it is no sentence."""
    return at_word(text, 300) if text else ""


def placed(phrase: str, **runs: Run) -> Iterator[Run]:
    """Yield a phrase with a run in the place of each of its names in braces.

    So a translator chooses in which order bold words and links stand. A plain run is one with the
    words of the phrase before it.
    """
    words = ""
    for text, name, _, _ in Formatter().parse(phrase):
        words += text
        run = runs[name] if name else Run("")
        if words and run == Run(run.text):
            words += run.text
        else:
            yield from (Run(words),) if words else ()
            yield run
            words = ""
    if words:
        yield Run(words)


def written(lines: Lines, write: Callable[[Run], str], end: str = "\n") -> str:
    """Return lines in a service's markup. ``write`` returns one run in that markup."""
    return end.join("".join(map(write, line.runs)) for line in lines)


def plain(lines: Lines) -> str:
    """Return lines as plain text."""
    return written(lines, lambda run: run.text)
