"""Write works as BibTeX, for LaTeX with BibTeX or biblatex, and for Zotero and JabRef.

Why no library: bibtexparser and pybtex hold a whole file in memory, and write the texts as they get
them. What is to be written is small. Tests read it back with both.
"""

from collections.abc import Iterable, Iterator

from onthisday.citing.bibtex_dates import date_fields
from onthisday.citing.tex import address_of, tex_of
from onthisday.citing.work import Work
from onthisday.locales.locale import Locale

MEDIA_TYPE = "application/x-bibtex; charset=utf-8"


def pieces(locale: Locale, works: Iterable[Work]) -> Iterator[bytes]:
    """Yield works in BibTeX, with an empty line between them."""
    between = ""
    for work in works:
        yield f"{between}{_entry(locale, work)}".encode()
        between = "\n"


def _entry(locale: Locale, work: Work) -> str:
    """Return a work as an entry of BibTeX.

    It is always ``@misc``: the almanac does not say whether a document is a book or a letter, and
    every style knows this type. In it both BibTeX and biblatex print ``howpublished``, and neither
    prints ``publisher``.
    """
    fields = {
        "title": _kept(work.title),
        "author": work.author and _kept(work.author),
        "howpublished": work.publisher and _plain(work.publisher),
        **date_fields(locale, work.published),
        "pages": work.page and _plain(work.page),
        "note": _note(work),
        "language": work.language and _plain(work.language),
        "url": work.url and f"{{{address_of(work.url)}}}",
    }
    lines = (f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@misc{{{work.key},\n{''.join(lines)}}}\n"


def _note(work: Work) -> str | None:
    said = ". ".join(filter(None, (work.reference, work.note)))
    return _plain(said) if said else None


def _plain(text: str) -> str:
    return f"{{{tex_of(text)}}}"


def _kept(text: str) -> str:
    """Return a text in double braces, so that nobody changes it.

    Otherwise styles write titles in small letters, and "Marks and Spencer" are two authors.
    """
    return f"{{{{{tex_of(text)}}}}}"
