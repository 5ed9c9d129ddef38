"""The names of months, weekdays and Easter, as files of `calendar(1)` write them.

In such a file, ``LANG=`` says the language of the names. Many files name one and write in another,
so the names of all languages are known here together. No name of one language is that of another
month in another language.

Used by calendar_dates.py.
"""

from onthisday.dates.typed_words import MONTHS as TYPED_MONTHS
from onthisday.dates.typed_words import numbered

_OTHER_MONTHS = (
    (
        "siječanj|siječnja veljača|veljače ožujak|ožujka travanj|travnja svibanj|svibnja"
        " lipanj|lipnja srpanj|srpnja kolovoz|kolovoza rujan|rujna studeni|studenoga"
        " prosinac|prosinca"
    ),
    (
        "január február március április május június július augusztus szeptember október november"
        " december"
    ),
    (
        "січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт|кві"
        " травня|травень|трав|тра червня|червень|черв|чер липня|липень|лип серпня|серпень|серп|сер"
        " вересня|вересень|вер жовтня|жовтень|жовт|жов листопада|листопад|лист|лис"
        " грудня|грудень|груд"
    ),
    (
        "студзеня|студзень|сту лютага|люты|лют сакавіка|сакавік|сак красавіка|красавік|кра мая|май"
        " чэрвеня|чэрвень|чэр ліпеня|ліпень|ліп жніўня|жнівень|жні верасня|верасень|вер"
        " кастрычніка|кастрычнік|кас лістапада|лістапад|ліс снежня|снежань|сне"
    ),
)
"""Croatian, Hungarian, Ukrainian, Belarusian, and those that follow here.

The Croatian name of October is not here: ``listopad`` is November in Polish and Czech.
"""

_MORE_MONTHS = (
    "- - marts - maj - - - - - - -",
    "- - mars - maj - - augusti - - - -",
    (
        "stycznia|styczeń lutego|luty marca|marzec kwietnia|kwiecień maja czerwca|czerwiec"
        " lipca|lipiec sierpnia|sierpień września|wrzesień października|październik"
        " listopada grudnia|grudzień"
    ),
    (
        "ledna|leden února|únor března|březen dubna|duben května|květen června|červen"
        " července|červenec srpna|srpen září října|říjen listopadu prosince|prosinec"
    ),
    (
        "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu"
        " marraskuu joulukuu"
    ),
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "ianuarie februarie martie aprilie mai iunie iulie - septembrie octombrie noiembrie decembrie",
)
"""Danish, Swedish, Polish, Czech, Finnish, Turkish and Romanian: the words of their own."""

_WEEKDAYS = (
    (
        "monday|mon|montag|mo|lundi|lun|lunedì|lunes|segunda|maandag|ma|понедельник|пн|пнд|понеділок"
        "|ponedjeljak|pon|hétfő|hétfo"
    ),
    (
        "tuesday|tue|tues|dienstag|di|mardi|martedì|martes|terça|dinsdag|вторник|вт|втр|вівторок"
        "|utorak|uto|kedd"
    ),
    (
        "wednesday|wed|mittwoch|mi|mercredi|mercoledì|miércoles|quarta|woensdag|среда|ср|срд|середа"
        "|srijeda|sri|szerda"
    ),
    (
        "thursday|thu|thur|thurs|donnerstag|do|jeudi|giovedì|jueves|quinta|donderdag|четверг|чт|чтв"
        "|четвер|četvrtak|čet|csütörtök"
    ),
    (
        "friday|fri|freitag|fr|vendredi|venerdì|viernes|sexta|vrijdag|пятница|пт|птн|п'ятниця"
        "|petak|pet|péntek"
    ),
    (
        "saturday|sat|samstag|sonnabend|sa|samedi|sabato|sábado|zaterdag|суббота|сб|сбт|субота"
        "|subota|sub|szombat"
    ),
    (
        "sunday|sun|sonntag|so|dimanche|dim|domenica|domingo|zondag|воскресенье|вс|вск|неділя|нд|нядзеля|ндз"
        "|nedjelja|ned|vasárnap"
    ),
)

_NTH = {
    "first": "+1", "second": "+2", "third": "+3", "fourth": "+4", "fifth": "+5", "last": "-1",
}  # fmt: skip
"""The words that files put behind a weekday, or before it: ``SunSecond`` is ``Sun+2``."""


_LEAST = 3
"""Letters. A shorter beginning of a name of a month is no name."""

MONTHS = numbered(*_MORE_MONTHS, *_OTHER_MONTHS) | TYPED_MONTHS
"""The number of a month, by its name in small letters."""

WEEKDAYS = {name: day for day, names in enumerate(_WEEKDAYS) for name in names.split("|")}
"""The number of a weekday, 0 for Monday, by its name in small letters."""

EASTER = ("easter", "ostern", "pasen", "pâques", "pasqua", "pascua", "páscoa", "uskrs", "húsvét")
PASKHA = ("paskha", "пасха", "великдень", "вялікдзень")
"""What Easter and Orthodox Easter are called where the file does not say it."""

SKY = ("newmoon", "fullmoon", "equinox", "solstice", "chinesenewyear")
"""Parts of names of days that other versions of `calendar(1)` reckon from the sky."""


def month(word: str) -> int | None:
    """Return the number of the month that a word names. The word may be the beginning of a name.

    Return None if it names none, or if months of several languages begin so.
    """
    bare = word.lower().rstrip(".")
    if bare in MONTHS:
        return MONTHS[bare]
    found = {number for name, number in MONTHS.items() if name.startswith(bare)}
    return found.pop() if len(found) == 1 and len(bare) >= _LEAST else None


def weekday(word: str) -> tuple[int, str] | None:
    """Return the weekday that a word names, and what stands behind it: ``SunSecond`` is (6, "+2").

    Return None if it names none. The second part is empty if nothing is behind it.
    """
    bare = word.lower().rstrip(".")
    if bare in WEEKDAYS:
        return WEEKDAYS[bare], ""
    for name, nth in _NTH.items():
        rest = bare.removesuffix(name) if bare.endswith(name) else bare.removeprefix(name)
        if rest != bare and rest in WEEKDAYS:
            return WEEKDAYS[rest], nth
    return None
