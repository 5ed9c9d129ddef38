"""The realistic almanacs of the benchmarks: the same for a seed, valid, and as almanacs are."""

import re
import unicodedata
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

import onthisday
from tests.benchmarks.realistic import SPECIAL, entries, write_almanac
from tests.core.almanacs import run


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_almanac(tmp_path / name, 1000, seed, texts=True)
    one, again, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "almanac").iterdir()}
        for name in ("one", "again", "other")
    )
    assert one == again
    assert one["entries.jsonl"] != other["entries.jsonl"]


def test_a_small_almanac_is_the_beginning_of_a_large_one() -> None:
    assert list(entries(10)) == list(islice(entries(10**9), 10))


@pytest.mark.program
def test_check_finds_no_error_in_a_thousand_entries_with_their_texts(tmp_path: Path) -> None:
    write_almanac(tmp_path / "with", 1000, texts=True)
    checked = run(tmp_path / "with", "check")
    assert checked.returncode == 0
    assert " 0 errors" in checked.stdout


@pytest.mark.program
def test_a_text_that_is_not_held_is_no_error(tmp_path: Path) -> None:
    write_almanac(tmp_path / "without", 1000)
    assert run(tmp_path / "without", "check").returncode == 0


def test_the_special_day_has_ten_entries_in_an_almanac_of_any_size(tmp_path: Path) -> None:
    for count in (10, 3000):
        config = write_almanac(tmp_path / str(count), count)
        found = onthisday.load(str(config)).on(SPECIAL).occasions
        assert {each.id.rpartition("-")[2] for each in found} == set("0123456789")


def test_dates_are_spread_as_in_history() -> None:
    made = list(entries(5000))
    years = [int(found[0]) for each in made if (found := re.match(r"-?\d{4}", each["date"]))]
    days = Counter(each["date"][-5:] for each in made)
    assert sum(year > 1875 for year in years) > 0.6 * len(years)
    assert any(year < 0 for year in years)
    assert days["01-01"] > 10 * days["04-11"]
    assert {len(each["date"]) for each in made} >= {4, 7, 10, 11}
    assert {"julian"} == {each["calendar"] for each in made if "calendar" in each}
    assert any("rule" in each for each in made)


def test_titles_are_in_ten_scripts() -> None:
    found = {unicodedata.name(each["title"][0]).split()[0] for each in entries(1000)}
    assert found == {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI", "BENGALI",
                     "THAI", "CJK", "HANGUL"}  # fmt: skip


def test_few_tags_are_used_much_and_many_little() -> None:
    used = Counter(tag for each in entries(5000) for tag in each["tags"])
    assert used.most_common(1)[0][1] > 300
    assert sum(count <= 3 for count in used.values()) > 300
