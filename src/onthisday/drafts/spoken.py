"""Tell in which language each paragraph of a text is.

A short line ("Berlin, den 26. September 1880") does not tell its language. So the language of the
text is found first, from its beginning, and a paragraph is in that language, unless its own words
clearly speak another. If the words of the paragraphs change, as in a file of many letters, the
language of the text changes with them.

Called by mentions.py. languages/ has the words.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from onthisday.drafts.languages import LANGUAGES, guessed, words_heard
from onthisday.drafts.paragraphs import Paragraph

_BEGINNING = 5_000
"""Code points at the beginning of a text that are looked at before its first date is read."""

_FADES = 0.8
"""What was heard counts this much after each further paragraph with words of some language."""


def spoken(
    paragraphs: Iterable[Paragraph], says: str | None = None
) -> Iterator[tuple[Paragraph, str]]:
    """Yield each paragraph with the code of its language.

    ``says`` is the language that the document itself claims. It counts only if its words do not
    tell, because many pages claim the language of their template.
    """
    rest = iter(paragraphs)
    beginning = [(each, words_heard(each.text)) for each in _beginning(rest)]
    heard: Mapping[str, float] = {}
    for _, words in beginning:
        heard = _more(heard, words)
    language = guessed(heard, says if says in LANGUAGES else "en", ahead=1)
    heard = {language: 2}
    for paragraph, words in chain(beginning, ((each, words_heard(each.text)) for each in rest)):
        if words:
            heard = _more(_faded(heard), words)
            language = guessed(heard, language)
        yield paragraph, guessed(words, language)


def _beginning(paragraphs: Iterator[Paragraph]) -> Iterator[Paragraph]:
    size = 0
    for paragraph in paragraphs:
        yield paragraph
        size += len(paragraph.text)
        if size >= _BEGINNING:
            return


def _faded(heard: Mapping[str, float]) -> dict[str, float]:
    return {code: count * _FADES for code, count in heard.items() if count > 0.1}


def _more(heard: Mapping[str, float], words: Mapping[str, float]) -> dict[str, float]:
    return {**heard, **{code: heard.get(code, 0) + count for code, count in words.items()}}
