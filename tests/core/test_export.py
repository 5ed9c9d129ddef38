"""`export`: what every format has in common."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from onthisday.adapters.files.new_file import write_new
from onthisday.cli import main
from onthisday.cli.export import FORMATS
from onthisday.errors import Unwritable
from tests.core.almanacs import entry, write


def test_every_format_writes_the_same_to_standard_output_and_into_a_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    config = str(write(tmp_path, entry("mill", "1906-03-01")))
    for form in FORMATS:
        assert main(["export", form, "--config", config]) == 0
        printed = capfdbinary.readouterr().out
        file = tmp_path / f"export.{form}"
        assert main(["export", form, str(file), "--config", config]) == 0
        assert file.read_bytes() == printed
        assert printed.endswith(b"\n")


def test_a_file_that_is_there_already_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(write(tmp_path, entry("mill", "1906-03-01")))
    file = tmp_path / "documents.json"
    file.write_text("mine", encoding="utf-8")
    assert main(["export", "csl", str(file), "--config", config]) == 1
    assert file.read_text(encoding="utf-8") == "mine"
    told = f"onthisday: {file}: is there already and is not overwritten; name another\n"
    assert capsys.readouterr().err == told


def test_a_file_whose_making_fails_is_not_there(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise LookupError

    with pytest.raises(LookupError):
        write_new(tmp_path / "file", broken())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unwritable, match="there is no such file or folder"):
        write_new(tmp_path / "none" / "file", [b"whole"])
