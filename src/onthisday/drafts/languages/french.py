"""French: ``1er mars 1956``."""

from onthisday.drafts.languages.language import NAMED, NUMERALS, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

FRENCH = Language(
    code="fr",
    months=numbered("janvier février mars avril mai juin juillet"
                    " août septembre octobre novembre décembre")
           | {"fevrier": 2, "aout": 8, "decembre": 12},
    short={"janv": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11,
           "déc": 12},
    old=LATIN
        | numbered("janvr febvrier mars apvril may juing juill aoust septemb octob novemb décemb")
        | numbered("jan feburier mars avril may juin juil août septbre octbre novbre décbre")
        | {"fevr": 2, "fev": 2, "dec": 12, "decemb": 12},
    frequent=words("le la les et des du au aux est dans une qui que pour il avec sur en un par"
                   " de ce se sa son ses ne pas plus fut été je vous nous à l d elle ils leur"),
    seasons={"printemps": 21, "été": 22, "automne": 23, "hiver": 24},
    days={
        "le lendemain": 1, "le jour suivant": 1, "le jour même": 0, "le même jour": 0,
        "ce jour-là": 0, "la veille": -1,
    },
    years={"la même année": 0, "cette année-là": 0, "l’année suivante": 1, "l'année suivante": 1,
           "l’année précédente": -1, "l'année précédente": -1},
    numbers=numbered("deux trois quatre cinq six sept huit neuf dix onze douze", 2),
    begins=frozenset(f"{numeral.lower()}e" for numeral in NUMERALS),
    spelled=numbered("premier deux trois quatre cinq six sept huit neuf dix onze douze"
                     " treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt"
                     " vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq"
                     " vingt-six vingt-sept vingt-huit vingt-neuf trente trente-et-un")
        | {"vingt-un": 21},
    of_spelled=r"\s(?:jour\sde\s|de\s)?",
    ordinal=r"er|ère|e|ème|eme|me|nd|ᵉʳ|ᵉ",
    of_month=r"(?:jour\s)?(?:de|d[’']|du\smois\sd(?:e|[’']))",
    of_year=r"de|en|(?:de\s)?l[’']an(?:née)?(?:\sde\sgr[âa]ce)?",
    joins=r"et|au|ou|à",
    until=r"à|jusqu’en",
    between=phrases("entre"),
    about=phrases("vers, environ, autour de, c., ca."),
    leads_in=phrases(
        "en, de, depuis, avant, après, vers, dès, et, à, au, entre, année, "
        "années, jusqu’en, jusqu'en, début, fin, mi"
    ),
    surely=words("en depuis année"),
    in_the_year=phrases("l'an, l’an, l'année, l’année, en l'an, en l’an"),
    in_year=r"en",
    before_christ=r"av\.\s?J\.-C\.|avant\sJ(?:ésus|\.)-C(?:hrist|\.)",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|ap\.\s?J\.-C\.|après\sJ(?:ésus|\.)-C(?:hrist|\.)",
    counts=r"hommes|soldats|femmes|personnes|enfants|morts|blessés|prisonniers|habitants|ouvriers"
           r"|cavaliers|fantassins|livres|francs|exemplaires|tonnes|mètres|kilomètres|délégués|membres"
           r"|Allemands|Russes|Anglais|Prussiens|Juifs|chevaux|navires|avions|chars|maisons|âmes|étudiants"
           r"|réfugiés|manifestants|déportés|volontaires|spectateurs",
    numbered=r"n|nos?|nos|n[°º]s?|num|numéros?|№|#|vols?|volumes?|t|tomes?|pp?|pages?|f|fol"
             r"|folios?|ff|feuill?ets?|feuilles?|cartons?|boîtes?|dossiers?|liasses?|pièces?"
             r"|cahiers?|ch|chap|chapitres?|art|articles?|§{1,2}|figs?|figures?|pl|planches?"
             r"|tabl?|tableaux?|salle|chambre|bureau|appartement|quai|voie|livres?|doc|documents?"
             r"|cote|lots?|bloc|cellule|wagon|porte|ligne|type|classe|catégorie|étape|phase"
             r"|semaine|psaumes?|versets?|parties?|annexes?|notes?|fascicules?|fasc|livraison"
             r"|registres?|reg|formule|apollo|op|opus|bus|tram|train|zone|secteur|âgée?|mss?"
             r"|manuscrit|rouleau|tombe|réf|inv|scène|acte|symphonie|sonate|épisode|version|objet"
             r"|lit|clause|paragraphe|alinéa|question|règle|chaîne|canal|guerre\smondiale|rue"
             r"|kilomètre|leçon",
    named=NAMED,
    before_day=words("le la les l à au aux de du des en dans vers près chez et depuis ce cette"
                     " né née mort morte décédé décédée baptisé baptisée marié mariée inhumé"
                     " inhumée fait daté fondé ouvert signé lundi mardi mercredi jeudi vendredi"
                     " samedi dimanche"),
    feasts={
        "jour de noël": "12-25", "noël": "12", "veille de noël": "12-24",
        "la veille de noël": "12-24",
        "veille de la noël": "12-24", "jour de l'an": "01-01", "saint-sylvestre": "12-31",
        "la chandeleur": "02-02", "saint-jean": "06", "assomption": "08-15",
        "saint-barthélemy": "08", "saint-michel": "09", "la toussaint": "11-01",
        "saint-martin": "11", "saint-nicolas": "12",
    },
    not_the_feast=r"(?:veille|lendemain|surlendemain|octave|vigile|avant-veille|semaine|vacances)"
                  r"\s(?:de(?:\sla|\sl[’'])?|du|des)",
    century=r"(?P<nth>[IVX]{1,5})(?:e|er|ème)\ssiècle",
    decade=r"(?<=\bannées.)(?P<decade>\d{3}0)|(?<=\bannées.)(?P<short>\d0)",
    days_later=r"(?P<count>\d{1,3}|[a-z]{1,15})\sjours\s(?:plus\stard|(?P<back>plus\stôt|auparavant))",
    reformed=(1582, 12, 20),
    links=words("le la les l du de au en lundi mardi mercredi jeudi vendredi samedi dimanche"
                " jour date même"),
    sides=phrases("avant, après, depuis, jusqu'au, jusqu'à, dès"),
    bounds=phrases("moins, entre, à partir, à compter, à dater, d'ici, plus tard, plus tard que"
                   ", plus tôt, plus tôt que, antérieurement, postérieurement, antérieur"
                   ", postérieur, antérieure, postérieure, lendemain, surlendemain, veille"
                   ", avant-veille, l'avant-veille, semaine, vers, autour, aux environs"
                   ", environs, suivant, précédant, pas, non, prévu pour, dans les jours suivant"
                   ", avant même, passé le, suivirent, précédèrent, précèdent, suivent"),
    bounds_after=phrases("au plus tard, au plus tôt, ou avant, ou après, ou plus tard"
                         ", ou plus tôt, environ, au moins, ou peu après, ou peu avant"),
    ends=phrases("jusqu'au, jusqu'à"),
    then=phrases("puis, ensuite, alors, après cela, ce jour-là, c'est alors, ce soir-là"
                 ", cette nuit-là, à cette date"),
    when=phrases("quand, lorsque, date à laquelle, jour où"),
    of=words("du de"),
    hedges=phrases("sans doute, probablement, peut-être, vraisemblablement, il semble, semble"
                   ", semble-t-il, paraît-il, dit-on, on dit, prétendument, soi-disant, serait"
                   ", aurait, seraient, auraient, apparemment, possiblement, selon la tradition"
                   ", selon la légende, la tradition veut, présumé, présumée, on croit, croit-on"
                   ", on pense, pense-t-on, supposé, supposée, selon toute vraisemblance"
                   ", éventuellement, non certain, on suppose, on présume, il est possible"
                   ", il se peut, il paraît, à ce qu'on dit, selon toute apparence"
                   ", plausiblement, supposément, selon certains, peut être, pourrait"
                   ", incertain ), incertaine ), douteux ), douteuse ), probable )"
                   ", est incertain, est incertaine, est douteuse"),
    ands=words("et mais puis"),
    either=phrases("ou, ou le, ou bien, ou bien le, ou du, soit, soit le, ou peut-être le"
                   ", ou plutôt le"),
    spans=phrases("au, à, jusqu'au, jusqu'à"),
    night=words("nuit nuits"),
    in_calendar=r"(?i:(?:du|au|dans|selon|suivant|de|à|d[’']après)(?:\sl[ea]|\sl[’'])?)",
    old_style=r"(?i:(?:calendrier|style|date)\s(?:julien|ancien)(?:ne)?\b|v\.\s?s\."
              r"|(?:ancien|vieux)\s(?:calendrier|style)\b|v(?:x|ieux)?\.?\s?st\."
              r"|a(?:nc)?\.\s?st?\.|julien(?=[)\]]))",
    new_style=r"(?i:(?:calendrier|style|date)\s(?:grégorien(?:ne)?|nouveau|nouvelle)\b"
              r"|nouveau\s(?:calendrier|style)\b|n(?:ouv)?\.?\s?st?\.|grégorien(?=[)\]]))",
    birth=r"née?s?(?!\s(?-i:[A-ZÀÉÈ]))|naquit|naquirent|naît|naissances?",
    death=r"morte?s?|mourut|meurt|moururent|décédée?s?|décède|décéda|décès|décéd\.|trépassa"
          r"|s['’]éteignit",
    marriage=r"épousa|épouse|marié[es]{0,2}|mariage|se\smaria|noces",
    is_born="{} naît",
    dies="{} meurt",
    consulted=r"(?:(?:cette|la)\s)?(?:page\s|site\s|lien\s)?(?:consultée?s?|archivée?s?)"
              r"(?:\sdepuis\sl.original)?\sle"
              r"|(?:la\s)?derni[eè]re\s(?:modification|mise\sà\sjour|consultation|visite)"
              r"(?:\sde\s(?:cette|la)\spage)?(?:\sa\sété\sfaite|\seffectuée)?(?:\sle)?"
              r"|(?:(?:version|copie)\s)?archivée?\sdu|archive\sdu"
              r"|(?:date\s(?:de|d.)\s?)(?:consultation|accès)|(?:page\s)?mises?\sà\sjour\sle",
    posted=r"(?:publiée?|postée?|modifiée?|imprimée?|créée?|mise?\sen\sligne|mise?\sà\sjour)"
           r"(?:\sle)?|aujourd.hui",
)  # fmt: skip
