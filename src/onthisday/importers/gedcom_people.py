"""The people of a GEDCOM file: their names, and whether they may be living.

A person has died if the file has a death, a burial, a cremation or a probate. A person of whom it
has an event of 110 years ago is taken for dead too (almanac/living.py). Everybody else may be
living.

Called by gedcom_known.py and gedcom_facts.py.
"""

import re
from typing import NamedTuple

import regex

from onthisday.almanac.living import old_from
from onthisday.drafts.titles import slug
from onthisday.importers.gedcom_dates import dated
from onthisday.importers.gedcom_day import NoDay
from onthisday.importers.gedcom_records import Record, Structure

_DEATHS = ("DEAT", "BURI", "CREM", "PROB")
_TELLING = ("DATE", "PLAC", "ADDR", "AGE", "CAUS")
"""If a death has one of these below, it took place. An empty line ``1 DEAT`` says nothing."""

_OF_A_LIFE = frozenset(
    {
        "ADOP", "ANUL", "BAPM", "BARM", "BASM", "BIRT", "BLES", "CENS", "CHR", "CHRA", "CONF",
        "DIV", "DIVF", "EDUC", "EMIG", "ENGA", "FCOM", "GRAD", "IMMI", "MARB", "MARC", "MARL",
        "MARR", "MARS", "NATU", "OCCU", "ORDN", "RESI", "RETI"
    }
)  # fmt: skip
"""Events and facts that happen in somebody's life. A free ``EVEN`` may be about anything."""

_PIECES = ("NPFX", "GIVN", "SPFX", "SURN", "NSFX")
_SURNAME = re.compile(r"/([^/]*)/")
_NO_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_LONGEST_ID, _LONGEST_TAG = 100, 200


class Person(NamedTuple):
    """What entries say of a person, and what decides whether they may.

    - ``uid``: its name for ever, if the file has one.
    - ``died``: when, in EDTF; True if that is not known; False if no death is known.
    - ``is_old``: an event of this person was 110 years ago.
    - ``is_private``: the file says that it is not to be published.
    """

    name: str = ""
    surname: str = ""
    uid: str | None = None
    died: str | bool = False
    is_old: bool = False
    is_private: bool = False

    @property
    def may_live(self) -> bool:
        return not (self.died or self.is_old)


def person_of(record: Record, today: int) -> Person:
    """Return the person of a record. ``today``: as a Julian day number."""
    top = record.top
    died = _died(top)
    return Person(
        *_named(top),
        uid_of(top),
        died,
        not died and any(is_old(event, today) for event in top.below),
        is_private(top),
    )


def is_old(event: Structure, today: int) -> bool:
    """Return True if something surely happened 110 years ago or earlier."""
    written = event.first("DATE") if event.tag in _OF_A_LIFE else ""
    try:
        return bool(written) and old_from(dated(written).date) <= today
    except NoDay:
        return False


def is_private(structure: Structure) -> bool:
    """Return True if a line RESN says so. ``locked`` says only that nobody shall change it."""
    words = {
        word for each in structure.all("RESN") for word in re.split(r"\W+", each.words.lower())
    }
    return not words.isdisjoint({"confidential", "privacy"})


def uid_of(top: Structure) -> str | None:
    """Return a record's name for ever: UID, or EXID with its TYPE; None if it has none."""
    uid = re.sub(r"[^a-z0-9-]", "", top.first("UID", "_UID").lower()).strip("-")
    if not uid:
        named = (f"{kind} {each.words}" for each in top.all("EXID") if (kind := each.first("TYPE")))
        uid = slug(next(named, ""), _LONGEST_ID)
    return uid if 0 < len(uid) <= _LONGEST_ID else None


def tag_of(surname: str) -> str | None:
    """Return a surname as a tag: ``de-la-cruz``. None if it is none."""
    tag = _NO_LETTERS.sub("-", surname.lower()).strip("-")
    return tag if 0 < len(tag.encode()) <= _LONGEST_TAG else None


def _named(top: Structure) -> tuple[str, str]:
    """Return the name and the surname. The first name that a record has is the preferred one."""
    for each in top.all("NAME"):
        name = " ".join(_SURNAME.sub(r" \1 ", each.words).split())
        surname = _SURNAME.search(each.words)
        pieces = [each.first(piece) for piece in _PIECES]
        if not _has_letters(name):
            name = " ".join(filter(None, pieces))
        if _has_letters(name):
            return name, (surname[1] if surname else "") or pieces[3]
    return "", ""


def _has_letters(name: str) -> bool:
    return any(letter.isalpha() for letter in name)


def _died(top: Structure) -> str | bool:
    deaths = [each for each in top.all(*_DEATHS) if _took_place(each)]
    for each in deaths:
        if each.tag == "DEAT" and not is_private(each) and (found := _day(each)):
            return found
    return bool(deaths)


def _took_place(death: Structure) -> bool:
    return death.value.strip().upper() not in {"", "N"} or bool(death.first(*_TELLING))


def _day(death: Structure) -> str | None:
    """Return a day in our calendar as EDTF; None if it is none, or of another calendar."""
    try:
        found = dated(death.first("DATE")).date
    except NoDay:
        return None
    return found.edtf if found.calendar == "gregorian" else None
