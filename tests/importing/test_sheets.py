"""Tables that people have made: which facts their rows are, and what is told of the others."""

from collections.abc import Iterable

import pytest

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.sheets import read_csv
from tests.importing.incoming import incoming


def read(text: str | bytes) -> list[Read]:
    return list(read_csv(incoming(text)))


def found(text: str | bytes) -> list[Found]:
    return [each for each in read(text) if isinstance(each, Found)]


def reasons(each: Iterable[Read]) -> list[str]:
    return [refused.reason for refused in each if isinstance(refused, Refused)]


def tree(text: str) -> dict[str, object]:
    (one,) = found(text)
    return one.tree


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("date", "title", "text", "place", "kind"), "birth"),
        (("Datum", "Ereignis", "Beschreibung", "Ort", "Art"), "Geburt"),
        (("Date", "Événement", "Résumé", "Lieu", "Type"), "Naissance"),
        (("Data", "Evento", "Descrizione", "Luogo", "Tipo"), "Nascita"),
        (("Fecha", "Título", "Descripción", "Lugar", "Tipo"), "Nacimiento"),
        (("DATA", "Título", "Descrição", "Local", "Tipo"), "Nascimento"),
        (("Datum", "Gebeurtenis", "Samenvatting", "Plaats", "Soort"), "Geboorte"),
        (("Дата", "Событие", "Описание", "Место", "Вид"), "Рождение"),
        (("التاريخ", "الحدث", "الوصف", "المكان", "النوع"), "ميلاد"),
    ],
)
def test_columns_are_known_in_nine_languages(
    names: tuple[str, ...], kind: str, separator: str
) -> None:
    row = ("1879-03-14", "Albert Einstein", "physicist", "Ulm", kind)
    assert tree("\n".join(separator.join(cells) for cells in (names, row))) == {
        "date": "1879-03-14",
        "kind": "birth",
        "title": "Albert Einstein",
        "summary": "physicist",
        "place": "Ulm",
    }


def test_a_place_is_the_row_as_a_spreadsheet_program_shows_it() -> None:
    rows = found('date,title\n1956,"of\ntwo lines"\n\n1957,other\n')
    assert [(each.place.line, each.place.page, each.place.span) for each in rows] == [
        (2, "row 2", None),
        (4, "row 4", None),
    ]
    assert rows[0].text == "1956\x1fof\ntwo lines"


def test_the_separator_is_that_of_the_header_whatever_the_cells_hold() -> None:
    one = tree('date;title\n1956;"a; b, c,,,,\t\t"\n')
    assert one["title"] == "a; b, c,,,,"


def test_a_title_and_blank_rows_may_stand_above_the_header() -> None:
    assert tree("Our dates,,\n\nsep=;\nDate (AD) ,Title:*,\n1956,x,\n")["date"] == "1956"


@pytest.mark.parametrize(
    ("start", "end"), [("\ufeff", "\r\n"), ("", "\r\n"), ("", "\r"), ('\ufeff"', '"\n')]
)
def test_files_as_programs_write_them(start: str, end: str) -> None:
    quote = '"' if '"' in end else ""
    lines = f"{start}date{quote},{quote}title{end}", f"{quote}1956{quote},{quote}x{end}"
    assert tree("".join(lines))["title"] == "x"


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("55 BC", "-0054"),
        ("Between 47 and 50", "[0047..0050]"),
        ("Between 25 and 220", "[0025..0220]"),
        ("Between 500BC and 400BC", "[-0499..-0399]"),
        ("circa 1066", "1066~"),
        ("circa1m 17 December 1770", "1770-12-17~"),
        ("17 December 1770", "1770-12-17"),
        ("14. März 1874", "1874-03-14"),
        ("25-Feb-1956", "1956-02-25"),
        ("25/2/1956", "1956-02-25"),
        ("1956.0", "1956"),
        ("1,956", "1956"),
        ("1956-02-25 00:00:00", "1956-02-25"),
        ("2/25/1956 0:00", "1956-02-25"),
        ("2/25/1956 12:00:00 AM", "1956-02-25"),
        ("1956-02", "1956-02"),
        ("1950~", "1950~"),
        ("١٩٥٦-٠٢-٢٥", "1956-02-25"),
        ("٢٥ فبراير ١٩٥٦", "1956-02-25"),
        ("15 آذار 44 ق.م", "-0043-03-15"),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(cell: str, edtf: str) -> None:
    assert tree(f'date,title\n"{cell}",x\n')["date"] == edtf


def test_what_a_person_wrote_is_kept_if_it_is_no_edtf() -> None:
    rows = found("date,title\n55 BC,a\n1956-02-25,b\n1956-02-25 00:00:00,c\n2/25/1956,d\n")
    assert [each.tree.get("as_written") for each in rows] == ["55 BC", None, None, "2/25/1956"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("25.02.56", "only you know the century"),
        ("Mar-53", "only you know the century"),
        ("12/05/1920", 'may be "1920-05-12" or "1920-12-05"'),
        ("20510", "1956-02-25, or 1960-02-26 if they count from 1904"),
        ("25 December", "has no year; add it"),
        ("30 February 1956", "impossible"),
        ("1956-02-25 14:30:00", "leave the time of day out"),
        ("1936-37", "may be meant as two years"),
        ("1920-21", 'write the years as "1920/1921"'),
        ("29.02.1900", "there is no such day"),
        ("yesterday", "is no date; write it as EDTF"),
        ("", "has no date"),
        ("n/a", "has no date"),
        ("#####", "make it wider"),
        ("#REF!", "has #REF! in the column"),
    ],
)
def test_a_date_that_only_the_person_knows_is_asked_for(cell: str, reason: str) -> None:
    (told,) = reasons(read(f"date,title\n{cell},x\n"))
    assert reason in told


@pytest.mark.parametrize(
    ("other", "edtf"), [("13/5/1920", "1920-05-12"), ("5/13/1920", "1920-12-05")]
)
def test_other_rows_of_the_column_decide_what_comes_first(other: str, edtf: str) -> None:
    rows = found(f"date,title\n12/05/1920,a\n{other},b\n")
    assert [each.tree["date"] for each in rows] == [edtf, "1920-05-13"]


def test_a_column_with_both_orders_decides_nothing() -> None:
    told = reasons(read("date,title\n12/05/1920,a\n13/5/1920,b\n5/13/1920,c\n"))
    assert len(told) == 1


def test_only_dates_with_the_same_sign_decide_what_comes_first() -> None:
    table = "date,title\n07.01.1904,a\n02/29/1956,b\n13-5-1920,c\n"
    assert len(reasons(read(table))) == 1
    assert found(f"{table}07.31.1904,d\n")[0].tree["date"] == "1904-07-01"


def test_year_month_and_day_may_be_three_columns() -> None:
    rows = found("Year,Month,Day,Title\n1956,2,25,a\n44 BC,March,15,b\n1956,,,c\n1956,2,,d\n")
    assert [each.tree["date"] for each in rows] == ["1956-02-25", "-0043-03-15", "1956", "1956-02"]
    assert [each.tree.get("as_written") for each in rows] == [None, "15 March 44 BC", None, None]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("1956,,25", "a day and no month"),
        ("-44,3,15", "write the year with four digits"),
        ("56,3,15", "only you know the century"),
        ("1956,13,1", "1956-13-01"),
        ("1956," + 5000 * "9" + ",1", "is no date"),
        (",3,15", "no date"),
    ],
)
def test_three_columns_that_are_no_date_are_refused(cells: str, reason: str) -> None:
    (told,) = reasons(read(f"year,month,day,title\n{cells},x\n"))
    assert reason in told


def test_a_julian_date_is_julian_if_its_cell_or_its_column_says_so() -> None:
    rows = found("date,title,calendar\n25 October 1917 (Old Style),a,\n1917-10-25,b,Julian\n")
    assert [each.tree["calendar"] for each in rows] == ["julian", "julian"]


def test_a_row_about_a_person_is_a_birth_and_a_death() -> None:
    birth, death = found("Name,Born,Died\nAda Lovelace,10 December 1815,1852-11-27\n")
    assert birth.tree == {
        "date": "1815-12-10",
        "kind": "birth",
        "title": "Ada Lovelace",
        "as_written": "10 December 1815",
        "died": "1852-11-27",
    }
    assert death.tree == {"date": "1852-11-27", "kind": "death", "title": "Ada Lovelace"}


def test_of_a_person_who_may_live_no_death_is_made_up() -> None:
    (one,) = found("name,born,died\nX,2001-01-01,?\n")
    assert "died" not in one.tree


def test_a_birth_with_a_date_keeps_its_death_as_a_key() -> None:
    rows = found(
        "date,kind,title,died\n1879-03-14,birth,Einstein,18 April 1955\n1900,birth,Y,TRUE\n"
    )
    assert [each.tree["died"] for each in rows] == ["1955-04-18", True]


def test_the_source_and_the_address_of_a_row_are_its_documents() -> None:
    head = "date,title,source,link,page\n"
    row = "1956,x,Pravda,https://a.example/1 https://b.example/2,3\n"
    (one,) = found(head + row)
    assert [(each["title"], each["url"]) for each in one.documents] == [
        ("Pravda", "https://a.example/1"),
        ("https://b.example/2", "https://b.example/2"),
    ]
    assert one.tree["sources"] == [{"document": each["id"], "page": "3"} for each in one.documents]
    assert one.documents == found(head + row)[0].documents


def test_a_kind_that_we_do_not_know_is_a_tag() -> None:
    one = tree('date,title,type,tags\n1815,Waterloo,Battle,"Napoleonic Wars; war"\n')
    assert (one["kind"], one["tags"]) == ("event", ["Napoleonic-Wars", "war", "Battle"])


def test_an_id_is_used_and_made_valid() -> None:
    rows = found("id,date,title\nsecret-speech,1956,a\nSecret Speech!,1956,b\n!,1956,c\n")
    assert [each.id for each in rows] == ["secret-speech", "secret-speech", None]


def test_unknown_columns_are_named_once() -> None:
    (note,) = [each for each in read("date,title,weather\n1956,x,sun\n") if isinstance(each, Note)]
    assert note.message == 'these columns are not imported: "weather"'


def test_a_row_with_more_cells_than_columns_is_refused() -> None:
    (told,) = reasons(read("date,title\n1956,Moscow, capital of the USSR\n"))
    assert "column C, which has no name" in told


def test_a_row_without_a_title_is_refused_and_blank_rows_are_skipped() -> None:
    assert reasons(read("date,title\n1956,\n,\n\n , \n")) == [
        "has no title; write one, or leave the row out"
    ]


def test_a_quotation_mark_inside_a_text_costs_its_row_alone() -> None:
    _, refused, good = read('date,title\n1955,a\n1956,"a"b\n1957,c\n')
    assert isinstance(refused, Refused)
    assert (refused.text, refused.place.page) == ('1956,"a"b', "row 3")
    assert isinstance(good, Found)


def test_a_quotation_mark_that_is_not_closed_breaks_the_file_after_the_rows_before_it() -> None:
    rows = read_csv(incoming('date,title\n1956,a\n1957,"b\n1958,c\n'))
    assert isinstance(next(rows), Found)
    with pytest.raises(Broken, match="does not end with one") as broken:
        next(rows)
    assert broken.value.line == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day of it;what\n1956;x\n", 'named as a date; found: "day of it", "what"'),
        ("date,name of it\n", 'named as a title; found: "date", "name of it"'),
        ("1956,x\n", "named as a date and a title"),
        ("date,title,Title\n", '2 columns are named "title"'),
        ("ï»¿date,title\n1956,â€¦\n", "has read this file in another encoding"),
        ("", "has no rows"),
        ("\n\n,,\n", "has no rows"),
    ],
)
def test_a_header_that_cannot_be_used_breaks_the_file(text: str, message: str) -> None:
    with pytest.raises(Broken) as broken:
        read(text)
    assert message in str(broken.value)


def test_a_text_has_no_controls_and_keeps_its_line_breaks() -> None:
    assert tree('date,title,text\n1956,x\x07y,"a\r\nb\x1b[31m"\n') == {
        "date": "1956",
        "kind": "event",
        "title": "xy",
        "summary": "a\nb[31m",
    }
