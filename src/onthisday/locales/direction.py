"""The direction in which a text is written: by its language, and by its letters.

Called by the pages and mails. Not here: marks around a name in a text without elements
(`Locale.isolate`).
"""

from html import escape

from onthisday.characters import has_left_to_right, has_right_to_left
from onthisday.locales.locale import Direction, Locale

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ku-arab", "nqo", "ps", "sd", "syr", "ug",
                  "ur", "yi"}  # fmt: skip
"""Languages that are written from right to left (CLDR, "characterOrder")."""


def marked(locale: Locale, language: str) -> str:
    """Return the attribute of an element whose text is not in the language of the words around it.

    It is `` lang="en"`` with the space before it; empty if both are the same, or nobody knows it.
    """
    if not language or language == locale.words_tag:
        return ""
    return f' lang="{escape(language)}" dir="{direction_of(language)}"'


def direction_of(language: str) -> Direction:
    """Return ``rtl`` for a language that is written from right to left, and ``ltr`` for others."""
    tag = language.lower()
    primary = tag.split("-")[0]
    return "rtl" if {tag, primary} & _RIGHT_TO_LEFT or "-arab" in tag else "ltr"


def direction_of_text(text: str, language: str) -> Direction:
    """Return the direction of a text that should be in a language.

    If it has no letter of that direction, it is in another language, and its letters decide.
    """
    own = direction_of(language)
    to_right, to_left = has_left_to_right(text), has_right_to_left(text)
    if to_right == to_left:
        return own
    return "ltr" if to_right else "rtl"
