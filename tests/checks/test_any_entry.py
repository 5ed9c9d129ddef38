"""No rule of `check` fails with an error, whatever a valid entry holds."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from onthisday.checks.anachronism import anachronism_faults
from onthisday.checks.answers import answer_faults
from onthisday.checks.citing import citing_faults, locator_faults
from onthisday.checks.dating import future_faults, passage_faults, words_faults
from onthisday.checks.days_named import days_in, days_named
from onthisday.checks.documents import following, translation_faults
from onthisday.checks.duplicates import TwoDates, duplicate_faults
from onthisday.checks.guessed_days import GuessedDays
from onthisday.checks.likeness import Sketch, common_stems
from onthisday.checks.no_day import no_day_faults
from onthisday.checks.passages import prove
from onthisday.checks.pictures import picture_faults
from onthisday.dates.edtf import parse
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.rules import RULES
from tests.checks.curating import document
from tests.core.edtf_texts import ANY

WORDS = st.text(alphabet="ab1 é.,\n5May0", min_size=1, max_size=30).filter(str.strip)
SAID = st.one_of(
    WORDS, ANY, st.sampled_from(["25 February 1956", "c. 1950", "May 1, 1886", "the 1950s"])
)
DOCUMENTS = st.sampled_from(["a", "b", "c"])
SPANS = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(
    lambda drawn: {"start": drawn[0], "end": drawn[0] + drawn[1]}
)
CITED: dict[str, st.SearchStrategy[Any]] = {"locator": st.lists(SPANS, min_size=1, max_size=3)}
SOURCES = st.fixed_dictionaries({"document": DOCUMENTS}, optional=CITED)
ANSWERS = st.fixed_dictionaries(
    {"document": DOCUMENTS, "says": SAID}, optional={"date": ANY, **CITED}
)
ACCOUNTS = st.fixed_dictionaries(
    {"question": WORDS, "answers": st.lists(ANSWERS, min_size=2, max_size=4)}
)
ENTRIES = st.fixed_dictionaries(
    {
        "id": st.sampled_from(["one", "two", "three"]),
        "date": ANY,
        "title": SAID,
        "sources": st.lists(SOURCES, min_size=1, max_size=3),
    },
    optional={
        "summary": SAID,
        "as_written": SAID,
        "kind": st.sampled_from(["event", "birth", "death", "marriage", "holiday"]),
        "accounts": st.lists(ACCOUNTS, max_size=2),
        "languages": st.dictionaries(WORDS, st.just({"title": "x"}), max_size=2),
        "image": st.just({"file": "a.png"}),
    },
)

TEXT = "On 25 February 1956 he spoke. Others, on May 1, 1886, did not.\n"
FOLLOWED = following(
    [DOCUMENT.read(tree, (), []) for tree in (document("a"), document("b", based_on="a"))]
)


@given(st.lists(ENTRIES, min_size=1, max_size=4), st.integers(2_000_000, 2_500_000))
def test_every_rule_reads_any_entry(trees: list[Any], today: int) -> None:
    read = [ENTRY.read(tree, (), []) for tree in trees]
    entries = [entry for entry in read if entry]  # 0000-25 may be meant as two years: it is refused
    faults = [
        fault
        for entry in entries
        for found in (
            future_faults(entry, today),
            words_faults(entry, days_named),
            passage_faults(entry, "a", TEXT, days_named),
            anachronism_faults(entry, {"a": parse("1956-02"), "b": parse("-0043/..")}),
            no_day_faults(entry, days_in),
            citing_faults(entry, FOLLOWED),
            locator_faults(entry, "a"),
            answer_faults(entry, FOLLOWED),
            translation_faults(entry),
            picture_faults(entry, is_there=False),
            prove(entry, {"a": TEXT}).faults,
        )
        for fault in found
    ]
    guessed = GuessedDays()
    for entry in entries:
        guessed.see(entry, "a", TEXT)
    common = common_stems([(each.title, each.summary, each.place) for each in entries])
    sketches = [Sketch(entry, common) for entry in entries]
    beside = [
        *guessed.faults(),
        *duplicate_faults(sketches),
        *TwoDates().faults(sketches, sketches),
    ]
    for fault in (*faults, *(fault for _, fault in beside)):
        assert fault.rule in RULES
        assert fault.message.strip()
