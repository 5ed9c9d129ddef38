"""Documents in folders: which are found, how they are read, which extracts are kept."""

import os
from pathlib import Path

import pytest

from onthisday.adapters.files import document_files
from onthisday.adapters.files.document_files import DocumentFile, find_documents, read_document
from onthisday.errors import Unreadable
from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import DocumentText, NoText
from onthisday.texts.formats import about, extract
from tests.drafts.formats import docx_of, odt_of, pdf_of

LETTERS = {
    "html": b"<!doctype html><html><head><title>The mill</title><meta name='author' "
    b"content='Ann Webb'></head><body><div class='cookie'>We use cookies</div><p>It burned.</p>",
    "docx": docx_of("The mill", "It burned on 25 February 1956."),
    "odt": odt_of("The mill", "It burned on 25 February 1956."),
    "pdf": pdf_of(["The mill", "It burned on 25 February 1956."]),
}


def names(*paths: Path) -> list[str]:
    """Return the names of the documents that are found in paths."""
    return [file.name for file in find_documents([str(path) for path in paths])]


def file_of(path: Path) -> DocumentFile:
    return DocumentFile(str(path), path.name)


def read(path: Path) -> DocumentText:
    """Read a document in this process. It is ours, so it needs no limits."""
    return read_document(file_of(path), extract, about)


def whole(path: Path) -> str:
    """Return a document's text, with its parts joined."""
    text, expected = "", 0
    for start, part in read(path).parts:
        assert start == expected
        text, expected = text + part, expected + len(part)
    return text


def test_files_are_found_in_order_below_their_folder_and_hidden_ones_are_not(
    tmp_path: Path,
) -> None:
    for name in ("b.txt", "a/2.md", "a/1.txt", ".git/config", "a/.draft"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["b.txt", "a/1.txt", "a/2.md"]
    assert names(tmp_path / "b.txt", tmp_path / "a") == ["b.txt", "1.txt", "2.md"]


def test_a_folder_that_holds_itself_is_entered_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path) == ["a/1.txt"]


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="there is no such file or folder"):
        names(tmp_path / "nowhere")


def test_an_extract_is_kept_beside_its_document_and_is_its_text_from_then_on(
    tmp_path: Path,
) -> None:
    letter = tmp_path / "letter.docx"
    letter.write_bytes(docx_of("It burned on 25 February 1956.", "Nobody died."))
    first = read(letter)
    kept = tmp_path / "letter.docx.extract.txt"
    assert first.name == kept.name
    assert kept.read_text() == "It burned on 25 February 1956.\n\nNobody died.\n"
    assert names(tmp_path) == ["letter.docx"]

    kept.write_text("It burned on 25 February 1956.\n")
    os.utime(kept, (2e9, 2e9))
    again = read(letter)
    assert (again.name, again.note) == (kept.name, None)
    assert whole(letter) == "It burned on 25 February 1956.\n"
    assert again.sha256 != first.sha256

    os.utime(letter, (2.1e9, 2.1e9))
    assert "is newer than letter.docx.extract.txt" in (read(letter).note or "")
    letter.unlink()
    assert names(tmp_path) == ["letter.docx.extract.txt"]


@pytest.mark.parametrize("kind", ["html", "docx", "odt", "pdf"])
def test_what_a_document_says_of_itself_is_the_same_when_its_text_was_kept_before(
    tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"letter.{kind}"
    path.write_bytes(LETTERS[kind])
    first, again = (read_for("drafts", path.name, lambda: read(path)) for _ in range(2))
    assert (tmp_path / f"letter.{kind}.extract.txt").exists()
    assert again == first
    assert first.title == {"html": "The mill", "docx": "A letter"}.get(kind, "The mill")
    assert first.about.author == ("Ann Webb" if kind == "html" else None)


def test_where_nothing_can_be_kept_the_text_is_read_all_the_same(tmp_path: Path) -> None:
    letter = tmp_path / f"{'x' * 245}.docx"  # with .extract.txt added, the name is too long
    letter.write_bytes(docx_of("25 February 1956", "x"))
    found = read(letter)
    assert "its text cannot be kept beside it: its name is too long" in (found.note or "")
    assert next(found.parts).text.startswith("25 February 1956")


@pytest.mark.parametrize("end", ["\n\n", "\n", " ", ""])
def test_a_large_text_is_read_in_parts_that_make_it_up(tmp_path: Path, end: str) -> None:
    path = tmp_path / "large.txt"
    text = f"On 25 February 1956 es brannte für Stunden.{end}" * 400_000
    path.write_text(text)
    assert path.stat().st_size > document_files.WHOLE
    parts = list(read(path).parts)
    assert "".join(part for _, part in parts) == text
    assert whole(path) == text
    assert max(len(part) for _, part in parts) <= 2 * document_files.PART
    assert all(part.endswith(end) for _, part in parts)


@pytest.mark.parametrize(
    ("bad", "said"), [(b"\xff", "is large and not UTF-8"), (b"\0", "is no text")]
)
def test_a_large_file_that_is_no_utf8_text_is_told(tmp_path: Path, bad: bytes, said: str) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * document_files.WHOLE + bad)
    with pytest.raises(NoText, match=said):
        read(path)
