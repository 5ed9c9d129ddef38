"""Read the project's pages of documentation, for the tests of what they say."""

import re
from pathlib import Path
from typing import NamedTuple

from tests.website.fixtures import SHIPPED

PAGES = [
    *(SHIPPED / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")),
    SHIPPED / "deploy" / "README.md",
    *sorted((SHIPPED / "docs").glob("*.md")),
]

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of code on a page. It begins at ``line``."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(*languages: str) -> list[Block]:
    """Return the blocks on all pages that are in one of these languages."""
    return [block for page in PAGES for block in _blocks(page) if block.language in languages]


def _blocks(page: Path) -> list[Block]:
    text, name = page.read_text("utf-8"), str(page.relative_to(SHIPPED))
    return [
        Block(name, text.count("\n", 0, match.start()) + 1, match[1], match[2])
        for match in _BLOCK.finditer(text)
    ]


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings in the form that an address has after `#`."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}
