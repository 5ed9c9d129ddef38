"""schemathesis asks a running `serve` all that its OpenAPI document names, and finds nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.website.fixtures import serving
from tests.website.test_openapi import write_described

CONFIG = Path(__file__).with_name("schemathesis.toml")
"""It names each check that is switched off, with the reason."""


@pytest.mark.program
@pytest.mark.slow
@pytest.mark.timeout(280)
def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    with serving(write_described(tmp_path)) as (home, _):
        ran = subprocess.run(
            [sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run",
             f"{home}openapi.json", "--url", home, "--max-examples", "30",
             "--seed", "1", "--no-color", "--continue-on-failure"],
            cwd=tmp_path, capture_output=True, text=True, timeout=250, check=False,
        )  # fmt: skip
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Missing test data" not in ran.stdout  # it met answers, not only 404
