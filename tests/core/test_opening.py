"""Files are opened inside their folder, as regular files, and no more of them than is wanted."""

import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from onthisday.adapters.files import folders
from onthisday.adapters.files.csv_rows import rows
from onthisday.adapters.files.document_files import EXTRACT, find_documents, read_document
from onthisday.adapters.files.folders import AlmanacFolder, TextFolder
from onthisday.adapters.files.opening import (
    LEADS_OUT,
    MOST_TABLE,
    NO_FILE,
    Refused,
    open_inside,
    open_named,
)
from onthisday.adapters.files.rejections import Rejections
from onthisday.adapters.files.trees import read_bytes
from onthisday.adapters.files.writing import write_atomically
from onthisday.almanac.pictures import is_picture
from onthisday.almanac.source import Edit
from onthisday.errors import Unreadable, Unwritable
from onthisday.service.proposing.drafting import read_for
from onthisday.texts.extract import NoText
from onthisday.texts.formats import extract
from tests.website.fixtures import png

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder beside a secret."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yaml").write_bytes(b"- id: s3cret\n")
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder"


def read(folder: Path, name: str) -> bytes:
    with open_inside(str(folder), name) as file:
        return file.read()


LINKS = {
    "to a file outside": "../outside/secret.yaml",
    "by another link": "b/secret.yaml",
    "to this process": "/proc/self/environ",
    "to a device": "/dev/zero",
}


@pytest.mark.parametrize("target", LINKS.values(), ids=list(LINKS))
def test_a_link_that_leads_out_is_refused(folder: Path, target: str) -> None:
    (folder / "b").symlink_to(folder.parent / "outside")
    (folder / "a").symlink_to(target)
    with pytest.raises(Refused, match=LEADS_OUT):
        read(folder, "a")


def test_a_folder_that_leads_out_is_refused(folder: Path) -> None:
    (folder / "way").symlink_to(folder.parent / "outside")
    with pytest.raises(Refused, match=LEADS_OUT):
        read(folder, "way/secret.yaml")


def test_what_is_no_regular_file_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "inner").mkdir()
    with pytest.raises(Refused, match=NO_FILE):
        read(folder, "pipe")
    with pytest.raises(IsADirectoryError):
        read(folder, "inner")
    with pytest.raises(Refused, match=NO_FILE):
        open_named(str(folder / "pipe"))


def test_links_that_stay_inside_are_followed_as_kubernetes_makes_them(folder: Path) -> None:
    (folder / "..2026").mkdir()
    (folder / "..2026" / "a.yaml").write_bytes(b"here")
    (folder / "..data").symlink_to("..2026")
    (folder / "a.yaml").symlink_to("..data/a.yaml")
    assert read(folder, "a.yaml") == b"here"
    (folder.parent / "reached").symlink_to(folder)
    assert read(folder.parent / "reached", "a.yaml") == b"here"


def test_a_link_that_is_put_there_meanwhile_is_refused(folder: Path) -> None:
    inner, secret = folder / "inner", folder.parent / "outside"
    inner.mkdir()
    (inner / "secret.yaml").write_bytes(b"good")
    over = threading.Event()

    def swap() -> None:
        while not over.is_set():
            os.rename(inner, folder / "kept")
            inner.symlink_to(secret)
            inner.unlink()
            os.rename(folder / "kept", inner)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        end = time.monotonic() + 1
        while time.monotonic() < end:
            with suppress(OSError):
                assert read(folder, "inner/secret.yaml") == b"good"
    finally:
        over.set()
        thread.join()


def test_a_picture_is_no_link_out_and_is_what_its_name_says(folder: Path) -> None:
    almanac = AlmanacFolder(str(folder))
    (folder / "dot.png").write_bytes(png(3, 2))
    (folder / "link.png").symlink_to("dot.png")
    (folder / "environ.png").symlink_to("/proc/self/environ")
    (folder / "outside.png").symlink_to(folder.parent / "outside" / "secret.yaml")
    (folder / "zero.png").symlink_to("/dev/zero")
    (folder / "notes.png").write_bytes(b"s3cret")
    (folder / "dot.jpg").write_bytes(png(3, 2))
    assert almanac.picture("dot.png") == almanac.picture("link.png") == png(3, 2)
    for name in ("environ.png", "outside.png", "zero.png", "notes.png", "dot.jpg", "a\0.png"):
        assert almanac.picture(name) is None


@pytest.mark.parametrize(("name", "content", "is_one"), [
    ("a.JPG", b"\xff\xd8\xff\xe0rest", True), ("a.jpeg", b"\xff\xd8\xff\xe0", True),
    ("a.gif", b"GIF89a", True), ("a.webp", b"RIFF\0\n\0\0WEBPVP8 ", True),
    ("a.avif", b"\0\0\0\x1cftypavif\0\0\0\0", True),
    ("a.avif", b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", True),
    ("a.webp", b"RIFF\0\0\0\0WAVE", False), ("a.png", b"", False), ("a.png", b"GIF89a", False),
    ("a.svg", b"<svg>", False), ("a.avif", b"\0\0\0\x1cftypheic\0\0\0\0mif1", False),
])  # fmt: skip
def test_a_picture_begins_as_its_ending_says(name: str, content: bytes, *, is_one: bool) -> None:
    assert is_picture(name, content) is is_one


def test_a_text_that_leads_out_is_told_and_not_read(folder: Path) -> None:
    texts = TextFolder(str(folder))
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "a.txt").write_bytes(b"a text")
    assert texts.text("a.txt") == b"a text"
    assert texts.text("none.txt") is None
    with pytest.raises(Unreadable, match="leads out of its folder"):
        texts.text("zero.txt")


def test_a_text_that_is_too_large_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_TEXT", 1024 * 1024)
    with (folder / "a.txt").open("wb") as file:
        file.truncate(1024 * 1024 + 1)
    with pytest.raises(Unreadable, match=r"is larger than 1 MB"):
        TextFolder(str(folder)).text("a.txt")


@pytest.mark.parametrize("name", ["a.yaml", "a.jsonl"])
def test_a_file_of_the_almanac_that_leads_out_is_told(folder: Path, name: str) -> None:
    almanac = AlmanacFolder(str(folder))
    (folder / name).symlink_to(folder.parent / "outside" / "secret.yaml")
    for use in (lambda: list(almanac.pieces(name)), lambda: almanac.digest(name)):
        with pytest.raises(Unreadable, match="leads out of its folder"):
            use()


def test_draft_follows_no_link_out_of_its_folder_and_writes_nothing_there(folder: Path) -> None:
    outside = folder.parent / "outside"
    (outside / "page.html").write_text("<html><p>On 1 May 1900, it rained.")
    (folder / "good.txt").write_text("On 1 May 1900, it rained.")
    (folder / "a").symlink_to(outside)
    (folder / "b.html").symlink_to(outside / "page.html")
    files = find_documents([str(folder)])
    read = {each.name: read_for("drafts", each.name, lambda each=each: read_document(each, extract))  # type: ignore[misc]
            for each in files}  # fmt: skip
    assert set(read) == {"a", "b.html", "good.txt"}
    assert read["good.txt"].proposals
    for name in ("a", "b.html"):
        assert "leads out of its folder" in (read[name].trouble or "")
    assert sorted(os.listdir(outside)) == ["page.html", "secret.yaml"]


def test_an_extract_that_leads_out_is_not_taken_for_the_text(folder: Path) -> None:
    (folder / "a.html").write_text("<html><p>On 1 May 1900, it rained.")
    (folder / f"a.html{EXTRACT}").symlink_to(folder.parent / "outside" / "secret.yaml")
    for path in (folder, folder / "a.html"):
        (file,) = find_documents([str(path)])
        with pytest.raises(Unreadable, match="leads out of its folder"):
            read_document(file, extract)


def test_a_document_that_a_person_names_may_be_a_link(folder: Path) -> None:
    (folder / "a.html").symlink_to(folder.parent / "outside" / "page.html")
    (folder.parent / "outside" / "page.html").write_text("<html><p>On 1 May 1900, it rained.")
    (file,) = find_documents([str(folder / "a.html")])
    assert "it rained" in "".join(part.text for part in read_document(file, extract).parts)
    assert (folder / f"a.html{EXTRACT}").exists()


def test_a_document_that_never_ends_is_told(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (file,) = find_documents([str(folder / "a.txt")])
    with pytest.raises((NoText, Unreadable)):
        read_document(file._replace(path="/dev/zero"), extract)


def test_a_file_is_not_written_through_a_link_that_another_made(folder: Path) -> None:
    secret = folder.parent / "outside" / "secret.yaml"
    (folder / f".a.txt.{os.getpid()}.new").symlink_to(secret)
    write_atomically(folder / "a.txt", b"new")
    assert (folder / "a.txt").read_bytes() == b"new"
    assert secret.read_bytes() == b"- id: s3cret\n"


def test_what_was_rejected_is_not_written_through_a_link(folder: Path) -> None:
    secret = folder.parent / "outside" / "secret.yaml"
    (folder / "rejected.csv").symlink_to(secret)
    with pytest.raises(Unreadable, match="leads out of its folder"):
        Rejections(str(folder)).read()
    with pytest.raises(Unwritable, match="leads out of its folder"):
        Rejections(str(folder)).add([("1900-05-01", "x", "a.txt")])
    assert secret.read_bytes() == b"- id: s3cret\n"


def test_nothing_is_added_to_a_file_that_leads_out(folder: Path) -> None:
    (folder / "a.yaml").symlink_to(folder.parent / "outside" / "secret.yaml")
    with pytest.raises(Unwritable, match="leads out of its folder"):
        AlmanacFolder(str(folder)).append("a.yaml", "- id: b\n")
    with pytest.raises(Unwritable, match="leads out of its folder"):
        AlmanacFolder(str(folder)).edit("a.yaml", [Edit((0, "id"), "id: b")])


@pytest.mark.parametrize("path", ["/dev/zero", "pipe"])
def test_a_config_or_a_table_that_is_no_file_is_told_and_not_waited_for(
    folder: Path, path: str
) -> None:
    os.mkfifo(folder / "pipe")
    named = str(folder / path)
    for use in (lambda: read_bytes(named), lambda: list(rows(named))):
        with pytest.raises(Unreadable, match="is no regular file"):
            use()


def test_a_table_that_is_too_large_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "channels.csv").open("wb") as file:
        file.truncate(MOST_TABLE + 1)
    with pytest.raises(Unreadable, match="is larger than 64 MB"):
        list(rows(str(folder / "channels.csv")))
