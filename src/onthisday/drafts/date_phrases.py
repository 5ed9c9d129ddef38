"""Take a date out of a sentence, so that what is left is still a sentence.

A date goes with the word that leads it in and with its weekday: "on Tuesday, 3 March 1874". It
stays if other words need it: "the treaty **of** 3 March 1874", "in the night **of** …", "from … to
…". In German and Dutch a sentence that begins with a date stays whole too: without it, the verb
would come first. Brackets that hold a date go as a whole.

`without_date` is called by titles.py.
"""

import re
from functools import cache
from typing import NamedTuple

from onthisday.drafts.languages.language import words


class _Words(NamedTuple):
    """Words of a language, with ``|`` between them.

    - ``on``: lead in a date that tells when: "on".
    - ``weekdays``: may stand beside it. They may have the article ``the`` after them.
    - ``bare``: a date may tell when without any word before it.
    - ``verb_second``: the verb comes second, so that a date at the beginning cannot go.
    """

    on: str
    weekdays: str
    the: str = ""
    bare: bool = False
    verb_second: bool = False


_WORDS = {
    "en": _Words(
        "on|upon|in|at|by|until|till|since|on this day|dated",
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu(?:rs?)?|fri|sat"
        "|sun",
        "the",
        bare=True,
    ),
    "de": _Words(
        "am|den",
        "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so",
        "dem|den|der",
        verb_second=True,
    ),
    "fr": _Words("le", "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche", "le"),
    "it": _Words(
        "il|l['’]|lo|in data", "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica", "il"
    ),
    "es": _Words(
        "el|el día|a|en", "lunes|martes|miércoles|jueves|viernes|sábado|domingo", "el|día"
    ),
    "pt": _Words(
        "em|a|aos?|no dia|ao dia",
        "(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|sábado|domingo",
        "dia",
    ),
    "nl": _Words(
        "op|den",
        "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag",
        "den",
        verb_second=True,
    ),
    "ru": _Words(
        "во?(?= \\w+,? ?$)",
        "понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье",
        bare=True,
    ),
}
_STAYS_AFTER = words(
    "of the a an from to and or after before between through night morning evening eve day week"
    " following preceding for with under than"
    " от на до с со по к ко после около между и или перед за вечер утро ночь день под"
)
"""Words right before a bare date that need it, in English and Russian."""

_SUBJECT = re.compile(r"\s(?:was|is|saw|marked|marks|became|brought|has|had|will|would)\b")
"""After a date at the beginning: the date itself is what the sentence is about."""
_JOINED = re.compile(
    r"\s?(?:[-–—/&,]|and|or|to|until|through|und|oder|bis|et|ou|au|e|o|al|y|a|ao|en|of|tot|и|или|по|до)?"
    r"\s?(?:(?:on|the|am|den|zum|dem|le|il|el|op|em)\s)?\d"
)
"""Another date stands right after this one, so that they belong together."""
_WORD = re.compile(r"\w\w")
_BRACKET = re.compile(r"[(\[][^()\[\]]{0,120}\Z")
_CLOSES = re.compile(r"[^()\[\]]{0,160}[)\]]")
_PLACE = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿа-яё][\w'’.-]*(?:\s(?:[^\W\d_a-zß-öø-ÿа-яё][\w'’.-]*|\w{1,4})){0,3}"
    r"|[\w.]{1,12}\s?\d{0,6}),|[\w ]{1,30}:"
)
"""A place, a number or a label before a date: "New York,", "No. 12,", "Signed:"."""


def without_date(text: str, start: int, end: int, language: str) -> tuple[str, str] | None:
    """Return what stands before and after the date ``text[start:end]``, without what goes with it.

    Return None if the date must stay.
    """
    bracket, closes = _BRACKET.search(text, 0, start), _CLOSES.match(text, end)
    if bracket and closes:
        return text[: bracket.start()].rstrip() + " ", text[closes.end() :]
    if _JOINED.match(text, end):
        return None
    lead = _lead(language).search(text, max(0, start - 60), start)
    begin = lead.start() if lead else start
    before, after = text[:begin], text[end:]
    if not _may_go(before, after, language, led_in=lead is not None):
        return None
    if after.startswith(",") and "," in text[begin:end]:
        after = after[1:]  # in "on March 3, 1874, they met" both commas are of the date
    return before, after


def is_dateline(text: str, start: int, end: int, language: str) -> bool:
    """Return True if a line has nothing but a date, and perhaps a place or a label before it."""
    if _WORD.search(text, end):
        return False
    lead = _lead(language).search(text, max(0, start - 60), start)
    before = text[: lead.start() if lead else start].strip(" #*")
    return not re.search(r"[^\W\d_]{2}", before) or bool(_PLACE.fullmatch(before))


def _may_go(before: str, after: str, language: str, *, led_in: bool) -> bool:
    spoken, closed = _WORDS[language], after[:1] in {*",:;.!?)–—-\n", ""}
    if not re.search(r"\w", before):
        return closed or not (spoken.verb_second or (not led_in and _SUBJECT.match(after)))
    told = before.rstrip()
    if led_in or told[-1] in ",:;–—-.|\t*#(" or "\n" in before[len(told) :]:
        return True
    last = re.findall(r"\w+", before[-40:])[-1].lower()
    return spoken.bare and last not in _STAYS_AFTER


@cache
def _lead(language: str) -> re.Pattern[str]:
    """Return a pattern for what goes with a date before it: "on Tuesday, the "."""
    spoken = _WORDS[language]
    the = rf"(?:(?:{spoken.the})\s{{1,3}})?" if spoken.the else ""
    weekday = rf"(?:{spoken.weekdays})\.?,?\s{{1,3}}"
    on = rf"(?:\b(?:{spoken.on})(?:\s{{1,3}}|(?<=['’])))"
    return re.compile(rf"(?:{on}{the}(?:{weekday}{the})?|\b{weekday}{the})\Z", re.IGNORECASE)
