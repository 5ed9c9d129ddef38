"""`check` reads texts in several processes, and finds the same as in one."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from onthisday.app.parallel_checking import on_all_cores, read_in_processes
from onthisday.app.workspace import Workspace
from onthisday.service.checking.passage_reading import read_all
from tests.checks.curating import Desk, cites, document, rules
from tests.core.almanacs import entry

pytestmark = pytest.mark.program

TWO = partial(read_in_processes, 2)

TEXTS = {
    "north": "On 25 February 1956 Anna Weber opened the mill in Basel. 1,400 delegates were there.",
    "south": "On 25 February 1956 Anna Weber opened the mill. It was the 20th in seven years.",
    "east": "Am 26. Februar 1956 war die Mühle in Basel offen, und 1.400 Menschen kamen.",
}
"""Texts in two languages. Each says a part of what the entries say."""


def told(number: int) -> Any:
    """Return an entry that cites one text, two or three, and says things that none of them says."""
    cited = [list(TEXTS)[(number + more) % 3] for more in range(number % 3 + 1)]
    return entry(
        f"entry-{number}",
        "1956-02-25",
        title=f"Anna Weber opens mill {number}",
        summary="In Basel 1,400 delegates saw it. Otto Graf came seven years later.",
        sources=[cites(name, (0, 40 + number)) for name in cited],
        accounts=[
            {
                "question": "How many?",
                "answers": [
                    {"says": "1,400 delegates", **cites("north", (0, 80))},
                    {"says": "1,500 people", **cites("east", (0, 70))},
                ],
            }
        ],
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path)
    for name, text in TEXTS.items():
        found.hold(name, text)
    found.write([told(number) for number in range(12)], [document(*each) for each in TEXTS.items()])
    return found


def test_two_processes_find_the_same_as_one(desk: Desk) -> None:
    alone, together = desk.check(), desk.check(read_texts=TWO)
    assert {"not-in-passage", "exact-duplicate"} & {*rules(alone)}
    assert together == alone


def test_it_is_the_same_if_a_text_is_missing_and_another_has_changed(desk: Desk) -> None:
    desk.check()
    (desk.folder / "texts" / "north.txt").unlink()
    desk.hold("south", "First of all: " + TEXTS["south"])
    alone, together = desk.check(), desk.check(read_texts=TWO)
    assert {"text", "moved", "unproved"} <= {*rules(alone)}
    assert together == alone


def test_it_is_the_same_for_a_document_that_many_entries_cite(desk: Desk) -> None:
    entries = [
        entry(
            f"entry-{n}", f"{1500 + n}-02-25", title=f"Mill {n}", sources=[cites("north", (0, 40))]
        )
        for n in range(450)
    ]
    desk.write(entries, [document("north", TEXTS["north"])])
    alone, together = desk.check(), desk.check(read_texts=TWO)
    assert (alone.entries, alone.proved) == (450, 450)
    assert len(rules(alone)) > 450
    assert together == alone


def test_few_citations_are_read_in_this_process(desk: Desk) -> None:
    library = Workspace(str(desk.folder / "config.yaml")).almanac().library
    assert on_all_cores(library) is read_all
