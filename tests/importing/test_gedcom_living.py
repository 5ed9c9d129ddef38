"""Nobody who may be living gets into the almanac from a GEDCOM file, nor into a message."""

import pytest

from tests.importing.gedcom_files import everything, found, gedcom, person, refused

BORN = ["1 BIRT", "2 DATE 3 MAY 1985"]


def titles(*records: str) -> list[str]:
    return [each.tree["title"] for each in found(gedcom(*records))]


@pytest.mark.parametrize(
    "lines",
    [
        BORN,
        [*BORN, "1 DEAT"],
        [*BORN, "1 DEAT N"],
        [*BORN, "1 DEAT", "2 DATE"],
        [*BORN, "1 DEAT", "2 NOTE perhaps?"],
        [*BORN, "1 BURI"],
        [*BORN, "1 RESI", "2 DATE 2001"],
        [*BORN, "1 CHAN", "2 DATE 1 JAN 1900"],
        [*BORN, "1 OBJE", "2 DATE 1 JAN 1900"],
        [*BORN, "1 EVEN", "2 TYPE our house was built", "2 DATE 1700"],
        [*BORN, "1 RESI", "2 DATE FROM 1900 TO 2020"],
        ["1 BIRT", "2 DATE 28 NOV 1916"],
        ["1 BIRT", "2 DATE AFT 1850"],
        ["1 BIRT", "2 DATE (in the war)"],
        [*BORN, "1 RESN confidential", "1 DEAT Y"],
        [*BORN, "1 RESN LOCKED, PRIVACY", "1 DEAT Y"],
        ["1 BIRT", "2 DATE 3 MAY 1985", "2 RESN privacy", "1 DEAT Y"],
    ],
)
def test_who_may_be_living_or_is_private_is_left_out_and_no_date_is_told(lines: list[str]) -> None:
    file = gedcom(person(*lines))
    assert found(file) == []
    told = [(each.text, each.reason) for each in refused(file) if each.text == "1 BIRT"]
    assert len(told) == 1
    assert not any(word in " ".join(told[0]) for word in ("1985", "1916", "1850", "war"))


@pytest.mark.parametrize(
    ("lines", "died"),
    [
        (["1 DEAT Y"], True),
        (["1 DEAT killed in action"], True),
        (["1 DEAT", "2 DATE 5 MAY 2001"], "2001-05-05"),
        (["1 DEAT", "2 DATE (stillborn)"], True),
        (["1 DEAT", "2 DATE @#DHEBREW@ 5 IYR 5750"], "1990-04-30"),
        (["1 DEAT", "2 DATE @#DJULIAN@ 1 JAN 2000"], True),
        (["1 DEAT", "2 DATE 5 MAY 2001", "2 RESN privacy"], True),
        (["1 DEAT", "2 PLAC Rome"], True),
        (["1 BURI", "2 PLAC Rome"], True),
        (["1 CREM Y"], True),
    ],
)
def test_the_birth_of_somebody_who_has_died_says_so(lines: list[str], died: str | bool) -> None:
    assert found(gedcom(person(*BORN, *lines)))[0].tree["died"] == died


def test_a_birth_110_years_ago_is_imported() -> None:
    assert titles(person("1 BIRT", "2 DATE 27 NOV 1916")) == ["Anna Weber is born"]


def test_an_event_of_110_years_ago_shows_that_somebody_is_dead() -> None:
    assert titles(person("1 BIRT", "2 DATE AFT 1849", "1 BAPM", "2 DATE 1 MAY 1850")) == [
        "Anna Weber is born"
    ]
    family = "0 @F1@ FAM\n1 WIFE @I1@\n1 MARR\n2 DATE 1880"
    assert titles(person(), family) == ["Anna Weber marries"]
    assert titles(person("1 BIRT", "2 DATE AFT 1849"), family) == [
        "Anna Weber is born",
        "Anna Weber marries",
    ]


def test_a_marriage_of_somebody_who_may_be_living_is_left_out() -> None:
    people = [person("1 DEAT Y"), person(name="Karl", xref="@I2@")]
    file = gedcom(*people, "0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 MARR\n2 DATE 5 MAY 1971")
    assert found(file) == []
    assert refused(file)[-1].text == "1 MARR"
    assert "1971" not in str(everything(file))


def test_a_marriage_of_somebody_private_is_left_out() -> None:
    people = [person("1 DEAT Y", "1 RESN confidential"), person("1 DEAT Y", xref="@I2@")]
    file = gedcom(*people, "0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 MARR\n2 DATE 5 MAY 1871")
    assert found(file) == []


def test_locked_and_none_keep_nothing_private() -> None:
    assert titles(person("1 RESN locked", "1 DEAT", "2 DATE 1900")) == ["Anna Weber dies"]
    assert titles(person("1 RESN none", "1 DEAT", "2 DATE 1900")) == ["Anna Weber dies"]
