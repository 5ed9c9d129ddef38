"""The characters on which a terminal, a log or a file would act, and what becomes of them.

Documents, names of files and replies of servers may hold anything: an ESC that paints over a line,
a C1 control, a mark that turns the order of the letters round. Such a character never reaches a
terminal, a log or a YAML file as it is. Joiners (ZWJ, ZWNJ), variation selectors and the marks LRM,
RLM and ALM stay, because Persian, Hindi, Hebrew and emoji need them.

- for a person to read: `spaced`;
- for a person to see that it is there: `escaped`; `escaped_line` for what must stay on a line;
- for an almanac and its feeds: `clean`, `nfc`;
- for texts of two directions on a line: `has_right_to_left`, `has_left_to_right`.

Nearly no text has such a character, and `today` must be quick. So a pattern is compiled when a text
needs it.

Used by errors.py, cli/, delivery/, drafts/, feeds/, locales/, messages/ and schema/.
"""

import re
from functools import cache

_ESCAPED_PARTS = {ord("\t"): "\\u0009", ord("\n"): "\\u000a"}
_SPACED_PARTS = {ord("\t"): " ", ord("\n"): " "}


def spaced(text: str) -> str:
    """Return a text with a space for each such character, and for each tab and line end."""
    if text.isprintable():
        return text
    return _acting().sub(" ", text).translate(_SPACED_PARTS)


def escaped(text: str) -> str:
    r"""Return a text with an escape such as ``\u001b`` for each such character.

    Tabs and line ends stay. Inside the quotes of JSON and YAML, the escape means the character
    itself, so the value stays the same.
    """
    if text.replace("\n", "").isprintable():
        return text
    return _acting().sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def escaped_line(text: str) -> str:
    """Return a text on one line, with an escape also for each tab and line end."""
    return escaped(text).translate(_ESCAPED_PARTS)


def clean(text: str) -> str:
    r"""Return a text without controls and noncharacters. Each line end becomes ``\n``.

    Tabs stay. XML forbids some of these characters and discourages the others (XML 1.0, section
    2.2). iCalendar forbids all controls (RFC 5545, section 3.3.11), and so does HTML.
    """
    if text.isprintable():
        return text
    return _not_text().sub("", _line_ends().sub("\n", text))


def nfc(text: str) -> str:
    """Return a text with each letter written in one way (Unicode's form NFC).

    A letter with an accent may be written as one character, or as two. Both look alike, and some
    disks take both for the same name.
    """
    if text.isascii():
        return text
    import unicodedata  # loaded only for other letters, because that takes time

    return unicodedata.normalize("NFC", text)


def has_right_to_left(text: str) -> bool:
    """Return True if a text has letters that are written from right to left."""
    return not text.isascii() and any(map(_is_right_to_left, text))


def has_left_to_right(text: str) -> bool:
    """Return True if a text has letters that are written from left to right."""
    return any(letter.isalpha() and not _is_right_to_left(letter) for letter in text)


def _is_right_to_left(letter: str) -> bool:
    """Return True for a letter of the blocks that are from right to left (Unicode, UAX 44)."""
    if letter < "\u0590":
        return False
    return (
        letter <= "\u08ff"
        or "\ufb1d" <= letter <= "\ufdff"
        or "\ufe70" <= letter <= "\ufefc"
        or "\U00010800" <= letter <= "\U00010fff"
        or "\U0001e800" <= letter <= "\U0001efff"
    )


@cache
def _acting() -> re.Pattern[str]:
    """Return a pattern for one character on which something acts. Tabs and line ends are none."""
    controls = "\0-\b\x0b-\x1f\x7f-\x9f"
    turning = "\u2028-\u202e\u2066-\u2069"
    broken = "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"  # byte order mark, no characters
    return re.compile(f"[{controls}{turning}{broken}]")


@cache
def _line_ends() -> re.Pattern[str]:
    """Return a pattern for what some programs take for the end of a line (Unicode, section 5.8)."""
    return re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


@cache
def _not_text() -> re.Pattern[str]:
    """Return a pattern for one control, lone surrogate or noncharacter."""
    ends = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    return re.compile(f"[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{ends}]")
