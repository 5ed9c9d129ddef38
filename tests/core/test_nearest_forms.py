"""If a value cannot be read, the advice is made from that value, and can be read itself."""

import argparse
from typing import Any

import pytest

from onthisday.cli import options
from onthisday.schema.channel_schema import CHANNEL
from onthisday.schema.config_schema import CONFIG
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.shapes import Problem
from tests.core.almanacs import entry

ROOM = {"name": "room", "type": "slack", "url": "https://hooks.example/1"}

ADVICE: list[tuple[dict[str, Any], str]] = [
    ({"tags": ["Zweiter Weltkrieg"]}, "write zweiter-weltkrieg"),
    ({"tags": ["Вторая мировая"]}, "write вторая-мировая"),
    ({"tags": ["Straße 1"]}, "write straße-1"),
    ({"tags": ["हिन्दी भाषा"]}, "write हिन्दी-भाषा"),
    ({"tags": ["ที่ นี่"]}, "write ที่-นี่"),
    ({"tags": ["R&D"]}, "write r-d"),
    ({"tags": "soviet-union"}, "tags must be a list, not a text; put it in brackets: […]"),
    ({"id": "Secret Speech!"}, "write secret-speech"),
    ({"id": "x" * 201}, "make it shorter: at most 200 bytes"),
    ({"observe": "3-1"}, 'write "03-01"'),
    ({"observe": "1 March"}, 'write "03-01"'),
    ({"observe": "soon"}, "write month and day with two digits each: MM-DD"),
    ({"updated": "1 March 2026"}, "write 2026-03-01"),
    ({"updated": "2026-3-1"}, "write 2026-03-01"),
    ({"updated": "2026-02-30"}, "the calendar does not have it"),
    ({"updated": "yesterday"}, "write year, month and day: YYYY-MM-DD"),
    ({"kind": "brith"}, 'death, marriage, holiday, not "brith"; did you mean'),
    ({"featured": "yes"}, "write true"),
    ({"featured": "off"}, "write false"),
    ({"sources": {"document": "book"}}, "begin each item with a dash: - document: …"),
    ({"sources": [{"document": "book", "locator": {"start": "5", "end": 9}}]},
     "write 5 without quotes"),
    ({"sources": [{"document:book": None}]}, "write a space after the colon: document: …"),
    ({"sources": [{"document": "book", "quote": "grain", "butter and milk": None}]},
     "if it is more of the value before it, put all of that value in quotes"),
    ({"date": "“1956-02-25”"}, 'write "1956-02-25"'),
    ({"date": "25.2.1956"}, 'write year, month and day: "1956-02-25"'),
    ({"date": "3/4/1956"}, 'write year, month and day: "1956-04-03" or "1956-03-04"'),
    ({"date": "1956-02-25T10:00"}, 'leave the time of day out: "1956-02-25"'),
    ({"date": "1956-02?~"}, 'write one mark: "1956-02%"'),
    ({"date": "1936-37"}, 'or the years as "1936/1937"'),
    ({"date": "Y17000-02"}, "stands alone: Y17000"),
    ({"date": "Y956"}, "without the Y: 0956"),
    ({"date": "17E4"}, 'begin such a year with Y: "Y17E4"'),
    ({"date": "-43"}, "-0043 is 44 BC"),
    ({"date": "February 25, 1956"}, 'write "1956-02-25"'),
    ({"id": "“a-b”"}, 'curly quotation marks do not quote: write "a-b"'),
    ({"image": {"url": "example.org/a.png"}}, "write it whole: https://example.org/a.png"),
]  # fmt: skip

SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({"listen": "8080"}, "write 127.0.0.1:8080"),
    ({"listen": ":8080"}, "write 127.0.0.1:8080"),
    ({"listen": "localhost"}, "write localhost:8080"),
    ({"listen": "http://localhost:9000/"}, "write localhost:9000"),
    ({"listen": "a b"}, "write HOST:PORT, such as 127.0.0.1:8080"),
    ({"store": "var/ledger.db"}, "write sqlite:///var/ledger.db"),
    ({"site": {"tag": "history.example.org"}}, '"history.example.org,2026"'),
    ({"site": {"url": "https://a.example/x?y"}}, "write https://a.example/x"),
    ({"site": {"zone": "Berlin"}}, "did you mean Europe/Berlin?"),
]

HOURS = {
    "9:00": "09:00", "9": "09:00", "9.30": "09:30", "9 am": "09:00", "9pm": "21:00",
    "12 am": "00:00", "12 pm": "12:00", "9h": "09:00", "09:00:00": "09:00",
    "24:00": "write hours and minutes", "noon": "write hours and minutes",
}  # fmt: skip


def said(record: Any, tree: dict[str, Any]) -> str:
    problems: list[Problem] = []
    assert record.read(tree, (), problems) is None
    return " | ".join(problem.message for problem in problems)


@pytest.mark.parametrize(("wrong", "advice"), ADVICE)
def test_an_entrys_mistake_is_told_with_what_to_write(wrong: dict[str, Any], advice: str) -> None:
    assert advice in said(ENTRY, {**entry("a", "1956"), **wrong})


@pytest.mark.parametrize(("wrong", "advice"), SETTINGS)
def test_a_configs_mistake_is_told_with_what_to_write(wrong: dict[str, Any], advice: str) -> None:
    assert advice in said(CONFIG, wrong)


@pytest.mark.parametrize("written", HOURS)
def test_an_hour_is_told_as_it_is_to_be_written(written: str) -> None:
    assert HOURS[written] in said(CHANNEL, {**ROOM, "at": written})


def test_a_store_that_may_hold_a_password_is_not_shown() -> None:
    words = said(CONFIG, {"store": "mysql://me:s3cret@db/x"})
    assert "is no store; write sqlite:///FILE" in words
    assert "s3cret" not in words


def test_a_documents_address_is_told_whole() -> None:
    wrong = {"id": "a", "title": "A", "url": "archive.example/1"}
    assert "write it whole: https://archive.example/1" in said(DOCUMENT, wrong)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("25 Feb 2026", "write 2026-02-25"),
        ("25.2.2026", "write 2026-02-25"),
        ("tomorrow", "YYYY-MM-DD"),
    ],
)
def test_a_day_of_the_command_line_is_told_as_it_is_to_be_written(
    written: str, advice: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=advice):
        options.day(written)
