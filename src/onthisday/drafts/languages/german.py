"""German: ``25. Februar 1956``."""

from onthisday.drafts.languages.language import NAMED, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

GERMAN = Language(
    code="de",
    months=numbered("januar februar märz april mai juni juli"
                    " august september oktober november dezember")
           | {"jänner": 1, "feber": 2, "maerz": 3},
    short=numbered("jan feb mrz apr mai jun jul aug sep okt nov dez") | {"sept": 9},
    old=LATIN
        | numbered("jenner hornung merz aprill may juny july augst september october"
                   " november december")
        | numbered("januarius februarius märtz aprillis mey junius julius augustus septbr octbr"
                   " novbr decbr")
        | numbered("jän febr mär aprl mai brachmonat heumonat augstmonat herbstmonat weinmonat")
        | numbered("jänn hornungs mertz apr mai brachmond heumond augustmonat septemb octob novemb"
                   " decemb")
        | {"sept": 9, "okt": 10, "oct": 10, "dec": 12, "oktbr": 10, "dezbr": 12,
           "christmonat": 12},
    frequent=words("der die und den von zu das mit dem des im ist auf für eine wurde ein einer"
                   " einem einen nicht sich auch als bei nach aus am zum zur vom er sie wir ich"
                   " war hat werden an so wie nur noch herr in um über bis durch"),
    seasons={"frühling": 21, "frühjahr": 21, "sommer": 22, "herbst": 23, "winter": 24},
    days={
        "am nächsten tag": 1, "am folgenden tag": 1, "am tag darauf": 1, "am nächsten morgen": 1,
        "am selben tag": 0, "am gleichen tag": 0, "an diesem tag": 0,
        "am vortag": -1, "am tag davor": -1,
    },
    years={"im selben jahr": 0, "im gleichen jahr": 0, "im folgenden jahr": 1,
           "im nächsten jahr": 1, "im jahr darauf": 1, "im vorjahr": -1},
    numbers=numbered("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", 2),
    capitals=True,
    spelled={
        stem + ending: day
        for stem, day in numbered(
            "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft"
            " zwölft dreizehnt vierzehnt fünfzehnt sechzehnt siebzehnt achtzehnt"
            " neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst"
            " dreiundzwanzigst vierundzwanzigst fünfundzwanzigst"
            " sechsundzwanzigst siebenundzwanzigst achtundzwanzigst"
            " neunundzwanzigst dreißigst einunddreißigst"
        ).items()
        for ending in ("e", "en", "er")
    },
    of_spelled=r"\s",
    ordinal=r"\.|(?:s?te[nrms]?|t)\.?",
    of_month=r"(?:Tage?\s)?des\sMonats",
    of_year=r"des\s(?i:jahre?s)|im\sJahre?|(?i:anno)|A[o°]\.?",
    joins=r"und|bis(?:\szum)?|oder|auf(?:\sden)?|zum",
    until=r"bis",
    between=phrases("zwischen"),
    about=phrases("ca., circa, etwa, um, gegen, ungefähr"),
    leads_in=phrases(
        "im, in, seit, bis, von, vom, nach, vor, ab, um, und, zwischen, jahr, "
        "jahre, jahres, anfang, mitte, ende, zum"
    ),
    surely=words("in seit während bis jahr jahre"),
    in_the_year=phrases("anno, anno domini, im jahre, im jahr, ao., a°"),
    in_year=r"im\sJahre?",
    before_christ=r"v\.\s?Chr\.?|v\.\s?u\.\s?Z\.?",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|n\.\s?Chr\.?",
    counts=r"Mann|Männer|Soldaten|Frauen|Menschen|Kinder|Tote|Personen|Einwohner|Reiter|Arbeiter|Juden"
           r"|Gefangene|Exemplare|Mark|Gulden|Th?aler|Franken|Delegierte|Mitglieder|Häftlinge|Flüchtlinge"
           r"|Verletzte|Verwundete|Tonnen|Meter|Kilometer|Schiffe|Flugzeuge|Panzer|Demonstranten|Studenten"
           r"|Bürger|Bauern|Bergleute|Pferde|Häuser|Seelen|Zuschauer|Gäste|Russen|Franzosen|Preußen|Stück",
    numbered=r"nrn?|nr[oo]s?|nos?|nummern?|№|#|n[°º]|bde?|b[aä]nde?|s|ss|seiten?|bl|bll"
             r"|bl[aä]tt(?:er)?|fol|folio|hefte?s?|h|kap|kapiteln?|kapitels|art|artikeln?|§{1,2}"
             r"|abb|abbildung(?:en)?|taf|tafeln?|tab|tabellen?|kartons?|kisten?|mappen?|akten?"
             r"|fasz|faszikel|lfg|lieferung|folgen?|teile?|zimmer|raum|haus|blocks?|saal|gleis"
             r"|zelle|klasse|typ|zug|linie|flug|schachteln?|bündel|konvolut|stücke?|dok"
             r"|dokumente?|anlagen?|ziff|ziffern?|abs|absatz|zeilen?|verse?|psalm|jg|jahrgang"
             r"|ausgabe|fach|regal|sp|spalten?|anm|anmerkung|fußnote|stufe|phase|woche|zone"
             r"|sektor|bezirk|baracke|formel|u-boot|apollo|inv|sign|signatur|op|opus|bus|tram"
             r"|straßenbahn|mss?|hss?|handschrift|cod|codex|rolle|grab|schacht|höhe|kilometer"
             r"|szene|akt|sinfonie|symphonie|sonate|version|objekt|bett|platz|wagen|waggon|az|ref"
             r"|kat|weltkrieg|paragraph|regel|frage|staffel|kanal|übung|lektion",
    named=NAMED + r"|lager|regiment|bataillon|division|kompanie|staffel|befehl|gesetz|runde|spiel",
    before_day=words("am im in zu bei von vom aus nach an ab bis seit den dem der die das und"
                     " um montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
                     " mo di mi do fr sa so geboren gestorben getauft begraben verheiratet"
                     " gefallen gegründet eröffnet erschienen gegeben geschehen datiert"),
    feasts={
        "weihnachten": "12", "heiligabend": "12-24", "heiliger abend": "12-24",
        "heiligen abend": "12-24", "ersten weihnachtstag": "12-25",
        "ersten weihnachtsfeiertag": "12-25", "erster weihnachtstag": "12-25",
        "zweiten weihnachtstag": "12-26", "zweiten weihnachtsfeiertag": "12-26",
        "zweiter weihnachtstag": "12-26", "christtag": "12-25",
        "stefanitag": "12-26", "silvester": "12-31", "sylvester": "12-31",
        "silvesterabend": "12-31", "neujahr": "01-01", "neujahrstag": "01-01",
        "dreikönigstag": "01-06", "dreikönige": "01", "mariä lichtmess": "02-02",
        "mariä lichtmeß": "02-02", "lichtmess": "02-02", "lichtmeß": "02-02",
        "mariä verkündigung": "03", "johannistag": "06-24", "johanni": "06",
        "johannis": "06", "peter und paul": "06-29", "mariä himmelfahrt": "08-15",
        "michaelistag": "09-29", "michaelstag": "09-29", "michaelis": "09",
        "michaeli": "09", "reformationstag": "10-31", "allerheiligen": "11-01",
        "martinstag": "11-11", "martini": "11", "andreastag": "11-30", "nikolaustag": "12-06",
    },
    not_the_feast=r"(?:vorabend|vigil|oktav|woche)(?:\s(?:von|vor|zu|des|der|nach))?"
                  r"|kloster|stift|kirche|tage?s?\s(?:von|vor|nach)"
                  r"|(?:orthodox|russisch|chinesisch|jüdisch|alt|griechisch|serbisch|koptisch)e[snmr]?",
    century=r"(?P<nth>\d{1,2})\.\sJahrhunderts?",
    decade=r"(?P<decade>\d{3}0)er|(?P<short>\d0)er\sJahren?",
    days_later=r"(?P<count>\d{1,3}|[a-zäöüß]{1,15})\stage\s(?:später|danach|(?P<back>zuvor|früher))",
    reformed=(1701, 1, 12),
    links=words("am dem den der des im montag dienstag mittwoch donnerstag freitag samstag"
                " sonnabend sonntag noch"),
    sides=phrases("vor, nach, seit, bis, bis zum"),
    bounds=phrases("mindestens, allerfrühestens, ab, von, zwischen, spätestens, frühestens"
                   ", nicht später als, nicht früher als, nicht vor, später als, früher als"
                   ", beginnend, bis zu, bis spätestens, binnen, nacht auf, nacht zum, zum"
                   ", vorabend, woche, tag vor, tag nach, spätestens bis, nicht, nicht am"
                   ", innerhalb, wirkung vom, rund um, fällig, tags zuvor, ehe, geplant für"
                   ", angesetzt für, früher als am, später als am"),
    onward=words("an ab"),
    bounds_after=phrases("oder früher, oder später, oder davor, oder danach"
                         ", oder kurz danach, oder kurz davor, spätestens, frühestens, vorher"
                         ", nachher"),
    ends=phrases("bis, bis zum"),
    then=phrases("dann, danach, an diesem tag, an diesem tage, daraufhin, sodann, hierauf"
                 ", an jenem tag, in dieser nacht"),
    of=words("vom von"),
    hedges=phrases("wohl, vermutlich, wahrscheinlich, vielleicht, angeblich, möglicherweise"
                   ", mutmaßlich, anscheinend, vmtl, vermutl, verm, wahrsch, evtl, eventuell"
                   ", soll, sollen, dürfte, dürften, scheint, es heißt, heißt es, man sagt"
                   ", überlieferung nach, scheinbar, offenbar, sage nach, legende nach"
                   ", so sagt man, nicht sicher, könnte, höchstwahrscheinlich, womöglich"
                   ", anschein nach, nach anderen angaben, laut überlieferung, müsste"
                   ", man vermutet, man nimmt an, vermutet, fragl, nach einigen, ungewiss )"
                   ", unsicher ), fraglich ), unklar ), zweifelhaft ), ist unsicher"
                   ", ist ungewiss, ist unklar"),
    ands=words("und aber doch"),
    either=phrases("oder, oder am, oder den, oder dem, beziehungsweise, bzw, respektive"
                   ", oder erst am"),
    spans=phrases("bis, bis zum, bis den, bis am, auf, auf den, zum"),
    night=words("nacht nachts nächte"),
    in_calendar=r"(?i:nach(?:\sde[mr])?|im|des|in\sder)",
    old_style=r"(?i:a\.\s?St\b\.?|alte[nmrs]?\s(?:Stil(?:s|es)?|Kalenders?|Zeitrechnung)\b"
              r"|julianische[nmrs]?\s(?:Kalenders?|Zeitrechnung|Stils?|Datums?)\b|julianisch\b"
              r"|jul\.(?=[)\],/]))",
    new_style=r"(?i:n\.\s?St\b\.?|neue[nmrs]?\s(?:Stil(?:s|es)?|Kalenders?|Zeitrechnung)\b"
              r"|gregorianische[nmrs]?\s(?:Kalenders?|Zeitrechnung|Stils?|Datums?)\b"
              r"|gregorianisch\b|greg\.(?=[)\],/]))",
    birth=r"geboren|gebürtig|geb\.(?=\s?\d|\s(?:am|in|zu)\b)|Geburt(?:stag|sdatum)?|(?:kam|kommt)\s(?:\w+\s){0,8}?zur\sWelt"
          r"|zur\sWelt\s(?:kam|gekommen)",
    death=r"starb(?:en)?|stirbt|(?:ge|ver)storben\w{0,2}|verstarb|verstirbt|gest\.|verst\."
          r"|Tod(?:es)?(?:tag)?|verschied(?:en)?|entschlief|hingerichtet|ermordet",
    marriage=r"heiratete[nt]?|heiratet|verheiratete[nt]?|geheiratet|vermählt\w{0,3}|getraut"
             r"|ehelichte|Hochzeit|Trauung|Heirat|Eheschließung",
    is_born="{} wird geboren",
    dies="{} stirbt",
    typical=r"\d(?:(?<=\b\d)|(?<=\b\d\d))\.\s[A-ZÄÖÜ][a-zäöü]{2}",
    consulted=r"(?:zuletzt\s)?(?:abgerufen|aufgerufen|eingesehen|archiviert)(?:\svom\soriginal)?"
              r"(?:\sam|\svom)?|letzter\s(?:zugriff|abruf|aufruf)(?:\sam|\svom)?"
              r"|zugriff(?:\sam|\svom)|memento(?:\sdes\soriginals)?\svom|stand(?:\svom|\sam)?"
              r"|(?:(?:diese|die)\s)?seite\swurde\s(?:zuletzt\s)?"
              r"(?:geändert\s|bearbeitet\s|archiviert\s)?am"
              r"|(?:letzte|zuletzt)\s"
              r"(?:änderung|aktualisierung|bearbeitung|geändert|aktualisiert|bearbeitet)"
              r"(?:\sam|\svom)?|archivversion\svom",
    posted=r"(?:zuletzt\s)?"
           r"(?:veröffentlicht|erstellt|publiziert|aktualisiert|geändert|eingestellt|hochgeladen"
           r"|gepostet|gedruckt)(?:\sam)?|(?:online|beitrag)\s(?:seit|vom)"
           r"|heute(?:\sist)?(?:\sder)?",
)  # fmt: skip
