"""The words with which eight languages write numbers.

``cardinals`` and ``ordinals`` list the words for 0 to 20, then for 30, 40, … 90, with spaces
between them. The ordinals go on with 100 and 1000. Forms of one number have ``/`` between them. In
an ordinal, ``*`` stands for any ending of up to four letters. ``-`` says that the language has no
word for that number.

Used by numbers.py, which reads them, and by checks/.
"""

from typing import NamedTuple

from onthisday.drafts.languages.language import words


class NumberWords(NamedTuple):
    """How a language writes numbers in words.

    - ``more``: other words with their numbers, such as Spanish "doscientos".
    - ``scales``: words that multiply the number before them, such as "thousand".
    - ``ands``: words between two parts of a number. If ``and_tens`` is false, such a word stands
      only after a hundred or more: English "two hundred and five".
    - ``glued``: compounds are one word, such as "fünfundzwanzig". ``unit_first``: the units stand
      before the tens.
    - ``half``: words for a half: "one and a half million".
    - ``articles``: words that may stand between a half and its scale: "half a million".
    - ``ones``: words for 1 that are also articles or pronouns, so they claim no number.
    - ``years``, ``days``: the units of a length of time.
    - ``centuries``: words beside the number of a century.
    - ``hedges``: words before a number that say that it is rounded: "almost".
    - ``aged``: words before or after a person's age.
    """

    cardinals: str
    ordinals: str
    scales: dict[str, int]
    more: dict[str, int]
    ones: frozenset[str]
    half: str
    years: frozenset[str]
    days: frozenset[str]
    centuries: frozenset[str]
    hedges: frozenset[str]
    aged: frozenset[str]
    ands: str = ""
    articles: str = ""
    and_tens: bool = False
    glued: bool = False
    unit_first: bool = False


def _forms(scale: int, forms: str) -> dict[str, int]:
    return dict.fromkeys(forms.split(), scale)


NUMBER_WORDS = {
    "en": NumberWords(
        cardinals="zero one two three four five six seven eight nine ten eleven twelve thirteen"
                  " fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty/fourty"
                  " fifty sixty seventy eighty ninety",
        ordinals="- first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
                 " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth"
                 " nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth"
                 " ninetieth hundredth thousandth",
        scales=_forms(100, "hundred") | _forms(1000, "thousand")
               | _forms(10**6, "million mln mio m") | _forms(10**9, "billion bn milliard")
               | _forms(10**12, "trillion") | _forms(12, "dozen"),
        more={},
        ones=words("one first once"), half="half", ands="and", articles="a an",
        years=words("year years year-old"),
        days=words("day days"),
        centuries=words("century centuries"),
        hedges=words("almost nearly about around some over roughly approximately than barely just"),
        aged=words("aged age old birthday"),
    ),
    "de": NumberWords(
        cardinals="null ein/eins/eine/einen/einem/einer zwei/zwo drei vier fünf sechs sieben acht"
                  " neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn"
                  " neunzehn zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig"
                  " neunzig",
        ordinals="- erste/ersten/erster/erstes/erstem zweite* dritte* vierte* fünfte* sechste*"
                 " siebte*/siebente* achte/achten/achter/achtes/achtem neunte* zehnte* elfte*"
                 " zwölfte* dreizehnte* vierzehnte* fünfzehnte* sechzehnte* siebzehnte* achtzehnte*"
                 " neunzehnte* zwanzigste* dreißigste*/dreissigste* vierzigste* fünfzigste*"
                 " sechzigste* siebzigste* achtzigste* neunzigste* hundertste* tausendste*",
        scales=_forms(100, "hundert")
               | _forms(1000, "tausend")
               | _forms(10**6, "million millionen mio") | _forms(10**9, "milliarde milliarden mrd")
               | _forms(10**12, "billion billionen") | _forms(12, "dutzend"),
        more={},
        ones=words("ein eins eine einen einem einer erste ersten erster erstes erstem"),
        half="halb halbe halben halbes halber einhalb", ands="und", articles="",
        glued=True, unit_first=True,
        years=words("jahr jahre jahren jahres"), days=words("tag tage tagen"),
        centuries=words("jahrhundert jahrhunderts jahrhunderte jahrhunderten"),
        hedges=words("fast etwa rund über beinahe knapp ungefähr gut mehr als ca circa"),
        aged=words("alter jährig jährige jähriger jährigen lebensjahr geburtstag"),
    ),
    "fr": NumberWords(
        cardinals="zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize"
                  " quatorze quinze seize - - - vingt/vingts trente quarante cinquante soixante"
                  " septante huitante/octante nonante",
        ordinals="- premier/première/premiers/premières deuxième*/second/seconde troisième*"
                 " quatrième* cinquième* sixième* septième* huitième* neuvième* dixième* onzième*"
                 " douzième* treizième* quatorzième* quinzième* seizième* - - - vingtième*"
                 " trentième* quarantième* cinquantième* soixantième* septantième* - nonantième*"
                 " centième* millième*",
        scales=_forms(100, "cent cents") | _forms(1000, "mille mil milliers")
               | _forms(10**6, "million millions") | _forms(10**9, "milliard milliards")
               | _forms(12, "douzaine"),
        more={"quinzaine": 15, "vingtaine": 20, "trentaine": 30, "cinquantaine": 50,
              "centaine": 100},
        ones=words("un une premier première premiers premières"), half="demi demie", ands="et",
        and_tens=True, articles="",
        years=words("an ans année années"),
        days=words("jour jours"),
        centuries=words("siècle siècles"),
        hedges=words("presque environ près de plus quelque quelques vers"),
        aged=words("âge âgé âgée anniversaire"),
    ),
    "it": NumberWords(
        cardinals="zero un/uno/una/un' due tre/tré quattro cinque sei sette otto nove dieci undici"
                  " dodici tredici quattordici quindici sedici diciassette diciotto diciannove"
                  " venti/vent trenta/trent quaranta/quarant cinquanta/cinquant sessanta/sessant"
                  " settanta/settant ottanta/ottant novanta/novant",
        ordinals="- prim* second* terz* quart* quint* sest* settim* ottav* non* decim* undicesim*"
                 " dodicesim* tredicesim* quattordicesim* quindicesim* sedicesim* diciassettesim*"
                 " diciottesim* diciannovesim* ventesim* trentesim* quarantesim* cinquantesim*"
                 " sessantesim* settantesim* ottantesim* novantesim* centesim* millesim*",
        scales=_forms(100, "cento cent") | _forms(1000, "mille mila migliaio migliaia")
               | _forms(10**6, "milione milioni") | _forms(10**9, "miliardo miliardi")
               | _forms(12, "dozzina"),
        more={"ventina": 20, "trentina": 30, "cinquantina": 50, "centinaio": 100, "quindicina": 15},
        ones=words("un uno una prim primo prima primi prime non nono sesti secondo seconda tre"),
        half="mezzo mezza", ands="e", and_tens=True, articles="", glued=True,
        years=words("anno anni"),
        days=words("giorno giorni"),
        centuries=words("secolo secoli"),
        hedges=words("quasi circa oltre più di intorno"),
        aged=words("età compleanno"),
    ),
    "es": NumberWords(
        cardinals="cero un/uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce"
                  " trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte treinta"
                  " cuarenta cincuenta sesenta setenta ochenta noventa",
        ordinals="- primer* segund* tercer* cuart* quint* sext* séptim* octav* noven* décim*"
                 " undécim* duodécim* decimotercer* decimocuart* decimoquint* decimosext*"
                 " decimoséptim* decimoctav* decimonoven* vigésim* trigésim* cuadragésim*"
                 " quincuagésim* sexagésim* septuagésim* octogésim* nonagésim* centésim*"
                 " milésim*",
        scales=_forms(1000, "mil miles") | _forms(10**6, "millón millones")
               | _forms(10**12, "billón billones") | _forms(12, "docena"),
        more={"veintiún": 21, "veintiuno": 21, "veintiuna": 21, "veintidós": 22, "veintitrés": 23,
              "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26, "veintisiete": 27,
              "veintiocho": 28, "veintinueve": 29, "cien": 100, "ciento": 100, "cientos": 100,
              "doscientos": 200, "doscientas": 200, "trescientos": 300, "trescientas": 300,
              "cuatrocientos": 400, "cuatrocientas": 400, "quinientos": 500, "quinientas": 500,
              "seiscientos": 600, "seiscientas": 600, "setecientos": 700, "setecientas": 700,
              "ochocientos": 800, "ochocientas": 800, "novecientos": 900, "novecientas": 900,
              "veintena": 20, "centenar": 100, "dieciseis": 16},
        ones=words("un uno una primer primera primero primeros primeras segundo segunda cuarto"
                   " cuarta"),
        half="medio media", ands="y", and_tens=True, articles="",
        years=words("año años"), days=words("día días"),
        centuries=words("siglo siglos"),
        hedges=words("casi unos unas alrededor cerca más de aproximadamente"),
        aged=words("edad cumpleaños"),
    ),
    "pt": NumberWords(
        cardinals="zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze"
                  " catorze/quatorze quinze dezasseis/dezesseis dezassete/dezessete dezoito"
                  " dezanove/dezenove vinte trinta quarenta cinquenta sessenta setenta oitenta"
                  " noventa",
        ordinals="- primeir* segund* terceir* quart* quint* sext* sétim* oitav* non* décim* - - - -"
                 " - - - - - vigésim* trigésim* quadragésim* quinquagésim* sexagésim* septuagésim*"
                 " octogésim* nonagésim* centésim* milésim*",
        scales=_forms(1000, "mil milhar milhares") | _forms(10**6, "milhão milhões")
               | _forms(10**9, "bilhão bilhões bilião biliões") | _forms(12, "dúzia"),
        more={"cem": 100, "cento": 100, "centos": 100, "duzentos": 200, "duzentas": 200,
              "trezentos": 300, "trezentas": 300, "quatrocentos": 400, "quatrocentas": 400,
              "quinhentos": 500, "quinhentas": 500, "seiscentos": 600, "seiscentas": 600,
              "setecentos": 700, "setecentas": 700, "oitocentos": 800, "oitocentas": 800,
              "novecentos": 900, "novecentas": 900, "vintena": 20, "centena": 100},
        ones=words("um uma primeiro primeira primeiros primeiras segundo segunda quarto quarta"
                   " sexta quinta non nono"),
        half="meio meia", ands="e", and_tens=True, articles="",
        years=words("ano anos"), days=words("dia dias"),
        centuries=words("século séculos"),
        hedges=words("quase cerca uns umas mais de aproximadamente"),
        aged=words("idade aniversário"),
    ),
    "nl": NumberWords(
        cardinals="nul een/één/eén twee drie vier vijf zes zeven acht negen tien elf twaalf dertien"
                  " veertien vijftien zestien zeventien achttien negentien twintig dertig veertig"
                  " vijftig zestig zeventig tachtig negentig",
        ordinals="- eerste* tweede* derde* vierde* vijfde* zesde* zevende* achtste* negende*"
                 " tiende* elfde* twaalfde* dertiende* veertiende* vijftiende* zestiende*"
                 " zeventiende* achttiende* negentiende* twintigste* dertigste* veertigste*"
                 " vijftigste* zestigste* zeventigste* tachtigste* negentigste* honderdste*"
                 " duizendste*",
        scales=_forms(100, "honderd") | _forms(1000, "duizend")
               | _forms(10**6, "miljoen mln") | _forms(10**9, "miljard mrd")
               | _forms(12, "dozijn"),
        more={"anderhalf": 1},
        ones=words("een één eén eerste"), half="half halve", ands="en", articles="een",
        glued=True, unit_first=True,
        years=words("jaar jaren"), days=words("dag dagen"),
        centuries=words("eeuw eeuwen"),
        hedges=words("bijna ongeveer zo'n ruim meer dan circa"),
        aged=words("leeftijd jarige verjaardag"),
    ),
    "ru": NumberWords(
        cardinals="ноль/нуль один/одна/одно/одного/одной/одному/одним/одном"
                  " два/две/двух/двум/двумя три/трёх/трех/трём/трем/тремя"
                  " четыре/четырёх/четырех/четырём/четырем/четырьмя пять/пяти/пятью"
                  " шесть/шести/шестью семь/семи/семью восемь/восьми/восемью девять/девяти/девятью"
                  " десять/десяти/десятью одиннадцать/одиннадцати двенадцать/двенадцати"
                  " тринадцать/тринадцати четырнадцать/четырнадцати пятнадцать/пятнадцати"
                  " шестнадцать/шестнадцати семнадцать/семнадцати восемнадцать/восемнадцати"
                  " девятнадцать/девятнадцати двадцать/двадцати/двадцатью тридцать/тридцати"
                  " сорок/сорока пятьдесят/пятидесяти шестьдесят/шестидесяти"
                  " семьдесят/семидесяти восемьдесят/восьмидесяти девяносто/девяноста",
        ordinals="- перв* втор* третий/третья/третье/третьего/третьей/третьему/третьем/третьим"
                 " четвёрт*/четверт* пят* шест* седьм* восьм* девят* десят* одиннадцат* двенадцат*"
                 " тринадцат* четырнадцат* пятнадцат* шестнадцат* семнадцат* восемнадцат*"
                 " девятнадцат* двадцат* тридцат* сороков* пятидесят* шестидесят* семидесят*"
                 " восьмидесят* девяност* сотый/сотая/сотое/сотого/сотой/сотому/сотом тысячн*",
        scales=_forms(1000, "тысячею тысяча тысячи тысяч тысячу тысячей тысячам тысячами тыс")
               | _forms(10**6, "миллион миллиона миллионов миллионам миллионами млн")
               | _forms(10**9, "миллиард миллиарда миллиардов млрд")
               | _forms(12, "дюжина дюжины дюжину"),
        more={"сто": 100, "ста": 100, "двести": 200, "двухсот": 200, "триста": 300,
              "трёхсот": 300, "трехсот": 300, "четыреста": 400, "четырёхсот": 400, "пятьсот": 500,
              "пятисот": 500, "шестьсот": 600, "шестисот": 600, "семьсот": 700, "семисот": 700,
              "восемьсот": 800, "восьмисот": 800, "девятьсот": 900, "девятисот": 900, "двое": 2,
              "двоих": 2, "трое": 3, "троих": 3, "четверо": 4, "пятеро": 5, "полтора": 1,
              "полторы": 1, "полутора": 1, "четырьмястами": 400, "тремястами": 300,
              "двумястами": 200, "пятьюстами": 500, "сотни": 100, "сотня": 100},
        ones=words("один одна одно одного одной одному одним одном первый первая первое первого"),
        half="половиной половина половину пол", ands="с", articles="",
        years=words("год года лет году годом годы годов годами"),
        days=words("день дня дней дни сутки суток"),
        centuries=words("век века веке веком веку"),
        hedges=words("почти около примерно более свыше"),
        aged=words("возрасте летний летие летием возраст"),
    ),
}  # fmt: skip
"""The number words of each language, by its code."""

VALUES = (*range(21), 30, 40, 50, 60, 70, 80, 90, 100, 1000)
"""The numbers of ``cardinals`` and ``ordinals``, in their order. Cardinals end at 90."""
