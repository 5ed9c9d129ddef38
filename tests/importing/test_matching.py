"""Which fact is which entry of an earlier import."""

from onthisday.service.importing.matching import NOBODY, Facts, matched


def _facts(*written: str) -> Facts:
    """Return facts that are written as ``id words date``; ``-`` for an id of nothing else."""
    facts = Facts()
    for each in written:
        facts.add(*each.split())
    return facts


def test_what_is_the_same_is_found_wherever_it_moved() -> None:
    old = _facts("a x 1", "b y 2", "c z 3")
    assert list(matched(_facts("c z 3", "a x 1", "b y 2"), old)) == [2, 0, 1]


def test_words_find_an_entry_whose_id_a_curator_changed() -> None:
    assert list(matched(_facts("made x 1"), _facts("own x 1"))) == [0]


def test_words_tell_which_is_which_of_two_with_the_same_date_and_title() -> None:
    assert list(matched(_facts("a y 1", "a-2 x 1"), _facts("a x 1", "a-2 y 1"))) == [1, 0]


def test_an_id_of_the_format_tells_more_than_words() -> None:
    new = Facts()
    new.add("a", "y", "1", is_own=True)
    new.add("b", "z", "1", is_own=True)
    assert list(matched(new, _facts("a x 1", "b y 1"))) == [0, 1]


def test_a_changed_fact_is_found_by_its_date_between_its_neighbours() -> None:
    old = _facts("a x 1", "b y 2", "c z 3")
    assert list(matched(_facts("a x 1", "new words 2", "c z 3"), old)) == [0, 1, 2]


def test_a_fact_with_another_date_is_new_and_the_old_one_has_vanished() -> None:
    old = _facts("a x 1", "b y 2", "c z 3")
    assert list(matched(_facts("a x 1", "new words 4", "c z 3"), old)) == [0, NOBODY, 2]


def test_a_fact_between_other_neighbours_is_new() -> None:
    old = _facts("a x 1", "b y 2", "c z 3", "d w 4")
    new = _facts("a x 1", "c z 3", "new words 2", "d w 4")
    assert list(matched(new, old)) == [0, 2, NOBODY, 3]


def test_several_changed_facts_of_a_day_keep_their_order() -> None:
    old = _facts("a x 1", "b y 2", "c z 2", "d w 3")
    new = _facts("a x 1", "n1 m1 2", "n2 m2 2", "n3 m3 2", "d w 3")
    assert list(matched(new, old)) == [0, 1, 2, NOBODY, 3]


def test_another_file_takes_no_entries_over() -> None:
    old = _facts("a x 1", "b y 2")
    assert list(matched(_facts("c z 1", "d w 2"), old)) == [NOBODY, NOBODY]


def test_the_only_fact_of_a_file_may_change_its_words() -> None:
    assert list(matched(_facts("new words 1"), _facts("a x 1"))) == [0]


def test_the_same_words_twice_are_two_entries_in_their_order() -> None:
    old = _facts("a x 1", "a-2 x 1")
    assert list(matched(_facts("a x 1", "a-2 x 1"), old)) == [0, 1]


def test_of_the_same_words_twice_what_stands_where_it_stood_is_found_first() -> None:
    old, new = Facts(), Facts()
    old.add("a", "x", "1", "row 2")  # it has vanished
    old.add("a-2", "x", "1", "row 5")
    new.add("a", "x", "1", "row 5")
    assert list(matched(new, old)) == [1]


def test_a_file_in_which_all_changed_is_matched_in_a_moment() -> None:
    old, new = Facts(), Facts()
    for number in range(100_000):
        old.add(f"a{number}", f"x{number}", str(number % 366))
        new.add(f"b{number}", f"y{number}", str(number % 365))
    old.add("same", "same", "same")
    new.add("same", "same", "same")
    assert matched(new, old)[-1] == 100_000
