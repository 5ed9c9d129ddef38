"""What is searched of an entry, by how much it counts: title, summary, answers, documents."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onthisday.almanac.entry import Account, Entry
from onthisday.views import words

if TYPE_CHECKING:
    from onthisday.almanac.document import Document
    from onthisday.locales.locale import Locale

PARTS = 4
"""How many parts an entry has (`Searched.parts`)."""

DocumentOf = Callable[[str], "Document | None"]
"""A function: it returns a document by its id; None if there is none."""


class Searched(NamedTuple):
    """An entry as it is searched.

    - ``dates``: its date in the words of each language. ``place``: where it happened.
    - ``near``: its summary, its tags, and the same in other languages.
    - ``answers``: each question on which documents differ, with the answers.
    - ``documents``: the titles of what it cites.
    """

    entry: Entry
    dates: tuple[str, ...]
    near: tuple[str, ...]
    answers: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def when(self) -> str:
        """Its date, as it is shown: in the first language."""
        return self.dates[0]

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """The texts by how much they count. A hit in the first part is shown first.

        That part has the titles of all languages: who searches may know an entry by any of them.
        """
        titles = (each.title for _, each in self.entry.languages)
        near = (*self.dates, self.entry.place or "", *self.near)
        return (self.entry.title, *filter(None, titles)), near, self.answers, self.documents

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of which one is shown below the title, because it has the hits."""
        return (*self.near, *self.answers, *self.documents)


def searched(entry: Entry, document: DocumentOf, locales: "Sequence[Locale]") -> Searched:
    """Return what is searched of an entry. Its date can be asked for in each of the languages."""
    tags = " · ".join(map(words.tag_words, entry.tags))
    near = (entry.summary or "", entry.brief or "", tags, *_translated(entry))
    return Searched(
        entry,
        tuple(words.occasion_date(locale, entry) for locale in locales),
        tuple(filter(None, near)),
        (*map(_account, entry.accounts), *_translated_answers(entry)),
        tuple(dict.fromkeys(_titles(entry, document))),
    )


def _translated(entry: Entry) -> Iterator[str]:
    for _, each in entry.languages:
        yield from filter(None, each[:4])


def _translated_answers(entry: Entry) -> Iterator[str]:
    for _, each in entry.languages:
        for account in filter(None, each.accounts):
            said = " · ".join(filter(None, account.answers))
            yield " ".join(filter(None, (account.question, said)))


def _account(account: Account) -> str:
    says = dict.fromkeys(answer.says for answer in account.answers)
    return f"{account.question} {' · '.join(says)}"


def _titles(entry: Entry, document: DocumentOf) -> Iterator[str]:
    for name in dict.fromkeys(citation.document for citation in entry.citations):
        cited = document(name)
        if cited is not None:
            yield cited.title
