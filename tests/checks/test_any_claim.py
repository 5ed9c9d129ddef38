"""Whatever a text says, it says: each claim of a text is found in the text itself."""

from hypothesis import example, given
from hypothesis import strategies as st

from onthisday.checks.saying.claims import claims_in
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.number_words import NUMBER_WORDS

LANGUAGE = st.sampled_from(sorted(LANGUAGES))


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """Return a language, and words of it in any order: numbers, months, names, signs."""
    language = draw(LANGUAGE)
    listed = NUMBER_WORDS[language]
    words = [*listed.cardinals.replace("/", " ").split(), *listed.scales, *listed.half.split(),
             *listed.ands.split(), *LANGUAGES[language].months, "1956", "25", "1,400", "1.966",
             "680 000", "20th", "XX", "Charles V", "Moscow's", "Khrushchev", "O'Brien", "U.S.S.R.",
             "Großbritannien", "Хрущёва", "5:34 p.m.", "1948–50", "1980s", "–", ",", ".", "…",
             "(", ")", "“", "the", "of", "de", "25.02.1956", "02/25/1956"]  # fmt: skip
    return language, " ".join(draw(st.lists(st.sampled_from(words), max_size=12)))


@given(sentences())
@example(("en", "25 26 February 1956"))
def test_a_text_says_what_it_claims(told: tuple[str, str]) -> None:
    language, text = told
    said = Said(ReadText(text, language))
    for claim in claims_in(text, language):
        assert said.has(claim), claim


@given(LANGUAGE, st.text(max_size=200))
def test_any_characters_can_be_read(language: str, text: str) -> None:
    said = Said(ReadText(text, language))
    for claim in claims_in(text, language, is_title=True):
        assert said.has(claim) or claim.number is not None, claim
