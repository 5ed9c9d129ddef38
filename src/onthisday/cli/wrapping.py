"""Break a text into the lines of a terminal, at its spaces. Called by terminal.py.

Why not `textwrap`: it also knows hyphens and tabs, and to load its patterns takes longer than all
that `today` asks the almanac.
"""

from collections.abc import Iterator


def wrapped(text: str, width: int, first: str = "", others: str = "") -> Iterator[str]:
    """Yield the lines of a text that has no tabs and no line ends.

    - ``width``: the most characters of a line. A word that no line can hold is cut.
    - ``first``, ``others``: what the first line and the other lines begin with.
    """
    begin, line = first, ""
    for word in text.split(" "):
        line = f"{line} {word}" if line else word
        last = len(word)
        while len(line) > (room := width - len(begin)):
            end = room if last > room else len(line) - last
            yield begin + line[:end].rstrip(" ")
            begin, line = others, line[end:].lstrip(" ")
            last = len(line)
    if line:
        yield begin + line.rstrip(" ")
