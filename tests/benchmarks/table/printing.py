"""Write lines as a table in Markdown, and read them out of one. Pure."""

import re
from collections.abc import Iterable, Iterator

from tests.benchmarks.table.values import Figure, Line, Target, shown

HEAD = "| what | entries | ours | beside it | ratio | target | met |\n|---|---|---|---|---|---|---|"

_ROW = re.compile(r"\| (.*) \| (.*) \| (.*) \| (.*) \| (.*) \| (.*) \| (.*) \|")


def table(lines: Iterable[Line]) -> str:
    """Return lines as a table."""
    return "\n".join((HEAD, *map(row, lines)))


def row(line: Line) -> str:
    """Return one line of the table."""
    beside = "" if line.other is None else f"{line.other}: {line.others or 'not installed'}"
    cells = (line.row, line.size, line.ours, beside, _ratio(line), line.target or "", _met(line))
    return f"| {' | '.join(map(str, cells))} |"


def _ratio(line: Line) -> str:
    return "" if line.ratio is None else f"{shown(line.ratio)} × its {_what(line.ours)}"


def _what(figure: Figure) -> str:
    return "rate" if figure.is_rate else "memory" if figure.unit == "MB" else "time"


def _met(line: Line) -> str:
    return "" if line.met is None else "yes" if line.met else "no"


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a table that `table` wrote."""
    for each in text.splitlines():
        found = _ROW.fullmatch(each)
        if found and found[1] not in {"what", "---"}:
            name, size, mine, beside, _, target, _ = found.groups()
            other, _, theirs = beside.partition(": ")
            others = _figure(theirs) if theirs[:1].isdigit() else None
            yield Line(name, size, _figure(mine), other or None, others, _target(target))


def _figure(text: str) -> Figure:
    number, unit = text.split(" ", 1)
    return Figure(float(number.replace(",", "")), unit)


def _target(text: str) -> Target | None:
    if not text:
        return None
    sign, figure = text.split(" ", 1)
    return Target(*_figure(figure), least=sign == "≥")
