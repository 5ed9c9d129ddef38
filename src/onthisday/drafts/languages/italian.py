"""Italian: ``25 febbraio 1956``, ``1º marzo``."""

from onthisday.drafts.languages.language import NAMED, NUMERALS, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

ITALIAN = Language(
    code="it",
    months=numbered("gennaio febbraio marzo aprile maggio giugno luglio"
                    " agosto settembre ottobre novembre dicembre"),
    short=numbered("gen feb mar apr mag giu lug ago set ott nov dic") | {"sett": 9},
    old=LATIN
        | numbered("gennaro febbraro marzo april magg giug lugl agosto settem ottob novem dicem")
        | numbered("genaro febraro mar apr mag giu lulio ago settemb ottobr novemb decembre")
        | numbered("zenaro febraio marzo aprile mazo zugno luio avosto settbre ottbre novbre"
                   " dicembre")
        | {"genn": 1, "febbr": 2, "febr": 2},
    frequent=words("il di che è per una della del con nel alla gli dei si da non le lo i un fu"
                   " al dal sono suo sua anche come più in la e ha dell nella ai sul"),
    seasons={"primavera": 21, "estate": 22, "autunno": 23, "inverno": 24},
    days={
        "il giorno dopo": 1, "il giorno seguente": 1, "il giorno successivo": 1,
        "l’indomani": 1, "l'indomani": 1,
        "lo stesso giorno": 0, "quel giorno": 0, "il giorno prima": -1, "il giorno precedente": -1,
    },
    years={"lo stesso anno": 0, "quell’anno": 0, "quell'anno": 0, "l’anno seguente": 1,
           "l'anno seguente": 1, "l’anno dopo": 1, "l'anno dopo": 1, "l’anno precedente": -1,
           "l'anno precedente": -1},
    numbers=numbered("due tre quattro cinque sei sette otto nove dieci undici dodici", 2),
    begins=frozenset(numeral.lower() for numeral in NUMERALS),
    spelled=numbered("primo due tre quattro cinque sei sette otto nove dieci undici"
                     " dodici tredici quattordici quindici sedici diciassette diciotto"
                     " diciannove venti ventuno ventidue ventitré ventiquattro"
                     " venticinque ventisei ventisette ventotto ventinove trenta trentuno"),
    of_spelled=r"\s(?:di\s)?",
    ordinal=r"\.?[º°]|mo|o",
    of_month=r"(?:giorni\s)?(?:di|d[’']|del\smese\sdi?)",
    of_year=r"del|nel|(?:dell[’']|nell[’'])?anno(?:\sdel\sSignore)?",
    joins=r"(?:e|al?|o)(?:\sil)?",
    until=r"al",
    between=phrases("tra il, fra il, tra, fra"),
    about=phrases("circa, verso il, intorno al, c., ca."),
    leads_in=phrases(
        "nel, del, dal, al, il, fino al, dopo il, prima del, in, a, di, da, "
        "dall’anno, dall'anno, anno, e, tra, fra, inizio, metà, fine"
    ),
    surely=words("nel dal anno"),
    in_the_year=phrases("anno, l'anno, l’anno, nell'anno, nell’anno"),
    in_year=r"nel",
    before_christ=r"a\.\s?C\.",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|d\.\s?C\.",
    counts=r"uomini|soldati|donne|persone|bambini|morti|feriti|prigionieri|abitanti|operai|cavalieri"
           r"|fanti|lire|scudi|copie|tonnellate|metri|chilometri|delegati|membri|tedeschi|russi|ebrei"
           r"|cavalli|navi|aerei|carri|case|anime|studenti|profughi|deportati|volontari|spettatori",
    numbered=r"n|nn|nr|num|numer[oi]|n[°º]|№|#|voll?|volum[ei]|t|tom[oi]|pp?|pagg?|pagin[ae]|f|ff"
             r"|fol|fogl?i?o?|cc|cart[ae]|b|bb|bust[ae]|fasc|fascicol[oi]|cartell[ae]|scatol[ae]"
             r"|capp?|capitol[oi]|artt?|articol[oi]|§{1,2}|figg?|figur[ae]|tavv?|tavol[ae]|sala"
             r"|stanza|aula|camera|libr[oi]|doc|document[oi]|filza|mazzo|registro|reg|quadern[oi]"
             r"|binario|cella|vagone|blocco|linea|tipo|classe|fase|tappa|settimana|salmo"
             r"|versett?[oi]|part[ei]|allegat[oi]|not[ae]|volo|formula|apollo|op|opus|autobus"
             r"|tram|treno|zona|settore|quot[ae]|mss?|manoscritto|rotolo|tomba|rif|inv|scena|atto"
             r"|sinfonia|sonata|episodio|versione|oggetto|letto|carrozza|clausola|paragrafo|par"
             r"|regola|domanda|canale|lezione",
    named=NAMED,
    before_day=words("addì adì lì li alli ai"
                     " il lo la i gli le l a al in nel nella da dal di del della per su sul e"
                     " tra fra presso dopo prima nato nata morto morta deceduto battezzato"
                     " battezzata sposato sepolto fatto dato fondato aperto firmato lunedì"
                     " martedì mercoledì giovedì venerdì sabato domenica"),
    feasts={
        "giorno di natale": "12-25", "natale": "12", "vigilia di natale": "12-24",
        "capodanno": "01-01", "notte di san silvestro": "12-31", "san silvestro": "12",
        "giorno di santo stefano": "12-26", "candelora": "02-02",
        "giorno di san giovanni": "06",
        "ferragosto": "08-15", "ognissanti": "11-01", "giorno dell'immacolata": "12-08",
        "san martino": "11",
    },
    not_the_feast=r"(?:vigilia|indomani|ottava|settimana)\s(?:di|del|della|dell[’'])"
                  r"|giorno\s(?:dopo|prima)|capodanno\scinese",
    century=r"(?P<nth>[IVX]{1,5})\ssecolo",
    decade=r"(?<=\banni.)(?P<decade>\d{3}0)|(?:(?<=\banni.)|(?<=\banni.[’']))(?P<short>\d0)",
    days_later=r"(?P<count>\d{1,3}|[a-z]{1,15})\sgiorni\s(?:dopo|più\stardi|(?P<back>prima))",
    links=words("il lo la l del dell dello al all di giorno lunedì martedì mercoledì giovedì"
                " venerdì sabato domenica a ancora"),
    sides=phrases("prima, dopo, fino, sino, fin, poco prima, poco dopo, entro"),
    bounds=phrases("almeno, dal, da, dall, tra, fra, a partire, non oltre, non più tardi"
                   ", più tardi, non prima, anteriormente, posteriormente, precedentemente"
                   ", successivamente, anteriore, posteriore, precedente, successivo, successiva"
                   ", a decorrere, l'indomani, indomani, vigilia, all'indomani, settimana, verso"
                   ", intorno, attorno, circa, oltre, avanti, innanzi, successivi, precedenti"
                   ", non, previsto per, prima ancora, scadere, seguenti, seguirono"
                   ", precedettero"),
    bounds_after=phrases("al più tardi, al più presto, o prima, o dopo, o poco dopo"
                         ", o poco prima, in poi, in avanti, circa, o giù di lì, o più tardi"),
    ends=phrases("fino, sino, finché"),
    then=phrases("poi, allora, quindi, dopo di che, in seguito, quel giorno, in quel giorno"
                 ", dopodiché, quella notte, fu allora"),
    when=phrases("quando, giorno in cui, data in cui"),
    of=words("del di dell dello della"),
    hedges=phrases("probabilmente, forse, presumibilmente, si dice, verosimilmente, pare, sembra"
                   ", a quanto pare, possibilmente, secondo la tradizione, secondo la leggenda"
                   ", la tradizione vuole, sarebbe, avrebbe, sarebbero, avrebbero, presumibile"
                   ", si ritiene, si crede, presunto, presunta, si pensa, a quanto si dice"
                   ", apparentemente, si presume, con ogni probabilità, dicono, può darsi"
                   ", potrebbe, potrebbero, si suppone, con buona probabilità, secondo alcuni"
                   ", si narra, eventualmente, dovrebbe, è possibile, incerto ), incerta )"
                   ", dubbia ), dubbio ), probabile ), è incerta, è incerto, è dubbia"),
    ands=words("e ed ma"),
    either=phrases("o, o il, oppure, oppure il, ovvero, ovvero il, o del, o forse il, oppure del"
                   ", o al"),
    spans=phrases("al, fino al, sino al, a"),
    night=words("notte notti"),
    in_calendar=r"(?i:(?:del|dello|nel|nello|secondo|per|di)(?:\s(?:il|lo))?)",
    old_style=r"(?i:(?:calendario|stile)\s(?:giuliano|antico|vecchio)\b|giuliano(?=[)\]])"
              r"|(?:antico|vecchio)\s(?:stile|calendario)\b|v\.\s?s\.|s\.\s?v\.)",
    new_style=r"(?i:(?:calendario|stile)\s(?:gregoriano|nuovo)\b|gregoriano(?=[)\]])"
              r"|nuovo\s(?:stile|calendario)\b|n\.\s?s\.|s\.\s?n\.)",
    birth=r"nacque|nasce|(?-i:[Nn]at[oaie](?!\s[A-ZÀÈ]))|nascita|n\.(?=\s?\d)",
    death=r"mor[ìi]'?|muore|mort[oaie]|deced(?:uto|uta|ette|é)|scomparve|spirò|m\.(?=\s?\d)",
    marriage=r"sposò|sposa|sposat[oaie]|sposarono|matrimonio|nozze",
    is_born="Nasce {}",
    dies="Muore {}",
    consulted=r"(?:url\s)?(?:consultat|archiviat)[oaie](?:\sdall.(?:url\s)?originale)?\s(?:il|l.)\s?"
              r"|ultim[oa]\s(?:accesso|aggiornamento|modifica|revisione|consultazione)(?:\s"
              r"(?:di\squesta\spagina|della\spagina))?(?:\s(?:il|l.|del))?"
              r"|(?:questa\s)?pagina\s(?:è\sstata\s)?(?:modificata|aggiornata)"
              r"(?:\sper\sl.ultima\svolta)?(?:\salle(?:\sore)?\s[\d:]{1,5})?\sil"
              r"|copia\sarchiviata(?:\sil)?",
    posted=r"(?:pubblicat|postat|aggiornat|modificat|stampat|inserit|caricat)[oa](?:\s(?:il|l.))?"
           r"|oggi(?:\sè)?(?:\sil)?",
)  # fmt: skip
