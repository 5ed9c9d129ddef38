"""An event of Wikipedia's on-this-day API as an entry, and its pages as documents.

Called by wikimedia.py. Not here: which day it is (wikimedia_days.py).
"""

import re
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from onthisday.dates.calendars import MonthDay
from onthisday.importers.names import document_id, id_of, is_address, one_line
from onthisday.importers.plain_words import plain

_KINDS = {"births": "birth", "deaths": "death", "holidays": "holiday"}

_DIED = re.compile(
    r"\s{0,9}\((?:d\.|died|dead|†|gest\.|m\.|mort en|morte en|f\.|död|død|ум\.)\s{0,9}"
    r"(c\.\s{0,9}|ca\.\s{0,9})?(\d{1,4})\s{0,9}(BCE?|AD|CE)?\)\s*$",
    re.IGNORECASE,
)
"""The year of death behind a birth, as the language's Wikipedia writes it."""

_PICTURED = re.compile(r" ?\((?:pictured|depicted|Bild)\)")
"""What Wikipedia's first page says of the picture beside an event."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

_ENTRY = re.compile(r"/entries/([A-Za-z0-9][A-Za-z0-9._-]{0,199})/$")
"""The address of an entry's page in an almanac of this program."""


class Page(NamedTuple):
    """A page that an event links to. ``canonical``: its title as in its address."""

    title: str
    canonical: str
    language: str | None
    address: str | None

    @property
    def host(self) -> str:
        """The site's name; empty if the address is not known."""
        return urlsplit(self.address or "").hostname or ""


class Happening(NamedTuple):
    """What the API tells of one event. ``year``: -44 is 44 BC; None if there is none."""

    text: str
    year: int | None
    pages: tuple[Page, ...]


class NoEvent(ValueError):
    """A value that is no event of the API. The message says why, for `Refused`."""


def happening_of(tree: Any) -> Happening:
    """Return the event that a JSON value tells. Raises NoEvent."""
    if not isinstance(tree, dict):
        raise NoEvent("is no event: it has no text")
    text, year = tree.get("text"), tree.get("year")
    text = one_line(_PICTURED.sub("", plain(text))) if isinstance(text, str) else ""
    if not text:
        raise NoEvent("is no event: it has no text")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise NoEvent("has a year that is no number")
    if year is not None and not 1 <= abs(year) <= 9999:
        raise NoEvent(f"has a year that no date can have: {str(year)[:20]}")
    pages = tree.get("pages")
    found = map(_page, pages if isinstance(pages, list) else ())
    return Happening(text, year, tuple(page for page in found if page))


def _page(tree: Any) -> Page | None:
    if not isinstance(tree, dict):
        return None
    titles = _dict(tree, "titles")
    canonical = _text(titles, "canonical") or _text(tree, "title")
    title = _text(titles, "normalized") or _text(tree, "normalizedtitle")
    title = title or _text(tree, "displaytitle") or canonical.replace("_", " ")
    language = _text(tree, "lang")
    known = language if _LANGUAGE.fullmatch(language) else None
    address = _text(_dict(_dict(tree, "content_urls"), "desktop"), "page")
    if not is_address(address):
        address = f"https://{known}.wikipedia.org/wiki/{quote(canonical)}" if known else ""
    return Page(title, canonical, known, address or None) if title and canonical else None


def _dict(tree: dict[str, Any], name: str) -> dict[str, Any]:
    value = tree.get(name)
    return value if isinstance(value, dict) else {}


def _text(tree: dict[str, Any], name: str) -> str:
    value = tree.get(name)
    return one_line(plain(value)) if isinstance(value, str) else ""


def tree_of(happening: Happening, kind: str, day: MonthDay, *, featured: bool) -> dict[str, Any]:
    """Return an event as the keys of an entry. ``kind``: the API's list that it is in."""
    date = f"{_edtf(happening.year)}-{day.month:02}-{day.day:02}"
    tree: dict[str, Any] = {"date": date, "title": happening.text}
    if kind in _KINDS:
        tree["kind"] = _KINDS[kind]
    died = _DIED.search(happening.text) if kind == "births" else None
    if died and happening.text[: died.start()]:
        death = int(died[2]) * (-1 if (died[3] or "").upper().startswith("B") else 1)
        tree["title"] = happening.text[: died.start()]
        tree["died"] = f"{_edtf(death)}{'~' if died[1] else ''}"
    languages = {page.language for page in happening.pages}
    if len(languages) == 1 and (language := languages.pop()):
        tree["language"] = language
    return tree | ({"featured": True} if featured else {})


def _edtf(year: int | None) -> str:
    """Return a year as EDTF: 44 BC is -0043, because EDTF has a year 0. It is unknown if None."""
    if year is None:
        return "XXXX"
    return f"{year:04}" if year > 0 else f"{'-' if year < -1 else ''}{-year - 1:04}"


def id_of_entry(happening: Happening) -> str | None:
    """Return the id of the entry, if the answer is one of this program; else None."""
    page = happening.pages[0] if happening.pages else None
    found = _ENTRY.search(page.address or "") if page and not _is_wikipedia(page) else None
    return found[1] if found else None


def documents_of(happening: Happening) -> tuple[dict[str, Any], ...]:
    """Return the pages of an event as documents, each once."""
    documents = (_document(page) for page in happening.pages if page.address)
    return tuple({each["id"]: each for each in documents}.values())


def _document(page: Page) -> dict[str, Any]:
    document: dict[str, Any] = {"title": page.title, "url": page.address}
    if page.language:
        document["language"] = page.language
    if not _is_wikipedia(page):
        return {"id": document_id(page.address or "")} | document
    name = id_of(f"wikipedia-{page.host.partition('.')[0]}-{page.canonical}")
    return {"id": name} | document | {"publisher": "Wikipedia", "rights": "CC BY-SA 4.0"}


def _is_wikipedia(page: Page) -> bool:
    return page.host.endswith(".wikipedia.org")
