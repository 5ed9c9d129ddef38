"""The words of dates as people type them into a field, in eight languages and in GEDCOM.

The languages are English, German, French, Italian, Spanish, Portuguese, Dutch and Russian. Of
Arabic, only the months and "BC" are here. In a field nobody says which language it is, so the words
of all of them stand together. All are in small letters. GEDCOM is the format of
programs for family history (gedcom.io, "Date").

Why not the words of drafts/languages: those find dates in running text, where one language is
known, and this room stands below that one.

Used by typed_dates.py.
"""

import re


def numbered(*names: str) -> dict[str, int]:
    """Return names with the numbers of their months. Names of one month have ``|`` between them."""
    return {
        name: number
        for listed in names
        for number, same in enumerate(listed.split(), 1)
        for name in same.split("|")
        if name != "-"
    }


MONTHS = numbered(
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug"
    " september|sep|sept october|oct november|nov december|dec",
    "januar|jänner|jaenner februar|feber märz|maerz|mrz - mai juni juli - - oktober|okt -"
    " dezember|dez",
    "janvier|janv février|fevrier|févr|fevr|fév|fev mars avril|avr - juin juillet|juil août|aout"
    " septembre octobre novembre décembre|decembre|déc",
    "gennaio|gen febbraio|febbr marzo aprile maggio|mag giugno|giu luglio|lug agosto|ago"
    " settembre|sett|set ottobre|ott novembre dicembre|dic",
    "enero|ene febrero - abril|abr mayo junio julio - septiembre|setiembre octubre noviembre"
    " diciembre",
    "janeiro fevereiro março|marco - maio junho julho - setembro outubro|out novembro dezembro",
    "januari februari maart|mrt - mei - - augustus - - - -",
    "января|январь|янв февраля|февраль|фев|февр марта|март|мар апреля|апрель|апр мая|май"
    " июня|июнь|июн июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент"
    " октября|октябрь|окт ноября|ноябрь|ноя|нояб декабря|декабрь|дек",
    "يناير فبراير|شباط مارس|آذار أبريل|ابريل|إبريل|نيسان مايو|أيار يونيو|حزيران يوليو|تموز"
    " أغسطس|اغسطس|آب سبتمبر|أيلول أكتوبر|اكتوبر نوفمبر ديسمبر",
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
)

SEASONS = {
    name: number
    for number, listed in {
        21: "spring frühling frühjahr printemps primavera lente voorjaar весна весной",
        22: "summer sommer été estate verano verão zomer лето летом",
        23: "autumn fall herbst automne autunno otoño outono herfst najaar осень осенью",
        24: "winter hiver inverno invierno зима зимой",
    }.items()
    for name in listed.split()
}


def one_of(listed: str) -> str:
    """Return a pattern for words that have ``, `` between them. The longest comes first."""
    names = sorted(listed.split(", "), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", " ?") for name in names) + ")"


LEADING = one_of(
    "nel, nell', no dia, el día, no, "
    "on, the, dated, am, den, der, le, il, el, em, op, monday, tuesday, wednesday, "
    "thursday, friday, saturday, sunday, mon, tue, wed, thu, fri, sat, sun, montag, dienstag, "
    "mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag, lundi, mardi, mercredi, jeudi, "
    "vendredi, samedi, dimanche, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, "
    "lunes, martes, miércoles, jueves, viernes, sábado, domingo, maandag, dinsdag, woensdag, "
    "donderdag, vrijdag, zaterdag, zondag, im jahre, im jahr, im, in, year, anno, en, w, в"
)
"""Words before a date that say nothing about it."""

ABOUT = one_of(
    "c, c., ca, ca., cca, circa, about, around, approx, approx., approximately, abt, "
    "abt., cal, cal., "
    "est, est., calculated, estimated, roughly, on or about, ~, um, etwa, ungefähr, gegen, zirka, "
    "vers, environ, env., verso, intorno al, circa il, hacia, alrededor de, cerca de, c/, "
    "por volta de, aproximadamente, omstreeks, ongeveer, rond, около, ок., примерно, приблизительно"
)
PERHAPS = one_of(
    "?, perhaps, possibly, probably, maybe, int, int., wohl, vermutlich, vielleicht, "
    "wahrscheinlich, "
    "peut-être, probablement, sans doute, forse, probabilmente, quizás, quizá, probablemente, "
    "tal vez, talvez, provavelmente, misschien, waarschijnlijk, vermoedelijk, вероятно, возможно"
)
QUARTER = one_of("quarter, quartal, trimestre, kwartaal, квартал, квартала")
HALF = one_of("half, halbjahr, hälfte, semestre, halfjaar, полугодие")
ORDINAL = r"(?:st|nd|rd|th|er|e|ème|eme|\.|º|°|-?й|-?е)?"
"""What stands after a number that says which one."""

LOOSELY_BEFORE = one_of("bef, bef.")
LOOSELY_AFTER = one_of("aft, aft.")
"""GEDCOM's words. They are said loosely, so the day or year itself is not left out."""

BEFORE = one_of(
    "before, prior to, shortly before, vor, vor dem, kurz vor, avant, avant le, "
    "prima del, prima di, "
    "antes de, antes del, antes do, antes da, voor, vóór, до"
)
AFTER = one_of(
    "after, shortly after, later than, nach, nach dem, kurz nach, après, après le, dopo, dopo il, "
    "dopo il, después de, después del, depois de, depois do, na, после"
)
BY = one_of(
    "by, until, till, to, not later than, no later than, not after, on or before, bis, bis zum, "
    "spätestens, nicht nach, jusqu'en, jusqu'au, au plus tard, fino al, entro il, entro, hasta, "
    "hasta el, até, tot, uiterlijk, не позднее, по"
)
SINCE = one_of(
    "since, from, not before, no earlier than, not earlier than, on or after, ab, seit, von, "
    "frühestens, depuis, depuis le, à partir de, dal, da, desde, desde el, a partir de, vanaf, "
    "sinds, с, начиная с, не ранее"
)
BETWEEN = one_of(
    "between, bet, bet., btw, btw., betw, betw., zwischen, zwischen dem, entre, "
    "entre le, tra, tra il, "
    "fra, fra il, entre el, tussen, между"
)
AND = one_of("and, und, und dem, et, et le, e, e il, ed il, y, y el, en, и, &, +, -")
FROM = one_of("from, von, vom, de, du, dal, da, del, desde, desde el, van, с, со")
TO = one_of(
    "to, till, until, through, thru, bis, bis zum, à, au, al, a, hasta, hasta el, até, "
    "ao, tot, t/m, "
    "tot en met, по, до, .., -"
)
OR = one_of("or, oder, ou, o, of, или, /")
BOTH = one_of("and, und, et, e, y, en, и, &, +")

OF = r"(?:of|de|di|del|do|d'|des|van|der)?"
YEAR_WORD = r"(?: ?(?:г\.?|года?|году|гг\.?))?"
BEFORE_CHRIST = one_of(
    "bc, bce, b.c., b.c.e., v. chr., v. chr, v.chr., vor christus, av. j.-c., av. j.c., "
    "avant j.-c., "
    "a. c., a.c., a. c, avanti cristo, antes de cristo, до н. э., до н.э., "
    "ق. م., ق.م., ق.م, قبل الميلاد"
)
AFTER_CHRIST = one_of(
    "ad, ce, a.d., c.e., n. chr., n. chr, n.chr., nach christus, apr. j.-c., ap. j.-c., "
    "d. c., d.c., "
    "dopo cristo, después de cristo, н. э., н.э."
)
NEW_STYLE = one_of(
    "n.s., ns, n. s., (n.s.), (ns), new style, (new style), gregorian, (gregorian), n. st., n.st., "
    "neuen stils, nouveau style, н. ст., (н. ст.), нового стиля, по новому стилю"
)
FIRST = one_of("first, erster, ersten, premier, primo, primero, primeiro, eerste, первое, первого")
"""The number of a month's first day, written as a word."""
EARLIER = one_of(
    "or before, or earlier, or sooner, oder früher, oder davor, ou avant, ou plus tôt, o prima, "
    "o antes, ou antes, of eerder, или ранее, или раньше"
)
LATER = one_of(
    "or after, or later, onwards, oder später, oder danach, ou après, ou plus tard, o dopo, "
    "o después, ou depois, of later, или позже, или позднее"
)
JULIAN = one_of(
    "o.s., os, o. s., old style, (o.s.), (os), (old style), julian, (julian), a. st., "
    "a.st., (a. st.), "
    "alten stils, (alten stils), julianisch, (julianisch), v. st., vieux style, ancien style, "
    "stile antico, stile giuliano, giuliano, estilo antiguo, juliano, (juliano), estilo antigo, "
    "oude stijl, o.st., juliaans, ст. ст., (ст. ст.), ст.ст., по старому стилю, старого стиля, "
    "(ст. стиль), ст. стиль, du calendrier julien, (calendrier julien), calendrier julien, julien, "
    "(julien), (giuliano), calendario giuliano, calendario juliano, julianischer kalender"
)
CENTURY = re.compile(
    r"(?:the )?(?:(?P<nth>\d{1,2}) ?(?:st|nd|rd|th|\.|e|de|ste|ème|eme|º|°|-?й)?"
    r"|(?P<roman>[ivxх]{1,5})(?:e|ème)?)"
    r" (?:century|jahrhundert|jh\.?|jhdt\.?|siècle|s\.|secolo|sec\.|siglo|século|eeuw|век|в\.)"
    r"(?P<era> bce?| v\. chr\.)?"
    r"|(?:siglo|século|secolo|s\.|sec\.) (?P<latin>[ivx]{1,5})"
)
DECADE = re.compile(
    r"(?:(?:the|die|les|gli|anni|los|as|années|anni|años|anos|década de|décadas de"
    r"|de jaren|jaren) ){0,2}"
    r"(?P<decade>\d{3})0(?:'?s|-|-?er|er jahre|er-jahre|-е|-е годы|-х|-х годов)?"
)
FEASTS = {
    name: day
    for day, listed in {
        "01-01": "new year's day, new years day, neujahr, neujahrstag, jour de l'an, nouvel an, "
        "capodanno, año nuevo, ano novo, nieuwjaar, nieuwjaarsdag, новый год",
        "01-06": "epiphany, twelfth day, dreikönigstag, heilige drei könige, épiphanie, epifania, "
        "reyes, dia de reis, driekoningen",
        "02-02": "candlemas, lichtmess, lichtmeß, mariä lichtmess, chandeleur, "
        "candelora, candelaria",
        "03-25": "lady day, annunciation, mariä verkündigung, annonciation, annunciazione",
        "06-24": "midsummer day, st john's day, johannistag, saint-jean, san giovanni, san juan",
        "08-15": "assumption, mariä himmelfahrt, assomption, ferragosto, assunzione, asunción",
        "09-29": "michaelmas, michaelmas day, michaelis, michaelistag, saint-michel",
        "10-31": "halloween, hallowe'en, reformationstag",
        "11-01": "all saints' day, all saints day, all saints, allerheiligen, toussaint, "
        "ognissanti, "
        "todos los santos, todos os santos",
        "11-02": "all souls' day, all souls day, all souls, allerseelen, allerzielen",
        "11-11": "martinmas, martini, martinstag, armistice day, saint-martin",
        "12-06": "st nicholas day, nikolaustag, nikolaus, sinterklaas",
        "12-24": "christmas eve, heiligabend, heiliger abend, veille de noël, vigilia di natale, "
        "nochebuena, véspera de natal, kerstavond",
        "12-25": "christmas, christmas day, xmas, xmas day, weihnachten, weihnachtstag, "
        "erster weihnachtstag, 1. weihnachtstag, noël, noel, jour de noël, natale, navidad, "
        "día de navidad, natal, dia de natal, kerstmis, kerst, eerste kerstdag",
        "12-26": "boxing day, st stephen's day, stephanstag, zweiter weihnachtstag, "
        "2. weihnachtstag, santo stefano, tweede kerstdag",
        "12-31": "new year's eve, new years eve, silvester, saint-sylvestre, san silvestro, "
        "nochevieja, oudejaarsavond",
    }.items()
    for name in listed.split(", ")
}
"""Feasts that have the same day every year. Russian Christmas is not here: it has two days."""
