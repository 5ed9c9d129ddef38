"""`check` finds nothing wrong in the shipped almanac.

Most tests need the texts that it was built from.
"""

import shutil
from pathlib import Path

import pytest

from tests.checks.curating import Desk, of_rule, rules
from tests.core.almanacs import ROOT

TEXTS = ROOT.parent / "shared" / "documents"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a copy of the shipped almanac, with its texts."""
    if not TEXTS.is_dir():
        pytest.skip(f"the texts of the almanac's documents are not at {TEXTS}")
    shutil.copytree(ROOT / "almanac", tmp_path / "almanac")
    shutil.copytree(TEXTS, tmp_path / "texts")
    return Desk(tmp_path)


def test_the_shipped_almanac_has_no_findings(desk: Desk) -> None:
    report = desk.check()
    assert report.findings == ()
    assert (report.unproved, report.silenced) == (0, 2)
    assert report.proved > 90


def test_the_shipped_almanac_carries_the_proof_of_all_its_passages(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "almanac", tmp_path / "almanac")
    report = Desk(tmp_path).check()
    assert report.findings == ()
    assert (report.proved, report.unproved) == (0, 0)
    assert sum(report.earlier.values()) > 90


def test_fix_has_nothing_to_write_into_the_shipped_almanac(desk: Desk) -> None:
    before = {path.name: path.read_bytes() for path in (desk.folder / "almanac").iterdir()}
    desk.check(fixing=True)
    assert {path.name: path.read_bytes() for path in (desk.folder / "almanac").iterdir()} == before


def test_every_passage_of_a_text_that_got_a_heading_is_followed(desk: Desk) -> None:
    assert desk.check().findings == ()
    for file in (desk.folder / "texts").iterdir():
        file.chmod(0o644)
        file.write_bytes("A heading – and a half\n".encode() + file.read_bytes())
    report = desk.check()
    assert len(of_rule(report, "text")) == 5
    assert set(rules(report)) == {"text", "moved"}
    assert len(of_rule(report, "moved")) == report.unproved > 90
    before = {path.name: path.read_text("utf-8") for path in (ROOT / "almanac").iterdir()}
    mended = desk.check(fixing=True)
    assert mended.findings == ()
    assert mended.proved == report.unproved
    for name, text in before.items():
        after = (desk.folder / "almanac" / name).read_text("utf-8")
        assert after.count("\n") == text.count("\n")
        assert [line for line in after.split("\n") if "#" in line] == [
            line for line in text.split("\n") if "#" in line
        ]


def test_nothing_of_a_text_is_followed_in_which_a_passage_was_edited(desk: Desk) -> None:
    assert desk.check().findings == ()
    file = next((desk.folder / "texts").glob("001_*"))
    file.chmod(0o644)
    text = file.read_text("utf-8")
    file.write_text("A heading.\n" + text.replace("1,500", "1,600"), encoding="utf-8")
    report = desk.check(fixing=True)
    assert set(rules(report)) == {"text", "moved", "changed"}
    assert (desk.folder / "almanac" / "1956.yaml").read_bytes() == (
        ROOT / "almanac" / "1956.yaml"
    ).read_bytes()
