"""The encodings of GEDCOM files before version 7, which name one: `1 CHAR ANSI`.

Many programs write another one than they name, so a file whose bytes are UTF-8 or UTF-16 is read as
that, whatever it says. All others that are known here have one byte a character, so places in the
text are the same in each of them.

Called by gedcom_lines.py.
"""

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

_CODECS = {
    "ANSI": "cp1252", "ASCII": "cp1252", "WINDOWS": "cp1252", "IBM WINDOWS": "cp1252",
    "IBM_WINDOWS": "cp1252", "LATIN1": "cp1252", "ISO8859-1": "cp1252", "ISO-8859-1": "cp1252",
    "IBMPC": "cp437", "IBM": "cp437", "IBM-PC": "cp437", "OEM": "cp437", "IBM DOS": "cp850",
    "MSDOS": "cp850", "MS-DOS": "cp850", "MACINTOSH": "mac_roman",
}  # fmt: skip
"""The names that programs write. Latin 1 is read as its superset, as browsers do (WHATWG)."""

_ANSI_IN = {
    "cp1250": "czech polish hungarian slovak slovene croatian romanian cs pl hu sk sl hr ro",
    "cp1251": "russian ukrainian belorusian bulgarian serb macedonian ru uk be bg sr mk",
    "cp1253": "greek el", "cp1254": "turkish tr", "cp1255": "hebrew he", "cp1256": "arabic ar",
    "cp1257": "estonian latvian lithuanian et lv lt",
}  # fmt: skip
"""What "ANSI" means on a Windows of that language."""


class Head(NamedTuple):
    """What the head says of the file: the encoding and the language, as they stand there."""

    encoding: str = ""
    language: str = ""


def codec_of(head: Head) -> str | None:
    """Return the codec of an encoding with one byte a character; None for Unicode and others."""
    name = head.encoding.upper()
    if name == "ANSEL":
        return "gedcom"
    if windows := re.fullmatch(r"(?:WINDOWS-?|CP)(125[0-8])", name):
        return f"cp{windows[1]}"
    if name in {"ANSI", "WINDOWS"}:
        language = head.language.lower()
        return next((each for each, of in _ANSI_IN.items() if language in of.split()), "cp1252")
    return _CODECS.get(name)


def note_of(head: Head, codec: str) -> str | None:
    """Return what people must hear if a name such as "ANSI" means several encodings."""
    if codec == "gedcom" or codec[2:] in head.encoding:
        return None
    return f'says "1 CHAR {head.encoding}" and is read as {codec}; see if the names are right'


def is_unicode(content: bytes) -> bool:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@cache
def decoder_of(codec: str) -> Callable[[bytes], str]:
    if codec != "gedcom":
        return lambda content: content.decode(codec, "replace")
    from ansel.encodings import gedcom  # few files are in ANSEL

    return lambda content: gedcom.Codec().decode(content, "replace")[0]
