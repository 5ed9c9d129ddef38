"""Which words with capitals are people, in eight languages. What is not clear is no person."""

import pytest

from onthisday.drafts import date_phrases, lives
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.languages.language import NEVER
from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.name_words import NO_NAME, NO_PERSON, ROLES
from onthisday.drafts.names import names_in
from onthisday.drafts.proposing import by_default, proposals_of
from onthisday.drafts.titles import slug


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Alte Mühle am Fluss brannte."),
        ("de", "Eine Geheime Rede auf dem Zwanzigsten Parteitag."),
        ("de", "Der Deutsche Bundestag beschloss das Neue Grundgesetz."),
        ("de", "Die Stadtverwaltung Berlin Mitte verkaufte das Alte Rathaus."),
        ("de", "Die Hohe Kommission tagte im Roten Rathaus."),
        ("de", "In der Nacht brannte die Kirche."),
        ("de", "Am Morgen tagte der Oberste Sowjet."),
        ("de", "Der Vertrag beendete den Siebenjährigen Krieg."),
        ("de", "Im Zweiten Weltkrieg stand die Rote Armee vor Berlin."),
        ("de", "Die Vereinigten Staaten und die Vereinten Nationen."),
        ("de", "Das Königliche Hoftheater und die Freiwillige Feuerwehr."),
        ("de", "Die Allgemeine Zeitung und das Technische Hilfswerk."),
        ("fr", "Le Parti communiste et la Croix Rouge."),
        ("fr", "Le Palais Royal et la Place Rouge."),
        ("it", "Il Partito Comunista e la Piazza Rossa."),
        ("es", "El Partido Comunista y la Plaza Roja."),
        ("pt", "O Partido Comunista e a Praça Vermelha."),
        ("nl", "De Communistische Partij en het Rode Plein."),
        ("ru", "Красная Площадь и Верховный Совет."),
        ("en", "The Old Mill and the Supreme Court."),
    ],
)
def test_things_are_no_people(language: str, text: str) -> None:
    assert names_in(text, language).people == ()


@pytest.mark.parametrize(
    ("language", "text", "people"),
    [
        ("de", "Der Erste Sekretär Nikita Chruschtschow sprach.", ["Nikita Chruschtschow"]),
        ("de", "Otto von Bismarck traf Kaiser Wilhelm.", ["Otto von Bismarck", "Wilhelm"]),
        ("de", "Frau Anna Weber und Herr Doktor Müller.", ["Anna Weber", "Müller"]),
        ("de", "Kanzler Konrad Adenauer und Marie Curie.", ["Konrad Adenauer", "Marie Curie"]),
        ("de", "Johann Wolfgang von Goethe schrieb.", ["Johann Wolfgang von Goethe"]),
        ("de", "Werner Heisenberg, Ludwig Erhard und Peter Müller.",
         ["Werner Heisenberg", "Ludwig Erhard", "Peter Müller"]),
        ("fr", "Le président Charles de Gaulle et Madame Curie.", ["Charles de Gaulle"]),
        ("it", "Il re Vittorio Emanuele e Anna Rossi.", ["Vittorio Emanuele", "Anna Rossi"]),
        ("es", "El general Francisco Franco y Ana García.", ["Francisco Franco", "Ana García"]),
        ("pt", "O presidente Getúlio Vargas e Ana Silva.", ["Getúlio Vargas", "Ana Silva"]),
        ("nl", "Koningin Wilhelmina en Vincent van Gogh.", ["Wilhelmina", "Vincent van Gogh"]),
        ("ru", "Никита Хрущёв и Анна Вебер.", ["Никита Хрущёв", "Анна Вебер"]),
        ("en", "Al Gore met Octavio Paz and Alban Berg.", ["Al Gore", "Octavio Paz", "Alban Berg"]),
    ],
)  # fmt: skip
def test_people_are_named_without_their_roles(language: str, text: str, people: list[str]) -> None:
    assert list(names_in(text, language).people) == people


def test_the_tags_of_a_german_draft_are_people_and_no_nouns() -> None:
    text = (
        "Am 25. Februar 1956 hielt der Erste Sekretär Nikita Chruschtschow eine Geheime Rede auf "
        "dem Zwanzigsten Parteitag der Kommunistischen Partei."
    )
    [found] = proposals_of("rede.txt", text, find_mentions(text), by_default)
    assert [slug(name) for name in found.people] == ["nikita-chruschtschow"]


def test_each_language_has_its_words_in_every_table() -> None:
    tables = (NO_NAME, ROLES, NO_PERSON, date_phrases._WORDS, lives._JOINTS)
    assert all(set(table) == set(LANGUAGES) for table in tables)
    spoken = LANGUAGES.values()
    assert all(NEVER not in (each.birth, each.death, each.marriage) for each in spoken)
