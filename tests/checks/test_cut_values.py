"""A `#` that cuts a value off is told: YAML reads what follows as a comment."""

from pathlib import Path

import pytest

from onthisday.adapters.files.cut_values import cut_values
from onthisday.cli import main
from tests.core.almanacs import entry, write

CUT = {
    "- id: a\n  title: The #1 hit\n": [2],
    "to: #room\nb: c\n": [1],
    "tags: [a #b\n  , c]\n": [1],
    "- first #1\n": [1],
    "a: é #1\nb: “x” #2\n": [1, 2],
    "a: x # a comment\nb: # another\n  c: 1\n#begins a line\n": [],
    "a: 'The #1 hit'\n": [],
    "a: >\n  The #1 hit\n": [],
    "a: C#\nb: x#y\n": [],
    "a: [unclosed #1\n": [],
    "- a: The #1 hit\n- b: [unclosed #1\n- c: The #2 hit\n": [1, 3],
}


@pytest.mark.parametrize("text", CUT)
def test_a_value_that_ends_before_a_comment_without_a_space_is_told(
    tmp_path: Path, text: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, "utf-8")
    assert [finding.line for finding in cut_values(str(file))] == CUT[text]


def test_check_tells_of_it_in_the_config_and_in_the_almanac_and_shows_no_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    almanac = tmp_path / "almanac"
    almanac.mkdir()
    (almanac / "documents.yaml").write_text("- id: book\n  title: A #1 book\n")
    trees = '- id: a\n  date: "1956"\n  title: The #1 hit\n  sources: [{document: book}]\n'
    (almanac / "entries.yaml").write_text(trees)
    config = tmp_path / "config.yaml"
    config.write_text("site:\n  title: Ours #s3cret\n")
    assert main(["check", "--config", str(config)]) == 0
    said = capsys.readouterr().out
    assert f"{config}:2: warning: a # after a space begins a comment" in said
    assert "documents.yaml:2: warning: a # after a space" in said
    assert "entries.yaml:3: warning: a # after a space" in said
    assert "s3cret" not in said
    assert said.endswith("1 entry, 1 document: 0 errors, 3 warnings\n")


def test_a_warning_beside_an_error_is_counted_as_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write(tmp_path, entry("a", "1956-02-25"))
    config.write_text("leap_day: #never\nsight: {}\n")
    assert main(["check", "--config", str(config)]) == 3
    assert capsys.readouterr().out.endswith("1 error, 1 warning\n")
