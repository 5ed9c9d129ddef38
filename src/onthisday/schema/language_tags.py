"""Language tags such as ``en`` or ``pt-BR`` (BCP 47). This module checks their form.

The form is the grammar of RFC 5646, section 2.1. The first part must have two or three letters.
The grammar also allows longer words there, but section 2.2.1 says that none is in use. So
``english`` is refused.

Not here: whether a language exists. The list of registered languages is long, and it grows.

Called for the config, where a wrong tag is an error, and by checks/documents.py, which warns of a
wrong tag in a document or a translation.
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
"""Old tags that do not follow the grammar but are still valid."""

_TAG = re.compile(
    f"(?:{_LANGUAGE}(?:{_SCRIPT})?(?:{_REGION})?(?:{_VARIANT})*(?:{_EXTENSION})*(?:-{_PRIVATE})?"
    f"|{_PRIVATE}|{_IRREGULAR})",
    re.ASCII | re.IGNORECASE,
)

_NAMED = {"english": "en", "german": "de", "french": "fr", "italian": "it", "spanish": "es",
          "russian": "ru", "dutch": "nl", "polish": "pl", "latin": "la"}  # fmt: skip


def parse_language_tag(text: str) -> str:
    """Return a language tag. Raises ValueError, which says what to write."""
    if _TAG.fullmatch(text):
        return text
    mended = _NAMED.get(text.lower(), text.replace("_", "-"))
    write = mended if _TAG.fullmatch(mended) else "a code such as en or pt-BR"
    raise ValueError(f'"{text}" is no BCP 47 language; write {write}')
