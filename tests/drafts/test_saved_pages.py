"""Saved pages: their articles give drafts, and what stands around them gives none.

The pages in pages/ are our own. They imitate a newspaper, an encyclopedia, a blog, a museum of the
nineties with tables for layout, and an archive's chronology.
"""

import json
from pathlib import Path

import pytest

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.proposing import by_default, doubtful_too, proposals_of
from onthisday.texts.about import About
from onthisday.texts.formats import about, extract

PAGES = Path(__file__).parent / "pages"

USEFUL = {
    "harbour.en": "1834-06-21 1836-05-02 1846-10-09 1849-08-18 1852-11-03 1971-09-30",
    "bruecke.de": "1783-04-14 1784-02-29 1784-03-03 1786-07-08 1945-03-27 1945-03-28 1950-05-01 "
    "1979-02-06",
    "moulin.fr": "1803-02-12 1821-01-09 1868-08-22 1881-07-14 1893-10-30 1911-04-03 1944-08-25 "
    "1957-12-31",
    "muzej.ru": "1842-08-06 1849-06-29 1851-09-14 1873-10-01 1929-11-12 1938-05-05 1941-06-22 "
    "1967-05-09",
    "cronologia.es": "1779-01-07 1812-03-19 1868-10-02 1894-06-30 1932-11-11",
}

LEFT = {"muzej.ru": {"2012-04-10", "2012-03-02"}}
"""Noise that is still proposed: news that stand in a cell of the table that holds the article."""

ABOUT = {
    "harbour.en": About(
        "The night the harbour burned", "Edith Marlow", "The Marsh Courier", "2019-03-14", "en"
    ),
    "bruecke.de": About("Alte Brücke (Lindental)", language="de"),
    "moulin.fr": About(
        "Le moulin de la Garde, une histoire",
        "Société d'histoire de Valombre",
        "Mémoire de Valombre",
        "2016-11-05",
        "fr",
    ),
    "muzej.ru": About("Музей села Липовка: летопись", "Н. Орлова"),
    "cronologia.es": About(
        "Cronología del puerto", "Archivo Municipal de Valdemar", None, "2014-06-02", "es"
    ),
}


def content(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


@pytest.mark.parametrize("name", USEFUL)
def test_days_of_the_article_are_found_and_those_around_it_are_not_proposed(name: str) -> None:
    text = extract(content(name)).text
    mentions = find_mentions(text)
    days = {found.value for found in mentions if found.precision == "day" and not found.furniture}
    assert set(USEFUL[name].split()) <= days
    proposed = {each.date for each in proposals_of(name, text, mentions, by_default)}
    assert proposed <= set(USEFUL[name].split()) | LEFT.get(name, set())


@pytest.mark.parametrize("name", ABOUT)
def test_a_page_tells_its_title_author_site_and_date(name: str) -> None:
    assert extract(content(name)).about == ABOUT[name]
    assert about(content(name)) == ABOUT[name]


def test_a_day_in_a_table_or_a_list_of_terms_has_the_event_beside_it() -> None:
    titles: dict[str, str] = {}
    for name in ("muzej.ru", "cronologia.es"):
        text = extract(content(name)).text
        made = proposals_of(name, text, find_mentions(text), doubtful_too)
        titles |= {each.date: each.title for each in made}
    assert titles["1938-05-05"] == "В село провели электричество"
    assert titles["1941-06-22"] == "На фронт ушли первые добровольцы"
    assert titles["1894-06-30"] == "Entra el primer vapor de la línea de Cuba"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<table><tr><td>1 May 1900<td>The <b>mill</b> burned</tr></table>",
         "1 May 1900 | The mill burned"),
        ("<dl><dt>1 May 1900</dt><dd>The mill burned</dd><dd>It rained</dd></dl>",
         "1 May 1900: The mill burned\n\nIt rained"),
        ("<table><tr><td><p>1 May 1900</p><p>x</p><td>The mill</tr></table>",
         "1 May 1900\n\nx\n\nThe mill"),
        ("<table><tr><td>1 May 1900<!-- x --><td>The mill</tr></table>", "1 May 1900\n\nThe mill"),
    ],
)  # fmt: skip
def test_cells_of_a_row_are_a_line_unless_the_table_is_there_for_the_layout(
    body: str, text: str
) -> None:
    assert extract(page("", f"<main>{body}</main>")).text == f"{text}\n"


def page(head: str, body: str = "<p>It rained.</p>") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>The mill | The Courier</title>", "<h1>The mill</h1>", "The mill"),
        ("<title>The Courier: The mill</title>", "<h1>The mill</h1>", "The mill"),
        ("<title>The mill and we</title>", "<h1>The mill</h1>", "The mill and we"),
        ("<title>\n The  mill\x07 </title>", "", "The mill"),
        ("<title>untitled</title>", "", None),
        ("", "", None),
    ],
)
def test_a_title_is_without_the_name_of_the_site(head: str, body: str, title: str | None) -> None:
    assert extract(page(head, f"{body}<p>It rained.</p>")).about.title == title


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="citation_date" content="1956/2/5">', "1956-02-05"),
        ('<meta name="citation_date" content="1956/02">', "1956-02"),
        ('<meta name="DC.date" content="1956">', "1956"),
        ('<meta name="date" content="1956-02-31">', None),
        ('<meta name="date" content="yesterday">', None),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "1956"}]}</script>',
         "1956"),
        ('<script type="application/ld+json">{"datePublished": </script>', None),
        ('<script type="application/ld+json">[1, null, {"headline": 3}]</script>', None),
    ],
)  # fmt: skip
def test_a_date_of_a_page_is_one_that_exists_or_none(head: str, published: str | None) -> None:
    assert extract(page(head)).about.published == published


def test_several_authors_are_named_and_addresses_and_accounts_are_none() -> None:
    names = ("Ann Webb", "https://example.invalid/ann", "admin", "Bo Li", "Ann Webb")
    said = json.dumps({"headline": "x", "author": [{"name": name} for name in names]})
    head = f'<script type="application/ld+json">{said}</script>'
    assert extract(page(head)).about.author == "Ann Webb, Bo Li"


def test_a_page_without_an_article_is_read_whole_but_for_its_menu() -> None:
    found = extract(page("", "<nav>Home, 1 May 2020</nav><p>It burned on 25 February 1956.</p>"))
    assert found.text == "It burned on 25 February 1956.\n"


STAMPS = """
Retrieved 5 May 2010.
Archived from the original on 5 May 2010.
This page was last edited on 5 May 2010, at 12:00.
The ledger is kept at the town hall, accessed on 5 May 2010.
Ratsprotokolle, abgerufen am 5. Mai 2010.
Memento vom 5. Mai 2010 im Internetarchiv
Stand: 5. Mai 2010
Diese Seite wurde zuletzt am 5. Mai 2010 um 12:00 Uhr bearbeitet.
Letzte Änderung: 5. Mai 2010
Archives de la ville, consulté le 5 mai 2010.
La dernière modification de cette page a été faite le 5 mai 2010 à 12:00.
Version archivée du 5 mai 2010
Publié le 5 mai 2010
Archivio di Stato, consultato il 5 maggio 2010.
Questa pagina è stata modificata per l'ultima volta il 5 maggio 2010 alle 12:00.
Ultimo aggiornamento: 5 maggio 2010
Actas del cabildo, consultado el 5 de mayo de 2010.
Archivado desde el original el 5 de mayo de 2010.
Esta página se editó por última vez el 5 de mayo de 2010 a las 12:00.
Livro de atas, consultado em 5 de maio de 2010.
Arquivado do original em 5 de maio de 2010.
Esta página foi editada pela última vez em 5 de maio de 2010.
Stadsarchief, geraadpleegd op 5 mei 2010.
Gearchiveerd van het origineel op 5 mei 2010.
Deze pagina is voor het laatst bewerkt op 5 mei 2010 om 12:00.
Дата обращения: 5 мая 2010.
Архивировано из оригинала 5 мая 2010 года.
Эта страница в последний раз была отредактирована 5 мая 2010 в 12:00.
Последнее обновление: 5 мая 2010 года
Anna B. 5 mai 2010 à 21 h 03
""".strip().splitlines()


@pytest.mark.parametrize("line", STAMPS)
def test_when_a_page_was_changed_or_looked_at_is_no_event_in_any_language(line: str) -> None:
    days = [found for found in find_mentions(line) if found.precision == "day"]
    assert all(found.furniture and not found.proposed for found in days)


@pytest.mark.parametrize(
    "line",
    [
        "The archive was moved on 5 May 1910.", "The law was read and published on 5 May 1910.",
        "Der Stand der Dinge änderte sich am 5. Mai 1910.", "La ville fut prise le 5 mai 1910.",
        "Le médecin consulta ses amis le 5 mai 1910.",
        "El archivo se trasladó el 5 de mayo de 1910.",
        "Страница его жизни закрылась 5 мая 1910 года.",
    ],
)  # fmt: skip
def test_a_sentence_with_such_a_word_is_an_event(line: str) -> None:
    (found,) = (one for one in find_mentions(line) if one.precision == "day")
    assert not found.furniture
