"""Hypothesis strategies that make every EDTF text that we read. Written from the standard.

`PLAIN` has the forms that the package edtf reads right. `BARE` has all of them, without marks.
"""

from calendar import monthrange

from hypothesis import strategies as st

MARKS = st.sampled_from(["", "", "?", "~", "%"])

YEARS = st.one_of(
    st.integers(0, 9999).map("{:04}".format), st.integers(1, 9999).map("-{:04}".format)
)


def _days(draw: st.DrawFn) -> str:
    year, month = draw(YEARS), draw(st.integers(1, 12))
    leap = 2000 + int(year) % 400  # a year that Python knows, of the same length
    return f"{year}-{month:02}-{draw(st.integers(1, monthrange(leap, month)[1])):02}"


DAYS = st.composite(_days)()

PLAIN = st.one_of(
    DAYS,
    YEARS,
    st.builds("{}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{}-{:02}".format, YEARS, st.integers(21, 24)),
    st.builds("{}-XX".format, YEARS),
    st.builds("{}-XX-XX".format, YEARS),
    st.builds("{}-{:02}-XX".format, YEARS, st.integers(1, 12)),
    st.builds("XXXX-{:02}".format, st.integers(1, 12)),
    st.builds("XXXX-{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("{}{:03}X".format, st.sampled_from(["", "-"]), st.integers(0, 999)),
    st.builds("{}{:02}XX".format, st.sampled_from(["", "-"]), st.integers(0, 99)),
    st.builds("Y{}{}".format, st.sampled_from(["", "-"]), st.integers(10_000, 999_999_999)),
)

_SIGN = st.sampled_from(["", "-"])
_SOME_YEARS = st.from_regex(r"-?(?!XXXX)[0-9X]{3}X", fullmatch=True)
_MONTHS = st.one_of(st.integers(1, 12).map("{:02}".format), st.sampled_from(["0X", "1X", "X2"]))
_DAYS = st.one_of(
    st.integers(1, 28).map("{:02}".format), st.sampled_from(["0X", "1X", "2X", "X5", "XX"])
)

BARE = st.one_of(
    PLAIN,
    _SOME_YEARS,
    st.builds("{}-{}".format, st.one_of(YEARS, _SOME_YEARS), _MONTHS),
    st.builds("{}-{}-{}".format, st.one_of(YEARS, _SOME_YEARS, st.just("XXXX")), _MONTHS, _DAYS),
    st.builds("{}-XX-{}".format, st.one_of(YEARS, _SOME_YEARS), _DAYS),
    st.builds("{}-{}".format, st.one_of(YEARS, _SOME_YEARS), st.integers(21, 41)),
    st.builds("{:04}S{}".format, st.integers(1000, 9999), st.integers(1, 4)),
    st.builds(
        "Y{}{}E{}".format, st.sampled_from(["", "-"]), st.integers(1, 999), st.integers(4, 8)
    ),
    st.builds("Y{}S{}".format, st.integers(10_000, 10**11 - 1), st.integers(1, 5)),
)


def _marked(draw: st.DrawFn) -> str:
    """Return a date with marks on its parts, before or after them."""
    bare = draw(BARE)
    sign = "-" if bare[0] == "-" else ""
    parts = bare.removeprefix("-").split("-") if bare[0] != "Y" else [bare]
    parts[0] = f"{sign}{parts[0]}"
    return "-".join(f"{draw(MARKS)}{part}{draw(MARKS)}" for part in parts)


SIMPLE = st.one_of(st.builds("{}{}".format, BARE, MARKS), st.composite(_marked)())
"""A date with or without marks (``?``, ``~``, ``%``)."""

_ORDERED = st.tuples(st.integers(0, 4000), st.integers(0, 4000), MARKS, MARKS).map(
    lambda drawn: (f"{min(drawn[:2]):04}{drawn[2]}", f"{max(drawn[:2]):04}{drawn[3]}")
)

INTERVALS = st.one_of(
    _ORDERED.map("/".join),
    st.builds("{}/{}".format, SIMPLE, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), SIMPLE),
)

_MEMBERS = st.one_of(SIMPLE, _ORDERED.map("..".join))


def _sets(draw: st.DrawFn) -> str:
    members = draw(st.lists(_MEMBERS, max_size=4))
    first = [f"..{draw(SIMPLE)}"] if draw(st.booleans()) or not members else []
    last = [f"{draw(SIMPLE)}.."] if draw(st.booleans()) else []
    around = draw(st.sampled_from(["[]", "{}"]))
    return f"{around[0]}{','.join((*first, *members, *last))}{around[1]}"


SETS = st.composite(_sets)()

ANY = st.one_of(SIMPLE, INTERVALS, SETS)
"""A date of any form that we read."""
