"""How the digest of a passage is written: the first 16 hex digits of the SHA-256 of its UTF-8.

Why 16: a person can still read them, and nobody finds another passage with the same 64 bits by
chance. Used by entry_schema.py, and by `check --fix`, which writes them.

Not here: making a digest (checks/digests.py).
"""

import re

DIGITS = 16

_DIGEST = re.compile(r"[0-9a-f]{16}", re.ASCII)
_LIKE_A_NUMBER = re.compile(r"\d+(e\d+)?", re.ASCII)


def parse_digest(text: str) -> str:
    """Return a digest. Raises ValueError."""
    if _DIGEST.fullmatch(text):
        return text
    lower = text.lower()
    if re.fullmatch(r"[0-9a-f]{16,64}", lower, re.ASCII):
        raise ValueError(
            f'"{text}" must be the first 16 digits, in small letters; '
            f"write {written_digest(lower[:DIGITS])}"
        )
    message = "the sha256 of a passage has 16 digits of 0-9 and a-f"
    raise ValueError(f"{message}; take it out, and `check --fix` writes it")


def written_digest(digest: str) -> str:
    """Return a digest as YAML. If it looks like a number, such as `12e4567890123456`, quote it."""
    return f'"{digest}"' if _LIKE_A_NUMBER.fullmatch(digest) else digest
