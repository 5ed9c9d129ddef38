"""The characters on which a terminal, a log or a file would act, and what becomes of them.

Documents, names of files and replies of servers may hold anything: an ESC that paints over a line,
a C1 control, a mark that turns the order of the letters round. Such a character never reaches a
terminal, a log or a YAML file as it is. Joiners (ZWJ, ZWNJ), variation selectors and the marks LRM,
RLM and ALM stay, because Persian, Hindi, Hebrew and emoji need them.

- for a person to read: `spaced`;
- for a person to see that it is there: `escaped`; `escaped_line` for what must stay on a line;
- for an almanac and its feeds: `clean`, `nfc`;
- for texts of two directions on a line: `has_right_to_left`, `has_left_to_right`; `ended` for
  lines that a text is broken into.

A pair of FSI and PDI on a line stays, whoever wrote it: what is between them cannot turn the order
of the letters outside. A mark without its partner is taken out.

Nearly no text has such a character, and `today` must be quick. So a pattern is compiled when a text
needs it.

Used by errors.py, cli/, delivery/, drafts/, feeds/, locales/, messages/ and schema/.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

FSI, PDI = "\u2068", "\u2069"
"""The marks around an isolate: a text whose direction does not act on what is around it (UAX 9)."""

_ESCAPED_PARTS = {ord("\t"): "\\u0009", ord("\n"): "\\u000a"}
_SPACED_PARTS = {ord("\t"): " ", ord("\n"): " "}

_STAYING = dict.fromkeys(map(ord, "\t\n\u00a0\u061c\u200c\u200d\u200e\u200f\u202f"))
"""What Python calls not printable, and nothing acts on: spaces without a break, joiners, marks."""


def spaced(text: str) -> str:
    """Return a text with a space for each such character, and for each tab and line end."""
    if text.isprintable():
        return text
    return _acted_on(text, lambda _: " ").translate(_SPACED_PARTS)


def escaped(text: str) -> str:
    r"""Return a text with an escape such as ``\u001b`` for each such character.

    Tabs and line ends stay. Inside the quotes of JSON and YAML, the escape means the character
    itself, so the value stays the same.
    """
    if text.replace("\n", "").isprintable():
        return text
    return _acted_on(text, lambda letter: f"\\u{ord(letter):04x}")


def escaped_line(text: str) -> str:
    """Return a text on one line, with an escape also for each tab and line end."""
    return escaped(text).translate(_ESCAPED_PARTS)


def clean(text: str) -> str:
    r"""Return a text without controls and noncharacters. Each line end becomes ``\n``.

    Tabs stay. XML forbids some of these characters and discourages the others (XML 1.0, section
    2.2). iCalendar forbids all controls (RFC 5545, section 3.3.11), and so does HTML.
    """
    if text.replace("\n", "").isprintable():
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


_HEBREW = "\u0590"
"""No letter before this one is written from right to left."""


def has_right_to_left(text: str) -> bool:
    """Return True if a text has letters that are written from right to left."""
    return not text.isascii() and max(text) >= _HEBREW and any(map(_is_right_to_left, text))


def has_left_to_right(text: str) -> bool:
    """Return True if a text has letters that are written from left to right."""
    return any(letter.isalpha() and not _is_right_to_left(letter) for letter in text)


def _is_right_to_left(letter: str) -> bool:
    """Return True for a letter of the blocks that are from right to left (Unicode, UAX 44)."""
    if letter < _HEBREW:
        return False
    return (
        letter <= "\u08ff"
        or "\ufb1d" <= letter <= "\ufdff"
        or "\ufe70" <= letter <= "\ufefc"
        or "\U00010800" <= letter <= "\U00010fff"
        or "\U0001e800" <= letter <= "\U0001efff"
    )


def ended(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text that was broken. Each isolate ends with its line.

    It begins again in the next line. Else a mark would stand on a line without its partner.
    """
    before = 0
    for line in lines:
        opened = before + line.count(FSI) - line.count(PDI)
        yield f"{FSI * before}{line}{PDI * opened}"
        before = opened


def _acted_on(text: str, write: Callable[[str], str]) -> str:
    """Return a text in which each character on which something acts is written in another way."""
    kept = _closed(text) if PDI in text else ()
    if _without(text, kept).translate(_STAYING).isprintable():
        return text  # nearly always: only the pattern can say it of the others
    return _acting().sub(lambda found: found[0] if found.start() in kept else write(found[0]), text)


def _without(text: str, places: Collection[int]) -> str:
    if not places:
        return text
    return "".join(letter for place, letter in enumerate(text) if place not in places)


def _closed(text: str) -> set[int]:
    """Return the places of the marks FSI and PDI that are pairs on one line."""
    opened: list[int] = []
    kept = set[int]()
    for place, letter in enumerate(text):
        if letter == FSI:
            opened.append(place)
        elif letter == PDI and opened:
            kept |= {opened.pop(), place}
        elif letter in _LINE_ENDS or letter in _OTHER_ISOLATES:
            opened.clear()
    return kept


_LINE_ENDS, _OTHER_ISOLATES = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\u2066\u2067"


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
