"""`import wikimedia` with broken files: each is told, quickly, and none raises but Broken."""

import json
import time

import pytest

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.wikimedia import read
from tests.importing.incoming import incoming
from tests.importing.spoiling import spoiled
from tests.importing.test_wikimedia import event, page

GOOD = json.dumps(
    {
        "selected": [event("The mill burns (pictured)", 1874, page("Mill"), page("Fire"))],
        "births": [event("Anna, <i>miller</i> (d. 1931)", -44, page("Änna"), page("February 25"))],
        "holidays": [event("Day of mills 🎂", None, page("Mühle", "de"))],
        "events": [event("The mill burns.", 1874, page("Mill"), page("Fire"), page("Dog"))],
    },
    ensure_ascii=False,
    indent=1,
).encode()


def all_of(content: bytes | str) -> list[Read]:
    """Return what is read. A file that is broken gives what came before."""
    given: list[Read] = []
    try:
        given.extend(read(incoming(content, "02-25.json")))
    except Broken:
        pass
    return given


@pytest.mark.parametrize("seed", range(400))
def test_a_spoiled_file_is_told_and_nothing_else_is_raised(seed: int) -> None:
    content = spoiled(GOOD, seed)
    began = time.perf_counter()
    given = all_of(content)
    assert time.perf_counter() - began < 5
    for each in given:
        assert isinstance(each, (Found, Refused, Note))
        if isinstance(each, Found):
            json.loads(each.text)
            json.dumps(each.tree, ensure_ascii=False).encode()
            json.dumps(each.documents, ensure_ascii=False).encode()


N = 200_000

BOMBS = {
    "lists": "[" * N,
    "closed lists": "[" * N + "]" * N,
    "objects": '{"events":' * N,
    "nested event": '{"events": [' + '{"a":' * N + "1" + "}" * N + "]}",
    "nested pages": '{"events": [{"text": "A", "pages": ' + "[" * N + "]" * N + "}]}",
    "days": '{"02-25":' * N + "{}" + "}" * N,
    "numbers": '{"events": [' + "1," * 40_000 + "1]}",
    "a long number": '{"events": [{"text": "A", "year": ' + "9" * N + "}]}",
    "a large number": '{"events": [{"text": "A", "year": 1e999}]}',
    "no number": '{"events": [{"text": "A", "year": NaN}]}',
    "a long text": '{"events": [{"text": "' + "A (d. " * N + '"}]}',
    "tags": '{"events": [{"text": "' + "<b " * N + '"}]}',
    "spaces": '{"events": [' + " " * N + "]}" + " " * N,
    "lines": '{"events": [' + "\n{}," * 40_000 + "{}]}",
    "selected": '{"selected": [' + '{"text": "A", "year": 1},' * 10_000 + "{}], "
    '"events": [' + '{"text": "B", "year": 1},' * 10_000 + "{}]}",
    "names": "{" + ",".join(f'"n{n}": 1' for n in range(40_000)) + "}",
    "a long name": '{"' + "a1-" * N + '": 1}',
    "pages": '{"births": [{"text": "A", "pages": [' + '{"title": "11 1"},' * 20_000 + "{}]}]}",
    "surrogates": '{"events": [{"text": "\\ud800", "pages": [{"title": "\\udfff"}]}]}',
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_bounded_time(name: str) -> None:
    began = time.perf_counter()
    for each in all_of(BOMBS[name]):
        assert isinstance(each, (Found, Refused, Note))
    assert time.perf_counter() - began < 20


def test_a_file_of_more_than_a_day_can_have_is_not_read() -> None:
    with pytest.raises(Broken, match="save one day a file"):
        list(read(incoming(b" " * (64 * 1024 * 1024 + 1), "02-25.json")))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04" + bytes(1000),
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        b"<html></html>",
        b"date,title\n",
        b'"events"',
        b"[]",
        b"{}",
        b"[1, 2]",
        GOOD + GOOD,
        GOOD[:-1],
        GOOD.replace(b":", b"=", 1),
        GOOD.decode().encode("cp1252", "replace"),
    ],
)
def test_a_file_of_another_format_is_broken(content: bytes) -> None:
    with pytest.raises(Broken):
        list(read(incoming(content, "02-25.json")))


def test_a_file_in_another_encoding_of_json_is_read() -> None:
    for encoding in ("utf-16", "utf-8-sig", "utf-32-le"):
        content = GOOD.decode().encode(encoding)
        assert [each for each in all_of(content) if isinstance(each, Found)]
