"""Make the catalogues of words, and keep them up to date with the source.

    python deploy/catalogues.py make           write src/onthisday/locales/catalogues/*.mo
    python deploy/catalogues.py update [de …]  take new messages from the source into the *.po
    python deploy/catalogues.py check [de …]   say what has no words yet, or wrong names in braces

`make` is done also when the package is built: hatchling calls `CatalogueHook` for a wheel and for
an editable install. A catalogue has what translators wrote, and CLDR's data as Babel has them:
names of months, patterns of dates, lists and numbers, "70 years ago". Babel's version is fixed in
pyproject.toml, so that the same source says the same words.

CLDR's messages have contexts of their own, which locales/locale.py and views/date_words.py ask for.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "onthisday"
CATALOGUES = SOURCE / "locales" / "catalogues"

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

GROUPED_FROM = {"es": 10_000, "it": 10_000, "pt_PT": 10_000, "es_419": 1_000}
"""The smallest number with a separator, where it is not 1,000, and in Latin America.

That is CLDR's ``minimumGroupingDigits``, which Babel does not have.
"""

FIELDS = {
    "y": "{year}", "M": "{month}", "L": "{alone}", "d": "{day}", "E": "{weekday}", "c": "{weekday}",
    "G": "{era}",
}  # fmt: skip
"""How a message names the letters of CLDR's patterns (UTS 35, "Date Field Symbols")."""

Message = tuple[str, str | tuple[str, str], str | tuple[str, ...]]
"""A context, the message in English (for a number of things: two), and how the language says it."""


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the catalogues when the package is built (hatchling's "custom" hook)."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the catalogues, and take them into the package although git ignores them."""
        make()
        build_data["artifacts"].append("src/onthisday/locales/catalogues/*.mo")


def make(*_: str) -> None:
    """Write a catalogue for each language and, with what differs, for each of its regions.

    A file that is as it must be stays: a program that runs from this folder may be reading it.
    """
    wanted = {CATALOGUES / f"{name}.mo": made for name, made in made_catalogues()}
    for file in CATALOGUES.glob("*.mo"):
        if file not in wanted:
            file.unlink()
    for file, made in wanted.items():
        if not file.exists() or file.read_bytes() != made:
            file.write_bytes(made)


def made_catalogues() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each catalogue."""
    for po in sorted(CATALOGUES.glob("*.po")):
        yield po.stem, _bytes(_whole(po.stem))
        yield from _regions(po.stem, cldr(Locale.parse(po.stem)))
    yield from _regions("en", cldr(Locale.parse("en_GB")))


def _whole(language: str) -> Catalog:
    catalogue = _read(language)
    for context, message, said in cldr(Locale.parse(language)):
        catalogue.add(message, said, context=context)
    return catalogue


def _regions(language: str, general: list[Message]) -> Iterator[tuple[str, bytes]]:
    """Yield the catalogues of regions in which something differs from the language in general."""
    known = set(general)
    for name in sorted(locale_identifiers()):
        own = Locale.parse(name)
        if own.language != language or own.script or own.territory is None:
            continue
        differs = [message for message in cldr(own) if message not in known]
        if language == "en" and all(context != "cldr" for context, *_ in differs):
            continue
        if language == "en" and own.date_formats["long"].pattern == "d MMMM y":
            continue  # the code's own English
        if differs:
            catalogue = Catalog(locale=own, creation_date=_NO_DATE, revision_date=_NO_DATE)
            for context, message, said in differs:
                catalogue.add(message, said, context=context)
            yield name, _bytes(catalogue)


_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in what is made, so that the same source makes the same bytes."""


def _bytes(catalogue: Catalog) -> bytes:
    written = BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def _read(language: str) -> Catalog:
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


# CLDR's data


def cldr(own: Locale) -> list[Message]:
    """Return what CLDR says of a language, as messages."""
    return [*_names(own), *_dates(own), *_lists(own), *_numbers(own), *_years_ago(own)]


def _names(own: Locale) -> Iterator[Message]:
    for number, name in enumerate(MONTHS, 1):
        yield "month", name, own.months["format"]["wide"][number]
        yield "month alone", name, own.months["stand-alone"]["wide"][number]
    for number, name in enumerate(WEEKDAYS):
        yield "weekday", name, own.days["format"]["wide"][number]


def _dates(own: Locale) -> Iterator[Message]:
    long, full = (_pattern(own.date_formats[name].pattern) for name in ("long", "full"))
    yield "cldr", "{day} {month} {year}", long
    yield "cldr", "{weekday}, {day} {month} {year}", full
    yield "cldr", "{day} {month}", _skeleton(own, "MMMMd")
    yield "cldr", "{weekday}, {day} {month}", _skeleton(own, "MMMMEEEEd", "MMMMEd", "MMMEd")
    yield "cldr", "{month} {year}", _skeleton(own, "yMMMM")
    for number, era in ((0, "{year} BC"), (1, "AD {year}")):
        named = own.eras["abbreviated"][number]
        for english, skeletons in (
            ("{day} {month} ", ("GyMMMMd", "GyMMMd")),
            ("{month} ", ("GyMMMM", "GyMMM")),
            ("", ("Gy",)),
        ):
            yield "cldr", f"{english}{era}", _skeleton(own, *skeletons).format_map(_Era(named))
    yield from _intervals(own)


class _Era(dict[str, str]):
    """Fills in the era of a pattern, and leaves the other fields."""

    def __init__(self, era: str) -> None:
        super().__init__(era=era)

    def __missing__(self, field: str) -> str:
        return f"{{{field}}}"


def _intervals(own: Locale) -> Iterator[Message]:
    formats = own.interval_formats
    start, end = (formats.get("yMMMMd") or formats["yMMMd"])["d"]
    first = _pattern(start).replace("{day}", "{first}")
    yield "cldr", "{first}–{day} {month} {year}", f"{first}{_pattern(end)}"
    both = own.interval_formats[None].replace("{0}", "{start}").replace("{1}", "{end}")
    yield "cldr", "{start} to {end}", both


def _skeleton(own: Locale, *names: str) -> str:
    """Return the pattern for the first of these skeletons that the language has.

    A pattern that begins with the era is not its own: it has it from CLDR's root.
    """
    patterns = (found.pattern for found in map(own.datetime_skeletons.get, names) if found)
    return _pattern(next(each for each in patterns if not each.startswith("G")))


def _pattern(written: str) -> str:
    """Return a pattern of CLDR with our names for its fields: ``{day}. {month} {year}``.

    Words are in quotes in such a pattern. Every month and weekday is wide: UTS 35 lets a pattern be
    used with another width of a name.
    """
    parts = re.split(r"'([^']*)'", written)
    return "".join(
        part if place % 2 else re.sub(r"([A-Za-z])\1*", lambda found: _field(found[1]), part)
        for place, part in enumerate(parts)
    )


def _field(letter: str) -> str:
    return FIELDS.get(letter.lower() if letter == "Y" else letter, letter)


def _lists(own: Locale) -> Iterator[Message]:
    for joined, kind in (("and", "standard"), ("or", "or")):
        patterns = own.list_patterns[kind]
        for place in ("2", "start", "middle", "end"):
            english = f"{{0}} {joined} {{1}}" if place in {"2", "end"} else "{0}, {1}"
            yield f"cldr list {joined} {place}", english, patterns[place]


def _numbers(own: Locale) -> Iterator[Message]:
    system = own.default_numbering_system
    symbols = own.number_symbols.get(system) or own.number_symbols["latn"]
    digits = "٠١٢٣٤٥٦٧٨٩" if system == "arab" else "0123456789"
    parent = get_global("parent_exceptions").get(str(own), own.language)
    least = GROUPED_FROM.get(str(own)) or GROUPED_FROM.get(parent, 1_000)
    yield "cldr", "0123456789", digits
    yield "cldr", "1,000", f"{least:,}".replace(",", symbols["group"])
    yield "cldr", "ltr", own.text_direction
    yield "cldr", "English", own.languages[own.language]
    likely = get_global("likely_subtags")[own.language]
    yield "cldr", "en_US", f"{own.language}_{Locale.parse(likely).territory}"


def _years_ago(own: Locale) -> Iterator[Message]:
    forms: Any = own._data["date_fields"]["year"]["past"]
    said = tuple(forms.get(name, forms["other"]) for name in _plural_names(own))
    yield (
        "cldr",
        ("{count} year ago", "{count} years ago"),
        tuple(form.replace("{0}", "{count}") for form in said),
    )


def _plural_names(own: Locale) -> Iterator[str]:
    """Yield CLDR's name for each plural form of the catalogue, in the catalogue's order."""
    plural = Catalog(locale=own)
    rule = _plural_function(plural.plural_expr)
    first = {rule(number): number for number in (1_000_000, *reversed(range(1_000)))}
    for index in range(plural.num_plurals):
        yield own.plural_form(first[index])


def _plural_function(expression: str) -> Any:
    from gettext import c2py

    return c2py(expression)


# New messages


KEYWORDS = DEFAULT_KEYWORDS | {"_": None, "N_": None, "NP_": ((1, "c"), 2)}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]


def update(*languages: str) -> None:
    """Take the messages of the source into catalogues. What is new there has no words yet."""
    template = extracted()
    for language in languages or _languages():
        po, catalogue = CATALOGUES / f"{language}.po", _read(language)
        template.creation_date = catalogue.creation_date  # else each run would change each file
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        _write(po, catalogue)


def extracted() -> Catalog:
    """Return all messages of the source, without words."""
    template = Catalog(project="onthisday", charset="utf-8")
    found = extract_from_dir(
        str(SOURCE), METHODS, keywords=KEYWORDS, comment_tags=("Translators:",),
        strip_comment_tags=True,
    )  # fmt: skip
    for name, _, message, comments, context in found:
        if context is None or not context.startswith(("cldr", "month alone", "weekday")):
            template.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    return template


def _write(po: Path, catalogue: Catalog) -> None:
    with po.open("wb") as file:
        write_po(file, catalogue, width=100, sort_by_file=True, include_lineno=False)


# What is wrong in a catalogue


def check(*languages: str) -> None:
    """Print what is wrong in catalogues; end the program with 1 if anything is."""
    wrong = [fault for language in languages or _languages() for fault in faults(language)]
    sys.exit("\n".join(wrong) or None)


def faults(language: str) -> Iterator[str]:
    """Yield what is wrong in a catalogue: a message that is missing, or has no right words."""
    catalogue = _read(language)
    for message in extracted():
        if message.id:
            found = catalogue.get(message.id, message.context)
            why = "is missing; run update" if found is None else fault_of(message, found)
            if why:
                yield f"{language}.po: {message.context or ''} {message.id!r} {why}"


def fault_of(message: Any, found: Any) -> str | None:
    """Return what is wrong with the words of a message, or None."""
    said = found.string if isinstance(found.string, tuple) else (found.string,)
    if found.fuzzy or not all(said):
        return "has no words yet"
    names = _names_in(message.id)
    known = names | EXTRA.get(_english(message), set()) | ({"alone"} if "month" in names else set())
    for each in said:
        if unknown := set(NAME.findall(each)) - known:
            return f"has names that nobody fills in: {', '.join(sorted(unknown))}"
        if marked := _markup_fault(_english(message), each):
            return marked
    lost = names - {"count", "ordinal", *NAME.findall(said[-1].replace("{alone}", "{month}"))}
    return f"lacks {', '.join(sorted(lost))}" if lost else None


def _markup_fault(english: str, said: str) -> str | None:
    """Return what would break a page: the message stands there as it is, also in attributes."""
    if sorted(ELEMENT.findall(said)) != sorted(ELEMENT.findall(english)):
        return "has other elements than the English words"
    if '"' in ELEMENT.sub("", said) and '"' not in ELEMENT.sub("", english):
        return 'has the mark "; write the quotation marks of the language'
    return None


NAME = re.compile(r"\{(\w*)\}")

ELEMENT = re.compile(r"<[^>]*>|&\w+;|[<>&]")
"""An element of HTML, a reference to a character, or a mark that HTML knows."""

EXTRA = {
    "the {year}s": {"last"},
    "the {ordinal} century": {"number", "roman"},
    "the {ordinal} century BC": {"number", "roman"},
    "the {ordinal} of an unknown month": {"day"},
    "the {ordinal} of an unknown month, {when}": {"day"},
}
"""Names that a message may have in another language, beside those of the English one."""


def _names_in(message: str | tuple[str, str]) -> set[str]:
    texts = (message,) if isinstance(message, str) else message
    return {name for text in texts for name in NAME.findall(text)}


def _english(message: Any) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _languages() -> list[str]:
    return sorted(po.stem for po in CATALOGUES.glob("*.po"))


if __name__ == "__main__":
    commands = {"make": make, "update": update, "check": check}
    if sys.argv[1:2] not in ([name] for name in commands):
        sys.exit("catalogues.py: say make, update or check")
    commands[sys.argv[1]](*sys.argv[2:])
