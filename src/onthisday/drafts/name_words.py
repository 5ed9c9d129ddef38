"""Words with a capital letter that are no person's name, in eight languages.

The sentence says only which words begin with a capital. So names.py asks here which of them are
articles, roles or things. All words are in small letters, without full stops. Each language has the
English words too, because texts quote English names of things.
"""

import re

from onthisday.drafts.languages.language import words


def _by_language(en: str, **others: str) -> dict[str, frozenset[str]]:
    return {"en": words(en)} | {code: words(f"{en} {more}") for code, more in others.items()}


NO_NAME = _by_language(
    en=(
        "january february march april may june july august september october november "
        "december monday tuesday wednesday thursday friday saturday sunday the this that "
        "these those his her its their he she it they we you i on in at by from after "
        "before during until since when while as and but or if for with of to a an one two "
        "three several many most some all both no not only then there here what who how why "
        "another other others each every few later soon now still even also more less such its "
        "mr mrs ms miss dr prof sir saint dear my our dame lady lord reverend rev"
    ),
    de=(
        "der die das dem den des ein eine einer eines einem einen am im in an auf aus bei "
        "beim vom von zum zur zu nach vor seit bis ab mit ohne für gegen um über unter "
        "durch wegen während als wenn weil da dann dort hier so auch noch nur und oder aber "
        "denn er sie es wir ihr ich man sein seine seiner seinem seinen ihre ihrer ihrem "
        "ihren dieser diese dieses diesem diesen jener jene jedes jeder alle viele einige "
        "mehrere kein keine liebe lieber liebes mein meine herr herrn frau fräulein januar "
        "februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag "
        "freitag samstag sonnabend sonntag morgen abend nacht erst gestern heute"
    ),
    fr=(
        "le la les l un une des du de d au aux en dans par pour sur sous avec sans depuis "
        "avant après pendant lorsque quand il elle ils elles nous vous je on ce cet cette "
        "ces son sa ses leur leurs ma mon mes chère cher madame monsieur mme mlle "
        "mademoiselle selon ainsi puis alors janvier février mars avril juin juillet août "
        "septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi "
        "dimanche"
    ),
    it=(
        "il la le lo gli i un uno una l di a da in con su per tra fra e o ma che nel nella "
        "nei nelle nello negli del della dei degli delle dello dal dalla al alla ai agli "
        "alle col sul sulla quando dopo prima durante questo questa quel quella suo sua "
        "suoi caro cara signor signora gennaio febbraio marzo aprile maggio giugno luglio "
        "agosto settembre ottobre dicembre lunedì martedì mercoledì giovedì venerdì sabato "
        "domenica"
    ),
    es=(
        "el los las la lo un una unos unas y e o u en de del al a con por para sin sobre "
        "desde hasta cuando entonces según su sus este esta ese esa don doña señor señora "
        "querido querida mi enero febrero marzo abril mayo junio julio agosto septiembre "
        "octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo"
    ),
    pt=(
        "o a os as um uma uns umas e no na nos nas do da dos das de ao à aos às em com por "
        "para pelo pela sem sobre desde até quando então segundo seu sua este esta dom dona "
        "senhor senhora querido querida meu minha janeiro fevereiro março abril maio junho "
        "julho agosto setembro outubro novembro dezembro segunda-feira terça-feira quarta- "
        "feira quinta-feira sexta-feira sábado domingo"
    ),
    nl=(
        "de den en of in naar het een op te van met voor door over uit bij aan toen nadat "
        "omdat hij zij wij deze dit die zijn haar hun mijn beste lieve mevrouw meneer "
        "januari februari maart mei augustus maandag dinsdag woensdag donderdag vrijdag "
        "zaterdag zondag"
    ),
    ru=(
        "в во на с со к ко о об от до из у по под при за без для через после перед между и "
        "а но или что как когда где он она оно они мы вы я это этот эта его её их мой моя "
        "дорогой дорогая господин госпожа января февраля марта апреля мая июня июля августа "
        "сентября октября ноября декабря утром вечером ночью днём сегодня вчера потом затем"
    ),
)
"""Words that may have a capital but begin no name, by language."""

ROLES = _by_language(
    en=(
        "president premier chancellor king queen emperor tsar pope general marshal admiral "
        "colonel captain major senator governor secretary minister chairman first leader "
        "comrade prime prince princess bishop archbishop cardinal judge professor soviet "
        "doctor"
    ),
    de=(
        "präsident präsidentin bundespräsident reichspräsident ministerpräsident kanzler "
        "bundeskanzler reichskanzler kaiser kaiserin könig königin papst bischof kardinal "
        "fürst graf gräfin herzog prinz prinzessin freiherr baron sekretär generalsekretär "
        "minister außenminister oberst hauptmann feldmarschall doktor pfarrer bürgermeister "
        "oberbürgermeister erste erster ersten"
    ),
    fr=(
        "président présidente roi reine empereur pape évêque comte duc maréchal général "
        "ministre docteur"
    ),
    it=(
        "presidente re regina imperatore papa vescovo cardinale conte duca generale "
        "ministro dottor dottore maresciallo"
    ),
    es=("presidente papa general rey reina emperador obispo cardenal conde duque mariscal doctor"),
    pt=("presidente rei rainha imperador bispo cardeal marechal doutor"),
    nl=(
        "koning koningin keizer paus bisschop graaf hertog generaal maarschalk dokter burgemeester"
    ),
    ru=(
        "президент премьер король королева император императрица царь папа генерал маршал "
        "адмирал полковник капитан секретарь министр председатель товарищ князь граф "
        "епископ профессор доктор"
    ),
)
"""Roles that stand before a person's name, by language."""

NO_PERSON = _by_language(
    en=(
        "party congress union soviet communist committee central council world war cold "
        "square red great hall house united states kingdom university church street city "
        "county museum library society company institute academy army navy force court act "
        "treaty conference republic empire league association department ministry office "
        "government parliament senate press times history today north south east west new "
        "international national federal kremlin prize peace cemetery temple speech cult "
        "personality day post castle palace bridge river lake mount island station railway "
        "school college hospital battle revolution club operation mill"
    ),
    de=(
        "mühle kirche haus rathaus straße gasse platz brücke bahnhof schloss kloster krieg "
        "frieden partei rede geheimrede heer marine gesetz grundgesetz amt stadt dorf volk "
        "werk fabrik verein klub zeitung tag jahr"
    ),
    fr=(
        "parti congrès union conseil comité guerre paix place rue église université musée "
        "bibliothèque société compagnie institut académie armée marine cour traité "
        "conférence république empire ministère gouvernement parlement sénat presse château "
        "palais pont gare école hôpital bataille révolution nationale national assemblée "
        "grande grand nouveau nouvelle vieux ancien rouge croix"
    ),
    it=(
        "partito congresso unione consiglio comitato guerra pace piazza via chiesa "
        "università museo biblioteca società compagnia istituto accademia esercito marina "
        "corte trattato conferenza repubblica impero ministero governo parlamento senato "
        "stampa castello palazzo ponte stazione scuola ospedale battaglia rivoluzione "
        "nazionale assemblea grande nuovo nuova vecchio"
    ),
    es=(
        "partido congreso unión consejo comité guerra paz plaza calle iglesia universidad "
        "museo biblioteca sociedad compañía instituto academia ejército armada corte "
        "tratado conferencia república imperio ministerio gobierno parlamento senado prensa "
        "castillo palacio puente estación escuela hospital batalla revolución nacional "
        "asamblea gran nuevo nueva"
    ),
    pt=(
        "partido guerra paz instituto tratado república império ministério parlamento "
        "senado hospital nacional grande congresso união conselho praça rua igreja "
        "universidade museu sociedade companhia academia exército marinha governo castelo "
        "palácio ponte estação escola batalha revolução assembleia novo nova"
    ),
    nl=(
        "partij congres unie raad comité oorlog vrede plein straat kerk universiteit "
        "bibliotheek maatschappij instituut leger verdrag conferentie republiek rijk "
        "ministerie regering parlement kasteel paleis brug station school ziekenhuis slag "
        "revolutie nationale grote nieuwe oude molen"
    ),
    ru=(
        "партия съезд союз совет комитет центральный война мир площадь улица церковь "
        "университет музей библиотека общество институт академия армия флот суд договор "
        "конференция республика империя министерство правительство парламент сенат замок "
        "дворец мост вокзал школа больница битва революция красная великая отечественная "
        "мировая советский советского верховный большой новый"
    ),
)
"""If one of these is among words with capitals, they are no person's name; by language."""

_ADJECTIVE = re.compile(
    r"(?:alt|neu|groß|klein|hoh|deutsch|rot|weiß|schwarz|grün|blau|heilig|kalt|geheim|letzt|jung|frei"
    r"|vereinigt|vereint|oberst|ober|unter|ganz|erst|zweit|dritt|viert|fünft|sechst|siebt|acht|neunt|zehnt|elft|zwölft"
    r"|\w{2,}(?:lich|isch|ig|haft|sam|zigst|zehnt|end|iert))e[nmrs]?"
)
_THING = re.compile(
    r"\w{3,}(?:ungs?|ungen|heit|keit|schaft(?:en)?|tion(?:en)?|ität(?:en)?|ismus|tage?s?|gesetz\w{0,2}|haus\w{0,2}|platz|plätze"
    r"|straße|kirche|schule|partei|krieg\w{0,2}|rede|vertrag\w{0,2}|werk\w{0,2}|amt\w{0,2}|bahn|hof|höfe"
    r"|brücke|mühle|schloss|museum|verein|bund|rate?s?|reich\w{0,2}|stadt|armee|gericht\w{0,2}|bank|turm"
    r"|republik|universität|zeitung|preis\w{0,2}|fest\w{0,2}|sitzung|kongress\w{0,2}|konferenz|raum|volk)"
)


def is_german_thing(word: str) -> bool:
    """Return True if a German word with a capital letter is an adjective or a thing.

    Its ending shows it: "Geheime", "Stadtverwaltung". A few surnames end so too. They are left out,
    because in German nearly every word with these endings is no name.
    """
    small = word.lower()
    return bool(_ADJECTIVE.fullmatch(small) or _THING.fullmatch(small))
