"""GEDCOM files for the tests, and what the importer yields of them."""

from onthisday.importers.found import Found, Note, Read, Refused
from onthisday.importers.gedcom import read
from tests.importing.incoming import incoming


def gedcom(*records: str, head: str = "1 GEDC\n2 VERS 5.5.1\n1 CHAR UTF-8") -> str:
    """Return a file of records."""
    return "\n".join(["0 HEAD", head, *(record.strip() for record in records), "0 TRLR", ""])


def person(*lines: str, name: str = "Anna /Weber/", xref: str = "@I1@") -> str:
    """Return the record of a person."""
    return "\n".join([f"0 {xref} INDI", f"1 NAME {name}", *lines])


def everything(content: str | bytes) -> list[Read]:
    """Return all that the importer yields."""
    return list(read(incoming(content, "family.ged")))


def found(content: str | bytes) -> list[Found]:
    """Return the facts."""
    return [each for each in everything(content) if isinstance(each, Found)]


def refused(content: str | bytes) -> list[Refused]:
    """Return what is not imported."""
    return [each for each in everything(content) if isinstance(each, Refused)]


def notes(content: str | bytes) -> list[Note]:
    """Return what is said of the whole file."""
    return [each for each in everything(content) if isinstance(each, Note)]
