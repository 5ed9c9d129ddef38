"""EDTF dates: which are read, which are refused. The package edtf gives a second opinion."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.calendars import CivilDay, MonthDay, day_number
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.human_dates import read
from onthisday.locales.locale import ENGLISH
from onthisday.views.historical_words import spoken
from tests.core.edtf_texts import ANY, MARKS, PLAIN, YEARS
from tests.core.edtf_texts import DAYS as DAY_TEXTS

FORMS = {
    "1956-02-25": ("day", 1956, 2, 25),
    "-0043-03-15": ("day", -43, 3, 15),
    "0000-02-29": ("day", 0, 2, 29),
    "XXXX-11-07": ("day", None, 11, 7),
    "XXXX-02-29": ("day", None, 2, 29),
    "1953-03": ("month", 1953, 3, None),
    "XXXX-12": ("month", None, 12, None),
    "1953-03-XX": ("month", 1953, 3, None),
    "1956-21": ("season", 1956, 21, None),
    "1956-24": ("season", 1956, 24, None),
    "1964": ("year", 1964, None, None),
    "1964-XX": ("year", 1964, None, None),
    "1964-XX-XX": ("year", 1964, None, None),
    "-0753": ("year", -753, None, None),
    "Y17000": ("year", 17000, None, None),
    "Y-17000": ("year", -17000, None, None),
    "195X": ("decade", 1950, None, None),
    "-004X": ("decade", -49, None, None),
    "-00XX": ("century", -99, None, None),
    "-000X": ("decade", -9, None, None),
    "19XX": ("century", 1900, None, None),
    "1936/1937": ("interval", 1936, None, None),
    "1936-05/1936": ("interval", 1936, 5, None),
    "1936/..": ("interval", 1936, None, None),
    "../1937": ("interval", 1937, None, None),
    "/1937": ("interval", 1937, None, None),
    "1936/": ("interval", 1936, None, None),
    "[1917,1918]": ("set", 1917, None, None),
    "[1918, 1917-11]": ("set", 1917, 11, None),
    "{1960,1961}": ("set", 1960, None, None),
    "[1667,1668, 1670..1672]": ("set", 1667, None, None),
    "[..1760-12-03]": ("set", 1760, 12, 3),
    "[1760-12..]": ("set", 1760, 12, None),
    "{XXXX-03,1961}": ("set", 1961, None, None),
    "2001-34": ("season", 2001, 34, None),
    "156X-12-25": ("day", None, 12, 25),
    "156X-12": ("month", None, 12, None),
    "156X-1X": ("decade", 1560, None, None),
    "1XXX": ("years", None, None, None),
    "1984-1X": ("year", 1984, None, None),
    "1984-XX-25": ("year", 1984, None, None),
    "2004-12-2X": ("month", 2004, 12, None),
    "1985-04-3X": ("month", 1985, 4, None),
    "1950S2": ("years", 1950, None, None),
    "1950S4": ("year", 1950, None, None),
    "Y-17E7": ("year", -170_000_000, None, None),
    "Y3388E2S3": ("years", 338_800, None, None),
    "2004-06~-11": ("day", 2004, 6, 11),
}


@pytest.mark.parametrize("text", FORMS)
def test_every_form_is_read_with_its_precision(text: str) -> None:
    found = parse(text)
    assert (found.precision, found.year, found.month, found.day) == FORMS[text]
    assert found.edtf == text


@pytest.mark.parametrize(
    ("mark", "uncertain", "approximate"),
    [("", False, False), ("?", True, False), ("~", False, True), ("%", True, True)],
)
@pytest.mark.parametrize("text", ["1956-02-25", "1953-03", "1934", "XXXX-11-07", "195X"])
def test_a_mark_says_how_sure_a_date_is(
    text: str, mark: str, uncertain: bool, approximate: bool
) -> None:
    found = parse(text + mark)
    assert (found.uncertain, found.approximate) == (uncertain, approximate)


@pytest.mark.parametrize(
    ("text", "marks", "uncertain", "approximate"),
    [
        ("2004?-06-11", "?  ", True, False),
        ("2004-06~-11", "~~ ", False, True),
        ("?2004-06-~11", "? ~", True, True),
        ("2004-%06-11", " % ", True, True),
        ("2011-~06~-04", "~~ ", False, True),
        ("2004?-06-11~", "%~~", True, True),
        ("?2004-06-~11?", "??%", True, True),
        ("?2004?-06", "? ", True, False),
        ("2004?-06?", "", True, False),
        ("?2004-?06-?11", "", True, False),
        ("2004?-XX", "", True, False),
        ("2004-?XX", "", False, False),
        ("?-0043-03", "? ", True, False),
    ],
)
def test_a_mark_inside_a_date_is_of_its_part_or_of_the_parts_up_to_it(
    text: str, marks: str, uncertain: bool, approximate: bool
) -> None:
    found = parse(text)
    assert found.marks == (f"{marks:3}" if marks else "")
    assert (found.uncertain, found.approximate) == (uncertain, approximate)


@pytest.mark.parametrize(
    ("text", "falls_on", "in_doubt", "names_one_year"),
    [
        ("2004-06-11", MonthDay(6, 11), False, True),
        ("2004-06-11?", MonthDay(6, 11), True, True),
        ("2004-06-11~", None, False, False),
        ("2004?-06-11", MonthDay(6, 11), True, True),
        ("2004~-06-11", MonthDay(6, 11), True, False),
        ("2004-?06-11", MonthDay(6, 11), True, True),
        ("2004-~06-11", None, False, True),
        ("2004-06-~11", None, False, True),
        ("2004%-06-11", MonthDay(6, 11), True, False),
        ("156X-12-25", MonthDay(12, 25), False, False),
        ("156X-12-2X", None, False, False),
        ("1984-04-3X", None, False, True),
        ("XXXX-12-25", MonthDay(12, 25), False, True),
        ("1950S2", None, False, False),
        ("2001-34", None, False, True),
    ],
)
def test_only_a_day_that_is_exact_is_remembered_on_its_day(
    text: str, falls_on: MonthDay | None, in_doubt: bool, names_one_year: bool
) -> None:
    found = parse(text)
    assert (found.falls_on, found.in_doubt) == (falls_on, in_doubt)
    assert found.names_one_year is names_one_year


@pytest.mark.parametrize(
    ("text", "sorted_by"),
    [("156X-12-25", 1560), ("1XXX", 1000), ("-156X-12", -1569), ("XXXX-12-25", None)],
)
def test_a_year_with_unknown_digits_is_none_and_is_sorted_by_the_first_one(
    text: str, sorted_by: int | None
) -> None:
    found = parse(text)
    assert (found.year, found.civil, found.civil_year) == (None, None, sorted_by)


@pytest.mark.parametrize("text", ["Y1E9999999999999", f"Y1{'0' * 100_000}", f"Y1E{'9' * 100_000}",
                                  f"1950S{'9' * 100_000}"])  # fmt: skip
def test_a_year_of_very_many_digits_costs_nothing(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    ["1955-02-29", "1900-02-29", "-0001-02-29", "1956-02-30", "1956-04-31", "XXXX-02-30",
     "1956-13-01", "1956-00-10", "1956-01-00", "1956-42", "1956-01-32",
     "156X-02-30", "1956-X4-31"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="impossible"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "1956-2-25", "476", "56", "1956-02-25T10:00", "25 February 1956", "1956/02/25",
     "XXXX", "XXXX-XX", "XXXX-XX-07", "-XXXX", "?XXXX", "1956-02-25?~", "Y1956", "1956-", "1956?-",
     "[1917", "1917]", "[]", "[..]", "[1918..1917]", "[1917,..1918]", "[1917..,1918]",
     "[1917..1918..1919]", "-0000", "-0000-01-01", "Y01956", "Y17000-02", "1950S2-02",
     "1950S0", "1950S5", "Y17E2", "Y1E999999999", "Y123456789012", "1X01-02-29", "1984-2X",
     "1984-04-XX-", "1984-XX-32", "1985-02-3X", "2004-34-01", "156X-13", "{1960", "../..",
     "/", "1936/1937/1938", "1956-21-03",
     "XXXX-21", "19560225", "1956-02-25\n", "１９５６", "Y12345678901234567890", "--02-25"],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1956-2-5", 'write "1956-02-05"'),
        ("476", 'write "0476"'),
        ("-43", "four digits"),
        ("1956-02-25T10:00", "time of day"),
        ("yesterday", "1938/1947"),
        ("1956-02-25?~", 'write one mark: "1956-02-25%"'),
        ("19?6", "19X6"),
        ("Y1956", "without the Y"),
        ("Y17000-02", "stands alone"),
        ("1950S2-02", "stands alone"),
        ("1950S5", "S1 to S4"),
        ("17E5", "Y17E5"),
        ("Y1E99", "too far away"),
        ("-0000", "1 BC"),
        ("XXXX-21", "a season needs a year"),
        ("1936-37", 'may be meant as two years; write the part as "1936-01/1936-04"'),
        ("[1917,..1918]", 'put ".." first'),
        ("[1917..,1918]", 'put ".." last'),
        ("[1917", "is no set; write it as"),
        ("../..", "neither a beginning nor an end"),
    ],
)
def test_what_is_refused_says_how_to_write_it(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match=hint):
        read(text)


@pytest.mark.parametrize("text", ["1937/1936", "1936-05/1936-04", "0001/0000", "0000/-0001",
                                  "156X/155X", "1960/195X", "2000/19XX",
                                  "1956-02-25/1956-02-24"])  # fmt: skip
def test_an_interval_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="before it begins"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "1936-05/1936",
        "1956/195X",
        "1959/195X",
        "1950/19XX",
        "1956-02-25/1956-02-25",
        "1956-21/1956-06",
        "-0002/0000",
        "1936/1936",
        "XXXX-03-01/XXXX-02-01",
        "1956-11/1956-24",
        "195X/1956",
        "156X-12-25/1560-12-25",
        "2001-34/2001-04",
    ],
)
def test_an_interval_is_in_order_as_far_as_it_is_known(text: str) -> None:
    assert parse(text).precision == "interval"


@pytest.mark.parametrize(
    ("text", "earliest"),
    [
        ("[0001,0000]", "0000"),
        ("[-0001,-0002]", "-0002"),
        ("[1918-03,1918-02]", "1918-02"),
        ("[1918-01,1918]", "1918"),
        ("[1918-01-02,1918-01-01]", "1918-01-01"),
        ("[1918-01-01,1918-01]", "1918-01"),
    ],
)
def test_a_set_is_dated_as_its_earliest_member(text: str, earliest: str) -> None:
    found, first = parse(text), parse(earliest)
    assert (found.year, found.month, found.day) == (first.year, first.month, first.day)


def test_an_interval_keeps_its_ends() -> None:
    start, end = parse("1936?/..").parts
    assert start == parse("1936?")
    assert end is None


def test_a_julian_date_knows_its_gregorian_day() -> None:
    found = parse("1917-10-25", "julian")
    assert found.civil == CivilDay(1917, 11, 7)
    assert found.month_day == MonthDay(11, 7)
    assert (found.year, found.month, found.day) == (1917, 10, 25)


def test_a_julian_date_near_the_new_year_counts_from_its_gregorian_year() -> None:
    found = parse("1900-12-25", "julian")
    assert found.civil == CivilDay(1901, 1, 7)
    assert found.civil_year == 1901


def test_29_february_1900_exists_in_the_julian_calendar_alone() -> None:
    assert parse("1900-02-29", "julian").civil == CivilDay(1900, 3, 13)
    with pytest.raises(ValueError, match="impossible"):
        parse("1900-02-29")


def test_a_julian_day_needs_its_year() -> None:
    with pytest.raises(ValueError, match="needs its year"):
        parse("XXXX-10-25", "julian")


def test_only_a_date_precise_to_the_day_has_a_day_of_the_year() -> None:
    assert parse("1956-02-25").month_day == MonthDay(2, 25)
    for text in ("1956-02", "1956", "1956-02-25/1956-02-26", "[1956-02-25,1957-02-25]", "195X"):
        assert parse(text).month_day is None, text
        assert parse(text).civil is None, text


def test_a_range_in_a_set_is_as_an_interval() -> None:
    found = parse("[1667,1668..1672?]")
    assert found.parts == (parse("1667"), parse("1668/1672?"))
    assert parse("{..1760}").parts == (parse("../1760"),)
    assert parse("{1760..}").parts == (parse("1760/.."),)


@pytest.mark.parametrize("text", ["1936/1937?", "1936?/..", "[1917,1918?]", "{1917..1918?,1920}"])
def test_what_has_an_uncertain_part_is_uncertain(text: str) -> None:
    assert (parse(text).uncertain, parse(text).approximate) == (True, False)
    about = parse(text.replace("?", "~"))
    assert (about.uncertain, about.approximate) == (False, True)


DAYS = st.dates()


def written(day: date, precision: str, mark: str) -> str:
    """Return a date as EDTF, made without the code that is tested."""
    year = f"{day.year:04}"
    return {
        "day": f"{year}-{day.month:02}-{day.day:02}",
        "month": f"{year}-{day.month:02}",
        "year": year,
        "decade": f"{year[:3]}X",
        "century": f"{year[:2]}XX",
    }[precision] + mark


SIMPLE = st.builds(
    written, DAYS, st.sampled_from(["day", "month", "year", "decade", "century"]), MARKS
)


@given(DAYS, st.sampled_from(["day", "month", "year", "decade", "century"]), MARKS)
def test_what_is_written_comes_back(day: date, precision: str, mark: str) -> None:
    found = parse(written(day, precision, mark))
    first = {"decade": day.year // 10 * 10, "century": day.year // 100 * 100}
    assert found.precision == precision
    assert found.edtf == written(day, precision, mark)
    assert found.year == first.get(precision, day.year)
    assert found.month == (day.month if precision in {"day", "month"} else None)
    assert found.day == (day.day if precision == "day" else None)
    assert (found.uncertain, found.approximate) == (mark in ("?", "%"), mark in ("~", "%"))


@given(st.lists(SIMPLE, min_size=1, max_size=4), st.sampled_from(["[]", "{}"]))
def test_a_set_holds_what_was_written(members: list[str], around: str) -> None:
    found = parse(f"{around[0]}{','.join(members)}{around[1]}")
    assert found.parts == tuple(parse(member) for member in members)
    assert found.year == min(parse(member).year or 0 for member in members)


@given(ANY)
def test_a_date_that_falls_on_a_day_is_precise_to_it(text: str) -> None:
    found = parse(text)
    if found.falls_on is not None:
        assert found.precision == "day"
        assert "X" not in text[-5:]
        assert found.year is None or (found.days and found.days[0] == found.days[1])


@given(ANY)
def test_the_first_possible_day_is_not_after_the_last(text: str) -> None:
    for found in (parse(text), *parse(text).parts):
        if found and not found.parts and found.days:
            assert found.days[0] <= found.days[1]


@given(ANY)
def test_every_form_of_the_standard_is_read_comes_back_and_is_said(text: str) -> None:
    found = parse(text)
    assert found.edtf == text
    assert parse(found.edtf) == found
    words = spoken(ENGLISH, found)
    assert words == words.strip()
    assert not set(words) & set("X?~%/[]{}")
    assert "None" not in words


@given(ANY, st.integers(0, 40), st.sampled_from("0123456789-XY?~%/[]{},. aé"), st.booleans())
def test_a_form_with_a_slip_is_read_or_refused(
    text: str, place: int, slip: str, over: bool
) -> None:
    place %= len(text) + 1
    mistaken = text[:place] + slip + text[place + over :]
    try:
        found = parse(mistaken)
    except ValueError:
        return
    assert found.edtf == mistaken


@given(DAY_TEXTS, MARKS)
def test_a_day_of_any_year_is_read_in_both_calendars(text: str, mark: str) -> None:
    own, julian = parse(text + mark), parse(text + mark, "julian")
    assert own.civil is not None
    assert julian.civil is not None
    assert own.civil[:2] == (own.year, own.month)
    apart = day_number(julian.civil) - day_number(own.civil)
    assert apart == day_number(own.civil, "julian") - day_number(own.civil)


@given(st.one_of(PLAIN, st.lists(YEARS, min_size=2, max_size=4).map(",".join).map("[{}]".format)))
def test_the_edtf_package_reads_what_is_read(text: str) -> None:
    """The package reads marks only on full years, and open ends only on plain dates."""
    assert parse_edtf(text) is not None


@given(st.text(alphabet="0123456789-XYES?~%/[]{},. ", max_size=14))
def test_any_text_is_read_whole_or_refused_in_words_of_our_own(text: str) -> None:
    found, refusal = read_or_refused(text)
    assert refusal is None or refusal.startswith('"')
    assert found is None or (found.edtf == text and parse(found.edtf) == found)


def read_or_refused(text: str) -> tuple[HistoricalDate | None, str | None]:
    """Return the date of a text, or the words in which it is refused."""
    try:
        return parse(text), None
    except ValueError as error:
        return None, str(error)


@given(DAYS, st.sampled_from(["day", "month", "year", "decade", "century"]), MARKS)
def test_the_edtf_package_says_the_same(day: date, precision: str, mark: str) -> None:
    text = written(day, precision, mark)
    second = parse_edtf(text)
    lower, upper = second.lower_strict()[:3], second.upper_strict()[:3]
    found = parse(text)
    assert str(second) == text
    assert lower == (found.year, found.month or 1, found.day or 1)
    assert upper[0] - lower[0] == {"decade": 9, "century": 99}.get(precision, 0)


@given(st.integers(-9999, -1), st.integers(1, 12), st.integers(1, 28))
def test_the_edtf_package_says_the_same_before_the_year_0(year: int, month: int, day: int) -> None:
    text = f"{year:05}-{month:02}-{day:02}"
    found = parse(text)
    assert parse_edtf(text).lower_strict()[:3] == (found.year, found.month, found.day)
