"""A text says the same whatever the width of its lines: days, years, sentences, titles."""

import re
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.paragraphs import lines_of, paragraphs, unwrapped
from onthisday.drafts.proposing import doubtful_too, proposals_of
from onthisday.drafts.sentences import sentences

TEXTS = {
    "en": (
        "The council met on 3 May 1887 and chose Ann Webb. The bridge over the well-known river "
        "was opened on June 9, 1891, before a large crowd. On the next day it rained, and the "
        "fair that had been planned for 11 June was put off until the 14th of July 1892.\n\n"
        "The mill\n\n"
        "It burned down in the night of October 2, 1903. Nobody was hurt. The owner, who had "
        "bought it in March 1899, built another that stood until the Great War."
    ),
    "de": (
        "Die Brücke wurde am 3. Mai 1887 geweiht. Der Rat hatte sie am 12. Oktober 1884 "
        "beschlossen, und der Bau dauerte länger, als alle gedacht hatten. Am nächsten Tag kam "
        "der König.\n\n"
        "Die Mühle brannte in der Nacht zum 2. Dezember 1903 ab, und der Müller zog im März "
        "1904 fort."
    ),
    "fr": (
        "Le pont fut ouvert le 3 mai 1887 devant une grande foule. Le conseil l'avait voulu dès "
        "le 12 octobre 1884, mais les travaux durèrent plus longtemps que prévu. Le moulin "
        "brûla le 1er décembre 1903, et le meunier partit en mars 1904 pour la ville."
    ),
    "ru": (
        "Мост открыли 3 мая 1887 года при большом стечении народа. Совет решил построить его "
        "ещё 12 октября 1884 года, но работы шли дольше, чем думали. Мельница сгорела 2 декабря "
        "1903 года, и мельник уехал в марте 1904 года."
    ),
    "es": (
        "El puente se abrió el 3 de mayo de 1887 ante mucha gente. El consejo lo había querido "
        "desde el 12 de octubre de 1884, pero las obras duraron más de lo previsto. El molino "
        "ardió el 2 de diciembre de 1903 y el molinero se fue en marzo de 1904."
    ),
}


def plain(text: str, width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))


def with_blanks_at_the_end(text: str, width: int) -> str:
    return plain(text, width).replace("\n", "  \r\n")


def with_words_parted(text: str, width: int) -> str:
    """Wrap a text. A long word that does not fit is parted by a hyphen."""
    return "\n".join("\n".join(_parted(line.split(), width)) for line in text.split("\n"))


def _parted(words: list[str], width: int) -> list[str]:
    lines = [""]
    for word in words:
        room = width - len(lines[-1]) - 2
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
        elif room > 2 and len(word) - room > 2 and word.isalpha():
            lines[-1] += f" {word[:room]}-"
            lines.append(word[room:])
        else:
            lines.append(word)
    return lines


Wrap = Callable[[str, int], str]
WAYS: tuple[Wrap, ...] = (plain, with_blanks_at_the_end, with_words_parted)
WIDTHS = (72, 60, 45, 33)


def days(text: str, language: str) -> list[tuple[str, str]]:
    return [(found.value, found.year_from) for found in find_mentions(text, language)]


def same(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("wrap", WAYS)
@pytest.mark.parametrize("language", TEXTS)
def test_wrapped_text_has_the_dates_and_the_words_of_the_text(
    language: str, wrap: Wrap, width: int
) -> None:
    text = TEXTS[language]
    lines = wrap(text, width)
    assert days(lines, language) == days(text, language)
    assert same(unwrapped(lines).text) == same(text)


@pytest.mark.parametrize("width", WIDTHS)
def test_drafts_of_wrapped_text_are_those_of_the_text_and_cite_it_as_it_stands(width: int) -> None:
    text = TEXTS["en"]
    lines = plain(text, width)
    whole, wrapped = (
        list(proposals_of("a.txt", each, find_mentions(each, "en"), doubtful_too))
        for each in (text, lines)
    )
    assert [(p.date, p.title, p.as_written, p.people, p.place) for p in wrapped] == [
        (p.date, p.title, p.as_written, p.people, p.place) for p in whole
    ]
    for one, other in zip(wrapped, whole, strict=True):
        for passage, expected in zip(one.passages, other.passages, strict=True):
            assert lines[passage.start : passage.end] == passage.exact
            assert same(passage.exact.replace("-\n", "-")) == same(expected.exact)


@pytest.mark.parametrize("width", WIDTHS)
def test_paragraphs_without_a_blank_line_between_them_are_told_by_their_last_lines(
    width: int,
) -> None:
    lines = plain(TEXTS["en"].replace("\n\n", "\n"), width)
    assert "The mill" in [paragraph.text.strip() for paragraph in paragraphs(lines_of(lines))]
    assert days(lines, "en") == days(TEXTS["en"], "en")


def test_text_that_is_wrapped_by_the_width_of_its_letters_is_joined() -> None:
    text = (
        "The new theatre was burned down to its walls on 12\nMarch 1871, a Sunday, and nobody who "
        "came out of it\nwilling to say a word was found by the officers until\nJuly. William "
        "Will built it up again with the help of all\nMayors of the valley by 4 January 1873."
    )
    assert [value for value, _ in days(text, "en")][::2] == ["1871-03-12", "1873-01-04"]


def test_one_sentence_in_two_lines_is_joined() -> None:
    assert [value for value, _ in days("The will was proved on 2\nMay 1699.", "en")] == [
        "1699-05-02"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["25 February 1956: the report is read out", "26 February 1956: the guests leave for home",
         "14 October 1964: he has to go", "11 September 1971: he dies"],
        ["Anna Weber    baptised 25", "February 3     paid for the bells", "March 1901    paid"],
        ["| Weber | 25 |", "| February 1956 | mill |"],
        ["Shall I compare thee to a summer's day?", "Thou art more lovely and more temperate:",
         "Rough winds do shake the darling buds of May,", "And summer's lease hath all too short"],
        ["THE DAILY PAPER NUMBER 25", "February 25, 1956"],
        ["- the bells rang on the eve of 25", "- February 1956 was cold and wet"],
        ["To the council of the town, Bern", "5 May 1801", "Dear Sirs"],
    ],
)  # fmt: skip
def test_a_list_a_table_a_verse_and_a_masthead_are_lines_by_themselves(lines: list[str]) -> None:
    prose = f"{plain(TEXTS['en'], 72)}\n\n"
    for before in ("", prose):
        found = [each.text.strip() for each in paragraphs(lines_of(before + "\n".join(lines)))]
        assert found[-len(lines) :] == lines


def test_a_hyphen_stays_where_it_is_of_the_word() -> None:
    text = (
        "Not all was well. The well-\nknown mill of the Austro-\nHungarian times stood 1938-\n"
        "1947, with the pre-war and\nthe post-war wheels, pre-\nand post-war, and Khrush-\n"
        "chev. Soft hy\u00adphens go, in li\u00ad\nnes too, and OCR's in Febru¬\nary 1956."
    )
    assert unwrapped(text).text == (
        "Not all was well. The well-known mill of the Austro-Hungarian times stood 1938-1947, with "
        "the pre-war and the post-war wheels, pre- and post-war, and Khrushchev. Soft hyphens go, "
        "in lines too, and OCR's in February 1956."
    )


PIECES = ["the mill burned ", "on 25 ", "February ", "1956 ", "wo-\n", "-\n", "\u00ad", "\u00ad\n",
          "\n", " \n", "\r\n", "\n\n", "\f", "¬\n", "Then it was rebuilt. ", "    ",
          "\u2028"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_every_place_of_the_text_without_wrapping_stands_in_the_document(text: str) -> None:
    page = unwrapped(text)
    for at, letter in enumerate(page.text):
        place = page.places.of(at)
        assert text[place] == letter or (letter == " " and text[place].isspace())
        assert page.places.within(place) == at
        assert page.places.after(at + 1) == place + 1
    read = 0
    for paragraph in paragraphs(lines_of(text)):
        assert paragraph.start >= read
        assert text[paragraph.start : paragraph.end] == paragraph.written
        assert len(paragraph.text.splitlines()) == 1
        read = paragraph.end
    for span in sentences(text):
        assert not re.search(r"^\s|\s$", text[span.start : span.end])


DAYS = ("12 November 1929", "5 May 1938", "22 June 1941")
EVENTS = ("The dairy was founded", "Electric light comes to the village", "The first men leave")


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{day}\n{event}" for day, event in zip(DAYS, EVENTS, strict=True)),
        "\n\n".join(f"{day}\n{event}" for day, event in zip(DAYS, EVENTS, strict=True)),
        "\n\n".join(f"{event}\n{day}" for day, event in zip(DAYS, EVENTS, strict=True)),
        "Of the village\n\n"
        + "\n\n".join(f"{day}\n{event}" for day, event in zip(DAYS, EVENTS, strict=True)),
    ],
)
def test_a_day_on_a_line_of_its_own_has_its_own_event_and_not_its_neighbours(text: str) -> None:
    made = proposals_of("a.txt", text, find_mentions(text), doubtful_too)
    assert [each.title for each in made] == list(EVENTS)


def test_where_nobody_can_tell_which_event_is_of_which_day_none_is_proposed() -> None:
    lines = [line for pair in zip(EVENTS, DAYS, strict=True) for line in pair]
    text = "\n\n".join([*lines, "In the district"])
    made = proposals_of("a.txt", text, find_mentions(text), doubtful_too)
    assert [(each.as_written, each.title) for each in made] == [(DAYS[0], EVENTS[0])]


def test_a_long_wrapped_text_is_read_in_stretches_that_part_no_sentence() -> None:
    text = " ".join(["The council met on 3 May 1887 and chose Ann Webb for another year."] * 2000)
    found = [text[a:b] for a, b in sentences(text.replace(" ", " "))]
    lines = plain("\n\n".join([text[:4_690]] * 20), 72)
    assert {same(lines[a:b]) for a, b in sentences(lines)} == set(found)
