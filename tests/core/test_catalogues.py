"""The catalogues of words: nothing is missing in them, and CLDR's part is what Babel has.

Translators edit ``src/onthisday/locales/catalogues/*.po``. deploy/catalogues.py makes what the
program reads.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import catalogues
from onthisday.locales.locale import ENGLISH, SPOKEN

LANGUAGES = [language for language in SPOKEN if language != "en"]


def test_there_is_a_catalogue_for_each_language_that_is_spoken() -> None:
    assert sorted(po.stem for po in catalogues.CATALOGUES.glob("*.po")) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_words_for_all_that_readers_are_told(language: str) -> None:
    assert list(catalogues.faults(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_nothing_that_nobody_says(language: str) -> None:
    said = {(message.context, str(message.id)) for message in catalogues.extracted()}
    catalogue = _read(language)
    assert [m.id for m in catalogue if m.id and (m.context, str(m.id)) not in said] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_plural_forms_of_cldr(language: str) -> None:
    found, known = _read(language), Catalog(locale=language)
    assert (found.num_plurals, found.plural_expr) == (known.num_plurals, known.plural_expr)


def test_what_the_program_reads_is_made_of_what_translators_wrote() -> None:
    """If this fails, run ``make words``."""
    for name, made in catalogues.made_catalogues():
        assert (catalogues.CATALOGUES / f"{name}.mo").read_bytes() == made, name


def test_catalogues_that_are_as_they_must_be_are_not_written_again() -> None:
    """A program that runs from the same folder may be reading them."""

    def written() -> dict[str, tuple[int, int]]:
        files = catalogues.CATALOGUES.glob("*.mo")
        return {each.name: (each.stat().st_ino, each.stat().st_ctime_ns) for each in files}

    before = written()
    catalogues.make()
    assert written() == before


def test_the_english_of_the_code_is_that_of_cldr() -> None:
    own = Locale.parse("en_GB")
    for context, message, said in catalogues.cldr(own):
        if isinstance(message, tuple):
            assert said == message
        elif context != "cldr" or message not in OURS:
            assert said == message, context


OURS = {
    "AD {year}", "{month} AD {year}", "{day} {month} AD {year}", "{first}–{day} {month} {year}",
    "{start} to {end}", "{weekday}, {day} {month}",
}  # fmt: skip
"""Where the English of the code differs: AD is first, a range has no thin spaces."""


def test_a_message_that_has_no_words_or_wrong_names_is_found(tmp_path: Path) -> None:
    asked = catalogues.extracted().get("perhaps {date}")
    assert asked is not None
    for words, fault in (
        ("", "has no words yet"),
        ("vielleicht", "lacks date"),
        ("vielleicht {datum}", "has names that nobody fills in: datum"),
        ("vielleicht {date}", None),
    ):
        catalogue = Catalog(locale="de")
        found = catalogue.add("perhaps {date}", words)
        assert catalogues.fault_of(asked, found) == fault


OTHER = "has other elements than the English words"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Alles vom <a href='{link}'>{day}</a>", "has other elements than the English words"),
        ("Alles vom {day}: {link}", "has other elements than the English words"),
        (
            'Alles & mehr vom <a href="{link}">{day}</a>',
            "has other elements than the English words",
        ),
        (
            '"Alles" vom <a href="{link}">{day}</a>',
            'has the mark "; write the quotation marks of the language',
        ),
        ('„Alles“ vom <a href="{link}">{day}</a>', None),
    ],
)
def test_words_that_would_break_a_page_are_found(words: str, fault: str | None) -> None:
    asked = catalogues.extracted().get('All of <a href="{link}">{day}</a>')
    assert asked is not None
    found = Catalog(locale="de").add(asked.id, words)
    assert catalogues.fault_of(asked, found) == fault


def test_english_has_no_catalogue() -> None:
    assert type(ENGLISH._catalogue).__name__ == "NullTranslations"


def _read(language: str) -> Catalog:
    with (catalogues.CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def test_each_message_of_the_code_is_found_for_the_translators() -> None:
    """The extractor of Babel sees no message inside an f-string."""
    found = {message.id for message in catalogues.extracted()}
    known = found | {form for each in found if isinstance(each, tuple) for form in each}
    for path in catalogues.SOURCE.rglob("*.py"):
        assert [said for said in _said_in(path) if said not in known] == [], path


def _said_in(path: Path) -> Iterator[str]:
    """Yield the messages in a module. CLDR's are not for translators."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            place = {"gettext": 0, "ngettext": 0, "pgettext": 1, "npgettext": 1}.get(node.func.attr)
            texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            said = texts[place] if place is not None and len(texts) > place else None
            if isinstance(said, str) and not (place and texts[0] in CLDR):
                yield said


CLDR = {"cldr", "month", "month alone", "weekday"}
