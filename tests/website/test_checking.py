"""`check` compares citations with texts, and `--fix` mends what it can."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from onthisday.checks.digests import digest_of
from tests.website.fixtures import SHIPPED, entry_of, png, write_almanac

pytestmark = pytest.mark.program

TEXT = "On 25 February – a Saturday – it rained.\nIt rained again.\n"
HASH = hashlib.sha256(TEXT.encode()).hexdigest()
DOCUMENTS = """\
# mine
- id: book          # the old one
  title: A book
  file: book.txt    # scanned
"""


def almanac(folder: Path, source: dict[str, Any], documents: str = DOCUMENTS) -> Path:
    config = write_almanac(folder, [entry_of("first", "1956-02-25", sources=[source])])
    (folder / "almanac" / "documents.yaml").write_text(documents)
    (folder / "texts").mkdir(exist_ok=True)
    (folder / "texts" / "book.txt").write_bytes(TEXT.encode())
    return config


def run(config: Path, *options: str) -> tuple[int, dict[str, Any]]:
    command = [sys.executable, "-m", "onthisday", "--config", str(config), "check", *options]
    ended = subprocess.run(
        [*command, "--format", "json"], check=False, capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in ended.stderr
    return ended.returncode, json.loads(ended.stdout)


def proved(documents: str) -> str:
    return f"{documents}  sha256: {HASH}\n"


def test_a_passage_is_proved_against_its_text(tmp_path: Path) -> None:
    source = {"document": "book", "locator": {"start": 3, "end": 14}}
    config = almanac(tmp_path, source, proved(DOCUMENTS))
    code, report = run(config, "--documents", str(tmp_path / "texts"))
    assert (code, report["findings"]) == (0, [])
    assert report["passages"] == {"proved": 1, "unproved": 0, "earlier": {}}


def test_an_offset_outside_its_text_is_an_error_with_its_line(tmp_path: Path) -> None:
    source = {"document": "book", "locator": {"start": 3, "end": 1400}}
    config = almanac(tmp_path, source, proved(DOCUMENTS))
    code, report = run(config, "--documents", str(tmp_path / "texts"))
    [finding] = report["findings"]
    assert code == 3
    assert (finding["rule"], finding["line"]) == ("locator", 1)
    assert finding["file"].endswith("almanac/all.jsonl")
    assert f"but its text ends at {len(TEXT)}" in finding["message"]


def test_another_text_than_the_one_that_was_cited_is_an_error(tmp_path: Path) -> None:
    source = {"document": "book", "locator": {"start": 3, "end": 14}}
    config = almanac(tmp_path, source, proved(DOCUMENTS))
    (tmp_path / "texts" / "book.txt").write_text("something else")
    code, report = run(config, "--documents", str(tmp_path / "texts"))
    assert code == 3
    assert report["findings"][0]["rule"] == "text"


def test_without_the_text_it_says_what_it_could_not_prove(tmp_path: Path) -> None:
    source = {"document": "book", "locator": [{"start": 3, "end": 14}, {"start": 20, "end": 22}]}
    code, report = run(almanac(tmp_path, source, proved(DOCUMENTS)))
    assert code == 0
    assert report["passages"] == {"proved": 0, "unproved": 2, "earlier": {}}
    assert report["warnings"] == 1
    assert "2 passages are not proved" in report["findings"][0]["message"]


def test_a_quote_that_is_there_twice_is_an_error(tmp_path: Path) -> None:
    config = almanac(tmp_path, {"document": "book", "quote": "rained"}, proved(DOCUMENTS))
    code, report = run(config, "--documents", str(tmp_path / "texts"))
    assert code == 3
    assert "is there 2 times" in report["findings"][0]["message"]


def test_fix_turns_a_quote_into_a_locator_and_fills_in_a_hash(tmp_path: Path) -> None:
    config = almanac(tmp_path, {"document": "book", "quote": "a Saturday"})
    yaml = tmp_path / "almanac" / "more.yaml"
    yaml.write_text(
        "# kept\n"
        "- id: second\n"
        '  date: "1957-02-25"   # kept too\n'
        "  title: Second\n"
        "  sources:\n"
        '    - {document: book, quote: "It rained again.", as: reported}  # and this\n'
        "    - document: book\n"
        "      quote: >-\n"
        "        On 25 February\n"
        "      page: 3\n"
        "  accounts: []\n"
    )
    code, report = run(config, "--documents", str(tmp_path / "texts"), "--fix")
    assert (code, report["findings"]) == (0, [])
    assert report["passages"]["proved"] == 3
    rained = f"{{start: 41, end: 57, sha256: {digest_of('It rained again.')}}}"
    assert yaml.read_text() == (
        "# kept\n"
        "- id: second\n"
        '  date: "1957-02-25"   # kept too\n'
        "  title: Second\n"
        "  sources:\n"
        f"    - {{document: book, locator: {rained}, as: reported}}  # and this\n"
        "    - document: book\n"
        f"      locator: {{start: 0, end: 14, sha256: {digest_of('On 25 February')}}}\n"
        "      page: 3\n"
        "  accounts: []\n"
    )
    documents = (tmp_path / "almanac" / "documents.yaml").read_text()
    added, day = documents.removeprefix(DOCUMENTS).splitlines()
    assert documents.startswith(DOCUMENTS)
    assert added == f"  sha256: {HASH}"
    assert re.fullmatch(r"  proved: \d{4}-\d\d-\d\d", day)
    line = json.loads((tmp_path / "almanac" / "all.jsonl").read_text())
    locator = {"start": 17, "end": 27, "sha256": digest_of("a Saturday")}
    assert line["sources"] == [{"document": "book", "locator": locator}]


def test_fix_keeps_the_mode_of_a_file(tmp_path: Path) -> None:
    config = almanac(tmp_path, {"document": "book", "quote": "a Saturday"})
    file = tmp_path / "almanac" / "all.jsonl"
    os.chmod(file, 0o640)
    run(config, "--documents", str(tmp_path / "texts"), "--fix")
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_shipped_almanac_has_no_errors() -> None:
    code, report = run(SHIPPED / "config.yaml")
    assert (code, report["errors"]) == (0, 0)
    assert report["documents"] >= 5
    assert report["entries"] > 20


def test_a_picture_is_asked_for_its_words_its_maker_and_its_licence(tmp_path: Path) -> None:
    shown = entry_of("first", "1956-02-25", image={"file": "town.png", "alt": "The town"})
    config = write_almanac(tmp_path, [shown])
    code, report = run(config)
    assert code == 3
    assert [finding["severity"] for finding in report["findings"]] == ["error", *["warning"] * 2]
    (tmp_path / "almanac" / "town.png").write_bytes(png(3, 2))
    code, report = run(config)
    assert code == 0
    assert "has no credit" in report["findings"][0]["message"]


def test_a_folder_of_texts_that_is_not_there_is_told(tmp_path: Path) -> None:
    config = almanac(tmp_path, {"document": "book"})
    command = [sys.executable, "-m", "onthisday", "--config", str(config), "check"]
    ended = subprocess.run(
        [*command, "--documents", str(tmp_path / "none")],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "there is no such folder" in ended.stderr
