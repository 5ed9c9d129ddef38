"""The key `store` of the config: the address of the ledger. Used by config_schema.py.

An address of PostgreSQL may have a password, so no message here shows it.
"""

import re
from typing import Any, NamedTuple

from onthisday.config import Secret
from onthisday.errors import TreePath
from onthisday.schema.shapes import Json, Problem, Text

_FILE = "sqlite:///"
_SERVER = re.compile("postgres(ql)?://")
_LIKE = (
    "write sqlite:///FILE, such as sqlite:///var/onthisday.db, or postgresql://USER@HOST/DATABASE"
)


class StoreShape(NamedTuple):
    """The shape of `store`. A value that is a secret already is taken as it is."""

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Secret | None:
        if isinstance(tree, Secret):
            return tree
        text = Text().read(tree, path, problems)
        if text is None:
            return None
        try:
            return Secret(parse_store(text))
        except ValueError as error:
            problems.append(Problem(path, f"store: {error}"))
            return None

    def schema(self) -> Json:
        words = "sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/DATABASE"
        return {"type": "string", "description": words}


def parse_store(text: str) -> str:
    """Return the address of a store: of the ledger's file or database. Raises ValueError."""
    if text.startswith(_FILE) and len(text) > len(_FILE):
        return text
    if _SERVER.match(text):
        return _of_server(text)
    if "://" in text or "@" in text:  # it may hold a password
        raise ValueError(f"is no store; {_LIKE}")
    path = text.removeprefix("sqlite:").lstrip("/") or "var/onthisday.db"
    raise ValueError(f'"{text}" is no store; write sqlite:///{path}')


def is_server(store: str) -> bool:
    """Return True if a store is a database of PostgreSQL, which several machines can share."""
    return _SERVER.match(store) is not None


def shown(store: str) -> str:
    """Return a store as people may see it: without its password."""
    bare = re.sub(r"(://[^:@/]*):[^@/]*@", r"\1:PASSWORD@", store)
    return re.sub(r"([?&]password=)[^&]*", r"\1PASSWORD", bare)


def _of_server(text: str) -> str:
    """Return the address of a database. If its login tears it apart, raise ValueError."""
    authority, _, rest = text.partition("://")[2].partition("/")
    login, at, _ = authority.rpartition("@")
    if set("@?#") & set(login) or "#" in text or (not at and "@" in rest):
        raise ValueError("has a login with one of @ / ? # in it; write it as %40, %2F, %3F or %23")
    if any(character.isspace() for character in text):
        raise ValueError("has a space in it; write it as %20")
    return text
