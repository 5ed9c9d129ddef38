"""A GEDCOM file is read in the encoding that it is in, also if it names another one."""

import pytest

from onthisday.importers.found import Broken, Found
from onthisday.importers.gedcom import read
from onthisday.importers.incoming import Line
from tests.importing.gedcom_files import found, gedcom, notes, person
from tests.importing.incoming import incoming


def file_of(name: str, encoding: str, language: str = "English") -> str:
    death = person("1 DEAT", "2 DATE 1900", name=name)
    return gedcom(death, head=f"1 CHAR {encoding}\n1 LANG {language}")


@pytest.mark.parametrize(
    ("name", "encoding", "language", "codec"),
    [
        ("Jürgen Weiß", "ANSI", "German", "cp1252"),
        ("Dvořák", "ANSI", "Czech", "cp1250"),
        ("Пушкин", "ANSI", "Russian", "cp1251"),
        ("Jürgen", "WINDOWS-1252", "German", "cp1252"),
        ("Dvořák", "cp1250", "English", "cp1250"),
        ("Jürgen", "IBMPC", "German", "cp437"),
        ("Jürgen", "MACINTOSH", "German", "mac_roman"),
        ("Jürgen", "ANSI", "German", "utf-8"),
        ("Jürgen", "ANSEL", "German", "utf-8"),
        ("Jürgen", "UTF-8", "German", "utf-8-sig"),
        ("Jürgen", "", "German", "utf-8"),
        ("Jürgen", "KLINGON", "German", "utf-8"),
    ],
)
def test_names_are_right(name: str, encoding: str, language: str, codec: str) -> None:
    raw = file_of(name, encoding, language).encode(codec)
    assert name in found(raw)[0].tree["title"]


def test_ansel_puts_its_accents_behind_the_letter_and_makes_one_letter_of_both() -> None:
    raw = (
        file_of("J?rgen D?ring", "ANSEL")
        .encode()
        .replace(b"?", b"\xe8u", 1)
        .replace(b"?", b"\xe8o")
    )
    fact = found(raw)[0]
    assert fact.tree["title"] == "Jürgen Döring dies"
    assert fact.place.span is not None
    assert raw[fact.place.span.start : fact.place.span.end].decode() == fact.text


def test_places_are_counted_in_characters_also_where_they_are_one_byte() -> None:
    text = file_of("Jürgen Weiß", "ANSI").replace("2 DATE 1900", "2 PLAC Köln\r\n2 DATE 1900")
    fact = found(text.encode("cp1252"))[0]
    assert fact.place.span is not None
    assert text[fact.place.span.start : fact.place.span.end] == fact.text
    assert fact.place.line == 6


def test_a_name_of_several_encodings_is_told_only_if_it_matters() -> None:
    told = [each.message for each in notes(file_of("Jürgen", "ANSI").encode("cp1252"))]
    assert told == ['says "1 CHAR ANSI" and is read as cp1252; see if the names are right']
    assert notes(file_of("Jurgen", "ANSI").encode("cp1252")) == []
    assert notes(file_of("Jürgen", "cp1252").encode("cp1252")) == []
    assert notes(file_of("Jürgen", "ANSI").encode()) == []


def test_a_file_whose_encoding_nobody_can_guess_is_read_by_its_head() -> None:
    raw = file_of("Jürgen", "ANSI").encode("cp1252")
    file = incoming(raw)._replace(lines=lambda: iter([Line(1, 0, "")]))
    assert [each.tree["title"] for each in read(file) if isinstance(each, Found)] == ["Jürgen dies"]


def test_utf_16_is_read_whatever_the_head_says() -> None:
    text = file_of("Jürgen", "ANSI")
    file = incoming(text)._replace(content=lambda: text.encode("utf-16"))
    assert [each.tree["title"] for each in read(file) if isinstance(each, Found)] == ["Jürgen dies"]


def test_a_gedzip_file_is_told_what_to_do() -> None:
    file = incoming(b"PK\x03\x04")._replace(lines=lambda: iter([Line(1, 0, "")]))
    with pytest.raises(Broken, match=r"take gedcom\.ged out of it"):
        list(read(file))
