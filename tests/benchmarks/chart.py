"""Draw docs/speed.svg from the table in docs/speed.md.

    python -m tests.benchmarks.chart

It measures nothing. On the left: how long one question takes in almanacs of different sizes. On the
right: how many times as fast as others ours is.
"""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from tests.benchmarks.table.page import PAGE
from tests.benchmarks.table.printing import lines_of
from tests.benchmarks.table.values import Line, shown

CHART = PAGE.with_name("speed.svg")

_INK, _PAPER, _OURS, _SLOWER, _OTHERS = "#1f2328", "#ffffff", "#8a1f11", "#b98a2f", "#57606a"

_STYLES = {"calendar": "--", "remind": ":", "Python alone": "-."}

BARS = {
    ("compile JSON Lines, one core", "CSafeLoader"): "reading JSON Lines · CSafeLoader on YAML",
    ("compile YAML, one core", "CSafeLoader"): "reading YAML · CSafeLoader",
    ("`build`, first, one core", "hugo"): "a whole site · Hugo",
    ("`build`, a new day", "hugo"): "a new day · Hugo",
    ("`build`, one entry changed", "hugo"): "one entry changed · Hugo",
    ("`build`, nothing changed", "hugo"): "nothing changed · Hugo",
    ("`serve`, cached 200", "bare ASGI"): "giving a feed · a bare ASGI app",
    ("`serve`, cached 200, CPU of a reply", "nginx"): "giving a feed · nginx",
    ("messages, beside httpx-aiohttp", "httpx-aiohttp"): "sending messages · httpx-aiohttp",
    ("messages, beside aiohttp", "aiohttp"): "sending messages · aiohttp",
}
"""The lines that are drawn as bars, each with what it says in the chart."""


def draw(lines: Sequence[Line], to: Path = CHART) -> None:
    """Draw a chart of measured lines. The same lines give the same bytes."""
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "onthisday", "font.size": 9,
                         "font.family": "sans-serif", "text.color": _INK, "axes.labelcolor": _INK,
                         "xtick.color": _INK, "ytick.color": _INK}):  # fmt: skip
        drawing = Drawing(figsize=(10, 4.2), facecolor=_PAPER, layout="constrained")
        left, right = drawing.subplots(1, 2, width_ratios=(1, 1.1))
        _questions(left, [each for each in lines if each.row.startswith("`today`")])
        _bars(right, [each for each in lines if (each.row, each.other) in BARS])
        about = {"Date": None, "Creator": None, "Title": "How fast onthisday is beside others"}
        drawing.savefig(to, format="svg", metadata=about)


def _questions(axes: Axes, lines: Sequence[Line]) -> None:
    """Draw how many milliseconds a question takes, against the number of entries."""
    by_name: dict[str, list[tuple[int, float]]] = {}
    for line in lines:
        size = int(line.size.replace(",", ""))
        if line.others and line.other:
            by_name.setdefault(line.other, []).append((size, line.others.number))
        if line.other == "Python alone":
            by_name.setdefault("onthisday", []).append((size, line.ours.number))
    for name, points in by_name.items():
        ours = name == "onthisday"
        axes.plot(*zip(*points, strict=True), _STYLES.get(name, "-"), marker="o", markersize=3,
                  color=_OURS if ours else _OTHERS, linewidth=2.2 if ours else 1.3)  # fmt: skip
        axes.annotate(name, points[-1], xytext=(6, 0), textcoords="offset points",
                      color=_OURS if ours else _OTHERS, va="center")  # fmt: skip
    axes.set(xscale="log", yscale="log", title="What happened on this day?",
             xlabel="entries in the almanac", ylabel="milliseconds of the processor")  # fmt: skip
    axes.set_xlim(right=2e7)  # room for the names
    axes.set_xticks([10, 1_000, 1_000_000], ["10", "1,000", "1,000,000"])
    _plain(axes)
    axes.yaxis.set_major_formatter("{x:g}")


def _bars(axes: Axes, lines: Sequence[Line]) -> None:
    """Draw how many times as fast as another program ours is. Of several sizes, the last counts."""
    last = {(each.row, each.other): each for each in lines}
    shown_bars = [(words, _times(last[key])) for key, words in BARS.items() if key in last]
    for place, (_, times) in enumerate(shown_bars):
        axes.barh(place, times - 1, left=1, height=0.62, color=_OURS if times >= 1 else _SLOWER)
        said = f"{shown(times)} ×"
        axes.annotate(said, (times, place), xytext=(4 if times >= 1 else -4, 0), va="center",
                      ha="left" if times >= 1 else "right", textcoords="offset points")  # fmt: skip
    axes.set_yticks(range(len(shown_bars)), [words for words, _ in shown_bars])
    axes.invert_yaxis()
    axes.set(xscale="log", xlabel="1 × is as fast; to the right, onthisday is faster",
             title="onthisday beside others")  # fmt: skip
    axes.margins(x=0.25)
    axes.axvline(1, color=_INK, linewidth=1)
    _plain(axes)
    axes.xaxis.set_major_formatter("{x:g} ×")


def _plain(axes: Axes) -> None:
    """Draw no more lines than are read."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.minorticks_off()


def _times(line: Line) -> float:
    """Return how many times as fast as the other one ours is."""
    ratio = line.ratio or 1.0
    return ratio if line.ours.is_rate else 1 / ratio


def draw_page() -> None:
    """Draw the chart of the page."""
    draw(list(lines_of(PAGE.read_text("utf-8"))))


if __name__ == "__main__":
    draw_page()
