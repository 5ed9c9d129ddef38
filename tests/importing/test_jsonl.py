"""`import jsonl`: one entry a line."""

import pytest

from onthisday.importers.found import Broken, Found, Read, Refused
from onthisday.importers.jsonl import read
from tests.importing.desk import Desk
from tests.importing.incoming import incoming

WHOLE = '{"id": "a", "date": "1956", "title": "A", "sources": [{"document": "d"}]}'
PART = '{"date": "1956-02-25", "title": "B"}'


def reads(text: str) -> list[Read]:
    return list(read(incoming(text)))


def test_a_line_with_id_and_sources_is_a_whole_entry() -> None:
    whole, part = reads(f"{WHOLE}\n\n{PART}\n")
    assert isinstance(whole, Found)
    assert isinstance(part, Found)
    assert (whole.whole, whole.id, part.whole, part.id) == (True, "a", False, None)
    assert part.place.line == 3


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "is no JSON"),
        ("[1]", "is no entry"),
        ('{"id": 5}', "is no text"),
        ('{"a": 1, "a": 2}', "a key is there twice"),
        ("[" * 100_000, "is no JSON"),
        ('{"a":' * 50 + "1" + "}" * 50, "nested more than"),
        (f'{{"a": {"9" * 5000}}}', "is no JSON"),
    ],
)
def test_a_line_that_is_no_entry_is_told(line: str, why: str) -> None:
    _, refused = reads(f"{PART}\n{line}")
    assert isinstance(refused, Refused)
    assert why in refused.reason


@pytest.mark.parametrize("text", ["", "\n\n", "date;title\n", "BEGIN:VCALENDAR\n"])
def test_a_file_of_another_kind_is_told(text: str) -> None:
    with pytest.raises(Broken):
        reads(text)


def test_a_line_without_sources_cites_the_file(desk: Desk) -> None:
    desk.run("import", "jsonl", desk.write("facts.jsonl", f"{PART}\n"))
    [entry] = desk.entries("facts.yaml")
    assert entry["sources"][0]["document"] == "facts"
    assert "1 passage proved" in desk.run("check", "--documents", desk.folder)


def test_unknown_keys_and_documents_are_told_and_nothing_breaks(desk: Desk) -> None:
    told = desk.run("import", "jsonl", desk.write("facts.jsonl", f'{PART}\n{{"titel": "x"}}\n'))
    assert 'facts.jsonl:2: not imported: titel: unknown key "titel"' in told
    told = desk.run("import", "jsonl", desk.write("more.jsonl", f"{WHOLE}\n"), code=1)
    assert 'cites the document "d", which is not in' in told
    assert not (desk.almanac / "more.yaml").exists()
