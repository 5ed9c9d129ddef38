"""Which texts of entries are not translated into the languages of the site and of channels.

An entry that is translated in part is a finding of its own. Entries that have nothing in a language
are counted: one finding names some of them, because an almanac may have a hundred thousand.

Called by service/checking/report.py.
"""

from collections.abc import Iterator, Sequence

from onthisday.almanac.entry import Entry
from onthisday.almanac.translations import is_translated, missing, own_language
from onthisday.checks.faults import Fault

_NAMED = 3
"""So many entries that have nothing in a language are named."""


class Untranslated:
    """Looks at each entry once, and keeps what is to be said of all of them together.

    - ``native``: the language of entries that do not say theirs.
    - ``wanted``: the languages that readers get.
    """

    def __init__(self, native: str, wanted: Sequence[str]) -> None:
        self._native, self._wanted = native, tuple(dict.fromkeys(wanted))
        self._without: dict[str, tuple[str, ...]] = {}
        self._counts = dict.fromkeys(self._wanted, 0)

    def read(self, entry: Entry) -> Iterator[Fault]:
        """Yield what an entry lacks, and note if it has nothing in a language."""
        own = own_language(entry, self._native)
        if not own:
            yield Fault(
                ("languages",),
                "untranslated",
                f'entry "{entry.id}" has texts in the language of the site under languages, and '
                "does not say in which its own are; add language:, such as language: en",
            )
        for language in self._wanted:
            if language != own:
                yield from self._lacking(entry, language)

    def _lacking(self, entry: Entry, language: str) -> Iterator[Fault]:
        lacks = missing(entry, language, self._native)
        if not lacks or entry.withdrawn:
            return
        if is_translated(entry, language):
            said = ", ".join(lacks)
            message = f'entry "{entry.id}" lacks in {language}: {said}; add it under languages:'
            yield Fault(("languages",), "untranslated", message)
            return
        self._counts[language] += 1
        named = self._without.get(language, ())
        if len(named) < _NAMED:
            self._without[language] = (*named, entry.id)

    def faults(self) -> Iterator[tuple[str, Fault]]:
        """Yield, for each language, how many entries have nothing in it, at the first of them."""
        for language, names in self._without.items():
            count = self._counts[language]
            more = f" and {count - len(names):,} more" if count > len(names) else ""
            noun = "entry has" if count == 1 else "entries have"
            message = (
                f"{count:,} {noun} no texts in {language}: {', '.join(names)}{more}; add them "
                "under languages:, or readers get the entry's own words"
            )
            yield names[0], Fault(("id",), "untranslated", message)
