r"""A text as TeX reads it, and an address as BibTeX reads it. Called by bibtex.py.

Why not the encoder of pylatexenc or latexcodec: they write a lone brace as ``\{``. BibTeX counts
this brace, so the field does not end. They also write letters as commands, which today's TeX does
not need: it reads UTF-8.
"""

import re

from onthisday.characters import spaced
from onthisday.feeds.safe_text import uri_of

_WRITTEN = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "%&#_$"},
}

_ACTING = re.compile(
    r"[\\{}~^%&#_$]|(?<=([-'`,<>]))(?=\1)|(?<=[?!])(?=`)"  # or between the signs of a ligature
)


def tex_of(text: str) -> str:
    """Return a text on one line, written so that TeX shows each of its characters.

    Two signs of which TeX makes one, such as a dash of ``--``, are parted.
    """
    line = " ".join(spaced(text).split())
    pairs = _paired(line)

    def written(found: re.Match[str]) -> str:
        return f"\\{found[0]}" if found.start() in pairs else _WRITTEN.get(found[0], "{}")

    return _ACTING.sub(written, line)


def address_of(url: str) -> str:
    """Return an address as a URI. It has no braces, so BibTeX reads it as it is."""
    return uri_of(url).replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _paired(line: str) -> set[int]:
    r"""Return the places of the braces that are pairs.

    They are written ``\{`` and ``\}``, which more programs understand than the long names.
    """
    opened: list[int] = []
    pairs: set[int] = set()
    for place, sign in enumerate(line):
        if sign == "{":
            opened.append(place)
        elif sign == "}" and opened:
            pairs |= {opened.pop(), place}
    return pairs
