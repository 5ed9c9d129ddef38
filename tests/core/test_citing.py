"""BibTeX and CSL-JSON, read back by the libraries that programs use for them."""

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import example, given
from hypothesis import strategies as st
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from onthisday.characters import clean
from onthisday.citing import bibtex, csl
from onthisday.citing.work import Work
from onthisday.dates.edtf import parse
from onthisday.locales.locale import ENGLISH, locale_of

ODD = r"""{a} } { \ % & # _ $ ~ ^ " ' -- --- '' `` ?` !` << ,, @ Ленин عمر Ὅμηρος 😀 \textbf{x} é"""

DATES = {
    "1956-02-25": ({"date-parts": [[1956, 2, 25]]}, "1956-02-25", "1956", "feb"),
    "2006-02": ({"date-parts": [[2006, 2]]}, "2006-02", "2006", "feb"),
    "1950": ({"date-parts": [[1950]]}, "1950", "1950", None),
    "1950~": ({"date-parts": [[1950]], "circa": True}, "1950~", "around 1950", None),
    "1950?": ({"date-parts": [[1950]], "circa": True}, "1950?", "perhaps 1950", None),
    "-0043-03-15": ({"date-parts": [[-44, 3, 15]]}, "-0043-03-15", "15 March 44 BC", None),
    "195X": ({"date-parts": [[1950], [1959]]}, "1950/1959", "the 1950s", None),
    "18XX": ({"date-parts": [[1800], [1899]]}, "1800/1899", "the 19th century", None),
    "1999-21": ({"date-parts": [[1999]], "season": 1}, "1999-21", "spring 1999", None),
    "1938/1947": ({"date-parts": [[1938], [1947]]}, "1938/1947", "1938–1947", None),
    "1938-02/1939~": (
        {"date-parts": [[1938, 2], [1939]], "circa": True}, "1938-02/1939~",
        "February 1938 to around 1939", None,
    ),
    "1938/..": ({"literal": "from 1938"}, None, "from 1938", None),
    "/1938": (
        {"literal": "from an unknown date to 1938"}, None, "from an unknown date to 1938", None,
    ),
    "{1667,1668}": ({"literal": "1667 and 1668"}, None, "1667 and 1668", None),
    "XXXX-12": ({"literal": "December, year unknown"}, None, "December, year unknown", None),
    "1999-33": (
        {"literal": "the first quarter of 1999"}, None, "the first quarter of 1999", None,
    ),
}  # fmt: skip


def _context() -> Any:
    """Return pylatexenc's macros, with two that it lacks, and one that it takes for an accent."""
    signs = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    context = get_default_latex_context_db()
    specs = [MacroTextSpec(name, sign) for name, sign in signs.items()]
    context.add_context_category("signs", macros=specs, prepend=True)
    return context


_TEX = LatexNodes2Text(latex_context=_context())


def bibtex_of(*works: Work) -> list[dict[str, str]]:
    """Return the fields of works that were written as BibTeX, as a program reads them."""
    text = b"".join(bibtex.pieces(ENGLISH, works)).decode()
    library = parse_string(text)
    assert not library.failed_blocks
    assert len(library.blocks) == len(works)
    return [
        {"key": entry.key, **{field.key: field.value for field in entry.fields}}
        for entry in library.entries
    ]


def shown(value: str) -> str:
    """Return the text that TeX shows."""
    return str(_TEX.latex_to_text(value))


def csl_of(*works: Work) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(b"".join(csl.pieces(ENGLISH, works)))
    return items


@given(st.text(min_size=1).map(lambda text: " ".join(clean(text).split())).filter(bool))
@example(ODD)
@example("}{")
@example("Müller & Sons {a {b} c}} \\")
def test_every_character_comes_back_out_of_bibtex(text: str) -> None:
    (read,) = bibtex_of(Work("a", text, author=text, publisher=text, reference=text, page=text))
    seen = {
        name: shown(read[name]) for name in ("title", "author", "howpublished", "note", "pages")
    }
    assert set(seen.values()) == {text}


def test_a_file_is_laid_out_for_people() -> None:
    works = (
        Work("entry:mill", "The mill burns", "The curators", "On this day",
             url="https://almanac.example/entries/mill/", language="en", is_page=True),
        Work("gazette-1906", "Fire & smoke", "Marks and Spencer", "The Gazette",
             parse("1906-03-02"),
             "https://gazette.example/ä_{b}?c=%20#d", "MS 12_3", "de", "58, 60"),
    )  # fmt: skip
    assert b"".join(bibtex.pieces(ENGLISH, works)).decode() == GOLDEN
    assert csl_of(*works) == [
        {
            "id": "entry:mill",
            "type": "webpage",
            "title": "The mill burns",
            "author": [{"literal": "The curators"}],
            "container-title": "On this day",
            "URL": "https://almanac.example/entries/mill/",
            "language": "en",
        },
        {
            "id": "gazette-1906",
            "type": "document",
            "title": "Fire & smoke",
            "author": [{"literal": "Marks and Spencer"}],
            "publisher": "The Gazette",
            "issued": {"date-parts": [[1906, 3, 2]]},
            "URL": "https://gazette.example/ä_{b}?c=%20#d",
            "call-number": "MS 12_3",
            "language": "de",
            "locator": "58, 60",
        },
    ]


GOLDEN = r"""@misc{entry:mill,
  title = {{The mill burns}},
  author = {{The curators}},
  howpublished = {On this day},
  language = {en},
  url = {https://almanac.example/entries/mill/},
}

@misc{gazette-1906,
  title = {{Fire \& smoke}},
  author = {{Marks and Spencer}},
  howpublished = {The Gazette},
  date = {1906-03-02},
  year = {1906},
  month = mar,
  pages = {58, 60},
  note = {MS 12\_3},
  language = {de},
  url = {https://gazette.example/%C3%A4_%7Bb%7D?c=%20#d},
}
"""


@pytest.mark.parametrize("edtf", DATES)
def test_a_date_is_as_exact_and_as_doubtful_as_it_was(edtf: str) -> None:
    issued, dated, year, month = DATES[edtf]
    work = Work("a", "A title", published=parse(edtf))
    assert csl_of(work)[0]["issued"] == issued
    (read,) = bibtex_of(work)
    assert (read.get("date"), shown(read["year"]), read.get("month")) == (dated, year, month)


def test_words_of_a_date_are_in_the_language_of_the_site() -> None:
    work = Work("a", "A title", published=parse("1938/.."))
    written = b"".join(csl.pieces(locale_of("de"), [work])).decode()
    assert '"literal": "ab 1938"' in written or '"literal": "seit 1938"' in written


def test_no_works_are_an_empty_list() -> None:
    assert csl_of() == []
    assert bibtex_of() == []


def test_the_schema_of_csl_holds() -> None:
    """It is the file schemas/input/csl-data.json of citation-style-language/schema."""
    schema = os.environ.get("ONTHISDAY_CSL_SCHEMA")
    if schema is None:
        pytest.skip("set ONTHISDAY_CSL_SCHEMA to the path of CSL's csl-data.json")
    odd = Work("a", ODD, ODD, ODD, None, "https://x.example/", ODD, "ru", "5", ODD)
    works = [odd._replace(published=parse(edtf)) for edtf in DATES]
    entry = Work("entry:a", ODD, is_page=True)
    jsonschema.validate(csl_of(entry, *works), json.loads(Path(schema).read_text("utf-8")))


def test_a_key_is_the_id_so_no_program_refuses_it() -> None:
    keys = [each["key"] for each in bibtex_of(Work("a.B_c-1", "x"), Work("entry:a.B_c-1", "y"))]
    assert keys == ["a.B_c-1", "entry:a.B_c-1"]
    assert all(re.fullmatch(r"[A-Za-z0-9.:_-]+", key) for key in keys)
