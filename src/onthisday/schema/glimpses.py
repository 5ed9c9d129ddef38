"""What can be understood of an entry or a document that has a mistake.

It is needed so that one mistake does not hide another one, or lead to a false one: an id that is
there twice, a document that is unknown, or one that nothing cites.

Used by service/reading/problems.py.
"""

from collections.abc import Iterator
from typing import Any

from onthisday.errors import TreePath
from onthisday.schema.folder_names import parse_id

_LONGEST = 200
"""Characters. A longer word is no id and no tag."""


def id_in(tree: Any, key: str = "id") -> str | None:
    """Return the id under a key of an entry or a document; None if nothing there can be an id."""
    return _id_of(tree.get(key)) if isinstance(tree, dict) else None


def cited_in(tree: Any) -> Iterator[tuple[TreePath, str]]:
    """Yield the place and the id of each document that an entry cites, in its sources and answers.

    What is no id is left out.
    """
    if not isinstance(tree, dict):
        return
    for path, citation in _citations(tree):
        document = _id_of(citation.get("document")) if isinstance(citation, dict) else None
        if document is not None:
            yield (*path, "document"), document


def _citations(tree: dict[Any, Any]) -> Iterator[tuple[TreePath, Any]]:
    for index, source in _items(tree.get("sources")):
        yield ("sources", index), source
    for index, account in _items(tree.get("accounts")):
        answers = account.get("answers") if isinstance(account, dict) else None
        for place, answer in _items(answers):
            yield ("accounts", index, "answers", place), answer


def _items(tree: Any) -> Iterator[tuple[int, Any]]:
    return iter(enumerate(tree if isinstance(tree, list) else ()))


def _id_of(value: Any) -> str | None:
    try:
        return parse_id(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return None


def words_in(tree: Any) -> set[str]:
    """Return the values in a tree that are single words, in every place.

    Why in every place: the key of an id or a tag may be misspelt.
    """
    if isinstance(tree, dict):
        return set().union(*map(words_in, tree.values()))
    if isinstance(tree, list):
        return set().union(*map(words_in, tree))
    is_word = isinstance(tree, str) and len(tree) <= _LONGEST and len(tree.split()) == 1
    return {tree.strip()} if is_word else set()
