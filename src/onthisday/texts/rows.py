"""Put the cells of a table's row on one line, and a term with what is said of it.

Why: a date in one cell and its event in the next are one statement. On lines of their own, the date
would be taken for that of another row. Called by docx.py, html.py and odt.py.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from lxml import etree

CELL = " | "
"""What stands between two cells."""


def row_lines(cells: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a row. Each cell is given as its paragraphs.

    Cells with one paragraph each make one line. Otherwise the table is only there for the layout,
    and each paragraph is a line.
    """
    filled = [texts for cell in cells if (texts := [text for text in cell if text.strip()])]
    if all(len(texts) == 1 for texts in filled):
        return [CELL.join(texts[0].strip() for texts in filled)] if filled else []
    return [text for texts in filled for text in texts]


def join_rows(root: etree._Element, inline: frozenset[str]) -> None:
    """Make one text of each row and of each term with its description, in a tree of HTML.

    A row whose cells have blocks, such as paragraphs, is left as it is. ``inline``: the elements
    that are no blocks.
    """
    for row in list(root.iter("tr", "row")):
        _join(row, [cell for cell in row if cell.tag in {"td", "th", "cell"}], CELL, inline)
    for listed in list(root.iter("dl", "list")):
        for term, said in list(pairwise(listed)):
            if _kind(term) == "dt" and _kind(said) == "dd":
                _join(term, [term, said], ": ", inline)


def _kind(item: etree._Element) -> str:
    """Return ``dt`` or ``dd``, also where trafilatura has written it into ``rend``."""
    return str(item.get("rend") or item.tag)[:2]


def _join(
    into: etree._Element, parts: list[etree._Element], between: str, inline: frozenset[str]
) -> None:
    blocks = (node for part in parts for node in part.iterdescendants() if node.tag not in inline)
    if len(parts) < 2 or next(blocks, None) is not None:
        return
    texts = (" ".join("".join(part.itertext()).split()) for part in parts)
    joined = between.join(text for text in texts if text)
    for part in parts:
        for child in list(part):
            part.remove(child)
        part.text = None
    into.text = joined
