"""The texts of an entry in other languages: the key ``languages`` of an entry.

Used by entry_schema.py. Not here: which text a reader gets (almanac/translations.py).
"""

from typing import Any, NamedTuple

from onthisday.almanac.entry import Account, TranslatedAccount, Translation
from onthisday.errors import TreePath
from onthisday.schema.shapes import (
    Json,
    Key,
    Listing,
    Misfit,
    Problem,
    Record,
    Shape,
    Text,
)


class _OrNothing(NamedTuple):
    """A value of a list, or nothing: what stands there is not translated yet."""

    of: Shape

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> Any:
        return None if tree is None else self.of.read(tree, path, problems)

    def schema(self) -> Json:
        return {"anyOf": [{"type": "null"}, self.of.schema()]}


class _Answer(NamedTuple):
    """An answer: a text, or a mapping that has it as ``says``, as the entry's own answers have."""

    def read(self, tree: Any, path: TreePath, problems: list[Problem]) -> str | None:
        if isinstance(tree, dict):
            said: str | None = _SAYS.read(tree, path, problems)
            return said
        return Text().read(tree, path, problems)

    def schema(self) -> Json:
        return {"anyOf": [Text().schema(), _SAYS.schema()]}


def _said(says: str | None) -> str | None:
    return says


_SAYS = Record({"says": Key(Text(), "the answer")}, _said)

_ACCOUNT = Record(
    {
        "question": Key(Text(), "the question"),
        "answers": Key(
            Listing(_OrNothing(_Answer())),
            "what is said, in the order of the entry's answers",
            default=(),
        ),
    },
    TranslatedAccount,
)

TRANSLATION = Record(
    {
        "title": Key(Text(), "the title"),
        "summary": Key(Text(), "the summary"),
        "brief": Key(Text(), "one sentence for small places"),
        "place": Key(Text(), "the place"),
        "accounts": Key(
            Listing(_OrNothing(_ACCOUNT)),
            "questions and answers, in the order of the entry's accounts",
            default=(),
        ),
    },
    Translation,
)
"""The texts of an entry in one other language. What is left out is shown in the entry's own."""


def fitting(
    languages: tuple[tuple[str, Translation], ...], accounts: tuple[Account, ...]
) -> tuple[tuple[str, Translation], ...]:
    """Return the translations. Raise Misfit if one has accounts or answers that the entry lacks."""
    for language, each in languages:
        if len(each.accounts) > len(accounts):
            _too_many("accounts", len(accounts), language)
        for index, (account, own) in enumerate(zip(each.accounts, accounts, strict=False)):
            if account and len(account.answers) > len(own.answers):
                _too_many("answers", len(own.answers), language, "accounts", index)
    return languages


def _too_many(what: str, count: int, *path: str | int) -> None:
    where = f"{path[0]}.accounts[{path[2]}]" if len(path) > 1 else str(path[0])
    raise Misfit(
        f"languages.{where} has more {what} than the {count} of the entry; they stand in the same "
        "order, and null leaves one out",
        "languages", *path, what,
    )  # fmt: skip
