"""Documents of unknown origin: a bad one is its own trouble, and is ended in time."""

import os
import sys
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from onthisday.adapters.files.document_files import find_documents
from onthisday.adapters.files.text_worker import BROKE, Limits, TextWorker
from onthisday.app.parallel_reading import read_documents
from onthisday.texts.extract import NoText
from tests.drafts.formats import docx_of, odt_of, pdf_of

pytestmark = pytest.mark.program

SOON = Limits(seconds=3, more=0)


@pytest.fixture
def worker() -> Iterator[TextWorker]:
    with TextWorker(SOON) as worker:
        yield worker


def changed(packed: bytes, name: str, old: str, new: str) -> bytes:
    """Return a packed document in which one file has other words."""
    into = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as before, zipfile.ZipFile(into, "w", 8) as after:
        for each in before.namelist():
            content = before.read(each)
            if each == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(each, content)
    return into.getvalue()


def spaces(count: int) -> bytes:
    """Return an ODT of 1 KB that asks for many spaces."""
    return changed(odt_of("A mill"), "content.xml", "A mill", f'A<text:s text:c="{count}"/>mill')


def wide(columns: int) -> bytes:
    """Return a DOCX with a cell that is said to be very wide."""
    document = docx_of("A mill", "a cell")
    return changed(
        document, "word/document.xml", "<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{columns}"/>'
    )


def many_attributes(count: int) -> bytes:
    return b"<html><p " + b" ".join(b"a%d=1" % n for n in range(count)) + b">On 1 May 1900"


def test_texts_are_those_that_the_libraries_give(worker: TextWorker) -> None:
    assert worker.extract(docx_of("The mill", "It burned.")).text == "The mill\n\nIt burned.\n"
    assert worker.extract(odt_of("The mill")).text == "The mill\n"
    assert "25 February" in worker.extract(pdf_of(["On 25 February 1956"])).text
    found = worker.extract(b"<html><title>T</title><p>caf\xc3\xa9")
    assert found.about.title == "T"
    assert found.text == "café\n"


def test_a_plain_text_starts_no_process(worker: TextWorker) -> None:
    assert worker.extract(b"On 1 May 1900").text == "On 1 May 1900"
    assert worker._process is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives a limit of memory")
def test_a_document_that_asks_for_gigabytes_has_no_text_and_the_next_one_has(
    worker: TextWorker,
) -> None:
    with pytest.raises(NoText, match="needs too much memory"):
        worker.extract(spaces(3_000_000_000))
    assert worker.extract(odt_of("The mill")).text == "The mill\n"


@pytest.mark.parametrize("make", [lambda: wide(100_000_000), lambda: many_attributes(400_000)])
def test_a_document_that_takes_for_ever_is_ended_and_the_next_one_has_its_text(
    make: object, worker: TextWorker
) -> None:
    content = make()  # type: ignore[operator]
    begun = time.monotonic()
    with pytest.raises(NoText, match=r"takes too long|too much memory"):
        worker.extract(content)
    assert time.monotonic() - begun < 15
    assert worker.extract(odt_of("The mill")).text == "The mill\n"


def test_a_process_that_is_killed_is_told_and_made_anew(worker: TextWorker) -> None:
    worker.extract(odt_of("The mill"))
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    with pytest.raises(NoText, match=BROKE):
        worker.extract(odt_of("The mill"))
    assert worker.extract(odt_of("The mill")).text == "The mill\n"


def test_a_process_ends_with_the_block() -> None:
    with TextWorker(SOON) as worker:
        worker.extract(odt_of("The mill"))
        process = worker._process
    assert process is not None
    assert process.poll() is not None


def test_the_process_gets_no_secret_of_the_environment_and_no_code_of_this_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: TextWorker
) -> None:
    (tmp_path / "docx.py").write_text("open('was-run', 'w')")
    (tmp_path / "json.py").write_text("open('was-run', 'w')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_URL", "s3cret")
    assert worker.extract(docx_of("The mill")).text == "The mill\n"
    assert not (tmp_path / "was-run").exists()
    assert worker._process is not None
    if os.path.exists(f"/proc/{worker._process.pid}/environ"):
        assert b"s3cret" not in Path(f"/proc/{worker._process.pid}/environ").read_bytes()


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "zlib", "x" * 40, "utf-7"])
def test_a_charset_that_is_none_is_guessed(charset: str, worker: TextWorker) -> None:
    page = f'<html><meta charset="{charset}"><p>It burned on 1 May 1900.'.encode()
    assert worker.extract(page + " à Genève".encode("cp1252")).text.startswith("It burned")


def test_a_zip_of_a_version_that_nobody_has_is_its_own_trouble(worker: TextWorker) -> None:
    raw = bytearray(docx_of("The mill"))
    raw[raw.find(b"PK\x01\x02") + 6] = 99
    with pytest.raises(NoText, match="cannot be read"):
        worker.extract(bytes(raw))


@pytest.mark.parametrize("more", [0, 50])  # with many, several processes read
def test_one_bad_document_does_not_keep_draft_from_the_others(tmp_path: Path, more: int) -> None:
    bad = bytearray(docx_of("The mill"))
    bad[bad.find(b"PK\x01\x02") + 6] = 99
    (tmp_path / "bad.docx").write_bytes(bad)
    (tmp_path / "good.odt").write_bytes(odt_of("The mill", "On 1 May 1900, it burned."))
    for number in range(more):
        (tmp_path / f"{number}.html").write_text(f"<html><p>On 1 May 1900, {number} came.")
    read = {each.name: each for each in read_documents(find_documents([str(tmp_path)]), "drafts")}
    assert "cannot be read" in (read["bad.docx"].trouble or "")
    assert len(read) == 2 + more
    assert all(each.proposals for name, each in read.items() if name != "bad.docx")
