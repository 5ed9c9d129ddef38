"""A word is a name if an entry has it as a name without doubt, however it is written there."""

from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.library import Told
from onthisday.checks.saying.known_names import KnownNames
from onthisday.checks.saying.named import folded, names_in
from onthisday.checks.saying.statements import language_of

WORDS = ["Paris", "paris", "Köln's", "d'Arc", "L'Aquila", "O'Brien", "U.S.S.R.", "Хрущёв", "Phair",
         "McDonald", "harvest", "Harvest", "Krieg", "the", "in", "der", "la", "Elizabeth", "II",
         "(Bonn)", "Rome—Vienna", "गाँव", ".", "1956"]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
TOLD = st.tuples(TEXT, st.none() | TEXT, st.none() | TEXT)


def all_names(told: list[Told], language: str) -> set[str]:
    """Return all names without doubt, from reading each text of each entry."""
    return {
        folded(name.words)
        for each in told
        for place, text in enumerate(each)
        for name in names_in(
            text or "", language_of(f"{each[0]} {each[1] or ''}", language), is_title=place == 0
        )
        if not name.doubtful
    }


@given(st.lists(TOLD, max_size=5), st.sampled_from(["en", "de", "fr", "ru"]))
def test_every_name_of_every_entry_is_known_and_no_other_word(
    told: list[Told], language: str
) -> None:
    names = KnownNames(told, language)
    every = all_names(told, language)
    words = {folded(part) for word in WORDS for part in (word, word.partition("'")[2])}
    assert {word for word in words | every if names.have(word)} == every
