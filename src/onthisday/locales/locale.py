"""A locale: a language with its catalogue of words and the data of its dates and numbers.

English is the language of the source: what the code says is what readers get, and no catalogue is
loaded. For every other language there is a catalogue (gettext). deploy/catalogues.py makes it when
the package is built: from what translators wrote in ``catalogues/*.po``, and from CLDR, the Unicode
Common Locale Data Repository, which Babel has. CLDR's part has the context ``cldr``, ``month``,
``month alone`` or ``weekday``: translators never see it.

Why Babel is not asked at run time: to import it takes longer than all of `today`.

Called by everything that says something to readers. Not here: dates in words
(views/date_words.py).
"""

from collections.abc import Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import Literal

from onthisday.characters import FSI, PDI, has_left_to_right, has_right_to_left, spaced
from onthisday.errors import OnThisDayError

SPOKEN = ("en", "de", "fr", "it", "es", "pt", "nl", "ru", "ar")
"""The languages that have words here, as BCP 47."""

Direction = Literal["ltr", "rtl"]


class Locale:
    """A language as we speak it.

    - ``tag``: the language that was asked for, as BCP 47: ``de-AT``.
    - ``language``: the language of the words, one of SPOKEN. It is ``en`` if there is no catalogue
      for ``tag``.
    - ``direction``: how it is written: from left to right, or from right to left (``rtl``).

    The methods that translate take a message in English. It may have names in braces, as
    `str.format` has them. Their values are keywords.
    """

    def __init__(self, tag: str, language: str, catalogue: NullTranslations) -> None:
        self.tag, self.language, self._catalogue = tag, language, catalogue
        is_rtl = catalogue.pgettext("cldr", "ltr") == "rtl"
        self.direction: Direction = "rtl" if is_rtl else "ltr"
        self._name: str = catalogue.pgettext("cldr", "English")
        digits: str = catalogue.pgettext("cldr", "0123456789")
        self._digits = None if digits == "0123456789" else str.maketrans("0123456789", digits)
        smallest: str = catalogue.pgettext("cldr", "1,000")
        self._separator = smallest.strip("0123456789")
        self._grouped_from = int(smallest.replace(self._separator, ""))

    @property
    def words_tag(self) -> str:
        """The tag of the language that the words are in: ``tag``, or ``en`` without a catalogue."""
        return self.tag if _primary(self.tag) == self.language else self.language

    @property
    def name(self) -> str:
        """The language in its own words: ``Deutsch``, ``Português (BR)``; else its tag."""
        if not is_spoken(self.tag):
            return self.tag
        _, _, region = self.tag.partition("-")
        name = capital(self._name)
        return f"{name} ({region})" if region else name

    def gettext(self, message: str, /, **values: object) -> str:
        """Return a message in this language."""
        return _filled(self._catalogue.gettext(message), values)

    def pgettext(self, context: str, message: str, /, **values: object) -> str:
        """Return a message in this language. The context parts messages that English says alike."""
        return _filled(self._catalogue.pgettext(context, message), values)

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return a message for a number of things. ``{count}`` in it is the number."""
        found = self._catalogue.ngettext(one, many, count)
        return _filled(found, {"count": self.number(count), **values})

    def npgettext(self, context: str, one: str, many: str, count: int, /, **values: object) -> str:
        """Return a message for a number of things, with a context. ``{count}`` is the number."""
        found = self._catalogue.npgettext(context, one, many, count)
        return _filled(found, {"count": self.number(count), **values})

    def isolate(self, text: str) -> str:
        """Return a name or a title so that its direction does not turn the words around it.

        It stands between FSI and PDI (Unicode, UAX 9) if it has letters of the other direction. A
        mark of its own that has no partner is taken out, because it would end the isolate.
        """
        other = has_left_to_right if self.direction == "rtl" else has_right_to_left
        if not other(text) or (text[0] == FSI and text.find(PDI) == len(text) - 1):
            return text
        return f"{FSI}{spaced(text)}{PDI}"

    def number(self, number: int) -> str:
        """Return a whole number as the language writes it: ``1.436`` in German."""
        if abs(number) < self._grouped_from:
            return self.digits(number)
        return self.digits(f"{number:,}".replace(",", self._separator))

    def digits(self, number: int | str) -> str:
        """Return a number with the digits of the language, and nothing between them."""
        written = str(number)
        return written if self._digits is None else written.translate(self._digits)

    def listed(self, parts: Sequence[str], joined: Literal["and", "or"] = "and") -> str:
        """Return parts as a list: ``a, b and c``. The patterns are CLDR's (UTS 35, "List")."""
        if len(parts) < 3:
            return self._pair("2", joined, parts[0], parts[1]) if parts[1:] else "".join(parts)
        *before, beside_last, last = parts
        said = self._pair("end", joined, beside_last, last)
        for place, part in reversed(list(enumerate(before))):
            said = self._pair("middle" if place else "start", joined, part, said)
        return said

    def _pair(self, place: str, joined: str, first: str, second: str) -> str:
        english = f"{{0}} {joined} {{1}}" if place in {"2", "end"} else "{0}, {1}"
        context = f"cldr list {joined} {place}"
        pattern: str = self._catalogue.pgettext(context, english)
        return pattern.format(first, second)


def N_(message: str) -> str:  # noqa: N802  (the name that gettext's tools know)
    """Mark a message in a table, so that it is translated. It is said where it is used."""
    return message


def capital(text: str) -> str:
    """Return a text with its first letter as a capital, for the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


@cache
def locale_of(tag: str) -> Locale:
    """Return the locale of a language, as BCP 47. Without a catalogue, the words are English.

    Raises OnThisDayError if the package was not built, so that its catalogues are missing.
    """
    language = _primary(tag)
    if language not in SPOKEN:
        return Locale(tag, "en", NullTranslations())
    return Locale(tag, language, _catalogue(language, tag.replace("-", "_")))


ENGLISH = Locale("en", "en", NullTranslations())
"""What the code itself says."""


def is_spoken(tag: str) -> bool:
    """Return True if there is a catalogue for a language."""
    return _primary(tag) in SPOKEN


def _primary(tag: str) -> str:
    """Return the language of a tag, without a script and a region: ``de`` for ``de-AT``."""
    return tag.partition("-")[0].lower()


def _catalogue(language: str, own: str) -> NullTranslations:
    """Return the catalogue of a language. A region has only what differs, and falls back to it."""
    found = NullTranslations() if language == "en" else _read(language)
    if found is None:
        raise OnThisDayError(
            f'the words of the language "{language}" are not made yet; '
            "install the program anew with pip, or run: python deploy/catalogues.py make"
        )
    regional = _read(own) if own != language else None
    if regional is None:
        return found
    regional.add_fallback(found)
    return regional


def _read(name: str) -> NullTranslations | None:
    from io import BytesIO  # loaded here: English has no catalogue
    from pkgutil import get_data

    try:
        made = get_data("onthisday.locales", f"catalogues/{name}.mo")
    except OSError:
        return None
    return GNUTranslations(BytesIO(made)) if made else None


def _filled(message: str, values: dict[str, object]) -> str:
    return message.format(**values) if values else message
