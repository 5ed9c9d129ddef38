"""`init --language` writes an almanac in each language, and `check` finds nothing wrong in it."""

from pathlib import Path

import pytest

from onthisday.locales.locale import SPOKEN
from tests.core.almanacs import run

pytestmark = pytest.mark.program


@pytest.mark.parametrize("language", [*SPOKEN, "de-AT"])
def test_a_new_almanac_in_any_language_is_ready_to_serve(tmp_path: Path, language: str) -> None:
    made = run(tmp_path, "init", "ours", "--language", language)
    assert made.returncode == 0
    ours = tmp_path / "ours"
    assert f"language: {language}\n" in (ours / "config.yaml").read_text("utf-8")
    checked = run(ours, "check")
    assert checked.stdout == "2 entries, 2 documents: 0 errors, 0 warnings\n"
    shown = run(ours, "today", "--date", "2026-07-20").stdout
    assert "Apollo 11 Mission Report" in shown


def test_a_language_without_words_is_refused_with_those_that_have_them(tmp_path: Path) -> None:
    refused = run(tmp_path, "init", "ours", "--language", "pl")
    assert refused.returncode == 2
    assert '"pl" is no language with words here; write en, de, fr' in refused.stderr
    assert not (tmp_path / "ours").exists()
