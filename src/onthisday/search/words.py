"""The words of a folded text, as an index keeps them.

A script without spaces gives pairs of characters instead of words. Each pair begins one character
later than the last: 日本語 gives 日本, 本語 and 語. So a word inside is found without a dictionary.
"""

from collections.abc import Iterator

from onthisday.search.folding import RUNS, fold, is_unspaced

LONGEST = 64
"""So many characters of a word count."""


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, folded, in their order."""
    for word in fold(text).split():
        if word.isascii():
            yield word[:LONGEST]
        else:
            yield from _parts(word)


def sought(folded: str) -> tuple[list[str], bool]:
    """Return the words to look for, one after the other, and whether the last one is only begun.

    ``folded``: a folded text. Its last characters may stand inside a text without spaces, so the
    last one of them is not looked for as the end of a text, as `words` gives it.
    """
    found = list(words(folded))
    if not found or not is_unspaced(found[-1]):
        return found, False
    alone = len(folded) < 2 or not is_unspaced(folded[-2])
    return (found, True) if alone else (found[:-1], False)


def _parts(word: str) -> Iterator[str]:
    for run in filter(None, RUNS.split(word)):
        if is_unspaced(run[0]):
            yield from (run[place : place + 2] for place in range(len(run)))
        else:
            yield run[:LONGEST]
