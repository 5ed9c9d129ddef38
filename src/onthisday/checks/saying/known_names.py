"""Which words are names somewhere in the almanac.

A word with a capital may be a name or not (named.py). If another entry has it as a name without
doubt, it is one. Few words are asked for, so only the entries that have them are read.

Called by service/checking/, through not_in_passage.py.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from onthisday.almanac.library import Told
from onthisday.checks.saying.named import folded, names_in, words_in
from onthisday.checks.saying.statements import language_of


class KnownNames:
    """Knows the names of some entries.

    - ``told``: what the entries tell. It is looked at when the first word is asked for.
    - ``language``: counts if an entry's words do not tell theirs.
    """

    def __init__(self, told: Iterable[Told], language: str) -> None:
        self._told, self._language = told, language
        self._names = cache(self._names_in)
        self.have = cache(self._have)

    def _have(self, word: str) -> bool:
        """Return True if a word is a name without doubt in an entry. ``word`` is folded."""
        return any(word in self._names(told) for told in self._having.get(word, ()))

    @cached_property
    def _having(self) -> dict[str, list[Told]]:
        """The entries that have a word with a capital, by the word, folded."""
        written: dict[str, list[Told]] = defaultdict(list)
        for told in self._told:
            for piece in " ".join(filter(None, told)).split():
                if not piece.islower() and piece != piece.lower():
                    written[piece].append(told)
        having: dict[str, list[Told]] = defaultdict(list)
        for piece, entries in written.items():
            for word in words_in(piece):
                having[folded(word)] += entries
        return having

    def _names_in(self, told: Told) -> frozenset[str]:
        """Return the words that are names in an entry without doubt, folded."""
        title, summary, _ = told
        language = language_of(f"{title} {summary or ''}", self._language)
        return frozenset(
            folded(name.words)
            for place, text in enumerate(told)
            if text
            for name in names_in(text, language, is_title=place == 0)
            if not name.doubtful
        )
