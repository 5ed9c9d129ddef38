"""A language that nobody speaks, ``en-XA``: it shows where the words of the code stay English.

Each of its messages is the English one in other letters and figures: ``Ｍａｙ １９``. So, if the
texts of an almanac have no Latin letter and no figure, each one that readers see is of a word or of
a number that does not go through the catalogues.

The name is that of CLDR: ``XA`` is the region of pseudo-accents. The catalogue lies in a copy of
the program. Nothing may change in the folder of the program itself: other tests run the program at
the same time, and a build in two processes looks whether both are the same program.
"""

import re
import shutil
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import catalogues
import onthisday.locales
from onthisday.locales.locale import locale_of

_WIDE = {code: code + 0xFEE0 for code in map(ord, "0123456789")} | {
    code: code + 0xFEE0 for code in range(ord("A"), ord("z") + 1) if chr(code).isalpha()
}

_KEPT = re.compile(r"(\{\w*\}|<[^>]*>|&\w+;)")
"""What stays in a message as it is: names in braces, elements, references to characters."""

_ENGLISH = re.compile(r"[A-Za-z0-9]")

_NO_WORDS = re.compile(
    r"(?:https?|webcal)://\S+"  # addresses
    r"|\b(?:Atom|RSS|JSON Feed|OPML|SHA-256|BibTeX|CSL-JSON)\b"  # names, which no language changes
)


@cache
def pseudo() -> str:
    """Return the tag of the language. This process reads its catalogues from the copy."""
    onthisday.locales.__file__ = f"{program()}/onthisday/locales/__init__.py"
    assert locale_of("en-XA").digits(7) == "７"
    return "en-XA"


def program() -> str:
    """Return the folder that has the copy of the program, for ``PYTHONPATH``."""
    return _copy().name


@cache
def _copy() -> "TemporaryDirectory[str]":
    """Copy the program, with the catalogue. The copy goes when the process ends."""
    folder = TemporaryDirectory(prefix="onthisday-pseudo-")
    copy = Path(folder.name) / "onthisday"
    shutil.copytree(catalogues.SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    made = BytesIO()
    write_mo(made, _catalogue())
    (copy / "locales" / "catalogues" / "en_XA.mo").write_bytes(made.getvalue())
    return folder


def _catalogue() -> Catalog:
    catalogue = Catalog(locale="en")
    for message in catalogues.extracted():
        if message.id:
            catalogue.add(message.id, _said(message.id), context=message.context)
    for context, english, said in catalogues.cldr(Locale.parse("en_GB")):
        if english not in {"ltr", "1,000"}:
            catalogue.add(english, _said(said), context=context)
    return catalogue


def _said(message: str | Sequence[str]) -> str | tuple[str, ...]:
    return wide(message) if isinstance(message, str) else tuple(map(wide, message))


def wide(message: str) -> str:
    """Return a message in the letters and figures of this language."""
    parts = enumerate(_KEPT.split(message.replace("{ordinal}", "{number}")))  # "19th" is English
    return "".join(part if place % 2 else part.translate(_WIDE) for place, part in parts)


def pieces(message: str) -> list[str]:
    """Return the words of a message in this language: those between names and elements."""
    return list(filter(str.strip, _KEPT.split(wide(message))[::2]))


def left_in_english(text: str, *own: str) -> bool:
    """Return True if a text that readers see has Latin letters or figures.

    ``own``: texts of the almanac that have such letters and may stay as they are.
    """
    for each in own:
        text = text.replace(each, "")
    return _ENGLISH.search(_NO_WORDS.sub("", text)) is not None
