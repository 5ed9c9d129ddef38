"""`import gedcom` with broken files: each is told, quickly, and none raises anything but Broken."""

import time
from contextlib import suppress

import pytest

from onthisday.importers.found import Broken, Found, Read, Refused
from onthisday.importers.gedcom import read
from onthisday.importers.gedcom_dates import dated
from onthisday.importers.gedcom_day import NoDay
from tests.importing.gedcom_files import gedcom, person
from tests.importing.incoming import incoming
from tests.importing.spoiling import spoiled

EVENTS = [
    "1 _UID 12AB",
    "1 BIRT",
    "2 DATE BET @#DFRENCH R@ 11 VEND 3 AND 1801",
    "2 PLAC Lyon, , France",
    "2 SOUR @S1@",
    "3 PAGE 12",
    "2 NOTE @N1@",
    "1 DEAT",
    "2 DATE 11 FEB 1731/32",
    "2 NOTE one line",
    "3 CONC  and more",
    "3 CONT Ä 🎂",
]
GOOD = gedcom(
    person(*EVENTS),
    person("1 BIRT", "2 DATE INT 5 MAR 1850 (Easter)", "1 DEAT Y", xref="@I2@"),
    "0 @F1@ FAM\n1 HUSB @I1@\n1 WIFE @I2@\n1 MARR\n2 DATE @#DHEBREW@ 5 IYR 5640\n2 SOUR a book",
    "0 @S1@ SOUR\n1 TITL A register\n1 REPO @R1@",
    "0 @R1@ REPO\n1 NAME An archive",
    "0 @N1@ NOTE A note\n1 CONT of two lines",
    head="1 GEDC\n2 VERS 5.5.1\n1 CHAR UTF-8\n1 LANG French",
).encode()


def all_of(content: bytes | str) -> list[Read]:
    """Return what is read. A file that is broken gives what came before."""
    given: list[Read] = []
    try:
        given.extend(read(incoming(content, "broken.ged")))
    except Broken:
        pass
    return given


@pytest.mark.parametrize("encoding", ["UTF-8", "ANSEL", "ANSI"])
@pytest.mark.parametrize("seed", range(200))
def test_a_spoiled_file_is_told_and_nothing_else_is_raised(seed: int, encoding: str) -> None:
    content = spoiled(GOOD.replace(b"CHAR UTF-8", b"CHAR " + encoding.encode()), seed)
    began = time.perf_counter()
    given = all_of(content)
    assert time.perf_counter() - began < 5
    if encoding == "UTF-8":
        text = content.decode("utf-8", "replace")
        assert all(
            text[slice(*each.place.span or ())] == each.text
            for each in given
            if isinstance(each, Found)
        )


@pytest.mark.parametrize("length", range(0, len(GOOD) - 8, 7))
def test_a_file_that_is_cut_gives_nothing_of_its_last_record(length: int) -> None:
    content = GOOD[:length]
    last = content.rfind(b"\n0 ") + 1
    with pytest.raises(Broken, match=r"0 HEAD|0 TRLR|is empty"):
        list(read(incoming(content)))
    facts = [each for each in all_of(content) if isinstance(each, Found)]
    assert all(each.place.span and each.place.span.end <= last for each in facts)


LONG = 400_000

BOMBS = {
    "one long line": "A" * LONG,
    "a long head": "0 HEAD" + " A" * LONG,
    "a long value": gedcom(person("1 BIRT", "2 DATE " + "1850 " * 80_000, "1 DEAT Y")),
    "a long name": gedcom(person("1 DEAT", "2 DATE 1900", name="/A" * (LONG // 2))),
    "slashes": gedcom(person("1 DEAT", "2 DATE 1900", name="/" * LONG)),
    "at signs": gedcom(person("1 DEAT", "2 DATE 1900", "2 NOTE " + "@" * LONG)),
    "an open name of a record": gedcom("0 @" + "A" * LONG),
    "spaces": gedcom(person("1 DEAT", "2 DATE 1900", "2 PLAC " + " " * LONG + "x")),
    "spaces before a tag": gedcom("1" + " " * LONG + "@"),
    "commas": gedcom(person("1 DEAT", "2 DATE 1900", "2 PLAC " + "," * LONG)),
    "brackets": gedcom(person("1 DEAT", "2 DATE " + "(" * LONG)),
    "markup": gedcom(
        person("1 DEAT", "2 DATE 1900", "2 NOTE " + "<b " * 100_000, "3 MIME text/html")
    ),
    "continued": gedcom(person("1 DEAT", "2 DATE 1900", "2 NOTE x", *["3 CONT x"] * 90_000)),
    "a long record": gedcom(person(*["1 DEAT"] * 150_000)),
    "deep": gedcom(person(*(f"{level} BIRT" for level in range(1, 100)))),
    "deeper": gedcom(person(*(f"{level} BIRT" for level in range(1, 3000)))),
    "no lines": gedcom("x\n" * 100_000),
    "records": gedcom("0 INDI\n" * 100_000),
    "notes that name each other": gedcom(
        "0 @N1@ NOTE @N1@", person("1 DEAT", "2 NOTE @N1@", "2 DATE 1900")
    ),
    "sources": gedcom(person("1 DEAT", "2 DATE 1900", *["2 SOUR A book"] * 50_000)),
    "sources of one title": gedcom(
        *(
            person("1 DEAT", "2 DATE 1900", f"2 SOUR Book {'!' * i}", xref=f"@I{i}@")
            for i in range(1000)
        )
    ),
    "carriage returns": gedcom("\r" * LONG),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_bounded_time(name: str) -> None:
    began = time.perf_counter()
    all_of(BOMBS[name])
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04" + bytes(1000),
        b"BEGIN:VCARD\nFN:Anna\nBDAY:19560315\nEND:VCARD\n",
        b'{"events": []}',
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"\x89PNG\r\n",
        b"1 BIRT\n2 DATE 1850\n",
        b"0 @I1@ INDI\n1 NAME Anna\n0 TRLR\n",
        GOOD.decode().encode("utf-32"),
    ],
)
def test_a_file_of_another_format_is_told(content: bytes) -> None:
    with pytest.raises(Broken, match="is no GEDCOM"):
        list(read(incoming(content)))


def test_a_line_that_is_none_is_refused_and_the_rest_is_read() -> None:
    given = all_of(
        GOOD.replace(b"2 NOTE one line\n", b"2 NOTE one line\n  broken by an editor\n\n")
    )
    assert [each.text for each in given if isinstance(each, Refused)] == [
        "  broken by an editor",
        "1 DEAT Y",
    ]
    death = next(each for each in given if isinstance(each, Found) and each.tree["kind"] == "death")
    assert "one line\n  broken by an editor\n\n3 CONC" in death.text


def test_two_people_of_one_name_are_told_because_one_may_be_living() -> None:
    with pytest.raises(Broken, match="two people with the name @I1@"):
        list(read(incoming(gedcom(person(), person()))))


@pytest.mark.parametrize("seed", range(200))
def test_a_spoiled_date_is_read_or_refused(seed: int) -> None:
    written = spoiled(b"BET @#DFRENCH R@ 11 VEND 3 AND ABT JULIAN 11 FEB 1731/32 BCE (x)", seed)
    with suppress(NoDay):
        assert dated(" ".join(written.decode("utf-8", "replace").split())).date.edtf
