"""Text can be read in every colour that the pages have, whatever accent the config names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.colours import (
    DARK,
    LEAST,
    LIGHT,
    Palette,
    contrast,
    palettes,
    parse_accent,
    parse_accent_dark,
)

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:], 16)


def assert_readable(palette: Palette) -> None:
    for behind in (palette.paper, palette.card):
        for text in (palette.ink, palette.soft, palette.accent):
            assert contrast(rgb(text), rgb(behind)) >= LEAST, (text, behind)
    for mark in palette.marks[:3]:
        assert contrast(rgb(palette.ink), rgb(mark)) >= LEAST, mark
    assert contrast(rgb(palette.paper), rgb(palette.marks[3])) >= LEAST


def test_the_programs_own_colours_are_readable() -> None:
    light, dark = palettes(None)
    assert (light.accent, dark.accent) == (LIGHT.accent, DARK.accent)
    assert_readable(light)
    assert_readable(dark)


@given(HEX)
def test_an_accent_that_is_taken_makes_pages_that_can_be_read(accent: str) -> None:
    try:
        taken = parse_accent(accent)
    except ValueError as error:
        taken = parse_accent(str(error).rpartition("write ")[2].strip('"'))
    for palette in palettes(taken):
        assert_readable(palette)


@given(HEX)
def test_an_accent_of_dark_pages_is_taken_or_a_shade_is_named_that_is(accent: str) -> None:
    try:
        taken = parse_accent_dark(accent)
    except ValueError as error:
        taken = parse_accent_dark(str(error).rpartition("write ")[2].strip('"'))
    assert_readable(palettes(None, taken)[1])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#ffffff", "#000000", 21), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_a_contrast_is_the_one_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(rgb(one), rgb(other)) == pytest.approx(expected, abs=0.005)


def test_three_digits_are_six() -> None:
    assert parse_accent("#048") == "#004488"
