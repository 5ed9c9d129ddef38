"""Spanish: ``25 de febrero de 1956``."""

from onthisday.drafts.languages.language import NAMED, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

SPANISH = Language(
    code="es",
    months=numbered("enero febrero marzo abril mayo junio julio"
                    " agosto septiembre octubre noviembre diciembre") | {"setiembre": 9},
    short={"ene": 1, "feb": 2, "abr": 4, "jun": 6, "jul": 7, "ago": 8, "sept": 9, "sep": 9,
           "oct": 10, "nov": 11, "dic": 12},
    old=LATIN
        | numbered("henero hebrero março abril mayo junio julio agosto septe octe nove dize")
        | numbered("ener febr marzo abr mayo jun jul agto sepbre otubre novbre diziembre")
        | {"febrº": 2, "setbre": 9, "octbre": 10, "dicbre": 12},
    frequent=words("el los las y del que en un una por con se su fue al es como de la a no lo"
                   " más para sus era o sin sobre entre este esta"),
    seasons={"primavera": 21, "verano": 22, "otoño": 23, "invierno": 24},
    days={
        "al día siguiente": 1, "el día siguiente": 1, "ese mismo día": 0, "el mismo día": 0,
        "aquel día": 0, "ese día": 0, "el día anterior": -1, "el día antes": -1,
    },
    years={"ese mismo año": 0, "el mismo año": 0, "ese año": 0, "al año siguiente": 1,
           "el año siguiente": 1, "el año anterior": -1},
    numbers=numbered("dos tres cuatro cinco seis siete ocho nueve diez once doce", 2),
    begins=frozenset({"siglo"}),
    spelled=numbered("primero dos tres cuatro cinco seis siete ocho nueve diez once doce"
                     " trece catorce quince dieciséis diecisiete dieciocho diecinueve"
                     " veinte veintiuno veintidós veintitrés veinticuatro veinticinco"
                     " veintiséis veintisiete veintiocho veintinueve treinta"
                     " treinta-y-uno")
        | {"uno": 1},
    of_spelled=r"\s(?:días?\s)?(?:del\smes\s)?de\s",
    ordinal=r"\.?[º°]|ro|o",
    of_month=r"(?:d[ií]as\s)?(?:de|del\smes\sde|de\sdicho\smes\sde)",
    of_year=r"de|del|(?:del\s)?año(?:\sdel\sSeñor|\sde\sgracia)?(?:\sde)?",
    joins=r"y|al|o|a",
    until=r"a|hasta",
    between=phrases("entre"),
    about=phrases("hacia, alrededor de, cerca de, aproximadamente, c., ca."),
    leads_in=phrases(
        "en, de, desde, hasta, hacia, tras, antes de, después de, año, años, "
        "entre, y, del, a, principios de, mediados de, fines de, finales de"
    ),
    surely=words("en desde año"),
    in_the_year=phrases("año, el año"),
    in_year=r"en",
    before_christ=r"a\.\s?C\.",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|d\.\s?C\.",
    counts=r"hombres|soldados|mujeres|personas|niños|muertos|heridos|prisioneros|habitantes|obreros"
           r"|jinetes|infantes|pesetas|pesos|reales|ejemplares|toneladas|metros|kilómetros|delegados"
           r"|miembros|alemanes|rusos|judíos|caballos|barcos|aviones|casas|almas|estudiantes|refugiados"
           r"|manifestantes|voluntarios|espectadores|trabajadores",
    numbered=r"n|n[°ºo]s?|n\.\s?[°ºo]s?|núms?|nums?|números?|№|#|vols?|vol[uú]men(?:es)?|t|tomos?"
             r"|pp?|págs?|pags?|páginas?|f|ff|fols?|fls?|folios?|cajas?|legajos?|legs?"
             r"|expedientes?|exps?|carpetas?|caps?|capítulos?|arts?|artículos?|§{1,2}|figs?"
             r"|figuras?|láms?|láminas?|salas?|libros?|docs?|documentos?|cuadernos?|registros?"
             r"|reg|andén|vía|celda|vagón|bloque|línea|tipo|clase|fase|etapa|semana|salmos?"
             r"|versículos?|partes?|anexos?|notas?|vuelo|habitación|aula|cuarto|fórmula|apolo|op"
             r"|opus|autobús|tranvía|tren|zona|sector|signatura|mss?|manuscrito|rollo|tumba|ref"
             r"|inv|escena|acto|sinfonía|sonata|episodio|versión|objeto|cama|asiento|cláusula"
             r"|párrafo|regla|pregunta|canal|lección",
    named=NAMED,
    before_day=words("el la los las a al en de del desde hasta para por y entre cerca hacia"
                     " nació nacido nacida murió muerto falleció fallecido bautizado bautizada"
                     " casado dado fundado firmado lunes martes miércoles jueves viernes sábado"
                     " domingo"),
    feasts={
        "día de navidad": "12-25", "navidad": "12", "nochebuena": "12-24",
        "nochevieja": "12-31", "día de año nuevo": "01-01", "día de reyes": "01-06",
        "candelaria": "02", "día de todos los santos": "11-01", "todos los santos": "11-01",
        "día de los santos inocentes": "12-28", "día de san juan": "06",
    },
    not_the_feast=r"(?:v[íi]speras?|vigilia|octava|semana|siguiente|después|antes)"
                  r"\s(?:al?|de|del|de\sla)(?:\sla|\sdía\sde)?",
    century=r"siglo\s(?P<nth>[IVX]{1,5})",
    decade=r"(?<=\baños.)(?P<decade>\d{3}0)|(?<=\baños.)(?P<short>\d0)",
    days_later=r"(?P<count>\d{1,3}|[a-z]{1,15})\sdías\s(?:después|más\starde|(?P<back>antes))",
    links=words("el la los del de al a en día lunes martes miércoles jueves viernes sábado"
                " domingo incluso"),
    sides=phrases("antes, después, desde, hasta, tras, previo, poco antes, poco después"),
    bounds=phrases("al menos, por lo menos, entre, a partir, a más tardar, más tarde"
                   ", más tarde que, más tardar, no más tarde, con anterioridad"
                   ", con posterioridad, anterior, posterior, anteriores, posteriores, víspera"
                   ", vísperas, siguiente, semana, hacia, alrededor, en torno, cerca, para"
                   ", no antes, previa, previamente, posteriormente, anteriormente, dentro"
                   ", luego del, luego de, a contar, no, previsto para, días, anterioridad"
                   ", incluso, pasado el, siguientes, subsiguientes"),
    bounds_after=phrases("a más tardar, como muy tarde, como pronto, o antes, o después"
                         ", o más tarde, en adelante, aproximadamente, más o menos"
                         ", o poco después, o poco antes, como muy pronto"),
    ends=phrases("hasta"),
    then=phrases("luego, entonces, después, ese día, aquel día, a continuación, en ese día"
                 ", fue entonces, esa noche, acto seguido"),
    when=phrases("cuando, fecha en que, día en que, fecha en la que"),
    of=words("del de"),
    hedges=phrases("probablemente, quizá, quizás, tal vez, acaso, posiblemente, presumiblemente"
                   ", se dice, supuestamente, al parecer, parece, parece ser, habría, habrían"
                   ", según la tradición, según la leyenda, la tradición dice, se cree"
                   ", según se dice, verosímilmente, presunta, presunto, se supone, supuesta"
                   ", a lo mejor, seguramente, aparentemente, dicen, puede que, podría, podrían"
                   ", según algunos, se cuenta, cuentan, eventualmente, presuntamente"
                   ", es posible, debió de, pudo haber, incierta ), incierto ), dudosa )"
                   ", dudoso ), probable ), es incierta, es dudosa, es probable"),
    ands=words("y e pero"),
    either=phrases("o, o el, o bien, o bien el, u, o del, o quizá el, o tal vez el, o quizás el"
                   ", o al"),
    spans=phrases("al, a, hasta, hasta el, al día"),
    night=words("noche noches madrugada"),
    in_calendar=r"(?i:(?:del?|en|según|por)(?:\sel)?)",
    old_style=r"(?i:(?:calendario|estilo)\s(?:juliano|antiguo|viejo)\b|juliano(?=[)\]])"
              r"|(?:antiguo|viejo)\s(?:estilo|calendario)\b|e\.\s?a\.|v\.\s?e\.)",
    new_style=r"(?i:(?:calendario|estilo)\s(?:gregoriano|nuevo)\b|gregoriano(?=[)\]])"
              r"|nuevo\s(?:estilo|calendario)\b|e\.\s?n\.)",
    birth=r"naci[óo]|nace|nacid[oa]s?|nacimiento|n\.(?=\s?\d)",
    death=r"muri[óo]|muere|muert[oae]s?|falleci[óo]|fallece|fallecid[oa]s?|fallecimiento"
          r"|defunción|m\.(?=\s?\d)",
    marriage=r"(?:se\s)?cas(?:ó|aron|ad[oa]s?)|matrimonio|boda|contraj[eo]\w{0,4}\snupcias",
    is_born="Nace {}",
    dies="Muere {}",
    consulted=r"(?:consultad|archivad|revisad)[oa]s?(?:\sdesde\sel\soriginal)?\sel"
              r"|(?:fecha\sde\s)?(?:consulta|acceso)"
              r"|última\s(?:edición|modificación|actualización|consulta|revisión)"
              r"(?:\sde\sesta\spágina)?(?:\s(?:el|fue\sel))?"
              r"|(?:esta\s)?página\s(?:se\seditó|se\smodificó|fue\s"
              r"(?:editada|modificada|actualizada))(?:\spor\súltima\svez)?"
              r"(?:\sa\slas\s[\d:]{1,5})?\sel|(?:aviso|página|sitio)\sactualizad[oa]\sel"
              r"|copia\sarchivada\sel",
    posted=r"(?:publicad|actualizad|modificad|editad|impres|cread|subid)[oa](?:\sel)?"
           r"|hoy(?:\ses)?",
)  # fmt: skip
