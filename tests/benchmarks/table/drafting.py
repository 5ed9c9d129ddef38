"""`onthisday draft` as a whole process, on 2,000 texts with dates in them."""

from collections.abc import Iterator
from random import Random

from tests.benchmarks.drafting import text_of
from tests.benchmarks.table.processes import OURS, in_turns, run
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, most

_DOCUMENTS = 2_000


def measure(run_: Run) -> Iterator[Line]:
    """Yield the milliseconds a KB, on one core and on all."""
    folder, random, size = run_.folder / "texts", Random(1), 0
    folder.mkdir(exist_ok=True)
    for number in range(_DOCUMENTS):
        text = text_of(random, 4)
        size += len(text)
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
    said(f"draft, {_DOCUMENTS:,} documents")
    command = [OURS, "draft", str(folder), "--format", "json"]
    works = {"one": lambda: run(command, 1), "all": lambda: run(command)}
    taken = in_turns(works, run_.rounds)
    told = f"{_DOCUMENTS:,} documents"
    each = {name: Figure(took.wall * 1e6 / size, "ms/KB") for name, took in taken.items()}
    cpu = Figure(taken["one"].cpu * 1e6 / size, "ms/KB")
    yield Line("`draft`, one core", told, cpu, target=most(1, "ms/KB"))
    yield Line("`draft`, all cores", told, each["all"], "one core", each["one"])
