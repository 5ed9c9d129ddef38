"""The locales: CLDR's data in the catalogues, plurals, numbers, lists and directions."""

from datetime import date

import pytest

from onthisday.dates.edtf import parse
from onthisday.locales.locale import ENGLISH, SPOKEN, is_spoken, locale_of
from onthisday.views.date_words import day_of_week, long_day, month_and_day, short_day
from onthisday.views.historical_words import spoken
from onthisday.views.words import years_ago


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "Monday, 5 January 2026"), ("en-US", "Monday, January 5, 2026"),
        ("de", "Montag, 5. Januar 2026"), ("de-AT", "Montag, 5. Jänner 2026"),
        ("fr", "lundi 5 janvier 2026"), ("it", "lunedì 5 gennaio 2026"),
        ("es", "lunes, 5 de enero de 2026"), ("pt", "segunda-feira, 5 de janeiro de 2026"),
        ("nl", "maandag 5 januari 2026"),
        ("ru", "понедельник, 5 января 2026\N{NARROW NO-BREAK SPACE}г."),
        ("ar", "الاثنين، 5 يناير 2026"), ("ar-EG", "الاثنين، ٥ يناير ٢٠٢٦"),
    ],
)  # fmt: skip
def test_a_day_is_said_as_cldr_has_it(tag: str, words: str) -> None:
    assert long_day(locale_of(tag), date(2026, 1, 5)) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de", ["vor 1 Jahr", "vor 2 Jahren", "vor 5 Jahren", "vor 21 Jahren"]),
        ("ru", ["1 год назад", "2 года назад", "5 лет назад", "21 год назад"]),
        ("ar", ["قبل سنة واحدة", "قبل سنتين", "قبل 5 سنوات", "قبل 21 سنة"]),
    ],
)
def test_years_since_have_the_plural_of_the_language(tag: str, words: list[str]) -> None:
    assert [years_ago(locale_of(tag), years) for years in (1, 2, 5, 21)] == words


@pytest.mark.parametrize(
    ("tag", "small", "large"),
    [
        ("en", "1,436", "12,345"), ("de", "1.436", "12.345"), ("es", "1436", "12.345"),
        ("it", "1436", "12.345"), ("pt-PT", "1436", "12\N{NO-BREAK SPACE}345"),
        ("fr", "1\N{NARROW NO-BREAK SPACE}436", "12\N{NARROW NO-BREAK SPACE}345"),
        ("ar-EG", "١٬٤٣٦", "١٢٬٣٤٥"),
    ],
)  # fmt: skip
def test_a_number_is_grouped_as_the_language_does(tag: str, small: str, large: str) -> None:
    locale = locale_of(tag)
    assert (locale.number(1436), locale.number(12_345)) == (small, large)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "15 March 44 BC"), ("de", "15. März 44 v. Chr."),
        ("ru", "15 марта 44\N{NARROW NO-BREAK SPACE}г. до н. э."),
        ("es", "15 de marzo de 44 a. C."),
    ],
)  # fmt: skip
def test_an_era_stands_where_the_language_has_it(tag: str, words: str) -> None:
    assert spoken(locale_of(tag), parse("-0043-03-15")) == words


def test_days_of_one_month_stand_together() -> None:
    found = parse("1956-02-24/1956-02-25")
    assert spoken(locale_of("de"), found) == "24.–25. Februar 1956"
    assert spoken(locale_of("en-US"), found).startswith("February 24")


def test_a_list_is_joined_as_the_language_does() -> None:
    assert locale_of("de").listed(["a", "b", "c"], "or") == "a, b oder c"
    assert locale_of("ar").listed(["ا", "ب", "ج"]) == "ا وب وج"
    assert ENGLISH.listed([]) == ""
    assert ENGLISH.listed(["a"]) == "a"


def test_a_tag_without_a_catalogue_is_spoken_in_english() -> None:
    locale = locale_of("sv")
    assert (locale.tag, locale.language, locale.words_tag) == ("sv", "en", "en")
    assert short_day(locale, date(2026, 2, 25)) == "25 February 2026"
    assert not is_spoken("sv")
    assert all(map(is_spoken, SPOKEN))


def test_a_region_that_nobody_knows_has_the_words_of_its_language() -> None:
    assert locale_of("de-XX").words_tag == "de-XX"
    assert month_and_day(locale_of("de-XX"), date(2026, 1, 5)) == "5. Januar"


def test_a_name_of_the_other_direction_is_isolated() -> None:
    assert ENGLISH.isolate("Prague") == "Prague"
    assert ENGLISH.isolate("“Über uns”, 1956") == "“Über uns”, 1956"
    assert ENGLISH.isolate("القاهرة") == "\u2068القاهرة\u2069"
    assert locale_of("ar").isolate("القاهرة 1956") == "القاهرة 1956"
    assert locale_of("ar").isolate("Fakti") == "\u2068Fakti\u2069"


def test_a_weekday_without_a_year_has_no_comma_left_over() -> None:
    said = {tag: day_of_week(locale_of(tag), date(2026, 3, 2)) for tag in ("en", "de", "fr")}
    assert said == {"en": "Monday, 2 March", "de": "Montag, 2. März", "fr": "lundi 2 mars"}
