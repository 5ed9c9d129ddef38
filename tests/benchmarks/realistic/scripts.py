"""Ten scripts, and words in each. The words are made of syllables and mean nothing."""

from functools import cache
from typing import NamedTuple

from tests.benchmarks.realistic.dice import Dice

WORDS = 3_000
"""How many words each script has."""


class Script(NamedTuple):
    """How a language is written.

    - ``language``: one that is written so, as BCP 47. None: the language of the site.
    - ``parts``: each syllable takes one of each.
    - ``between``, ``stop``: what stands between two words, and at the end of a sentence.
    """

    language: str | None
    parts: tuple[str, ...]
    between: str = " "
    stop: str = "."


def _from(first: str, count: int) -> str:
    """Return ``count`` letters in Unicode's order."""
    return "".join(chr(ord(first) + step) for step in range(count))


LATIN = Script(None, ("bdlmnrtv", "aeiou"))

SCRIPTS = (
    LATIN,
    Script("ru", ("бвдлмнрст", "аеиоуя")),
    Script("el", ("βγδζκλμνπρτφ", "αειου")),
    Script("ar", ("بتجحدرسعفقكلمنه", "اوي"), stop="."),
    Script("he", ("בגדהזחטכלמנספקרשת", "אוי")),
    Script("hi", ("कखगचजतदनपबमरलवसह", "ािीुेो"), stop="।"),
    Script("bn", ("কখগচজতদনপবমরলসহ", "ািীুেো"), stop="।"),
    Script("th", ("กขคงจชดตนบปพมยรลวสห", "าิีุู"), between=""),
    Script("zh", (_from("一", 900),), between="", stop="。"),
    Script("ko", (_from("가", 900),)),
)


@cache
def words_of(script: Script) -> tuple[str, ...]:
    """Return the words of a script, the usual ones first: they are the shorter ones."""
    dice, found = Dice(WORDS), dict[str, None]()
    while len(found) < WORDS:
        length = 1 + len(found) // (WORDS // 3) + dice.number(0, 1)
        found["".join(dice.one(part) for _ in range(length) for part in script.parts)] = None
    return tuple(found)


def sentence(dice: Dice, script: Script, words: int) -> str:
    """Return so many words of a script, with a capital at the beginning where there are any."""
    said = script.between.join(dice.several(words_of(script), words))
    return said[:1].upper() + said[1:]


def name(dice: Dice, script: Script) -> str:
    """Return a name: of a person or a place."""
    return dice.usual(words_of(script)).capitalize()


def script_of(dice: Dice) -> Script:
    """Return a script. More than half of all entries are in Latin letters."""
    return LATIN if dice.happens(0.55) else dice.one(SCRIPTS)
