"""In each language every form of a date is found, whatever words are around it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.edtf import parse
from onthisday.drafts.languages import LANGUAGES, guessed, words_heard
from onthisday.drafts.mentions import Mention, find_mentions
from onthisday.drafts.small_letters import small

NAMES = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
    " dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
FORMS = {
    "en": ["{day} {month} {year}", "{month} {day}, {year}", "{month} {day} {year}",
           "{day} of {month}, {year}", "{month} {day},{year}", "{short}. {day}, {year}",
           "{day} {short} {year}", "{month} {nth}, {year}", "{nth} of {month}, {year}",
           "{nth} {month} {year}", "{day}\u00a0{month}\u00a0{year}", "{month} the {nth}, {year}",
           "{nth} day of {month}, {year}"],
    "ru": ["{day} {month} {year} года", "{day} {month} {year} г.", "{day} {month} {year}"],
    "it": ["{day} {month} {year}", "{day}º {month} {year}", "{day} {Month} {year}"],
    "de": ["{day}. {month} {year}", "{day}.{month} {year}", "{zero}. {month} {year}",
           "{day}ten {month} {year}", "{day}. {month} im Jahre {year}"],
    "fr": ["{day} {month} {year}", "{day}er {month} {year}", "{day}e {month} de l'an {year}"],
    "es": ["{day} de {month} de {year}", "{day} de {month} del {year}"],
    "pt": ["{day} de {month} de {year}", "{day}º de {month} de {year}"],
    "nl": ["{day} {month} {year}", "{day}den {month} {year}", "{day}e {month} anno {year}"],
}  # fmt: skip
NUMERIC = ["{year}-{month:02}-{day:02}", "{day:02}.{month:02}.{year}", "{day}.{month}.{year}",
           "{day:02}/{month:02}/{year}", "{day}-{month}-{year}"]  # fmt: skip
AROUND = [("", ""), ("x, ", "."), ("(", ")"), ("“", "”"), ("\n\n", "\n\n"), ("1. ", ", 3")]

days = st.dates(date(1000, 1, 1), date(2099, 12, 31))
forms = st.sampled_from([(code, form) for code, listed in FORMS.items() for form in listed])


def written(form: str, code: str, day: date) -> str:
    """Return a date as the language writes it."""
    month = NAMES[code].split()[day.month - 1]
    nth = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    return form.format(
        day=day.day, zero=f"{day.day:02}", nth=f"{day.day}{nth}", month=month, year=day.year,
        Month=month.capitalize(), short="Sept" if day.month == 9 else month[:3],
    )  # fmt: skip


def the_only_one(text: str, language: str | None) -> Mention:
    """Return the only mention in a text."""
    (found,) = find_mentions(text, language)
    return found


@given(forms, days, st.sampled_from(AROUND))
def test_every_written_date_is_found_with_its_words_and_value(
    form: tuple[str, str], day: date, around: tuple[str, str]
) -> None:
    code, words = form[0], written(form[1], form[0], day)
    found = the_only_one(around[0] + words + around[1], code)
    assert (found.start, found.end) == (len(around[0]), len(around[0]) + len(words))
    assert (found.text, found.value) == (words, day.isoformat())
    assert (found.year_from, found.proposed, found.furniture) == ("written", True, False)


@given(forms, days)
def test_a_date_without_its_year_is_that_day_of_some_year(form: tuple[str, str], day: date) -> None:
    short = form[1].split("{month}")[0] + "{month}" if form[1].startswith("{day}") else form[1]
    if "{year}" in short:
        short = short.split("{year}")[0].rstrip(", ")
    words = written(short, form[0], day)
    found = the_only_one(f"x {words} x", form[0])
    assert found.value == f"XXXX-{day.month:02}-{day.day:02}"
    assert (found.text, found.proposed) == (words, False)


@given(st.sampled_from(NUMERIC), days, st.sampled_from(sorted(LANGUAGES)))
def test_a_numeric_date_is_read_day_first_and_proposed_only_where_it_is_sure(
    form: str, day: date, code: str
) -> None:
    words = form.format(day=day.day, month=day.month, year=day.year)
    found = the_only_one(f"x {words}, x", code)
    assert (found.text, found.value) == (words, day.isoformat())
    sure = form.startswith("{year}") or day.day > 12 or day.day == day.month or code != "en"
    assert found.proposed == sure


@given(days.filter(lambda day: day.day > 12))
def test_a_numeric_date_that_cannot_be_day_first_is_month_first(day: date) -> None:
    assert the_only_one(f"{day.month}/{day.day}/{day.year}", "en").value == day.isoformat()


TEXTS = {
    "en": "The text was read out by the First Secretary on 25 February 1956.",
    "ru": "Доклад был прочитан на закрытом заседании 25 февраля 1956 года.",
    "it": "Il rapporto fu letto in una seduta del congresso il 25 febbraio 1956.",
    "de": "Die Rede wurde in der geschlossenen Sitzung am 25. Februar 1956 gehalten.",
    "fr": "Le rapport fut lu dans une séance du congrès le 25 février 1956.",
    "es": "El informe fue leído en una sesión del congreso el 25 de febrero de 1956.",
    "pt": "O relatório foi lido em uma sessão do congresso em 25 de fevereiro de 1956.",
    "nl": "De toespraak werd gehouden in een zitting van het congres op 25 februari 1956.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_known_by_its_words(code: str) -> None:
    found = the_only_one(TEXTS[code], None)
    assert (found.language, found.value, found.proposed) == (code, "1956-02-25", True)


def test_a_text_in_two_languages_is_read_paragraph_by_paragraph() -> None:
    found = find_mentions("\n\n".join(TEXTS.values()))
    assert [one.language for one in found] == list(TEXTS)
    assert {one.value for one in found} == {"1956-02-25"}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Berlin, den 26. September 1880", "de"), ("Dresden, 4. November 1833", "de"),
        ("Paris, le 3 juillet 1790", "fr"), ("Madrid, 3 de abril de 1802", "es"),
        ("Lisboa, 7 de maio de 1820", "pt"), ("Amsterdam, den 12 april 1840", "nl"),
        ("Roma, li 3 agosto 1799", "it"), ("Москва, 3 мая 1801 г.", "ru"),
        ("London, 26 September 1880", "en"), ("De Gaulle spoke on 18 June 1940.", "en"),
    ],
)  # fmt: skip
def test_a_dateline_by_itself_is_in_the_language_that_it_looks_like(line: str, code: str) -> None:
    assert the_only_one(line, None).language == code


def test_a_first_short_line_in_another_language_does_not_make_the_document_so() -> None:
    letters = ["Letter no. 12 of the estate", "Dresden, 4. November 1833", "Verehrter Freund,",
               "ich habe Ihren Brief erhalten und danke Ihnen. Wir reisen im Mai ab.",
               "Pirna, 9. April 1834", "Ihr ergebener Diener"]  # fmt: skip
    assert {one.language for one in find_mentions("\n\n".join(letters))} == {"de"}


def test_what_a_document_claims_counts_only_if_its_words_do_not_tell() -> None:
    (found,) = find_mentions("12 november 1840", says="nl")
    assert found.language == "nl"
    text = "Der Rat tagte am 3. Mai 1801 und kam zu keinem Beschluss."
    assert find_mentions(text, says="en")[0].language == "de"
    assert find_mentions(text, says="xx")[0].language == "de"


def test_a_language_changes_with_the_paragraphs_of_a_long_file() -> None:
    german = "Der Rat der Stadt tagte wieder und kam auch heute zu keinem Beschluss.\n\n"
    english = "The council of the town met again, and it came to no decision today.\n\n"
    dateline = "4 November 1833\n\n"
    text = (german + dateline) * 60 + (english + dateline) * 60
    found = [one.language for one in find_mentions(text) if one.precision == "day"]
    assert (found[:60], found[-55:]) == (["de"] * 60, ["en"] * 55)


def test_a_date_by_itself_is_in_the_language_of_its_month_or_of_the_text_before() -> None:
    assert guessed(words_heard("25 febbraio 1956"), "en") == "it"
    assert guessed(words_heard("25 april 1956"), "nl") == "nl"
    assert guessed(words_heard("1956"), "ru") == "ru"


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("de", "Am 25. Februar 1956 begann es; am nächsten Tag war es vorbei.",
         ["1956-02-25", "1956-02-26"]),
        ("de", "Im März 1956, zwischen 1934 und 1937, im 19. Jahrhundert, 1950er Jahre",
         ["1956-03", "1934/1937", "18XX", "195X"]),
        ("de", "44 v. Chr. und um 1950", ["-0043", "1950~"]),
        ("fr", "Le 1er mars 1956 ; le lendemain, trois jours plus tard.",
         ["1956-03-01", "1956-03-02", "1956-03-05"]),
        ("fr", "au XIXe siècle, dans les années 1950, en 1964, vers 1950",
         ["18XX", "195X", "1964", "1950~"]),
        ("it", "Il 25 febbraio 1956; il giorno dopo.", ["1956-02-25", "1956-02-26"]),
        ("it", "nel XIX secolo, negli anni '50, nel marzo del 1953, 44 a.C.",
         ["18XX", "195X", "1953-03", "-0043"]),
        ("es", "El 25 de febrero de 1956; al día siguiente.", ["1956-02-25", "1956-02-26"]),
        ("es", "en el siglo XIX, en los años 50, en marzo de 1953, desde 1938 hasta 1947",
         ["18XX", "195X", "1953-03", "1938/1947"]),
        ("pt", "Em 25 de fevereiro de 1956; no dia seguinte.", ["1956-02-25", "1956-02-26"]),
        ("pt", "no século XIX, nos anos 50, em março de 1953", ["18XX", "195X", "1953-03"]),
        ("nl", "Op 25 februari 1956; de volgende dag.", ["1956-02-25", "1956-02-26"]),
        ("nl", "in de 19e eeuw, jaren vijftig, jaren '50, in maart 1953",
         ["18XX", "195X", "1953-03"]),
        ("ru", "25 февраля 1956 г.; на следующий день, через три дня.",
         ["1956-02-25", "1956-02-26", "1956-02-29"]),
        ("ru", "в XIX веке, в 1950-х годах, в марте 1953 года, в 1964 году, 1936—1937 гг.",
         ["18XX", "195X", "1953-03", "1964", "1936/1937"]),
        ("es", "En 1942 las tropas; en 1943 los otros", ["1942", "1943"]),
        ("fr", "En 1942 les troupes", ["1942"]),
        ("it", "Tra il 1989 e il 1991, tra il 31 ottobre e il 1º novembre 1961",
         ["1989/1991", "1961-10-31", "1961-11-01"]),
        ("de", "In der Nacht vom 31. Oktober auf den 1. November 1961",
         ["1961-10-31"]),
        ("ru", "В ночь с 31 октября на 1 ноября 1961 года", ["1961-10-31"]),
        ("ru", "44 года до н. э., зимой 1941 года, около 1950 года",
         ["-0043", "1941-24", "1950~"]),
    ],
)  # fmt: skip
def test_a_language_has_its_own_vague_dates_and_counts(
    code: str, text: str, values: list[str]
) -> None:
    found = find_mentions(text, code)
    assert [one.value for one in found] == values
    assert all(parse(one.value) for one in found)


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_each_language_names_twelve_months_and_four_seasons(code: str) -> None:
    language = LANGUAGES[code]
    assert set(language.months.values()) == set(range(1, 13))
    assert set(language.short.values()) <= set(range(1, 13))
    assert set(language.seasons.values()) == {21, 22, 23, 24}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_words_that_are_looked_for_in_small_letters_have_no_capitals(code: str) -> None:
    language = LANGUAGES[code]
    looked_for = (language.numbered, language.named, language.consulted, language.posted)
    assert all(words == small(words) for words in looked_for)


@given(st.text())
def test_in_small_letters_each_letter_stays_at_its_place(text: str) -> None:
    assert len(small(text)) == len(text)
    assert small("İZMİR, 5. Auguſt") == "izmir, 5. august"


def test_a_language_that_is_not_known_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        find_mentions("25 February 1956", "xx")
