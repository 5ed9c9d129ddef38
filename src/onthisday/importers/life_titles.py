"""Words that tell a birth or a death, in formats that do not say what kind of fact a line is.

A birth too many waits for the curator's word. A birth too few tells the world when a living person
was born. So where nothing says the kind, a word for a birth is enough.

Used by calendar.py, sheet_facts.py and jsonl.py. Not here: birthdays as calendar programs write
them (ics_lives.py).
"""

import re

_BIRTH = re.compile(
    r"\b(?:born|birth of (?!the\b|a\b|an\b)|geboren|geburt (?:von|des|der)|née?|naissance d|nació"
    r"|nacimiento de|nasceu|nascimento de|nascita di|geboorte van|рожд[её]н\w*|родил\w+"
    r"|народи\w+|rođen\w*|születe\w+|وُلد|ولد)\b",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(r"\b(?:birthday|geburtstag|anniversaire|день рождения)\b", re.IGNORECASE)
_DEATH = re.compile(
    r"\b(?:die[sd]|death of|gestorben|meurt|murió|morreu|overleden|умер\w*|скончал\w+|umro|umrla"
    r"|помер\w*)\b",
    re.IGNORECASE,
)


def tells_birth(words: str, *, has_year: bool = True) -> bool:
    """Return True if words tell that somebody is born.

    A birthday without a year is a holiday: Washington's birthday.
    """
    return bool(_BIRTH.search(words) or (has_year and _BIRTHDAY.search(words)))


def tells_death(words: str) -> bool:
    """Return True if words tell that somebody dies."""
    return bool(_DEATH.search(words))
