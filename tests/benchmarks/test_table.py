"""The table of speed: the page has the rows of the command, and the chart draws what it says."""

from pathlib import Path

from tests.benchmarks.chart import BARS, draw
from tests.benchmarks.table.page import PAGE, put
from tests.benchmarks.table.printing import lines_of, row, table
from tests.benchmarks.table.rows import PARTS
from tests.benchmarks.table.values import Figure, Line, least, most

ROWS = [name for part in PARTS for name in part.rows]

LINES = [
    Line("`today`, beside calendar", "10", Figure(44, "ms"), "calendar", Figure(1.5, "ms")),
    Line("`serve`, memory", "1,000", Figure(81, "MB"), target=most(250, "MB")),
    Line("`build`, nothing changed", "10", Figure(0.2, "s"), "hugo", None, most(0.3, "s")),
    Line("compile YAML, one core", "9", Figure(12_345, "entries/s"), "CSafeLoader",
         Figure(23_456, "entries/s"), least(0.8)),
]  # fmt: skip


def test_the_page_has_every_row_of_the_command_and_no_other() -> None:
    told = [line.row for line in lines_of(PAGE.read_text("utf-8"))]
    assert list(dict.fromkeys(told)) == ROWS


def test_every_row_is_explained_on_the_page() -> None:
    text = PAGE.read_text("utf-8").split("## What the rows mean")[1]
    assert {part.name for part in PARTS if f"`--only {part.name}`" not in text} == set()


def test_what_is_written_as_a_table_is_read_out_of_it() -> None:
    assert list(lines_of(table(LINES))) == LINES


def test_a_program_that_is_not_installed_is_named() -> None:
    assert "hugo: not installed" in row(LINES[2])
    assert row(LINES[2]).endswith("| ≤ 0.30 s | yes |")


def test_a_target_for_a_ratio_is_judged_by_the_ratio() -> None:
    assert row(LINES[3]).endswith("| 0.53 × its rate | ≥ 0.80 × | no |")


def test_only_measured_rows_are_written_anew(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    marks = "<!-- machine -->\n<!-- end of machine -->\n<!-- table -->\n{}\n<!-- end of table -->\n"
    page.write_text(marks.format(table(LINES)), "utf-8")
    new = LINES[1]._replace(ours=Figure(99, "MB"))
    put([new], "- cores: 2", page)
    assert list(lines_of(page.read_text("utf-8"))) == [LINES[0], LINES[3], LINES[2], new]


def test_the_chart_draws_lines_of_the_page_and_the_same_lines_give_the_same_bytes(
    tmp_path: Path,
) -> None:
    lines = list(lines_of(PAGE.read_text("utf-8")))
    assert set(BARS) <= {(line.row, line.other) for line in lines}
    for name in ("one.svg", "again.svg"):
        draw(lines, tmp_path / name)
    drawn = (tmp_path / "one.svg").read_text("utf-8")
    assert drawn == (tmp_path / "again.svg").read_text("utf-8")
    assert all(words in drawn for words in (*BARS.values(), "remind", "1,000,000"))


def test_the_shipped_chart_has_the_figures_of_the_page(tmp_path: Path) -> None:
    draw(list(lines_of(PAGE.read_text("utf-8"))), tmp_path / "new.svg")
    shipped = PAGE.with_name("speed.svg").read_text("utf-8")
    assert _words(shipped) == _words((tmp_path / "new.svg").read_text("utf-8"))


def _words(drawing: str) -> list[str]:
    """Return the texts of a drawing."""
    return [part.split(">")[-1] for part in drawing.split("</text>")[:-1]]
