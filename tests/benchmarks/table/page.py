"""Put measured lines into docs/speed.md. Rows that were not measured stay as they are."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.table.printing import lines_of, table
from tests.benchmarks.table.rows import PARTS
from tests.benchmarks.table.values import Line

PAGE = Path(__file__).parents[3] / "docs" / "speed.md"

_ORDER = [row for part in PARTS for row in part.rows]


def put(lines: Sequence[Line], machine: str, page: Path = PAGE) -> None:
    """Write the lines, and what the machine is, between the marks of the page."""
    text = page.read_text("utf-8")
    kept = set(_ORDER) - {each.row for each in lines}
    old = [line for line in lines_of(text) if line.row in kept]
    text = _between(text, "table", table(sorted_rows([*old, *lines])))
    page.write_text(_between(text, "machine", machine), encoding="utf-8")


def sorted_rows(lines: Iterable[Line]) -> list[Line]:
    """Return lines in the order of the rows. Those of one row stay as they are."""
    return sorted(lines, key=lambda line: _ORDER.index(line.row))


def _between(text: str, mark: str, new: str) -> str:
    """Return the text with something new between two marks."""
    pattern = rf"(<!-- {mark} -->\n).*(<!-- end of {mark} -->)"
    return re.sub(pattern, lambda found: f"{found[1]}\n{new}\n\n{found[2]}", text, flags=re.DOTALL)
