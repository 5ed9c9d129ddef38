"""What is chosen of a day with more entries than places: round years, and each in its turn."""

from collections.abc import Sequence
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Entry
from onthisday.almanac.occasions import Occasion
from onthisday.views.choosing import ORIGIN, ROUND, choices, chosen
from tests.delivery.fakes import entry
from tests.examples import examples

PLACES = ("Moscow", "Rome", "Lima", None)
TAGS: tuple[list[str], ...] = (["war"], ["science"], ["art"], [])


def entries(count: int, seed: int = 1, **keys: object) -> list[Entry]:
    """Return entries of one day, of years from 1000 to 2000."""
    chance = Random(seed)
    return [
        entry(f"e{n:02}-{seed}", f"{chance.randrange(1000, 2000)}-02-25",
              place=chance.choice(PLACES), tags=chance.choice(TAGS), **keys)
        for n in range(count)
    ]  # fmt: skip


def on(year: int, them: Sequence[Entry]) -> list[Occasion]:
    found = (Occasion(each, date(year, 2, 25), year - (each.date.civil_year or 0)) for each in them)
    return sorted(found, key=lambda each: (-(each.years or 0), each.entry.id))


def ids(occasions: Sequence[Occasion]) -> list[str]:
    return [each.entry.id for each in occasions]


@examples(60)
@given(st.integers(1, 80), st.integers(1, 12), st.integers(0, 5))
def test_in_400_years_each_has_its_turn_within_twice_the_years_that_all_need(
    count: int, places: int, seed: int
) -> None:
    them = entries(count, seed)
    within = 2 * -(-count // places)
    last = {each.id: 1999 for each in them}
    for year in range(2000, 2400):
        shown = chosen(on(year, them), places)
        assert len(shown) == min(count, places)
        for name in ids(shown):
            assert year - last[name] <= within
            last[name] = year
    assert all(2400 - year <= within for year in last.values())


@examples(60)
@given(st.integers(2, 80), st.integers(1, 12), st.integers(2000, 2400))
def test_at_most_half_the_places_go_to_round_years_and_the_roundest_come_first(
    count: int, places: int, year: int
) -> None:
    occasions = on(year, entries(count))
    found = choices(occasions, places)
    if found[0].why == "all":
        return
    rounds = [each for each in found if each.why in {"round", "featured"}]
    assert len(rounds) <= (places // 2 if places > 1 else 1)
    assert not (places == 1 and year % 2 and rounds)
    best = sorted((roundness(each) for each in occasions), reverse=True)
    kept = sorted((roundness(each.occasion) for each in rounds), reverse=True)
    assert kept == [each for each in best if each][: len(kept)]


def roundness(occasion: Occasion) -> int:
    return next((step for step in ROUND if (occasion.years or 1) % step == 0), 0)


def test_with_one_place_a_centenary_has_it_in_an_even_year() -> None:
    them = [*entries(20), entry("moon", "1930-02-25")]
    assert ids(chosen(on(2030, them), 1)) == ["moon"]
    assert [each.why for each in choices(on(2031, them), 1)] == ["turn"]


def test_what_the_curator_features_has_what_round_years_leave() -> None:
    them = [entry(f"e{n}", f"{1901 + 10 * n}-02-25") for n in range(9)]
    them.append(entry("best", "1778-02-25", featured=True))
    reasons = {each.occasion.entry.id: each.why for each in choices(on(2027, them), 4)}
    assert reasons["best"] == "featured"


def test_a_new_entry_changes_little_of_what_is_shown() -> None:
    changed = []
    for seed in range(30):
        them = entries(61, seed)
        more = [*them, entry(f"new{seed}", "1815-02-25", place="Rome", tags=["art"])]
        for year in range(ORIGIN, ORIGIN + 20):
            before, after = ({*ids(chosen(on(year, each), 5))} for each in (them, more))
            changed.append(len(before - after))
    assert sum(changed) / len(changed) < 1
    assert max(changed) <= 3


def test_a_year_shows_different_places_and_tags() -> None:
    them = [
        entry(f"e{n:02}", f"{1501 + 7 * n}-02-25", place="Rome" if n % 2 else "Lima",
              tags=["war"] if n < 20 else ["art"])
        for n in range(40)
    ]  # fmt: skip
    alike = 0
    for year in range(2001, 2101):
        shown = [each.entry for each in chosen(on(year, them), 6)]
        alike += len({each.place for each in shown}) == 1 or len({e.tags for e in shown}) == 1
    assert alike == 0


def test_what_is_chosen_is_the_same_everywhere_and_in_the_order_of_the_day() -> None:
    occasions = on(2026, entries(12))
    shuffled = occasions[:]
    Random(3).shuffle(shuffled)
    assert {*ids(chosen(shuffled, 4))} == {*ids(chosen(occasions, 4))}
    assert ids(chosen(occasions, 4)) == [
        name for name in ids(occasions) if name in ids(chosen(occasions, 4))
    ]
