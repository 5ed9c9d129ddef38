"""Dutch: ``25 februari 1956``."""

from onthisday.drafts.languages.language import NAMED, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

DUTCH = Language(
    code="nl",
    months=numbered("januari februari maart april mei juni juli"
                    " augustus september oktober november december"),
    short=numbered("jan feb mrt apr mei jun jul aug sep okt nov dec") | {"sept": 9},
    old=LATIN
        | numbered("louwmaand sprokkelmaand lentemaand grasmaand bloeimaand zomermaand hooimaand"
                   " oogstmaand herfstmaand wijnmaand slachtmaand wintermaand")
        | numbered("januari februari meert april mey juny july oogst september october")
        | numbered("jan febr maert april meij juni juli augs septemb octob novemb decemb"),
    frequent=words("het een van de en dat te zijn op met voor niet werd door bij in is was aan den"
                   " als ook uit naar om er hij ze der heer over tot wordt"),
    seasons={"lente": 21, "voorjaar": 21, "zomer": 22, "herfst": 23, "najaar": 23, "winter": 24},
    days={
        "de volgende dag": 1, "de dag daarna": 1, "de dag erna": 1, "dezelfde dag": 0,
        "die dag": 0, "de vorige dag": -1, "de dag ervoor": -1,
    },
    years={"hetzelfde jaar": 0, "dat jaar": 0, "het volgende jaar": 1, "het jaar daarna": 1,
           "het jaar daarvoor": -1},
    numbers=numbered("twee drie vier vijf zes zeven acht negen tien elf twaalf", 2),
    spelled=numbered("eerste tweede derde vierde vijfde zesde zevende achtste negende"
                     " tiende elfde twaalfde dertiende veertiende vijftiende zestiende"
                     " zeventiende achttiende negentiende twintigste eenentwintigste"
                     " tweeëntwintigste drieëntwintigste vierentwintigste"
                     " vijfentwintigste zesentwintigste zevenentwintigste"
                     " achtentwintigste negenentwintigste dertigste eenendertigste"),
    of_spelled=r"\s",
    ordinal=r"s?te[n]?|de[n]?|en?",
    of_month=r"(?:dag\s)?van(?:\sde\smaand)?",
    of_year=r"van|(?i:anno)|(?:in|van)\shet\sjaar(?:\sonzes\sHeren)?",
    joins=r"en|tot(?:\sen\smet)?|of|op|t/m",
    until=r"tot|tot\sen\smet",
    between=phrases("tussen"),
    about=phrases("circa, rond, omstreeks, ongeveer, ca."),
    leads_in=phrases(
        "in, sinds, tot, van, na, voor, vanaf, rond, jaar, jaren, en, tussen, "
        "begin, eind, medio"
    ),
    surely=words("in sinds jaar"),
    in_the_year=phrases("anno, het jaar"),
    in_year=r"in",
    before_christ=r"v\.\s?Chr\.?",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|n\.\s?Chr\.?",
    counts=r"man|mannen|soldaten|vrouwen|mensen|kinderen|doden|personen|inwoners|arbeiders|ruiters"
           r"|gulden|exemplaren|ton|meter|kilometer|afgevaardigden|leden|gewonden|gevangenen|joden"
           r"|Joden|Duitsers|Fransen|paarden|schepen|vliegtuigen|huizen|zielen|studenten|vluchtelingen"
           r"|vrijwilligers|toeschouwers|slaven",
    numbered=r"nrs?|nos?|nummers?|n[°º]|№|#|vol|dl|dln|del?en|deel|band(?:en)?|blz|bl|pp?|pag"
             r"|pagina['’]?s?|f|ff|fol|folio|dozen|doos|mapp?en|map|inv|inventaris"
             r"|inventarisnummers?|stuk(?:ken)?|hoofdstuk(?:ken)?|hfst|arts?|artikel(?:en)?"
             r"|§{1,2}|afb|afbeelding(?:en)?|tabel(?:len)?|kamer|zaal|lokaal|kaart(?:en)?"
             r"|blad(?:en)?|afleveringe?n?|afl|jaargang|jrg|boek(?:en)?|docs?|document(?:en)?"
             r"|dossiers?|pak(?:ken)?|omslag(?:en)?|perron|spoor|cel|wagon|blok|lijn|type|klasse"
             r"|fase|etappe|week|psalm(?:en)?|vers(?:en)?|bijlagen?|noten?|noot|vlucht|formule"
             r"|apollo|opus|bus|tram|trein|zone|sector|wijk|katern|register|regel|mss?|hs"
             r"|handschrift|rol|graf|ref|scène|symfonie|sonate|versie|object|bed|stoel|rijtuig"
             r"|clausule|paragraaf|par|vraag|kanaal|les",
    named=NAMED,
    before_day=words("op in te bij van uit naar tot vanaf sinds de het den der en om rond voor"
                     " na maandag dinsdag woensdag donderdag vrijdag zaterdag zondag geboren"
                     " overleden gestorven gedoopt begraven getrouwd gehuwd opgericht"
                     " gesneuveld gedaan"),
    feasts={
        "eerste kerstdag": "12-25", "tweede kerstdag": "12-26", "kerstmis": "12",
        "kerstavond": "12-24", "oudejaarsavond": "12-31", "oudejaarsdag": "12-31",
        "nieuwjaarsdag": "01-01", "driekoningen": "01-06", "allerheiligen": "11-01",
        "hervormingsdag": "10-31", "sint-jan": "06", "sint-maarten": "11",
    },
    not_the_feast=r"(?:vooravond|octaaf|week)\svan|dag\s(?:na|voor|vóór)"
                  r"|(?:orthodox|russisch|chinees|joods|oud)e?",
    century=r"(?P<nth>\d{1,2})(?:e|ste|de)\seeuw",
    decade=r"(?<=\bjaren.)(?P<decade>\d{3}0)|(?:(?<=\bjaren.)|(?<=\bjaren.[’']))(?P<short>\d0)",
    days_later=r"(?P<count>\d{1,3}|[a-z]{1,15})\sdagen\s(?:later|(?P<back>eerder))",
    reformed=(1701, 5, 12),
    links=words("op de den het maandag dinsdag woensdag donderdag vrijdag zaterdag zondag dag nog"),
    sides=phrases("voor, vóór, na, sinds, sedert, tot, kort voor, kort na"),
    bounds=phrases("ten minste, minstens, vanaf, tussen, uiterlijk, niet later dan, later dan"
                   ", vroeger dan, tot en met, eerder dan, ten laatste, op zijn vroegst"
                   ", op zijn laatst, op z'n laatst, niet voor, daags na, daags voor, vooravond"
                   ", vooravond van, week van, week, nacht op, t / m, met ingang van, rond"
                   ", omstreeks, tot aan, binnen, tegen, per, ná, ten vroegste, voorafgaand aan"
                   ", volgend op, niet, in de loop van, gepland voor"),
    onward=words("af"),
    bounds_after=phrases("op zijn laatst, op z'n laatst, op zijn vroegst, of eerder, of later"
                         ", of daarvoor, of daarna, ongeveer, of kort daarna, uiterlijk"
                         ", ten laatste, of daaromtrent"),
    ends=phrases("tot, tot aan"),
    then=phrases("toen, daarna, vervolgens, die dag, op die dag, hierna, daarop, die nacht"),
    of=words("van"),
    hedges=phrases("waarschijnlijk, wellicht, misschien, vermoedelijk, mogelijk, naar verluidt"
                   ", men zegt, zou, zouden, kennelijk, blijkbaar, volgens de overlevering"
                   ", volgens de legende, wrsch, vermoed, mogelijkerwijs, schijnt, lijkt"
                   ", naar men zegt, vermeend, vermeende, allicht, mogelijks, naar het schijnt"
                   ", mogelijkerwijze, waarschijnlijkheid, volgens sommigen, zo zegt men"
                   ", men vermoedt, denkelijk, vermoedt, naar schatting, zegt men, onzeker )"
                   ", twijfelachtig ), onduidelijk ), is onzeker, is onduidelijk"),
    ands=words("en maar"),
    either=phrases("of, of op, of de, of den, dan wel, dan wel op, hetzij, of misschien op"
                   ", ofwel, ofwel op, of anders op"),
    spans=phrases("tot, tot en met, op, t / m, tot de, tot aan"),
    night=words("nacht nachten"),
    in_calendar=r"(?i:(?:volgens|naar|van|in)(?:\sde)?)",
    old_style=r"(?i:oude\s(?:stijl|tijdrekening|kalender)\b|juliaans\b"
              r"|juliaanse\s(?:kalender|tijdrekening|stijl|datum)\b)",
    new_style=r"(?i:nieuwe\s(?:stijl|tijdrekening|kalender)\b|n\.\s?s\.|gregoriaans\b"
              r"|gregoriaanse\s(?:kalender|tijdrekening|stijl|datum)\b)",
    birth=r"geboren|geboorte(?:dag|datum)?|geb\.",
    death=r"overl(?:eed|eden|ijdt)|overl\.|stierf|stierven|sterft|gestorven|gest\.|dood"
          r"|sterfdag|sneuvelde",
    marriage=r"trouwde[nt]?|trouwt|getrouwd|huwde|gehuwd|huwelijk|bruiloft",
    is_born="{} wordt geboren",
    dies="{} overlijdt",
    typical=r"den(?<=\bden)\s\d{1,2}(?:d?en|e|sten)?\s[a-z]",
    consulted=r"(?:geraadpleegd|gearchiveerd|bezocht)(?:\s(?:van|uit)\shet\sorigineel)?\sop"
              r"|(?:(?:deze\s)?pagina\sis\s)?(?:voor\shet\s)?laatst\s"
              r"(?:bewerkt|gewijzigd|bijgewerkt|geraadpleegd|aangepast|bezocht)(?:\sop)?"
              r"|laatste\s(?:wijziging|bewerking|update|aanpassing|raadpleging)(?:\sop)?"
              r"|gearchiveerde\s(?:versie|kopie)\svan",
    posted=r"(?:gepubliceerd|geplaatst|bijgewerkt|gewijzigd|afgedrukt|aangemaakt|geüpload)"
           r"(?:\sop)?|vandaag(?:\sis)?(?:\shet)?",
)  # fmt: skip
