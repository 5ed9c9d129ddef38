"""Portuguese: ``25 de fevereiro de 1956``."""

from onthisday.drafts.languages.language import NAMED, Language, numbered, phrases, words
from onthisday.drafts.languages.old_months import LATIN

PORTUGUESE = Language(
    code="pt",
    months=numbered("janeiro fevereiro março abril maio junho julho"
                    " agosto setembro outubro novembro dezembro"),
    short={"jan": 1, "fev": 2, "abr": 4, "jun": 6, "jul": 7, "ago": 8, "set": 9, "out": 10,
           "nov": 11, "dez": 12},
    old=LATIN
        | numbered("janr fevr março abr maio jun jul agto setbro outbro novbro dezbro")
        | {"oitubro": 10, "dezembr": 12, "mar": 3},
    frequent=words("o os as e do da dos das em um uma não com foi na no ao que de a por se"
                   " para seu sua mais à pela pelo era ou como sem"),
    seasons={"primavera": 21, "verão": 22, "outono": 23, "inverno": 24},
    days={
        "no dia seguinte": 1, "o dia seguinte": 1, "no mesmo dia": 0, "nesse dia": 0,
        "naquele dia": 0, "no dia anterior": -1, "na véspera": -1,
    },
    years={"no mesmo ano": 0, "nesse ano": 0, "naquele ano": 0, "no ano seguinte": 1,
           "no ano anterior": -1},
    numbers=numbered("dois três quatro cinco seis sete oito nove dez onze doze", 2),
    begins=frozenset({"século"}),
    spelled=numbered("primeiro dois três quatro cinco seis sete oito nove dez onze doze"
                     " treze catorze quinze dezasseis dezassete dezoito dezanove vinte"
                     " vinte-e-um vinte-e-dois vinte-e-três vinte-e-quatro vinte-e-cinco"
                     " vinte-e-seis vinte-e-sete vinte-e-oito vinte-e-nove trinta"
                     " trinta-e-um")
        | {"dezesseis": 16, "dezessete": 17, "dezenove": 19},
    of_spelled=r"\s(?:dias?\s)?(?:do\smês\s)?de\s",
    ordinal=r"\.?[º°]|o",
    of_month=r"(?:dias\s)?(?:de|do\sm[êe]s\sde)",
    of_year=r"de|do\sano(?:\sda\sgraça|\sdo\sSenhor)?(?:\sde)?",
    joins=r"e|a|ao|ou|para",
    until=r"a|até",
    between=phrases("entre"),
    about=phrases("cerca de, por volta de, aproximadamente, c., ca."),
    leads_in=phrases(
        "em, de, desde, até, após, antes de, depois de, ano, anos, entre, e, a, "
        "início de, meados de, fins de, final de"
    ),
    surely=words("em desde ano"),
    in_the_year=phrases("ano, ano de, ano da graça de"),
    in_year=r"em",
    before_christ=r"a\.\s?C\.",
    after_christ=r"(?i:anno\sd(?:omi)?ni\.?)|d\.\s?C\.",
    counts=r"homens|soldados|mulheres|pessoas|crianças|mortos|feridos|prisioneiros|habitantes|operários"
           r"|cavaleiros|réis|escudos|exemplares|toneladas|metros|quilómetros|quilômetros|delegados"
           r"|membros|alemães|russos|judeus|cavalos|navios|aviões|casas|almas|estudantes|refugiados"
           r"|manifestantes|voluntários|espectadores|trabalhadores|escravos",
    numbered=r"n|n[°ºo]s?|n\.\s?[°ºo]s?|núms?|nums?|números?|№|#|vols?|volumes?|t|tomos?|pp?"
             r"|págs?|pags?|páginas?|f|ff|fols?|fls?|folhas?|fólios?|caixas?|cxs?|maços?|mçs?"
             r"|pastas?|caps?|capítulos?|arts?|artigos?|§{1,2}|figs?|figuras?|ests?|estampas?"
             r"|salas?|livros?|docs?|documentos?|cadernos?|registos?|registros?|reg|plataforma"
             r"|cela|vagão|bloco|linha|tipo|classe|fase|etapa|semana|salmos?|versículos?|partes?"
             r"|anexos?|notas?|voo|quarto|fórmula|apoll?o|op|opus|autocarro|ônibus|bonde|trem"
             r"|comboio|zona|sector|setor|cota|processos?|proc|mss?|manuscrito|rolo|túmulo|ref"
             r"|inv|cena|ato|sinfonia|sonata|episódio|versão|objeto|cama|assento|cláusula"
             r"|parágrafo|regra|pergunta|canal|lição",
    named=NAMED,
    before_day=words("aos às o a os as em no na nos nas de do da dos das desde até para por e entre"
                     " ao à nasceu nascido nascida morreu morto faleceu falecido batizado"
                     " batizada casado dado fundado assinado segunda terça quarta quinta sexta"
                     " sábado domingo"),
    feasts={
        "dia de natal": "12-25", "véspera de natal": "12-24", "na véspera de natal": "12-24",
        "véspera do natal": "12-24",
        "dia de ano novo": "01-01", "dia de reis": "01-06", "dia de todos os santos": "11-01",
        "todos os santos": "11-01", "dia de são joão": "06",
    },
    not_the_feast=r"(?:v[ée]speras?|vigília|oitava|semana|seguinte|depois|antes)"
                  r"\s(?:ao?|de|do|da)(?:\sdia\sde)?",
    century=r"século\s(?P<nth>[IVX]{1,5})",
    decade=r"(?<=\banos.)(?P<decade>\d{3}0)|(?<=\banos.)(?P<short>\d0)",
    days_later=r"(?P<count>\d{1,3}|[a-zê]{1,15})\sdias\s(?:depois|mais\starde|(?P<back>antes))",
    links=words("o a os de do da em no ao à dia segunda-feira terça-feira quarta-feira"
                " quinta-feira sexta-feira sábado domingo mesmo"),
    sides=phrases("antes, depois, após, desde, até, pouco antes, pouco depois, logo após"),
    bounds=phrases("pelo menos, entre, a partir, mais tardar, mais tarde, mais tarde que"
                   ", anterior, posterior, anteriores, posteriores, véspera, vésperas, seguinte"
                   ", semana, cerca, por volta, volta, não antes, anteriormente, posteriormente"
                   ", previamente, máximo, dentro, perto, em torno, torno, a contar, não"
                   ", previsto para, dias, ante, mesmo, passado o, passado o dia, seguintes"
                   ", subsequentes, subsequente"),
    bounds_after=phrases("o mais tardar, no mais tardar, ou antes, ou depois, ou mais tarde"
                         ", em diante, aproximadamente, mais ou menos, no máximo, no mínimo"
                         ", ou pouco depois, ou pouco antes"),
    ends=phrases("até"),
    then=phrases("então, depois, em seguida, nesse dia, naquele dia, logo, foi então, a seguir"
                 ", nessa noite, neste dia, depois disso"),
    when=phrases("quando, data em que, dia em que"),
    of=words("do de da"),
    hedges=phrases("provavelmente, talvez, possivelmente, presumivelmente, diz-se, supostamente"
                   ", ao que parece, parece, alegadamente, teria, teriam, segundo a tradição"
                   ", segundo a lenda, diz a tradição, acredita-se, porventura, quiçá, quem sabe"
                   ", pensa-se, crê-se, supõe-se, presumível, aparentemente, seria, seriam"
                   ", dizem, supõe-se que, julga-se, verosimilmente, deve ter, pode ter"
                   ", conta-se, presumidamente, eventualmente, segundo alguns, poderá ter"
                   ", poderia ter, pode ser, julga-se que, terá, terão, é possível, incerta )"
                   ", incerto ), duvidosa ), duvidoso ), provável ), é incerta, é duvidosa"
                   ", é provável"),
    ands=words("e mas"),
    either=phrases("ou, ou a, ou em, ou no dia, ou de, ou o, ou talvez em, ou ao, ou então"),
    spans=phrases("a, ao, até, para, até ao, até o, à"),
    night=words("noite noites madrugada"),
    in_calendar=r"(?i:(?:do|no|de|segundo|pelo|conforme)(?:\so)?)",
    old_style=r"(?i:(?:calendário|estilo)\s(?:juliano|antigo|velho)\b|juliano(?=[)\]])"
              r"|(?:antigo|velho)\s(?:estilo|calendário)\b)",
    new_style=r"(?i:(?:calendário|estilo)\s(?:gregoriano|novo)\b|gregoriano(?=[)\]])"
              r"|novo\s(?:estilo|calendário)\b)",
    birth=r"nasce(?:u|ram)?|nascid[oa]s?|nascimento|n\.(?=\s?\d)",
    death=r"morre(?:u|ram)?|mort[oae]s?|falece(?:u|ram)?|falecid[oa]s?|falecimento|óbito"
          r"|m\.(?=\s?\d)",
    marriage=r"cas(?:ou|aram|ad[oa]s?)(?:-se)?|casamento|matrimónio|matrimônio|núpcias",
    is_born="Nasce {}",
    dies="Morre {}",
    consulted=r"(?:consultad|acessad|arquivad|acedid)[oa]s?(?:\sdo\soriginal)?\s(?:em|a)"
              r"|(?:data\sde\s)?(?:acesso|consulta)(?:\sem)?|cópia\sarquivada\sem"
              r"|última\s(?:edição|modificação|atualização|actualização|consulta)"
              r"(?:\sdesta\spágina)?(?:\sem)?"
              r"|(?:esta\s)?página\sfoi\s(?:editada|modificada|atualizada)"
              r"(?:\spela\súltima\svez)?(?:\sàs\s[\dhmin:]{1,8}\sde)?(?:\sem)?",
    posted=r"(?:publicad|postad|atualizad|actualizad|modificad|editad|impress|criad)[oa](?:\s"
           r"(?:em|a))?|hoje(?:\sé)?",
)  # fmt: skip
