"""What a person asks for, and how hits are marked in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.search.marking import ROOM, marked, snippet
from onthisday.search.query import LONGEST, query_of


def hits(text: str, asked: str) -> list[str]:
    return [piece for piece, hit in marked(text, query_of(asked).terms).pieces if hit]


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("secret speech", ["secret", "speech*"]),
        ("secret speech ", ["secret", "speech"]),
        ('"secret speech"', ["secret speech"]),
        ('"secret spee', ["secret spee*"]),
        ("„Geheime Rede“ Stalin", ["geheime rede", "stalin*"]),
        ("«тайный» доклад ", ["таиныи", "доклад"]),
        ("25.2.1956 ", ["25 2 1956"]),
        ("O’Brien ", ["o brien"]),
        ("a", ["a"]),
        ("日", ["日*"]),
        ("日本 ", ["日本"]),
        ("", []),
        ('" "" "', []),
        ("x " * 50 + "y", ["x", "y"]),
        ('"' + "mi " * 30 + '"', [" ".join(["mi"] * 12)]),
        (" ".join(map(str, range(30))), [str(number) for number in range(20)]),
        ("-- () AND NOT", ["and", "not*"]),
    ],
)  # fmt: skip
def test_a_question_is_read_as_people_mean_it(asked: str, terms: list[str]) -> None:
    found = [f"{each.text}{'*' if each.begun else ''}" for each in query_of(asked).terms]
    assert found == terms


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("The secret speech, a Speech", "speech", ["speech", "Speech"]),
        ("Warsaw and the war", "war ", ["war"]),
        ("Warsaw and the war", "war", ["War", "war"]),
        ("E\u0301douard, Édouard", "edouard", ["E\u0301douard", "Édouard"]),
        ("die Straße", "strasse", ["Straße"]),
        ("in 日本語で", "本語", ["本語"]),
        ("2026年の春", "2026年", ["2026年"]),
        ("a secret, speech", '"secret speech"', ["secret, speech"]),
        ("secret 1,400 speech", '"secret speech"', []),
        ("aaaa aa", "aa ", ["aa"]),
        ("กรุงเทพมหานคร", "เทพ", ["เทพ"]),
        ("xyz", "", []),
    ],
)  # fmt: skip
def test_hits_are_marked_as_the_text_writes_them(text: str, asked: str, found: list[str]) -> None:
    assert hits(text, asked) == found


def test_a_long_text_is_cut_to_whole_words_around_the_first_hit() -> None:
    text = "Nothing here. " * 30 + "Then the needle was found. " + "Nothing there. " * 30
    found = snippet((), ("short", text), query_of("needle ").terms)
    assert [piece for piece, hit in found.pieces if hit] == ["needle"]
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert all(word in text for word in found.text.strip("…").split())
    assert len(found.text) <= ROOM + 2


def test_a_text_that_has_what_the_title_lacks_comes_before_one_that_repeats_the_title() -> None:
    terms = query_of("stalin figures ").terms
    found = snippet(("Stalin",), ("Stalin again", "The figures differ"), terms)
    assert found.text == "The figures differ"
    assert (
        snippet(("Stalin",), ("A summary", "Stalin"), query_of("stalin ").terms).text == "A summary"
    )


@given(st.text(), st.text())
def test_marks_are_in_order_and_inside_the_text(text: str, asked: str) -> None:
    found = snippet((), (text,), query_of(asked).terms)
    end = 0
    for mark in found.marks:
        assert end <= mark.start < mark.end <= len(found.text)
        end = mark.end
    assert "".join(piece for piece, _ in found.pieces) == found.text


@given(st.text(max_size=400))
def test_a_question_has_a_limit(asked: str) -> None:
    assert len(query_of(asked).asked) <= LONGEST
