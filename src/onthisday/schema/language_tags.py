"""Language tags (BCP 47), as people write them: for the config, where a wrong one is an error, and
for `check`, which warns of one in a document or a translation.

Well-formed is what RFC 5646, section 2.1, writes. Of the primary subtags it takes only the forms
that section 2.2.1 knows in use, so that ``english`` is none. Whether a subtag is registered, it
does not know: that list is long, and grows.
"""

import re

_LANGUAGE = "[a-z]{2,3}(?:-[a-z]{3}){0,3}"
_SCRIPT, _REGION = "-[a-z]{4}", r"-(?:[a-z]{2}|\d{3})"
_VARIANT = r"-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3})"
_EXTENSION = "-[0-9a-wyz](?:-[a-z0-9]{2,8})+"
_PRIVATE = "x(?:-[a-z0-9]{1,8})+"
_IRREGULAR = (
    "en-GB-oed|sgn-(?:BE-FR|BE-NL|CH-DE)"
    "|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
)
"""Tags that are older than the grammar."""

_TAG = re.compile(
    f"(?:{_LANGUAGE}(?:{_SCRIPT})?(?:{_REGION})?(?:{_VARIANT})*(?:{_EXTENSION})*(?:-{_PRIVATE})?"
    f"|{_PRIVATE}|{_IRREGULAR})",
    re.ASCII | re.IGNORECASE,
)

_NAMED = {"english": "en", "german": "de", "french": "fr", "italian": "it", "spanish": "es",
          "russian": "ru", "dutch": "nl", "polish": "pl", "latin": "la"}  # fmt: skip


def parse_language_tag(text: str) -> str:
    """Return a language tag, or raise ValueError with what to write."""
    if _TAG.fullmatch(text):
        return text
    mended = _NAMED.get(text.lower(), text.replace("_", "-"))
    write = mended if _TAG.fullmatch(mended) else "a code such as en or pt-BR"
    raise ValueError(f'"{text}" is no BCP 47 language; write {write}')
