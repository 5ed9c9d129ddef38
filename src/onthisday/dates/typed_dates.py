"""Work out which date a person means who typed words instead of EDTF, in eight languages.

`meant` returns the date in EDTF, or raises Ask if only the person knows: the century of ``25 Feb
56``, whether ``1731/32`` is one year or two. It returns None if the text is no date that it knows.
Nothing here is used as a date: it is only proposed (human_dates.py).

How it reads: it takes off words that say how the date is meant ("perhaps", "about", "before"), then
cuts a range or a set into its two dates, and reads each of them as a `Part`. What one part leaves
out, it has from the other: the year of ``7 Jun-14 Jul 1916``.

The words are in typed_words.py. GEDCOM's words are among them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from onthisday.dates import typed_words as words
from onthisday.dates.calendars import CivilDay, day_number, gregorian_day
from onthisday.dates.typed_doubts import doubted
from onthisday.dates.typed_parts import Part, is_earlier, part_of, short_year


class Meant(NamedTuple):
    """What a person means: the date in EDTF, and whether it is of the Julian calendar."""

    edtf: str
    julian: bool = False


class Ask(ValueError):
    """Raised if only the person knows what is meant. Its message asks."""


_END = r"(?![^\W\d_])[ ]?"
_PERHAPS = re.compile(words.PERHAPS + _END)
_ABOUT = re.compile(words.ABOUT + _END)
_ABOUT_AFTER = re.compile(r" (?:c\.?|ca\.?|circa|approx\.?|\(ca?\.?\)|\(circa\)|~)$")
_PERHAPS_AFTER = re.compile(r" ?(?:\(\?\)|\?)$")
_JULIAN = re.compile(rf"[ ,]*{words.JULIAN}$")
_NEW_STYLE = re.compile(rf"[ ,]*{words.NEW_STYLE}$")
_SPACED_MARK = re.compile(r"(?<=\d) ([/.]) (?=\d)")
_GEDCOM = re.compile(r"^@#d([a-z ]+)@ ?")
_PHRASE = re.compile(r" ?\([^()]*[^\W\d_]{3}[^()]*\)$")
"""GEDCOM's words in brackets after an interpreted date: INT 1850 (about eighteen fifty)."""

_BRACKETS = re.compile(r" ?\(([^()]*)\)")
_UNSURE_DIGIT = re.compile(r"(?:.*[ ])?(?:\d{3}|\d\d\?)\?")
_MONTH_OR_YEARS = re.compile(r"\d\d(\d\d)-(\d\d)")

_BETWEEN = re.compile(words.BETWEEN + _END)
_FROM = re.compile(words.FROM + _END)
_BOUNDS = (
    (re.compile(words.LOOSELY_BEFORE + _END), "[..{}]"),
    (re.compile(words.LOOSELY_AFTER + _END), "[{}..]"),
    (re.compile(words.BY + _END), "[..{}]"),
    (re.compile(words.SINCE + _END), "[{}..]"),
)
_BOUNDS_AFTER = (
    (re.compile(rf" {words.EARLIER}$"), "[..{}]"),
    (re.compile(rf" {words.LATER}$"), "[{}..]"),
)
_BEFORE, _AFTER = re.compile(words.BEFORE + _END), re.compile(words.AFTER + _END)

_AND, _TO, _OR, _BOTH = (
    re.compile(rf"(?: (?:{listed}) | ?(?:{symbols}) ?)")
    for listed, symbols in (
        (words.AND, r"[&+-]"),
        (words.TO, r"-|\.\.|…"),
        (words.OR, "/"),
        (words.BOTH, "[&+]"),
    )
)
_DOUBLE = re.compile(r"(?P<before>.*?)(?P<first>\d{3,4})(?P<by>[/-])(?P<second>\d{1,2}|\d{4})")

_DOUBLE_YEAR = (
    'is it one year, or two? Of one that began on 25 March, write the later one: "{1}" with '
    'calendar: julian; of two, "{0}/{1}"'
)
_LONGEST = 80
"""Characters. No date is longer, and a long text would take long."""

MONTH_OR_YEARS = "is it a month, or two years? write both years with four digits"
_FOUR_DIGITS = "write the year with four digits; only you know the century"


def meant(text: str) -> Meant | None:
    """Return the date that a person means; None if it is no date that is known. Raises Ask.

    ``text`` has small letters, single spaces, and hyphens for all dashes.
    """
    if len(text) > _LONGEST:
        return None
    gedcom = _GEDCOM.match(text)
    if gedcom and gedcom[1].strip() not in {"julian", "gregorian"}:
        raise Ask("write it in our calendar, or in the Julian one with calendar: julian")
    bare = text[gedcom.end() :] if gedcom else text
    sure, julian = _JULIAN.subn("", _NEW_STYLE.sub("", _SPACED_MARK.sub(r"\1", bare)))
    found = _qualified(sure)
    if found is None or not (julian or (gedcom and gedcom[1].strip() == "julian")):
        return found
    return Meant(found.edtf, julian=True)


def _qualified(text: str) -> Meant | None:
    """Take off words such as "perhaps" and "about", and put ``?``, ``~`` or ``%`` at the end."""
    marks, bare = set[str](), text
    for mark, form in (("?", _PERHAPS), ("~", _ABOUT), ("?", _PERHAPS), ("~", _ABOUT)):
        if match := form.match(bare):
            marks.add(mark)
            bare = bare[match.end() :]
    if marks == {"?"} and text.startswith("int"):
        bare = _PHRASE.sub("", bare)
    if _UNSURE_DIGIT.fullmatch(bare):
        raise Ask("write all four digits, with X for one that is not known")
    for mark, form in (("?", _PERHAPS_AFTER), ("~", _ABOUT_AFTER)):
        cut = form.sub("", bare)
        marks |= {mark} if cut != bare else set()
        bare = cut
    years = _MONTH_OR_YEARS.fullmatch(bare)
    if "~" in marks and years and years[2] > years[1]:
        raise Ask(MONTH_OR_YEARS)
    found = _double(bare) or _in_part(bare, marks) or _bare(bare)
    if found is None or not marks:
        return found
    mark = "%" if len(marks) > 1 else marks.pop()
    return found._replace(edtf=found.edtf.replace("/", f"{mark}/") + mark)


def _in_part(text: str, marks: set[str]) -> Meant | None:
    """Read ``25 dec c. 1890``, of which only the year is in doubt. Not if the whole date is too."""
    found = None if marks else doubted(text)
    return Meant(found) if found else None


def _double(text: str) -> Meant | None:
    """Read ``11 feb 1731/32``, a year that began on 25 March. Ask about ``1731/32`` alone."""
    match = _DOUBLE.fullmatch(text)
    if match is None:
        return None
    before, first, second = match["before"].strip(), match["first"], match["second"]
    later = f"{int(first) + 1:04}"
    if not later.endswith(second):
        return None
    if not before:
        if len(second) == 4 or (match["by"] == "-" and len(second) == 2):
            return None  # years, or a month that does not exist (human_dates.py)
        raise Ask(double_year(int(first)))
    day = part_of(f"{before} {later}")
    if day is None or day.month is None:
        return None
    if day.month > 12:
        raise Ask("write its first and its last month, as two months with / between them")
    if int(later) <= 1753 and (day.month, day.day or 1) < (3, 25):
        return Meant(day.edtf, julian=True)
    raise Ask("is it one year that began on 25 March, or two? write one date for each, or one year")


def double_year(first: int) -> str:
    """Return the question whether ``1731/32`` is one year or two."""
    return _DOUBLE_YEAR.format(f"{first:04}", f"{first + 1:04}")


def _bare(text: str) -> Meant | None:
    for read in (_single, _bounded, _between, _ranged, _listed):
        found = read(text)
        if found is not None:
            return Meant(found)
    if short_year(text):
        raise Ask(_FOUR_DIGITS)
    return None


def _single(text: str) -> str | None:
    found = part_of(text)
    return found.edtf if found and found.year is not None else None


def _bounded(text: str) -> str | None:
    """Read ``bef 1931``, ``before 1760``, ``since 1914``."""
    for form, written in _BOUNDS:
        match = form.match(text)
        day = match and _single(text[match.end() :])
        if day:
            return written.format(day)
    for form, written in _BOUNDS_AFTER:
        match = form.search(text)
        day = match and _single(text[: match.start()])
        if day:
            return written.format(day)
    for form, step, written in ((_BEFORE, -1, "[..{}]"), (_AFTER, 1, "[{}..]")):
        match = form.match(text)
        found = part_of(text[match.end() :]) if match else None
        if found is not None and found.year is not None:
            return written.format(found.moved(step).edtf)
    return None


def _between(text: str) -> str | None:
    match = _BETWEEN.match(text)
    ends = match and _pair(text[match.end() :], _AND)
    return f"[{ends[0].edtf}..{ends[1].edtf}]" if ends else None


def _ranged(text: str) -> str | None:
    match = _FROM.match(text)
    ends = _pair(text[match.end() :], _TO) if match else _pair(text, _TO)
    return f"{ends[0].edtf}/{ends[1].edtf}" if ends else None


def _listed(text: str) -> str | None:
    """Read ``25/26 February 1956``, ``1917 or 1918``, ``3 and 5 March 1956``."""
    for form, opens, closes in ((_OR, "[", "]"), (_BOTH, "{", "}")):
        ends = _pair(_BRACKETS.sub(r"/\1", text), form, in_order=False)
        if ends and _is_two_styles(*ends):
            return max(ends, key=lambda end: end.edtf).edtf
        if ends and "/" in text and abs(ends[1].number - ends[0].number) > 1:
            return f"{ends[0].edtf}/{ends[1].edtf}" if _is_iso(text) else None
        if ends:
            both = sorted(end.edtf for end in ends)
            return "/".join(both) if _is_iso(text) else f"{opens}{','.join(both)}{closes}"
    return None


def _is_iso(text: str) -> bool:
    """Return True if a text is written as ISO 8601 writes an interval: ``1956-02-25/27``."""
    return re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?/[\d-]+", text) is not None


def _is_two_styles(one: Part, other: Part) -> bool:
    """Return True if two days are one day in two calendars: 14/26 December 1825."""
    days = sorted((one, other), key=lambda each: each.edtf)
    if not all(each.year and each.month and each.day for each in days):
        return False
    julian, gregorian = (CivilDay(each.year or 0, each.month or 1, each.day or 1) for each in days)
    return gregorian_day(day_number(julian, "julian")) == gregorian


def _pair(
    text: str, separator: re.Pattern[str], *, in_order: bool = True
) -> tuple[Part, Part] | None:
    """Return the two dates of a text, in order. What one leaves out, it has from the other."""
    for left, right in _cuts(text, separator):
        one, other = part_of(left), part_of(right)
        ends = _completed(one, other, in_order=in_order) if one and other else None
        if ends and (not in_order or is_earlier(*ends)):
            return ends
    return None


def _completed(one: Part, other: Part, *, in_order: bool) -> tuple[Part, Part] | None:
    """Return two dates that are whole. Raises Ask if neither has a year."""
    if one.year is None and other.year is None:
        raise Ask("add the year")
    if other.year is None:
        last = other.completed(one)
        return last and (one, last)
    last = other.with_month(one)
    first = one.before(last, in_order=in_order)
    return first and (first, last)


def _cuts(text: str, separator: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for match in separator.finditer(text):
        yield text[: match.start()].strip(), text[match.end() :].strip()
