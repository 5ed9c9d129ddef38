"""`check` finds two entries that tell the same, and stays fast with very many entries."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.checks.likeness import Sketch, candidates, common_stems
from tests.checks.curating import checked, read, rules
from tests.core.almanacs import entry

NOTHING: frozenset[str] = frozenset()


def test_the_same_words_twice_on_a_day_are_told_once_at_the_later(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("b", "1966-03-15", title="Watts, Los Angeles: riots kill two"),
        entry("c", "1966-03-15", title="Watts, Los Angeles - riots kill TWO."),
        entry("a", "1966-03-15", title="Buzzards return to Hinckley"),
    )
    [finding] = report.findings
    assert (finding.rule, finding.severity, finding.line) == ("exact-duplicate", "warning", 2)
    assert 'entry "c" is told in the same words as "b"' in finding.message
    assert finding.message.endswith("(the other is at "
                                    f"{tmp_path}/almanac/entries.yaml:1)")  # fmt: skip


def test_the_same_event_in_other_words_is_told(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("ides", "-0043-03-15", title="Ides of March: Gaius Julius Caesar is assassinated by "
              "senators, his adoptive son Brutus among them"),
        entry("stabbed", "-0043-03-15", title="Julius Caesar, Dictator of the Roman Republic, is "
              "stabbed to death by several senators"),
    )  # fmt: skip
    assert [(each.rule, each.line) for each in report.findings] == [("near-duplicate", 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("1966-03-15", "The court decides about schools", "event"),
         ("1974-03-15", "The court decides about schools", "event")),
        (("1809-02-12", "Abraham Lincoln is born in a cabin", "birth"),
         ("1809-02-12", "Charles Darwin is born in Shrewsbury", "birth")),
        (("1820-02-12", "Mary Elizabeth Hawksworth of Tonbridge", "birth"),
         ("1820-02-12", "Mary Elizabeth Hawksworth of Tonbridge, again", "death")),
        (("XXXX-01-25", "Burns Night with haggis", "holiday"),
         ("1759-01-25", "Robert Burns of haggis fame", "event")),
    ],
)  # fmt: skip
def test_what_only_resembles_is_left_alone(
    tmp_path: Path, one: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    entries = [entry(name, each[0], title=each[1], kind=each[2])
               for name, each in (("a", one), ("b", other))]  # fmt: skip
    assert checked(tmp_path, *entries).findings == ()


def test_long_words_that_are_the_same_in_two_years_are_told(tmp_path: Path) -> None:
    summary = "The mill by the river burns down, and the miller's family is saved by the baker."
    entries = [entry(f"e{year}", f"{year}-03-15", title="A fire", summary=summary)
               for year in (1901, 1911)]  # fmt: skip
    assert rules(checked(tmp_path, *entries)) == ["exact-duplicate"]


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ({"when": "1945-08-08"}, {"when": "1945-08-09"}, "a day apart"),
        ({"when": "1945-02-28"}, {"when": "1945-03-01"}, "a day apart"),
        ({"when": "1945-12-31"}, {"when": "1946-01-01"}, "a day apart"),
        ({"when": "1917-10-25"}, {"when": "1917-11-07"}, "in the Julian and the Gregorian"),
        ({"when": "1732-02-11"}, {"when": "1732-02-22"}, "in the Julian and the Gregorian"),
        ({"when": "1899-12-28"}, {"when": "1900-01-09"}, "in the Julian and the Gregorian"),
        ({"when": "1945-03-08"}, {"when": "1945-08-03"}, "month and day exchanged"),
    ],
)
def test_one_event_on_two_days_is_told(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], how: str
) -> None:
    title = "The winter palace is taken by storm"
    report = checked(tmp_path, *(entry(name, title=title, **each)
                                 for name, each in (("a", first), ("b", second))))  # fmt: skip
    [finding] = report.findings
    assert finding.rule == "two-dates"
    assert how in finding.message


def test_a_julian_date_and_its_gregorian_day_are_one_day(tmp_path: Path) -> None:
    title = "The winter palace is taken by storm"
    report = checked(
        tmp_path,
        entry("a", "1917-10-25", calendar="julian", title=title),
        entry("b", "1917-11-07", title=title),
    )
    assert rules(report) == ["exact-duplicate"]


@pytest.mark.parametrize("when", ["1945-08-11", "1946-08-09", "1945-09-08", "1945-08"])
def test_other_days_with_the_same_title_are_left_alone(tmp_path: Path, when: str) -> None:
    title = "Fire in the harbour of Nagasaki"
    entries = [entry("a", "1945-08-08", title=title), entry("b", when, title=title)]
    assert rules(checked(tmp_path, *entries)) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("156X-12-25", "1565-12-25", ["exact-duplicate"]),
        ("156X-12-25", "1570-12-25", []),
        ("XXXX-12-25", "1570-12-25", ["exact-duplicate"]),
        ("1569~-12-25", "1570-12-25", ["exact-duplicate"]),
    ],
)
def test_the_same_few_words_are_told_if_the_years_may_be_one(
    tmp_path: Path, one: str, other: str, told: list[str]
) -> None:
    entries = [entry(name, when, title="Snow in Rome") for name, when in (("a", one), ("b", other))]
    assert rules(checked(tmp_path, *entries)) == told


def test_words_that_many_entries_have_tell_nothing() -> None:
    entries = [read(f"e{n}", title=f"Committee meets {n:05}") for n in range(30)]
    common = common_stems([(each.title, each.summary, each.place) for each in entries])
    assert common == {"commit", "meets"}
    assert Sketch(entries[0], common).stems == {"00000"}


@given(st.lists(st.sampled_from(["anna", "bert", "cleo", "dora", "emil"]), max_size=60))
def test_whoever_shares_a_word_that_few_have_is_held_against_the_other(names: list[str]) -> None:
    sketches = [Sketch(read(f"e{n}", title=f"{name} {n + 1000}"), NOTHING)
                for n, name in enumerate(names)]  # fmt: skip
    pairs = {(one.id, other.id) for one, other in candidates(sketches)}
    counts = Counter(names)
    assert pairs == {
        (f"e{one}", f"e{other}")
        for other in range(len(names))
        for one in range(other)
        if names[one] == names[other] and counts[names[one]] <= 50
    }


def test_pairs_grow_with_a_day_and_not_with_its_square() -> None:
    def pairs(count: int) -> int:
        words = [f"word{n % 7} thing{n % 400} name{n % (count // 3)}" for n in range(count)]
        sketches = [Sketch(read(f"e{n}", title=text), NOTHING) for n, text in enumerate(words)]
        return sum(1 for _ in candidates(sketches))

    few, many = pairs(1000), pairs(10_000)
    assert few > 1000
    assert many < 15 * few


def test_accents_and_endings_do_not_hide_a_word() -> None:
    one = Sketch(read(title="Die Ermordung Cäsars"), NOTHING)
    other = Sketch(read(title="Caesar, ermordet: CÄSAR"), NOTHING)
    assert one.stems & other.stems == {"ermord"}
    assert Sketch(read(title="Émile Zolá"), NOTHING).stems == {"emile", "zola"}
