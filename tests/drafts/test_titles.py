"""A title is a sentence after its date has gone, in eight languages. A bare date is no title."""

import time

import pytest

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.proposing import by_default, proposals_of
from onthisday.drafts.titles import title_of


def titles(text: str) -> list[str]:
    """Return the titles of the proposals of a text."""
    found = proposals_of("paper.txt", text, find_mentions(text), lambda day: day.precision == "day")
    return [each.title for each in found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The treaty was signed on 3 March 1874 at Basel.", "The treaty was signed at Basel"),
        ("They met on Tuesday, March 3, 1874, in Basel.", "They met in Basel"),
        ("By 3 March 1874 the mill had burned down.", "The mill had burned down"),
        ("The mill burned down (3 March 1874) and was rebuilt.",
         "The mill burned down and was rebuilt"),
        ("The First World War (28 July 1914 – 11 November 1918) was long.",
         "The First World War was long"),
        ("Der am 3. März 1874 geschlossene Vertrag galt.", "Der geschlossene Vertrag galt"),
        ("Die Mühle brannte am Dienstag, dem 3. März 1874, nieder.", "Die Mühle brannte nieder"),
        ("3. März 1874: Brand der Mühle", "Brand der Mühle"),
        ("Le mardi 3 mars 1874, le vieux moulin brûla.", "Le vieux moulin brûla"),
        ("Il vecchio mulino bruciò martedì 3 marzo 1874.", "Il vecchio mulino bruciò"),
        ("El 3 de marzo de 1874 se quemó el viejo molino.", "Se quemó el viejo molino"),
        ("O velho moinho ardeu a 3 de março de 1874.", "O velho moinho ardeu"),
        ("Er brandde op 3 maart 1874 een oude molen af.", "Er brandde een oude molen af"),
        ("3 марта 1924 года сгорела старая мельница.", "Сгорела старая мельница"),
        ("Во вторник, 3 марта 1924 года, сгорела мельница.", "Сгорела мельница"),
    ],
)  # fmt: skip
def test_a_date_goes_with_the_words_that_lead_it_in(text: str, title: str) -> None:
    assert titles(text)[0] == title


@pytest.mark.parametrize(
    "text",
    [
        "The letter of 3 March 1874 says that the mill burned down",
        "On the morning of 3 March 1874 the old mill burned down",
        "His speech of February 25, 1956, was secret",
        "3 March 1874 was a cold day",
        "The siege lasted from 3 March 1874 to 5 May 1874",
        "Am 3. März 1874 brannte die Alte Mühle am Fluss nieder",
        "Der Vertrag vom 3. März 1874 beendete den Krieg",
        "Am Morgen des 3. März 1874 brannte die Mühle",
        "Le traité du 3 mars 1874 mit fin à la guerre",
        "Dans la nuit du 3 mars 1874, le moulin brûla",
        "Il trattato del 3 marzo 1874 pose fine alla guerra",
        "El tratado del 3 de marzo de 1874 puso fin a la guerra",
        "O tratado de 3 de março de 1874 pôs fim à guerra",
        "Op 3 maart 1874 brandde de oude molen af",
        "Het verdrag van 3 maart 1874 maakte een einde aan de oorlog",
        "Договор от 3 марта 1924 года положил конец войне",
        "В ночь на 3 марта 1924 года сгорела мельница",
    ],
)
def test_a_date_stays_if_the_sentence_needs_it(text: str) -> None:
    assert titles(f"{text}.")[0] == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Basel, 3 March 1874\n\nDear Anna, the mill burned.", "Dear Anna, the mill burned"),
        ("New York, 3 March 1874\n\nDear Anna, the mill burned.", "Dear Anna, the mill burned"),
        ("Paris, le 3 mars 1874\n\nMa chère Anna, le moulin a brûlé.",
         "Ma chère Anna, le moulin a brûlé"),
        ("MOSCOW, Feb. 25, 1956 (AP) -- Nikita Khrushchev denounced Stalin.",
         "Nikita Khrushchev denounced Stalin"),
        ("Moscow, February 25, 1956 – Nikita Khrushchev denounced Stalin.",
         "Nikita Khrushchev denounced Stalin"),
        ("| 3 March 1874 | Mill burns | Basel |", "Mill burns"),
        ("3 March 1874\tMill burns\tBasel", "Mill burns"),
        ("Hochwasser\n\n3. März 1874", "Hochwasser"),
        ("Getauft den 9ten September 1816.", "Getauft den 9ten September 1816"),
    ],
)  # fmt: skip
def test_a_dateline_is_no_title_and_a_cell_is_alone(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize(
    "text",
    ["3 March 1874", "Signed: 3 March 1874", "Basel, 3 March 1874", "No. 12, 3 March 1874",
     "Date\n3 March 1874\n5 May 1875", "Berlin, den 26. September 1880"],
)  # fmt: skip
def test_where_nothing_is_told_of_a_day_nothing_is_proposed(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (("On 22 June 1941 Germany, along with other European members and Finland, invaded it "
         "in the largest operation of the war."),
         "Germany, along with other European members and Finland, invaded it in the largest…"),
        (("The council met on 3 March 1874 about the mill and the bridge over the river; nobody "
         "was against it, and the vote was short."),
         "The council met about the mill and the bridge over the river"),
        ("On 6 June 1944 (known as D-Day), the allies landed.", "The allies landed"),
    ],
)  # fmt: skip
def test_a_long_title_is_not_cut_between_a_subject_and_its_verb(text: str, title: str) -> None:
    assert titles(text) == [title]


@pytest.mark.parametrize("around", ["(" * 5_000, "a, " * 5_000, "A b " * 5_000, "on " * 5_000])
def test_a_long_passage_is_made_a_title_at_once(around: str) -> None:
    begun = time.process_time()
    text = f"{around}3 March 1874{around}"
    title_of(text, len(around), len(around) + 12)
    assert time.process_time() - begun < 1


def test_only_days_that_tell_something_are_proposed_by_default() -> None:
    text = "Basel, 3 March 1874"
    assert list(proposals_of("paper.txt", text, find_mentions(text), by_default)) == []
