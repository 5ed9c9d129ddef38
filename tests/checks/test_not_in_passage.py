"""An entry says only what its passages say, in eight languages."""

import time
import unicodedata
from pathlib import Path
from typing import Any, Literal

import pytest

from onthisday.checks.saying.claims import claims_in
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.said import Said
from onthisday.errors import Finding
from tests.checks.curating import Desk, cites, document, of_rule
from tests.core.almanacs import entry

PASSAGE = (
    "On 25 February 1956 Nikita Khrushchev spoke in Moscow to 1,400 delegates of the Twentieth "
    "Congress. One and a half million people had been arrested, and 680,000 executed."
)


def found(folder: Path, passage: str, language: str = "en", **more: Any) -> list[Finding]:
    """Return the findings for one entry that cites one passage."""
    desk = Desk(folder)
    (folder / "config.yaml").write_text(f"site: {{language: {language}}}\n")
    cited = cites("book", (0, len(passage)))
    text = passage + "\nParis, 7,000, Mai 1871, Petrograd, Варшава, 1.700."
    desk.hold("book", text)
    given = {"title": "A speech is given", "sources": [cited], **more}
    desk.write([entry("a", "1956-02-25", **given)], [document("book", text)])
    return of_rule(desk.check(), "not-in-passage")


def words(findings: list[Finding]) -> list[str]:
    """Return the words that findings name."""
    return [finding.message.split(' says "')[1].split('"')[0] for finding in findings]


@pytest.mark.parametrize(
    "summary",
    [
        "Khrushchev's speech was heard by 1400 delegates.",
        "It was the 20th Congress, or the XXth.",
        "On 25 February, in Moscow, Nikita Khrushchev spoke of 1.5 million arrests.",
        "Some 680 thousand were executed.",
        "In February 1956 he spoke.",
        "In the 1950s a speech was given.",
        "A Khrushchevian speech.",
        "The Book says so.",
    ],
)
def test_what_the_passage_says_in_other_words_is_said(tmp_path: Path, summary: str) -> None:
    assert found(tmp_path, PASSAGE, summary=summary) == []


@pytest.mark.parametrize(
    ("summary", "wrong"),
    [
        ("He spoke to 7,000 delegates.", "7,000"),
        ("He spoke to 680,000 delegates.", "680,000"),  # they are counted otherwise
        ("It was the 20st Congress.", "20st"),
        ("He spoke on 25 February 1957.", "25 February 1957"),
        ("He spoke to seven thousand delegates.", "seven thousand"),
        ("It was the 21st Congress.", "21st"),
        ("It was the Twenty-First Congress.", "Twenty-First"),
        ("He spoke on 26 February 1956.", "26 February 1956"),
        ("He spoke in March 1956.", "March 1956"),
        ("He spoke in 1957.", "1957"),
        ("He spoke in Paris.", "Paris"),
        ("The speaker was Leonid Khrushchev.", "Leonid"),
        ("Leonid Brezhnev spoke.", "Leonid"),
        ("Brezhnev was the speaker.", "Brezhnev"),
        ("That was in the 1970s.", "1970s"),
        ("Half a million were arrested.", "Half a million"),
        ("2.5 million were arrested.", "2.5 million"),
    ],
)
def test_what_the_passage_does_not_say_is_told(tmp_path: Path, summary: str, wrong: str) -> None:
    assert wrong in words(found(tmp_path, PASSAGE, summary=summary))


def test_the_finding_names_the_word_and_shows_the_passage(tmp_path: Path) -> None:
    [finding] = found(tmp_path, PASSAGE, summary="He spoke to 7,000 delegates.")
    assert 'the summary says "7,000"' in finding.message
    assert "book has “On 25 February 1956 Nikita Khrushchev spoke in Moscow to" in finding.message
    assert (finding.severity, finding.line) == ("warning", 1)


@pytest.mark.parametrize("key", ["title", "brief", "summary", "place", "as_written"])
def test_each_text_of_an_entry_is_looked_at(tmp_path: Path, key: str) -> None:
    wrong = "Paris" if key == "place" else "On 1 May 1871"
    assert words(found(tmp_path, PASSAGE, **{key: wrong})) != []


def account(*says: str) -> list[dict[str, Any]]:
    """Return an account with these answers from the whole of the passage."""
    answers = [{"says": each, **cites("book", (0, len(PASSAGE)))} for each in says]
    return [{"question": "How many?", "answers": answers}]


def test_an_answer_is_looked_for_in_its_own_passage(tmp_path: Path) -> None:
    told = found(tmp_path, PASSAGE, accounts=account("1,400 delegates", "1,500 delegates"))
    assert words(told) == ["1,500"]
    assert "the answer says" in told[0].message


def test_what_is_silenced_with_its_words_is_quiet_and_other_words_are_not(tmp_path: Path) -> None:
    silence = [{"rule": "not-in-passage", "words": "in Paris", "reason": "known"}]
    told = found(tmp_path, PASSAGE, summary="In Paris he met Picasso.", silence=silence)
    assert words(told) == ["Picasso"]


def test_words_that_are_all_said_need_no_silence(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.hold("book", PASSAGE)
    silence = [{"rule": "not-in-passage", "words": "Moscow", "reason": "known"}]
    cited = [cites("book", (0, len(PASSAGE)))]
    desk.write([entry("a", "1956-02-25", title="A speech in Moscow", sources=cited,
                      silence=silence)], [document("book", PASSAGE)])  # fmt: skip
    assert [finding.rule for finding in desk.check().findings] == ["silence"]


def test_a_part_of_a_figure_is_not_silenced(tmp_path: Path) -> None:
    silence = [{"rule": "not-in-passage", "words": "17,000", "reason": "known"}]
    told = found(tmp_path, PASSAGE, summary="He spoke to 7,000 people.", silence=silence)
    assert words(told) == ["7,000"]


def test_a_length_of_time_is_said_by_its_two_dates(tmp_path: Path) -> None:
    passage = "The Congress opened on 14 February 1956; Stalin had died in 1953."
    assert found(tmp_path, passage, summary="Three years after he died, eleven days late.") == []
    assert words(found(tmp_path, passage, summary="Nine years after Stalin died.")) == ["Nine"]


def test_a_rounded_length_may_differ_a_little(tmp_path: Path) -> None:
    passage = "Stalin ruled from 1924. He died in 1953."
    assert found(tmp_path, passage, summary="He ruled for almost thirty years.") == []
    assert words(found(tmp_path, passage, summary="He ruled for almost twenty years.")) == [
        "twenty"
    ]


def test_two_years_that_are_named_together_must_be_together_in_the_passage(tmp_path: Path) -> None:
    passage = "He worked from 1931 to 1935. In 1934 he joined, and left in 1938."
    assert found(tmp_path, passage, summary="He worked there from 1931 to 1935.") == []
    assert words(found(tmp_path, passage, summary="He worked from 1931 to 1938.")) == [
        "1931 to 1938"
    ]
    assert found(tmp_path, passage, summary="He was there from 1934 to 1938.") == []


def test_times_of_day_are_compared_whole(tmp_path: Path) -> None:
    passage = "At 5:34 a.m. (9:40 p.m. in Washington) it began."
    assert found(tmp_path, passage, summary="It began at 5:34 AM.") == []
    assert words(found(tmp_path, passage, summary="It began at 9:34 AM.")) == ["9:34 AM"]


def test_without_the_text_nothing_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    cited = [cites("book", (0, len(PASSAGE)))]
    desk.write([entry("a", "1956-02-25", title="He speaks in Paris", sources=cited)],
               [document("book", PASSAGE)])  # fmt: skip
    assert of_rule(desk.check(), "not-in-passage") == []


def test_a_quotation_is_a_passage_also_without_the_text(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    cited = [{"document": "book", "quote": "Khrushchev spoke in Moscow"}]
    desk.write([entry("a", "1956-02-25", title="A speech in Paris", sources=cited)],
               [document("book")])  # fmt: skip
    assert words(of_rule(desk.check(), "not-in-passage")) == ["Paris"]


def test_a_source_that_is_not_held_may_say_it(tmp_path: Path) -> None:
    sources = [cites("book", (0, len(PASSAGE))), cites("archive")]
    desk = Desk(tmp_path)
    desk.hold("book", PASSAGE)
    desk.write([entry("a", "1956-02-25", title="A speech in Paris", sources=sources)],
               [document("archive"), document("book", PASSAGE)])  # fmt: skip
    assert of_rule(desk.check(), "not-in-passage") == []


def test_an_entry_is_judged_when_its_last_document_was_read(tmp_path: Path) -> None:
    first, second = "A speech was given in Moscow.", "Picasso was there."
    desk = Desk(tmp_path)
    desk.hold("one", first)
    desk.hold("two", second)
    sources = [cites("two", (0, len(second))), cites("one", (0, len(first)))]
    desk.write([entry("a", "1956-02-25", title="A talk in Moscow by Picasso of Rome",
                      sources=sources)],
               [document("one", first), document("two", second)])  # fmt: skip
    assert words(of_rule(desk.check(), "not-in-passage")) == ["Rome"]


SAID = [
    ("de", "Chruschtschow spricht vor 1.400 Delegierten in Moskau",
     ("Am 25. Februar 1956 sprach Chruschtschow auf dem zwanzigsten Parteitag in Moskau vor"
     " tausendvierhundert Delegierten.")),
    ("fr", "Khrouchtchev parle à Moscou devant 1 400 délégués",
     "Le 25 février 1956, à Moscou, Khrouchtchev parla devant mille quatre cents délégués."),
    ("it", "Kruscev parla a Mosca davanti a 1.400 delegati",
     "Il 25 febbraio 1956 Kruscev parlò a Mosca davanti a millequattrocento delegati."),
    ("es", "Jruschov habla en Moscú ante 1.400 delegados",
     "El 25 de febrero de 1956 Jruschov habló en Moscú ante mil cuatrocientos delegados."),
    ("pt", "Khrushchov fala em Moscovo perante 1.400 delegados",
     ("Em 25 de fevereiro de 1956 Khrushchov falou em Moscovo perante mil e quatrocentos"
     " delegados.")),
    ("nl", "Chroesjtsjov spreekt in Moskou voor 1.400 afgevaardigden",
     "Op 25 februari 1956 sprak Chroesjtsjov in Moskou voor veertienhonderd afgevaardigden."),
    ("ru", "Речь Хрущёва в Москве перед 1400 делегатами",
     "25 февраля 1956 года в Москве Хрущев выступил перед тысячей четырьмястами делегатов."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "passage"), SAID)
def test_inflected_names_and_spelled_figures_are_said(
    tmp_path: Path, language: str, title: str, passage: str
) -> None:
    assert found(tmp_path, passage, language, title=title) == []


@pytest.mark.parametrize(("language", "title", "passage"), SAID)
def test_a_wrong_figure_is_told_in_each_language(
    tmp_path: Path, language: str, title: str, passage: str
) -> None:
    wrong = title.replace("400", "700")
    assert len(found(tmp_path, passage, language, title=wrong)) == 1


PLACES = {"de": "Moskau", "fr": "Moscou", "it": "Mosca", "es": "Moscú", "pt": "Moscovo",
          "nl": "Moskou", "ru": "Москве"}  # fmt: skip


@pytest.mark.parametrize(("language", "title", "passage"), SAID)
def test_a_wrong_place_is_told_in_each_language(
    tmp_path: Path, language: str, title: str, passage: str
) -> None:
    other = "Варшаве" if language == "ru" else "Petrograd"
    wrong = title.replace(PLACES[language], other)
    assert words(found(tmp_path, passage, language, title=wrong)) == [other]


WHOLE = [
    ("de", "Brand zerstört das Rathaus",
     "Feuer brach im Dachstuhl aus; Menschen kamen nicht zu Schaden. Soldaten halfen.",
     "Das Rathaus von Neustadt brannte am 3. Mai 1826 nieder. Verletzt wurde niemand."),
    ("en", "Fire destroys the old mill",
     ("Flames broke out at night. Neighbours formed a chain, but nobody could save the roof."
     " Nobody was hurt. Rebuilding took two years."),
     "On 3 May 1826 the old mill burned down in the night. It was rebuilt in 1828."),
    ("es", "Se proclama la Segunda República",
     "Miles de madrileños celebran. El rey Alfonso XIII abandona España.",
     ("En 1931 se proclamó la II República en España. En Madrid la gente salió a la calle, y el rey"
     " Alfonso XIII salió del país.")),
    ("fr", "Mort de Victor Hugo", "L'écrivain meurt à Paris à 83 ans.",
     "Victor Hugo s'éteint le 22 mai 1885 à Paris, à l'âge de quatre-vingt-trois ans."),
    ("it", "Muore Garibaldi", "Giuseppe Garibaldi muore a Caprera. Aveva settantaquattro anni.",
     "Il 2 giugno 1882 Giuseppe Garibaldi si spense nella sua casa di Caprera a 74 anni."),
    ("nl", "Watersnood in Zeeland", "Dijken breken in de nacht. Er verdrinken 1.836 mensen.",
     "In de nacht van 31 januari braken de dijken in Zeeland; 1836 mensen verdronken."),
    ("pt", "Começa a Revolução dos Cravos", "Soldados tomam Lisboa.",
     "Em 25 de Abril de 1974 militares ocuparam Lisboa: a Revolução dos Cravos."),
    ("ru", "Запуск первого спутника",
     "Советский Союз запускает спутник с космодрома Байконур. Сигналы слышат везде.",
     "4 октября 1957 года СССР запустил с Байконура первый искусственный спутник Земли."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "summary", "passage"), WHOLE)
def test_an_entry_in_its_curators_own_words_has_no_findings(
    tmp_path: Path, language: str, title: str, summary: str, passage: str
) -> None:
    assert words(found(tmp_path, passage, language, title=title, summary=summary)) == []


def test_names_are_not_looked_for_in_another_language_and_figures_are(tmp_path: Path) -> None:
    passage = "Am 25. Februar 1956 sprach er in Wien vor den Delegierten, es waren 1.400."
    told = found(tmp_path, passage, title="He speaks in Vienna to the 1,500 who were there")
    assert words(told) == ["1,500"]


PLAIN = "Le 3 août 1898 Émile Zola était à Besançon devant 1,400 délégués."


@pytest.mark.parametrize("written", [unicodedata.normalize(form, PLAIN) for form in ("NFC", "NFD")])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_are_read_alike_in_each_unicode_form(
    tmp_path: Path, written: str, form: Literal["NFC", "NFD"]
) -> None:
    summary = "Le 3 août 1898, Émile Zola est à Besançon."
    words_of = {"title": "Dans la ville", "summary": unicodedata.normalize(form, summary)}
    assert words(found(tmp_path, written, "fr", **words_of)) == []


@pytest.mark.parametrize("sign", ["-\n", "\u00ad", "\u00ad\n", "¬\n"])
def test_a_word_that_is_parted_at_the_end_of_a_line_is_one_word(tmp_path: Path, sign: str) -> None:
    passage = f"On 25 February 1956 Khrush{sign}chev spoke in Mos{sign}cow."
    assert found(tmp_path, passage, summary="In Moscow, Khrushchev spoke.") == []


@pytest.mark.parametrize(
    "text", ["A", "I", "'A", "1,", "May 1 ", "On 3 May King Louis XIV met 1,400 men of Paris. "]
)
def test_the_time_grows_with_the_length_of_a_passage_alone(text: str) -> None:
    claims = claims_in("In Rome were 1,500 men of the USSR on 4 May 1957 under Louis XV", "en")

    def seconds(size: int) -> float:
        said = Said(ReadText(text * (size // len(text)), "en"))
        begun = time.process_time()
        found_all = {claim.words for claim in claims if said.has(claim)}
        assert len(found_all) < len(claims)
        return time.process_time() - begun

    seconds(1000)  # the words of the language are prepared once
    assert seconds(40_000) < 20 * seconds(5_000) + 0.2


FIGURES = [
    ("en", "Louis XIV met James II", "Louis XVI met James II and Pius XIV", ["XIV"]),
    ("ru", "Отречение Николая I", "Отрёкся Николай II, внук Николая Павловича; Александр I", ["I"]),
    ("en", "In the 19th century, far away", "That was in 1856.", []),
    ("en", "In the 18th century, far away", "That was in 1856.", ["18th"]),
    ("en", "It was in the thirties", "That was in the 1950s.", ["thirties"]),
    ("en", "It was in the fifties", "That was in 1956.", []),
    ("en", "Almost 25,000 people came", "There were 24,978 people.", []),
    ("en", "Some 25,000 people came", "There were 21,978 people.", ["25,000"]),
    ("en", "The crowd of 25,000 people came", "There were 24,978 people.", ["25,000"]),
    ("en", "The crowd of 50,000 people came", "There were 49,000 people, or 50,000.", []),
    (
        "en",
        "An electorate of 6 million votes",
        "6 million of an electorate of 6.5 million voted.",
        [],
    ),
    ("en", "All 6.0 million cast votes", "6 million of 6.5 million cast votes.", ["6.0 million"]),
    ("en", "The 25th Congress", "On the 25th the Twentieth Congress ended.", ["25th"]),
    ("en", "It was half past eleven", "At 11:30 it began.", []),
    ("en", "It was half past ten", "At 11:30 it began.", ["ten"]),
    ("en", "His thousandth goal", "It was the 100th.", ["thousandth"]),
    ("fr", "Naissance de la Ve République", "La Cinquième République est née.", []),
]


@pytest.mark.parametrize(("language", "title", "passage", "wrong"), FIGURES)
def test_figures_are_compared_as_a_reader_compares_them(
    tmp_path: Path, language: str, title: str, passage: str, wrong: list[str]
) -> None:
    assert words(found(tmp_path, passage, language, title=title)) == wrong


NAMES = [
    ("fr", "On parle du pont d'Iéna", "On parle du pont d'Austerlitz.", ["Iéna"]),
    ("it", "Le acque dell'Arno", "Straripò l'Arno.", []),
    ("it", "Le acque dell'Arno", "Straripò il Tevere.", ["Arno"]),
    ("it", "Davanti al Sant'Uffizio", "Davanti al Santo Uffizio.", []),
    ("en", "A feast in St. Martin", "A feast in St Remigius.", ["Martin"]),
    ("en", "He gave it to Ulysses S. Sherman", "Ulysses S. Grant got it.", ["Sherman"]),
    ("en", "Edgar II falls", "Harold II falls.", ["Edgar"]),
    ("pt", "Cria-se a Companhia do Grão-Mogol", "Criou-se a Companhia do Grão-Pará.", ["Mogol"]),
    ("ru", "Матч в Москве", "Матч прошёл на московском стадионе.", []),
    ("ru", "Это старый Восход", "Это Восток.", ["Восход"]),
    ("de", "Der Physiker Wilhelm Conrad Röntgen", "W. C. Röntgen war Physiker.", []),
    ("ru", "Победа Михаила Кутузова", "М. И. Кутузов победил.", []),
    ("ru", "Победа Петра Кутузова", "М. И. Кутузов победил.", ["Петра"]),
    ("de", "Es kam der Polizeisenator Helmut Schmidt", "Es kam Helmut Schmidt.", []),
    ("en", "It was on the fourth of July", "It was on 5 July.", ["fourth of July"]),
    ("fr", "Le premier mai", "C'était le 1er mai.", []),
]


@pytest.mark.parametrize(("language", "title", "passage", "wrong"), NAMES)
def test_names_and_days_are_found_as_each_language_writes_them(
    language: str, title: str, passage: str, wrong: list[str]
) -> None:
    claims = [claim for claim in claims_in(title, language) if not claim.doubtful]
    said = Said(ReadText(passage, language))
    assert [claim.words for claim in claims if not said.has(claim)] == wrong


def test_the_first_and_the_last_day_are_counted_too(tmp_path: Path) -> None:
    passage = "The fire burned on 16 and 17 July, in the night."
    assert found(tmp_path, passage, summary="It burned for two days.") == []
    assert words(found(tmp_path, passage, summary="It burned for three days.")) == ["three"]
