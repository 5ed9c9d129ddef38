"""A curator's desk for each test."""

from pathlib import Path

import pytest

from tests.importing.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path / "desk", capsys)
