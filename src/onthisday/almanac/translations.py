"""An entry's texts in the language of a reader.

An entry is written in its own language, and may be translated (``languages:``). Each text is shown
in the language that is asked for or, if it is not translated, in the entry's own. So each text has
its own language, and a page can say it.

Called by views/presenter.py, search/ and checks/.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from onthisday.almanac.entry import Account, Entry, TranslatedAccount, Translation

_NOTHING = Translation()


class Languages(NamedTuple):
    """The language of each text, as BCP 47; empty if nobody knows it, as HTML has it.

    - ``own``: that of the entry: of its corrections and of what is not translated.
    - ``accounts``: for each account that of the question, then that of each answer.
    """

    own: str = ""
    title: str = ""
    summary: str = ""
    place: str = ""
    brief: str = ""
    accounts: tuple[tuple[str, ...], ...] = ()


def told_in(entry: Entry, language: str, native: str) -> tuple[Entry, Languages]:
    """Return an entry with its texts in a language, and the language of each text.

    - ``language``: what is asked for, as BCP 47. A more general one will do: ``de`` for ``de-AT``
      (RFC 4647, section 3.4).
    - ``native``: the language of entries that do not say theirs.
    """
    own = own_language(entry, native)
    found = _translation(entry, language, own) if entry.languages else None
    if found is None:
        return entry, _all_in(own, tuple(len(each.answers) for each in entry.accounts))
    tag, translation = found
    texts = {name: getattr(translation, name) or getattr(entry, name) for name in _TEXTS}
    tags = {name: tag if getattr(translation, name) else own for name in _TEXTS}
    pairs = tuple(_paired(entry, translation))
    told = tuple(_account(account, other) for account, other in pairs)
    said = tuple(_account_languages(account, other, tag, own) for account, other in pairs)
    return entry._replace(accounts=told, **texts), Languages(own, accounts=said, **tags)


_TEXTS = ("title", "summary", "place", "brief")


@lru_cache(256)  # most entries have no account, or one with two answers
def _all_in(own: str, answers: tuple[int, ...]) -> Languages:
    """Return the languages of an entry that has all texts in one, with so many answers each."""
    same = tuple((own,) * (1 + count) for count in answers)
    return Languages(own, own, own, own, own, same)


def own_language(entry: Entry, native: str) -> str:
    """Return the language that an entry is written in; empty if nobody knows it.

    That is so if it does not say it, and is translated into the language that it should have.
    """
    if entry.language is not None:
        return entry.language
    return "" if entry.languages and is_translated(entry, native) else native


def missing(entry: Entry, language: str, native: str) -> tuple[str, ...]:
    """Return what an entry lacks in a language: ``title``, ``an answer``; nothing if it is whole.

    Everything, if it has nothing in that language.
    """
    own = own_language(entry, native)
    if own and _fits(language, own):
        return ()
    found = _translation(entry, language, own)
    translation = found[1] if found else _NOTHING
    lacks = [name for name in _TEXTS if getattr(entry, name) and not getattr(translation, name)]
    accounts = [_account_languages(*pair, "x", "") for pair in _paired(entry, translation)]
    lacks += ["a question"] * (not all(each[0] for each in accounts))
    lacks += ["an answer"] * (not all(all(each[1:]) for each in accounts))
    return tuple(lacks)


def is_translated(entry: Entry, language: str) -> bool:
    """Return True if an entry has some texts in a language beside its own."""
    return any(_among(entry, tag) for tag in _general(language))


def _translation(entry: Entry, language: str, own: str) -> tuple[str, Translation] | None:
    """Return the translation for a language, with its tag; None if the entry's own words fit."""
    for tag in _general(language):
        if found := _among(entry, tag):
            return found
        if own.lower() == tag:
            return None
    return None


def _among(entry: Entry, language: str) -> tuple[str, Translation] | None:
    tag = language.lower()
    return next((each for each in entry.languages if each[0].lower() == tag), None)


def _fits(language: str, own: str) -> bool:
    return own.lower() in _general(language) or own.lower().startswith(f"{language.lower()}-")


def _general(language: str) -> Iterator[str]:
    """Yield a tag in small letters, then ever more general ones: ``de-at``, ``de``."""
    tag = language.lower()
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
        if tag[-2:-1] == "-":  # a single letter leads to what was cut off
            tag = tag[:-2]


def _paired(entry: Entry, translation: Translation) -> Iterator[tuple[Account, TranslatedAccount]]:
    pairs = zip_longest(entry.accounts, translation.accounts)
    for account, other in pairs:
        if account is not None:
            yield account, other or TranslatedAccount()


def _account(account: Account, other: TranslatedAccount) -> Account:
    says = zip_longest(account.answers, other.answers)
    answers = tuple(each._replace(says=said or each.says) for each, said in says if each)
    return Account(other.question or account.question, answers)


def _account_languages(
    account: Account, other: TranslatedAccount, tag: str, own: str
) -> tuple[str, ...]:
    said = zip_longest(account.answers, other.answers)
    answers = (tag if text else own for answer, text in said if answer)
    return (tag if other.question else own, *answers)
