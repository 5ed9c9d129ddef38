"""A family's GEDCOM file becomes entries: births, deaths and marriages, with names and places."""

import pytest

from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from onthisday.schema.shapes import Problem
from tests.importing.gedcom_files import found, gedcom, notes, person, refused

FAMILY = gedcom(
    """
0 @I1@ INDI
1 NAME Anna /Müller/
2 GIVN Anna
2 SURN Müller
1 _UID 8C3F1A2B
1 BIRT
2 DATE 12 MAR 1850
2 PLAC Berlin, , Prussia
2 NOTE Her father told
3 CONT of a snow-
3 CONC storm.
2 SOUR @S1@
3 PAGE No. 12
1 DEAT
2 DATE ABT 1931
""",
    """
0 @I2@ INDI
1 NAME Karl /Schmidt/
1 DEAT Y
""",
    """
0 @F1@ FAM
1 HUSB @I2@
1 WIFE @I1@
1 MARR
2 DATE 3 JUN 1874
""",
    """
0 @S1@ SOUR
1 TITL Births of 1850
1 AUTH The registrar
1 PUBL Berlin
1 REPO @R1@
2 CALN P 12
1 WWW https://example.org/births
""",
    "0 @R1@ REPO\n1 NAME City archive",
)


def test_a_birth_is_an_entry_with_its_place_note_sources_and_death() -> None:
    birth = found(FAMILY)[0]
    assert birth.tree == {
        "date": "1850-03-12",
        "kind": "birth",
        "title": "Anna Müller is born",
        "summary": "Her father told of a snow-storm.",
        "place": "Berlin, Prussia",
        "tags": ["müller"],
        "language": "en",
        "died": "1931~",
        "sources": [{"document": "births-of-1850", "page": "No. 12"}],
    }
    assert birth.documents == (
        {
            "id": "births-of-1850",
            "title": "Births of 1850",
            "author": "The registrar",
            "publisher": "Berlin",
            "url": "https://example.org/births",
            "reference": "City archive, P 12",
        },
    )
    assert birth.id == "8c3f1a2b-birth"


def test_a_death_and_a_marriage_are_entries() -> None:
    _, death, marriage = found(FAMILY)
    assert (death.tree["title"], death.tree["date"]) == ("Anna Müller dies", "1931~")
    assert (death.tree["kind"], death.id) == ("death", "8c3f1a2b-death")
    assert marriage.tree["title"] == "Karl Schmidt and Anna Müller marry"
    assert (marriage.tree["kind"], marriage.tree["date"]) == ("marriage", "1874-06-03")
    assert (marriage.tree["tags"], marriage.id) == (["schmidt", "müller"], None)


def test_each_birth_death_and_marriage_is_found_or_refused() -> None:
    assert [each.place.line for each in found(FAMILY)] == [10, 18, 26]
    assert [(each.text, each.reason) for each in refused(FAMILY)] == [("1 DEAT Y", "has no date")]


def test_every_entry_and_document_is_one_that_the_almanac_takes() -> None:
    for fact in found(FAMILY):
        problems: list[Problem] = []
        cited = [{"document": "family.ged"}, *fact.tree.get("sources", [])]
        ENTRY.read({"id": "an-id", **fact.tree, "sources": cited}, (), problems)
        for document in fact.documents:
            DOCUMENT.read(document, (), problems)
        assert problems == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_place_of_an_entry_is_its_lines_with_any_line_ends(end: str) -> None:
    text = "\ufeff" + FAMILY.replace("\n", end)
    for fact in found(text):
        assert fact.place.span is not None
        assert text[fact.place.span.start : fact.place.span.end] == fact.text
        assert fact.text.startswith(("1 BIRT", "1 DEAT", "1 MARR"))
    assert found(text)[0].text.endswith("3 PAGE No. 12")
    assert [each.place.line for each in found(text)] == [10, 18, 26]


@pytest.mark.parametrize(
    ("written", "title", "tags"),
    [
        ("John Q /Public/", "John Q Public is born", ["public"]),
        ("/Public/", "Public is born", ["public"]),
        ("Mary", "Mary is born", None),
        (
            'Lt. Joseph "John" /de Allen/ jr.',
            'Lt. Joseph "John" de Allen jr. is born',
            ["de-allen"],
        ),
        ("Иван/Петров/", "Иван Петров is born", ["петров"]),
        ("Bob @@ Home /O'Neil/", "Bob @ Home O'Neil is born", ["o-neil"]),
    ],
)
def test_a_name_is_said_without_slashes(written: str, title: str, tags: list[str] | None) -> None:
    tree = found(gedcom(person("1 BIRT", "2 DATE 1850", name=written)))[0].tree
    assert (tree["title"], tree.get("tags")) == (title, tags)


def test_a_name_may_be_in_pieces() -> None:
    pieces = "2 NPFX Dr.\n2 GIVN Eva\n2 SPFX von\n2 SURN Bora"
    record = f"0 @I1@ INDI\n1 NAME //\n{pieces}\n1 DEAT\n2 DATE 1552"
    assert found(gedcom(record))[0].tree["title"] == "Dr. Eva von Bora dies"


def test_the_first_of_several_names_is_said() -> None:
    record = person("1 NAME Anna /Schmidt/", "2 TYPE married", "1 DEAT", "2 DATE 1900")
    assert found(gedcom(record))[0].tree["title"] == "Anna Weber dies"


def test_somebody_without_a_name_is_refused() -> None:
    reasons = [
        each.reason for each in refused(gedcom(person("1 BIRT", "2 DATE 1850", name="? /?/")))
    ]
    assert reasons == ["is of a person without a name; add the line 1 NAME"]


def test_a_marriage_may_have_one_known_spouse_and_two_of_one_sex() -> None:
    people = [person("1 SEX F", "1 DEAT Y"), person("1 SEX F", "1 DEAT Y", name="Ida", xref="@I2@")]
    two = "0 @F1@ FAM\n1 HUSB @I1@\n1 WIFE @I2@\n1 MARR\n2 DATE 1920"
    one = "0 @F2@ FAM\n1 HUSB @VOID@\n1 WIFE @I1@\n1 MARR\n2 DATE 1910"
    nobody = "0 @F3@ FAM\n1 MARR\n2 DATE 1899"
    titles = [each.tree["title"] for each in found(gedcom(*people, two, one, nobody))]
    assert titles == ["Anna Weber and Ida marry", "Anna Weber marries"]
    assert len(refused(gedcom(nobody))) == 1


def test_a_second_birth_is_refused_and_a_second_wedding_is_not() -> None:
    births = gedcom(person("1 BIRT", "2 DATE 1850", "1 BIRT", "2 DATE 1851"))
    assert [each.tree["date"] for each in found(births)] == ["1850"]
    assert "another date of the event in line 7" in refused(births)[0].reason
    weddings = "0 @F1@ FAM\n1 UID 7\n1 WIFE @I1@\n" + "\n".join(
        f"1 MARR\n2 DATE {date}" for date in ("1 MAY 1880", "3 MAY 1880", "3 MAY 1880")
    )
    file = gedcom(person(), weddings)
    assert [each.tree["date"] for each in found(file)] == ["1880-05-01", "1880-05-03"]
    assert [each.id for each in found(file)] == ["7-marriage", None]
    assert len(refused(file)) == 1


def test_the_first_birth_that_has_a_date_is_imported() -> None:
    file = gedcom(person("1 BIRT", "1 BIRT", "2 DATE (long ago)", "1 BIRT", "2 DATE 1850"))
    assert [each.tree["date"] for each in found(file)] == ["1850"]
    assert len(refused(file)) == 2


def test_a_birth_in_a_family_is_refused() -> None:
    file = gedcom("0 @F1@ FAM\n1 BIRT\n2 DATE 1850")
    assert "births and deaths are of INDI" in refused(file)[0].reason


@pytest.mark.parametrize(
    ("lines", "uid"),
    [
        ("1 UID BBCC0025-34cb", "bbcc0025-34cb-birth"),
        ("1 _UID {4C2B}", "4c2b-birth"),
        ("1 EXID 123\n2 TYPE http://example.com", "http-example-com-123-birth"),
        ("1 EXID 123", None),
        ("1 UID ???", None),
        (f"1 UID {'a' * 1000}", None),
    ],
)
def test_a_person_is_known_by_a_uid(lines: str, uid: str | None) -> None:
    assert found(gedcom(person(lines, "1 BIRT", "2 DATE 1850")))[0].id == uid


def test_two_people_of_one_uid_do_not_share_an_id() -> None:
    records = [person("1 UID 7", "1 BIRT", "2 DATE 1850", xref=f"@I{i}@") for i in range(2)]
    assert [each.id for each in found(gedcom(*records))] == ["7-birth", None]


@pytest.mark.parametrize(
    ("language", "title", "tag"),
    [
        ("German", "Anna Weber stirbt", "de"),
        ("fr", "Anna Weber meurt", "fr"),
        ("pt-BR", "Morre Anna Weber", "pt-BR"),
        ("Swedish", "Anna Weber dies", "en"),
        ("xx yy", "Anna Weber dies", "en"),
    ],
)
def test_titles_are_in_the_language_of_the_file(language: str, title: str, tag: str) -> None:
    file = gedcom(person("1 DEAT", "2 DATE 1900"), head=f"1 LANG {language}")
    tree = found(file)[0].tree
    assert (tree["title"], tree["language"]) == (title, tag)


def test_other_events_are_counted() -> None:
    file = gedcom(person("1 BURI", "2 DATE 1900", "1 CHR", "1 BURI"))
    assert [each.message for each in notes(file)] == [
        "other events are not imported: 2 BURI, 1 CHR"
    ]
