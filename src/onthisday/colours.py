"""The colours of the pages, light and dark, and whether people can read text in them.

A curator names one colour, the accent of the house: dates and the lines below links have it. The
other colours are fixed, or mixed from it.

Why the accent for dark pages is made from it: a colour that people know from their paper is too
dark on black. Why a pale accent is refused and not mended: on light pages people expect their own
colour, and must know that it is another one.

Called by schema/ (reads a colour) and site/.
"""

import re
from typing import NamedTuple

LEAST = 4.5
"""The least contrast of text and what is behind it (WCAG 2.2, success criterion 1.4.3)."""

_EASY = 6.0
"""The contrast of an accent that is made for dark pages."""

_MIXED_LIGHT, _MIXED_DARK = (0.16, 0.36, 0.58), (0.3, 0.45, 0.6)
"""So much of the accent is in the colours of days that have few, more and many entries."""

Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255 (sRGB)."""


class Palette(NamedTuple):
    """All colours of light pages, or of dark ones, as CSS writes them.

    ``marks``: behind a day of the year, for few, more, many and very many entries.
    """

    paper: str
    ink: str
    soft: str
    line: str
    card: str
    accent: str
    marks: tuple[str, ...] = ()


LIGHT = Palette("#fdfcf9", "#1d1c1a", "#625d55", "#ddd7cb", "#f7f4ec", "#8a2b1d")
DARK = Palette("#181715", "#e9e5dd", "#a8a297", "#3a3732", "#211f1c", "#e89a83")


def parse_accent(text: str) -> str:
    """Return an accent of light pages. Raises ValueError if it is none, or is hard to read."""
    return _readable(text, LIGHT, "light", 0)


def parse_accent_dark(text: str) -> str:
    """Return an accent of dark pages. Raises ValueError if it is none, or is hard to read."""
    return _readable(text, DARK, "dark", 1)


def _readable(text: str, on: Palette, pages: str, lightness: float) -> str:
    colour = rgb(text)
    has = _contrast_on(colour, on)
    if has < LEAST:
        near = _text(_shaded(colour, lightness, on, LEAST))
        told = int(has * 10) / 10  # 4.47 is not told as 4.5
        said = f'"{text}" has a contrast of {told} on {pages} pages, and text needs {LEAST}'
        raise ValueError(f'{said}; write "{near}"')
    return _text(colour)


def palettes(accent: str | None, accent_dark: str | None = None) -> tuple[Palette, Palette]:
    """Return the colours of light pages and of dark ones.

    - ``accent``: that of the config; None for the program's own.
    - ``accent_dark``: that of dark pages; None if it is to be made from the accent.
    """
    light, dark = accent or LIGHT.accent, accent_dark
    if dark is None:
        made = accent and _text(_shaded(rgb(light), 1, DARK, _EASY))
        dark = made or DARK.accent
    return _palette(LIGHT, light, _MIXED_LIGHT), _palette(DARK, dark, _MIXED_DARK)


def _palette(on: Palette, accent: str, parts: tuple[float, ...]) -> Palette:
    paper, ink, colour = rgb(on.paper), rgb(on.ink), rgb(accent)
    marks = (_behind(ink, paper, colour, part) for part in parts)
    return on._replace(accent=accent, marks=(*marks, accent))


def _behind(ink: Colour, paper: Colour, colour: Colour, part: float) -> str:
    """Return paper with a part of a colour, or with less of it, so that ink can be read on it."""
    parts = (_mixed(paper, colour, part * step / 20) for step in range(20, -1, -1))
    return _text(next(each for each in parts if contrast(each, ink) >= LEAST))


def _shaded(colour: Colour, lightness: float, on: Palette, least: float) -> Colour:
    """Return a colour as it is, or nearer to black (0) or white (1), until it has a contrast."""
    from colorsys import hls_to_rgb, rgb_to_hls  # loaded here: `today` mixes no colour

    hue, own, saturation = rgb_to_hls(*(part / 255 for part in colour))
    for step in range(101):
        shade = hls_to_rgb(hue, own + (lightness - own) * step / 100, saturation)
        red, green, blue = (round(part * 255) for part in shade)
        if _contrast_on((red, green, blue), on) >= least:
            break
    return red, green, blue


def _mixed(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _contrast_on(colour: Colour, on: Palette) -> float:
    return min(contrast(colour, rgb(on.paper)), contrast(colour, rgb(on.card)))


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    parts = (part / 255 for part in colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(text: str) -> Colour:
    """Return a colour that is written as ``#8a1f11`` or ``#811``. Raises ValueError."""
    found = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text)
    if found is None:
        raise ValueError(f'"{text}" is no colour; write six hexadecimal digits: "#8a1f11"')
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _text(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
