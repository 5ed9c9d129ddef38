"""The entries of a realistic almanac, one after the other, as trees."""

from collections.abc import Iterator
from typing import Any

from tests.benchmarks.realistic import dates
from tests.benchmarks.realistic.dates import When
from tests.benchmarks.realistic.dice import Dice
from tests.benchmarks.realistic.documents import Shelf, Volume
from tests.benchmarks.realistic.scripts import LATIN, Script, name, script_of, sentence, words_of

SEED = 22

Tree = dict[str, Any]
"""An entry, as a line of JSON Lines holds it."""

_KINDS = ("event",) * 14 + ("birth", "birth", "birth", "death", "death", "marriage")

_TONES = ("neutral",) * 8 + ("solemn", "solemn", "festive")

_YOUNGEST = 1910
"""Who was born later may be living."""


def entries(count: int, seed: int = SEED) -> Iterator[Tree]:
    """Yield ``count`` entries. Ten fall on SPECIAL, the others on other days."""
    for made in stream(count, seed):
        if not isinstance(made, Volume):
            yield made


def stream(count: int, seed: int = SEED) -> Iterator[Tree | Volume]:
    """Yield ``count`` entries, and between them the texts that they cite, each when it is full."""
    dice, shelf = Dice(seed), Shelf()
    for number in range(count):
        yield _entry(dice, shelf, number)
        if shelf.is_full():
            yield shelf.taken()
    if not shelf.is_empty():
        yield shelf.taken()


def _entry(dice: Dice, shelf: Shelf, number: int) -> Tree:
    """Return an entry. Like a person, it leaves out what there is nothing to say of."""
    when = dates.special(number) if number < 10 else dates.when(dice)
    script = script_of(dice)
    told = _told(dice, script)
    kind = "holiday" if "rule" in when.keys else dice.one(_KINDS)
    return {
        "id": f"{'-'.join(dice.several(words_of(LATIN), 2))}-{number}",
        **when.keys,
        "kind": kind,
        **told,
        "tags": _tags(dice),
        "tone": dice.one(_TONES),
        "sources": shelf.sources(dice, f"{when.keys['date']}: {' '.join(told.values())}"),
        **({"language": script.language} if script.language else {}),
        **_rare(dice, shelf, script, when),
        **_of_a_birth(dice, kind, when),
    }


def _told(dice: Dice, script: Script) -> dict[str, str]:
    """Return the title of an entry, and most often a summary and a place."""
    told = {"title": f"{sentence(dice, script, 2 + dice.small(14))} {name(dice, script)}"}
    if summary := _summary(dice, script):
        told["summary"] = summary
    if dice.happens(0.6):
        told["place"] = name(dice, script)
    return told


def _summary(dice: Dice, script: Script) -> str:
    """Return a summary: none, a sentence or two, and for one in a hundred a long text."""
    if dice.happens(0.2):
        return ""
    count = 20 + dice.small(80) if dice.happens(0.01) else 1 + dice.small(7)
    told = (f"{sentence(dice, script, 5 + dice.small(24))}{script.stop}" for _ in range(count))
    return (" " if script.between else "").join(told)


def _tags(dice: Dice) -> list[str]:
    """Return up to five tags."""
    return list(dict.fromkeys(dice.several(words_of(LATIN)[:1500], dice.small(6))))


def _rare(dice: Dice, shelf: Shelf, script: Script, when: When) -> Tree:
    """Return what few entries have."""
    found: Tree = {}
    if dice.happens(0.05):
        found["accounts"] = [_account(dice, shelf, script, when)]
    if dice.happens(0.02):
        found["brief"] = f"{sentence(dice, script, 8)}{script.stop}"
    if dice.happens(0.01):
        found["featured"] = True
    if dice.happens(0.005):
        found["corrections"] = [_correction(dice, script)]
    if when.to_the_day and dice.happens(0.01):
        found["languages"] = {"it": {"title": sentence(dice, LATIN, 6)}}
    return found


def _account(dice: Dice, shelf: Shelf, script: Script, when: When) -> Tree:
    """Return an account. Each document gives another answer, and some another date."""
    answers = []
    for number in range(2 + dice.small(4)):
        answer = {"says": f"{dice.number(1, 900)} {sentence(dice, script, 4)}", **shelf.book(dice)}
        if number and when.year > 0 and dice.happens(0.2):
            answer["date"] = f"{when.year:04}"
        answers.append(answer)
    return {"question": f"{sentence(dice, script, 4)}?", "answers": answers}


def _correction(dice: Dice, script: Script) -> Tree:
    """Return a correction of 2025."""
    was, now, why = (f"{sentence(dice, script, 8)}{script.stop}" for _ in range(3))
    return {"on": f"2025-{dice.number(1, 12):02}-02", "was": was, "now": now, "why": why}


def _of_a_birth(dice: Dice, kind: str, when: When) -> Tree:
    """Return why a late birth is published. For one in ten nothing is known, so it is not."""
    if kind != "birth" or when.year < _YOUNGEST or dice.happens(0.1):
        return {}
    return {"living": "public figure"} if dice.happens(0.3) else {"died": True}
