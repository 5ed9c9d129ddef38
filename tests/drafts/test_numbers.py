"""Numbers are read in figures, in words and in Roman numerals, in eight languages."""

from fractions import Fraction

import pytest

from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.number_words import NUMBER_WORDS
from onthisday.drafts.numbers import Number, numbers_in

READ = [
    ("en", "1,400 delegates", "1,400", 1400),
    ("en", "1,234.56 pounds", "1,234.56", Fraction("1234.56")),
    ("en", "one and a half million people", "one and a half million", 1_500_000),
    ("en", "half a million", "half a million", 500_000),
    ("en", "1.5 million", "1.5 million", 1_500_000),
    ("en", "$1bn was lost", "1bn", 10**9),
    ("en", "two hundred and five thousand men", "two hundred and five thousand", 205_000),
    ("en", "at the age of fourteen", "fourteen", 14),
    ("en", "thirty-one", "thirty-one", 31),
    ("en", "a dozen eggs", "dozen", 12),
    ("en", "World War II", "II", 2),
    ("en", "Charles V dies", "V", 5),
    ("en", "from 1948–50", "50", 1950),
    ("de", "fünfundzwanzig Leute", "fünfundzwanzig", 25),
    ("de", "hundertfünfundzwanzig", "hundertfünfundzwanzig", 125),
    ("de", "680.000 Menschen", "680.000", 680_000),
    ("de", "anderthalb Millionen", "anderthalb Millionen", 1_500_000),
    ("de", "1,5 Mio. Mark", "1,5 Mio", 1_500_000),
    ("de", "dreihunderttausend", "dreihunderttausend", 300_000),
    ("fr", "quatre-vingt-dix-sept", "quatre-vingt-dix-sept", 97),
    ("fr", "soixante et onze", "soixante et onze", 71),
    ("fr", "dix-sept ans", "dix-sept", 17),
    ("fr", "un million et demi", "un million et demi", 1_500_000),
    ("it", "ventotto soldati", "ventotto", 28),
    ("en", "the thousandth goal", "thousandth", 1000),
    ("en", "the two hundredth day", "two hundredth", 200),
    ("en", "12½ percent", "12½", Fraction(25, 2)),
    ("es", "el centésimo", "centésimo", 100), ("pt", "o milésimo golo", "milésimo", 1000),
    ("ru", "сотый гол", "сотый", 100),
    ("it", "centotto", "centotto", 108),
    ("it", "duemila", "duemila", 2000),
    ("it", "millenovecentocinquantasei", "millenovecentocinquantasei", 1956),
    ("es", "mil novecientos cincuenta y seis", "mil novecientos cincuenta y seis", 1956),
    ("es", "treinta y cinco", "treinta y cinco", 35),
    ("es", "medio millón", "medio millón", 500_000),
    ("pt", "mil e quatrocentos", "mil e quatrocentos", 1400),
    ("pt", "dois milhões e meio", "dois milhões e meio", 2_500_000),
    ("nl", "tweeëntwintig", "tweeëntwintig", 22),
    ("nl", "anderhalf miljoen", "anderhalf miljoen", 1_500_000),
    ("ru", "тысяча четыреста делегатов", "тысяча четыреста", 1400),
    ("ru", "полтора миллиона", "полтора миллиона", 1_500_000),
    ("ru", "два с половиной миллиона", "два с половиной миллиона", 2_500_000),
    ("ru", "680 тысяч", "680 тысяч", 680_000),
]  # fmt: skip

ORDERS = [
    ("en", "the TWENTIETH CONGRESS", 20), ("en", "the 17th Congress", 17),
    ("en", "the twenty-fifth day", 25), ("de", "am 20. Kongress", 20),
    ("de", "der einundzwanzigste", 21), ("fr", "le vingtième congrès", 20),
    ("fr", "XXe congrès", 20), ("it", "il ventesimo congresso", 20),
    ("it", "XX congresso", 20), ("es", "el vigésimo congreso", 20), ("pt", "o vigésimo", 20),
    ("nl", "twintigste", 20), ("ru", "двадцатый съезд", 20), ("ru", "двадцатом съезде", 20),
    ("ru", "XX съезд", 20), ("ru", "17-й съезд", 17),
]  # fmt: skip


LONG = ["9" * 50_000, "ein" * 20_000 + "x", "1 000 " * 9_000, "hundert und " * 5_000, "X" * 50_000]


def only(text: str, language: str) -> Number:
    """Return the one number of a text."""
    [number] = numbers_in(text, language)
    return number


@pytest.mark.parametrize(("language", "text", "words", "value"), READ)
def test_a_number_is_read(language: str, text: str, words: str, value: int | Fraction) -> None:
    number = next(n for n in numbers_in(text, language) if text[n.start : n.end] == words)
    assert value in number.values


@pytest.mark.parametrize(("language", "text", "value"), ORDERS)
def test_a_place_in_an_order_is_read(language: str, text: str, value: int) -> None:
    number = only(text, language)
    assert number.orders
    assert number.values == {value}


@pytest.mark.parametrize("text", ["the 1980s", "the late 80s"])
def test_a_decade_is_read(text: str) -> None:
    number = only(text, "en")
    assert number.decade
    assert 1980 in number.values


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "in the fifties"), ("de", "die fünfziger Jahre"), ("fr", "les années cinquante"),
     ("it", "gli anni Cinquanta"), ("es", "los años cincuenta"), ("pt", "os anos cinquenta"),
     ("nl", "de jaren vijftig"), ("ru", "пятидесятые годы")],
)  # fmt: skip
def test_a_decade_in_words_is_read(language: str, text: str) -> None:
    number = only(text, language)
    assert number.decade
    assert 1950 in number.values


@pytest.mark.parametrize("text", ["8848 m high", "8848 m"])
def test_metres_may_stand_after_a_number(text: str) -> None:
    assert 8848 in only(text, "en").values


def test_a_french_article_is_no_numeral() -> None:
    assert list(numbers_in("Au Bourget. Le roi", "fr")) == []


def test_a_time_says_its_hour_and_its_half() -> None:
    assert {11, 30, Fraction(23, 2)} <= only("11:30", "en").parts


def test_a_result_of_a_race_is_no_time_of_day() -> None:
    assert [number.values for number in numbers_in("3:59.4", "en")] == [{3}, {Fraction("59.4")}]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "9:34 p.m.", "21:34"), ("en", "9.34 p.m.", "21:34"), ("nl", "13.27 uur", "13:27"),
     ("en", "9:34 AM", "9:34"), ("de", "23.30 Uhr", "23:30"),
     ("fr", "23 h 30", "23:30"), ("fr", "23h30", "23:30")],
)  # fmt: skip
def test_a_time_of_day_is_one_number(language: str, one: str, other: str) -> None:
    assert only(one, language).values == only(other, language).values
    assert len(only(one, language).values) == 1


def test_a_comma_may_be_a_point() -> None:
    assert only("1.966", "en").values == {1966, Fraction("1.966")}


def test_millions_alone_are_no_figure() -> None:
    assert only("Millionen Menschen", "de").vague
    assert list(numbers_in("millions of people", "en")) == []
    assert not only("a million people", "en").vague


def test_words_that_hold_number_words_are_no_numbers() -> None:
    texts = {"en": "often weight, freight, canine, tent", "de": "einige Dreiecke, Zehner, Achtung",
             "it": "uniti, ottone, tregua", "nl": "eender, vierkant, tiener"}  # fmt: skip
    for language, text in texts.items():
        assert list(numbers_in(text, language)) == [], text


@pytest.mark.parametrize("language", sorted(NUMBER_WORDS))
@pytest.mark.parametrize("text", LONG)
def test_a_long_text_is_read_in_a_moment(language: str, text: str) -> None:
    assert len(list(numbers_in(text, language))) <= len(text)


def test_every_language_has_its_number_words() -> None:
    assert set(NUMBER_WORDS) == set(LANGUAGES)


@pytest.mark.parametrize("language", sorted(NUMBER_WORDS))
def test_every_cardinal_of_a_language_is_read_as_its_own_value(language: str) -> None:
    values = [*range(21), 30, 40, 50, 60, 70, 80, 90]
    for value, forms in zip(values, NUMBER_WORDS[language].cardinals.split(), strict=True):
        for form in forms.split("/"):
            if form != "-" and value:
                assert value in only(form, language).values, form
