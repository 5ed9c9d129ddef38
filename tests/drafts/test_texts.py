"""The text of a document of each format, and the message if it has none."""

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.paragraphs import unwrapped
from onthisday.texts.extract import NoText, page_ends, page_of
from onthisday.texts.formats import extract
from onthisday.texts.layout import Piece, text_of
from onthisday.texts.pages import joined
from tests.drafts.formats import docx_of, odt_of, pdf_of

RUSSIAN = "Съезд открылся 14 февраля 1956 года в Москве, и зал был полон делегатов со всей страны."


def test_utf8_text_is_the_documents_own_to_the_last_character() -> None:
    content = "\ufeffLe 1er mars\r\n\r\n1956\u00a0!\r\n".encode()
    found = extract(content)
    assert found.text == content.decode()
    assert found.verbatim


@pytest.mark.parametrize(
    ("content", "note"),
    [
        (RUSSIAN.encode("cp1251"), "not UTF-8; read as cp1251"),
        (RUSSIAN.encode("utf-16"), "read as UTF-16"),
    ],
)
def test_another_encoding_is_read_and_said(content: bytes, note: str) -> None:
    found = extract(content)
    assert (found.text, found.note, found.verbatim) == (RUSSIAN, note, False)


def test_a_few_bytes_that_tell_no_encoding_are_read_as_western() -> None:
    found = extract("Le 1er février 1956, à Genève".encode("cp1252"))
    assert (found.text, found.note) == (
        "Le 1er février 1956, à Genève", "not UTF-8; read as cp1252",
    )  # fmt: skip


def test_a_few_broken_bytes_do_not_make_utf8_another_encoding() -> None:
    found = extract(RUSSIAN.encode()[:-2] + b"\xff" + "«да»".encode())
    assert found.text.startswith("Съезд открылся 14 февраля")
    assert found.note is not None
    assert found.note.startswith("UTF-8, but for")


def test_html_is_read_as_a_browser_shows_it() -> None:
    page = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>The mill &amp; we</title>
      <script>var day = "1 May 1900"</script><style>p { color: red }</style></head>
      <body><nav><a href="/">Home</a></nav><h1>The mill</h1><p>It burned on <b>25
      February</b>&nbsp;1956.<br>Nobody died.<!-- 1 May 1901 --></p>
      <ul><li>one<li>two</ul><noscript>1 May 1902</noscript>end</body></html>"""
    found = extract(page.encode())
    assert found.about.title == "The mill & we"
    assert [line for line in found.text.splitlines() if line] == [
        "The mill", "It burned on 25 February\u00a01956.", "Nobody died.", "one", "two",
        "end",
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "no-such-charset"])
def test_html_is_decoded_by_the_charset_it_names_if_that_is_right(charset: str) -> None:
    encoding = "utf-8" if charset == "no-such-charset" else charset
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    page = f"<?xml version='1.0'?>\n{head}</head><body><p>{RUSSIAN}</p></body></html>"
    assert extract(page.encode(encoding)).text == f"{RUSSIAN}\n"


def test_deeply_nested_html_is_read() -> None:
    assert extract(b"<html>" + b"<div>" * 2000 + b"25 February 1956").text == "25 February 1956\n"


def test_docx_gives_paragraphs_and_cells_in_order_with_its_title() -> None:
    found = extract(docx_of("The mill", "It burned on 25 February 1956.", "Nobody died."))
    assert found.text == "The mill\n\nIt burned on 25 February 1956.\n\nNobody died.\n"
    assert (found.about.title, found.verbatim) == ("A letter", False)


def test_odt_gives_headings_and_paragraphs_in_order() -> None:
    found = extract(odt_of("The mill", "It burned on 25 February 1956."))
    assert found.text == "The mill\n\nIt burned on 25 February 1956.\n"


def test_pdf_gives_its_pages_and_which_place_is_on_which() -> None:
    found = extract(pdf_of(["The mill"], ["It burned on", "25 February 1956."]))
    assert page_of(page_ends(found.text), found.text.index("mill")) == "1"
    assert page_of(page_ends(found.text), found.text.index("burned")) == "2"
    assert "It burned on\n25 February 1956." in found.text


PROSE = [
    "the {} council met on the eve of the feast and chose Ann",
    "Webb. The bridge over the river was opened on 3 May",
    "1887 before a large crowd, and the fair was put off. It",
    "was held in the end, as the ledger tells, on 14 July",
    "1892, and nobody who had come was {} that it had left",
]


WORDS = ("first", "second", "weary", "proud")


def prose(number: int) -> list[str]:
    return [line.format(WORDS[number - 1]) for line in PROSE]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("", ""), ("The mill on the Arn", ""), ("", "{}"), ("", "- {} -"), ("Page {} of 4", ""),
        ("{} HISTORY OF THE ARN", ""), ("", "HISTORY REVIEW FEBRUARY 2006 {}"),
        ("11/26/26, 2:42 PM", "file:///home/ann/mill.html {}/4"),
    ],
)  # fmt: skip
def test_what_stands_at_the_edges_of_pages_does_not_part_a_sentence(head: str, foot: str) -> None:
    pages = [[head.format(n), *prose(n), foot.format(n)] for n in range(1, 5)]
    text = extract(pdf_of(*([line for line in page if line] for page in pages))).text
    days = [one.value for one in find_mentions(text) if one.precision == "day"]
    assert days == ["1887-05-03", "1892-07-14"] * 4
    assert "it had left the second council met" in unwrapped(text).text
    assert [page_of(page_ends(text), found.start()) for found in re.finditer("1892", text)] == [
        "1", "2", "3", "4",
    ]  # fmt: skip
    assert ("The mill on the Arn" in text) == (head == "The mill on the Arn")


def side_by_side(left: list[str], right: list[str]) -> list[Piece]:
    """Return the pieces of a page of two columns that is written row by row."""
    rows = zip(left, right, strict=True)
    return [Piece(x, -y, each) for y, row in enumerate(rows) for x, each in zip((50, 310), row)]  # noqa: B905


def test_two_columns_that_are_written_row_by_row_are_read_column_by_column() -> None:
    left, right = [prose(1) + prose(2) + prose(n) for n in (3, 4)]
    assert text_of(side_by_side(left, right)).splitlines() == [*left, *right]
    heading = Piece(50, 9, "The mill")
    whole = text_of([heading, *side_by_side(left, right)])
    assert whole.splitlines() == ["The mill", "", *left, *right]


def test_a_table_is_read_row_by_row() -> None:
    days = [f"{day} May 1901" for day in range(1, 16)]
    rows = side_by_side(days, prose(1) * 3)
    assert text_of(rows) == "".join(piece.text for piece in rows)


def test_a_line_that_stands_lower_begins_a_paragraph() -> None:
    places = [0, 12, 24, 48, 60, 72, 96, 108]
    pieces = [Piece(50, -y, f"{line}\n") for y, line in zip(places, "abcdefgh", strict=True)]
    assert text_of(pieces) == "a\nb\nc\n\nd\ne\nf\n\ng\nh\n"
    assert text_of([]) == ""


def test_a_date_at_the_top_of_each_page_of_a_diary_stays() -> None:
    pages = [[f"{day + 2} May 1901", *prose(day)] for day in range(1, 5)]
    text = extract(pdf_of(*pages)).text
    assert text.count("May 1901") == 4


def test_joined_letters_of_a_font_are_letters() -> None:
    assert joined(["The ﬁrst oﬃce", "burned."]) == "The first office\n\fburned.\n"


def test_a_text_without_pages_has_none() -> None:
    assert page_of(page_ends("25 February 1956"), 3) is None


def test_pages_of_pictures_are_counted() -> None:
    assert extract(pdf_of(["The mill"], [])).note == (
        "1 of its 2 pages have no text; they may need OCR"
    )


def _packed(**files: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, held in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), held)
    return content.getvalue()


NOT_READ = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is no text"),
    "a PDF of pictures": (pdf_of([], []), "needs OCR first"),
    "a locked PDF": (pdf_of(["The mill"], password="secret"), "is encrypted"),
    "half a PDF": (pdf_of(["The mill"])[:60], "cannot be read as PDF"),
    "a DOCX without a document": (_packed(word__document_xml=b"<x/>"), "cannot be read as DOCX"),
    "an ODT without a text": (_packed(content_xml=b"<x/>"), "cannot be read as ODT"),
    "another archive": (_packed(readme=b"25 February 1956"), "is a packed file, not a text"),
    "half an archive": (_packed(readme=b"25 February 1956")[:40], "is damaged"),
    "what unpacks without end": (_packed(word__document_xml=bytes(300_000_000)), "unpacks to 300,"),
    "RTF": (b"{\\rtf1 25 February 1956}", "is RTF; save it as DOCX"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is of an old Office format"),
    "empty HTML": (b"<html></html>", "HTML without any text"),
}


@pytest.mark.parametrize("what", NOT_READ)
def test_what_has_no_text_is_told_with_what_to_do(what: str) -> None:
    content, said = NOT_READ[what]
    with pytest.raises(NoText, match=said):
        extract(content)


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>"]))
def test_any_bytes_are_a_text_that_can_be_kept_or_are_told_to_be_none(
    content: bytes, head: bytes
) -> None:
    whole = head + content
    try:
        found = extract(whole)
    except NoText:
        return
    kept = found.text.encode()  # no surrogates: UTF-8 cannot hold them
    assert not found.verbatim or kept == whole
