"""How texts are folded, and which words an index has of them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.search.folding import fold
from onthisday.search.words import words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Édouard ÉDOUARD e\u0301douard", "edouard edouard edouard"),
        ("Straße STRASSE STRAẞE", "strasse strasse strasse"),
        ("Ёлка ёлка елка", "елка елка елка"),
        ("Łódź Lodz", "lodz lodz"),
        ("Ísafjörður", "isafjordur"),
        ("Þórr Œuvre Ærø", "thorr oeuvre aero"),
        ("İstanbul Istanbul ıstanbul", "istanbul istanbul istanbul"),
        ("ΟΔΥΣΣΕΥΣ Ὀδυσσεύς", "οδυσσευσ οδυσσευσ"),
        ("مُحَمَّد محمد", "محمد محمد"),
        ("أحمد إحمد آحمد ٱحمد", "احمد احمد احمد احمد"),
        ("علی علي على", "علي علي علي"),
        ("می\u200cخواهم", "ميخواهم"),
        ("שָׁלוֹם שלום", "שלום שלום"),
        ("١٩٥٦ ۱۹۵۶ १९५६ １９５６", "1956 1956 1956 1956"),
        ("co\u00adoperate", "cooperate"),
        ("ﬁn ½", "fin 1 2"),
        ("हिन्दी", "हिन्दी"),
        ("Nguyễn Văn", "nguyen van"),
        ("𝕳𝖎", "hi"),
    ],
)
def test_letters_that_people_take_for_the_same_are_the_same(text: str, folded: str) -> None:
    assert " ".join(fold(text).split()) == unicodedata.normalize("NFKD", folded)


def test_letters_that_are_others_stay_apart() -> None:
    pairs = [("か", "が"), ("は", "ぱ"), ("क", "कि"), ("ก", "กี"), ("e", "a"), ("日", "曰")]
    assert all(fold(one) != fold(other) for one, other in pairs)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The 1,400 delegates’ list", ["the", "1", "400", "delegates", "list"]),
        ("日本語", ["日本", "本語", "語"]),
        ("2026年の春", ["2026", "年の", "の春", "春"]),
        ("서울에서", [unicodedata.normalize("NFKD", "서울에서")]),
        ("กรุงเทพ", ["กร", "รุ", "ุง", "งเ", "เท", "ทพ", "พ"]),
        ("", []),
        ("… – ☂ \ud800", []),
        ("x" * 100, ["x" * 64]),
    ],
)
def test_words_of_a_text(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_each_character_is_folded_by_itself(one: str, other: str) -> None:
    assert fold(one) + fold(other) == fold(one + other)


@given(st.text())
def test_words_have_only_letters_marks_and_digits(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= 64
        assert all(unicodedata.category(letter)[0] in "LMN" for letter in word)
