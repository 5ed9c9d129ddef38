"""A command never shows an almanac as it was before a change."""

from pathlib import Path

import pytest

from tests.caching.changes import CHANGES, NAME, begin, line
from tests.caching.looking import LOOKS, Look, search, today
from tests.core.almanacs import run

pytestmark = pytest.mark.program


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_command_sees_each_change(tmp_path: Path, change: str, look: Look) -> None:
    folder = begin(tmp_path / "there").parent
    for state, (place, titles) in enumerate(CHANGES[change](folder)):
        assert look(place) == titles, state


def test_a_half_written_file_is_named_and_the_whole_one_is_seen(tmp_path: Path) -> None:
    folder = begin(tmp_path / "there").parent
    path, whole = folder / "almanac" / NAME, line("one", "New")
    assert today(folder) == {"Old thing", "Other thing"}
    with path.open("w") as file:
        file.write(whole[:20])
        file.flush()
        for words in (["today"], ["search", "thing"]):
            done = run(folder, *words)
            assert (done.returncode, done.stdout) == (1, "")
            assert f"{NAME}:1" in done.stderr
        file.write(whole[20:])
    assert today(folder) == search(folder) == {"New thing", "Other thing"}
