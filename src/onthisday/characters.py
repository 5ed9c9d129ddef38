"""The characters on which a terminal, a log or a file would act, and how to make them harmless.

Documents, names of files and replies of servers may hold anything: an ESC that paints over a line,
a C1 control, a mark that turns the order of the letters round. Such a character never reaches a
terminal, a log or a YAML file as it is. Joiners (ZWJ, ZWNJ), variation selectors and the marks LRM,
RLM and ALM stay, because Persian, Hindi, Hebrew and emoji need them.

Used by errors.py, cli/, delivery/, drafts/, messages/ and schema/.
"""

import re

_SEPARATORS = "\t\n"
_CONTROLS = "\0-\b\x0b-\x1f\x7f-\x9f"
_TURNING = "\u2028-\u202e\u2066-\u2069"
_BROKEN = "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
"""A byte order mark, marks of annotations, and what is no character at all."""

_ACTING = re.compile(f"[{_CONTROLS}{_TURNING}{_BROKEN}]")
_PARTING = re.compile(f"[{_SEPARATORS}{_CONTROLS}{_TURNING}{_BROKEN}]")


def nfc(text: str) -> str:
    """Return a text with each letter written in one way (Unicode's form NFC).

    A letter with an accent may be written as one character, or as two. Both look alike, and some
    disks take both for the same name.
    """
    if text.isascii():
        return text
    import unicodedata  # loaded only for other letters, because that takes time

    return unicodedata.normalize("NFC", text)


def spaced(text: str) -> str:
    """Return a text with a space for each such character, and for each tab and line end."""
    return _PARTING.sub(" ", text)


def escaped(text: str) -> str:
    r"""Return a text with an escape such as ``\u001b`` for each such character.

    Tabs and line ends stay. Inside the quotes of JSON and YAML, the escape means the character
    itself, so the value stays the same.
    """
    return _ACTING.sub(_escape, text)


def on_one_line(text: str) -> str:
    """Return a text on one line, with an escape also for each tab and line end."""
    return _PARTING.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
