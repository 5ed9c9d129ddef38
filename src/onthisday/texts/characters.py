"""Which characters a text may have, so that every reader can show it.

Called where people's texts are read (schema/shapes.py) and by the feeds (feeds/safe_text.py). Not
here: what a terminal or a chat service cannot show (cli/terminal.py, messages/cutting.py).
"""

import re

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
