"""The characters on which a terminal, a log or a file would act, and how to make them harmless.

Documents, names of files and replies of servers may hold anything: an ESC that paints over a line,
a C1 control, a mark that turns the order of the letters round. Such a character never reaches a
terminal, a log or a YAML file as it is. Joiners (ZWJ, ZWNJ), variation selectors and the marks LRM,
RLM and ALM stay, because Persian, Hindi, Hebrew and emoji need them.

Used by errors.py, cli/, delivery/, drafts/, feeds/, messages/ and schema/.
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


_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""What some programs take for the end of a line (Unicode Standard, section 5.8)."""

_ENDS_OF_PLANES = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))

_NOT_TEXT = re.compile(f"[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_ENDS_OF_PLANES}]")
"""Controls, lone surrogates and noncharacters.

XML forbids some of them and discourages the others (XML 1.0, section 2.2). iCalendar forbids all
controls (RFC 5545, section 3.3.11), and so does HTML.
"""


def clean(text: str) -> str:
    """Return a text without controls and noncharacters. Each line end becomes ``\\n``.

    Tabs stay, and so do the joiners that scripts and emoji need.
    """
    if text.isprintable():  # nearly all are
        return text
    return _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))
