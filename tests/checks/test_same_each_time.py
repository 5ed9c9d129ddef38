"""`check` says the same of an almanac each time, although sets are in another order each time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.website.fixtures import entry_of, write_almanac

pytestmark = pytest.mark.program

DOCUMENTS = "".join(f"- {{id: d{n}, title: Book {n}}}\n" for n in range(6))


def test_what_is_in_no_quotation_is_told_with_the_same_quotation_each_time(tmp_path: Path) -> None:
    quotes = [{"document": f"d{n}", "page": "1", "quote": f"The speech {n} was heard by delegates"}
              for n in range(6)]  # fmt: skip
    entry = entry_of("speech", "1956-02-25", title="1,400 delegates hear a speech", sources=quotes)
    config = write_almanac(tmp_path, [entry])
    (tmp_path / "almanac" / "documents.yaml").write_text(DOCUMENTS)

    def said(seed: int) -> str:
        command = [sys.executable, "-m", "onthisday", "--config", str(config), "check"]
        environ = os.environ | {"PYTHONHASHSEED": str(seed)}
        done = subprocess.run(command, env=environ, capture_output=True, check=False, text=True)
        return done.stdout

    assert "1,400" in said(1)
    assert len({said(seed) for seed in range(1, 7)}) == 1
