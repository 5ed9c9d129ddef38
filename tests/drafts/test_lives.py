"""A birth, a death and a marriage are told from the words beside their days, in eight languages."""

from datetime import date

import pytest

from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.proposal import Draft, Proposal
from onthisday.drafts.proposing import by_default, proposals_of
from onthisday.drafts.sentences import sentences
from onthisday.schema.draft_format import draft_tree, draft_yaml
from onthisday.service.proposing.drafting import ReadDocument, drafts_from


def proposed(text: str) -> list[Proposal]:
    """Return the proposals of a text, the earliest day first."""
    found = proposals_of("paper.txt", text, find_mentions(text), by_default)
    return sorted(found, key=lambda each: each.date)


BOTH = [("1811-01-09", "birth"), ("1879-06-30", "death")]


@pytest.mark.parametrize(
    "text",
    [
        "He was born on 9 January 1811 and died on 30 June 1879.",
        "Born 9 January 1811, died 30 June 1879.",
        "She died on 30 June 1879; she was born at Bath on 9 January 1811.",
        "Anna Weber, b. 9 January 1811, d. 30 June 1879, was a painter.",
        "Anna Weber (9 January 1811 – 30 June 1879) was a painter from Basel.",
        "Anna Weber [9 January 1811 – 30 June 1879], painter.",
        "Weber, Anna (9 January 1811 – 30 June 1879)",
        "Anna Weber, b. 9 January 1811 at Bath, d. 30 June 1879",
        "Anna Weber * 9. Januar 1811; † 30. Juni 1879",
        "Sie wurde am 9. Januar 1811 geboren und ist am 30. Juni 1879 gestorben.",
        "Anna Weber (* 9. Januar 1811 in Basel; † 30. Juni 1879 in Wien) war eine Malerin.",
        "Er wurde am 9. Januar 1811 in Basel geboren und starb am 30. Juni 1879 in Wien.",
        "Am 9. Januar 1811 kam sie zur Welt, am 30. Juni 1879 starb sie.",
        "Geb. 9. Januar 1811 in Basel, gest. 30. Juni 1879 in Wien.",
        "Il naquit le 9 janvier 1811 et mourut le 30 juin 1879.",
        "Né le 9 janvier 1811 à Lyon, il est mort le 30 juin 1879 à Paris.",
        "Jean Dupont (Lyon, 9 janvier 1811 - Paris, 30 juin 1879) était un peintre.",
        "Anna Rossi nacque il 9 gennaio 1811 e morì il 30 giugno 1879.",
        "Anna Rossi (Roma, 9 gennaio 1811 – Milano, 30 giugno 1879) è stata una pittrice.",
        "Ana García nació el 9 de enero de 1811 y murió el 30 de junio de 1879.",
        "Nacido en Madrid el 9 de enero de 1811 y fallecido en Sevilla el 30 de junio de 1879.",
        "Ana Silva nasceu em 9 de janeiro de 1811 e morreu em 30 de junho de 1879.",
        "Nascido em Lisboa a 9 de janeiro de 1811, faleceu no Porto a 30 de junho de 1879.",
        "Anna de Vries werd geboren op 9 januari 1811 en overleed op 30 juni 1879.",
        "Zij werd op 9 januari 1811 geboren en is op 30 juni 1879 overleden.",
        "Geboren te Leiden op 9 januari 1811, overleden te Delft op 30 juni 1879.",
        "Она родилась 9 января 1811 года и умерла 30 июня 1879 года.",
        "Анна Вебер (9 января 1811 — 30 июня 1879) — художница.",
        "Анна Вебер (9 января 1811, Москва — 30 июня 1879, Париж)",
        "Анна Вебер (род. 9 января 1811, ум. 30 июня 1879) — художница.",
    ],
)
def test_a_sentence_with_a_birth_and_a_death_gives_one_of_each(text: str) -> None:
    found = proposed(text)
    assert [(each.date, each.kind) for each in found] == BOTH
    is_sure = found[1].calendar == "gregorian"  # Russian days of 1879 may be Julian
    assert [each.died for each in found] == ["1879-06-30" if is_sure else None, None]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Anna Weber (9 January 1811 – 30 June 1879) was a painter.",
         ["Anna Weber is born", "Anna Weber dies"]),
        ("Anna Weber (* 9. Januar 1811; † 30. Juni 1879) war eine Malerin.",
         ["Anna Weber wird geboren", "Anna Weber stirbt"]),
        ("Jean Dupont (9 janvier 1811 – 30 juin 1879) était un peintre.",
         ["Jean Dupont naît", "Jean Dupont meurt"]),
        ("Анна Вебер (9 января 1811 — 30 июня 1879) — художница.",
         ["Рождается Анна Вебер", "Умирает Анна Вебер"]),
        ("He was born on 9 January 1811 and died on 30 June 1879.",
         ["He was born", "He was born on 9 January 1811 and died"]),
        ("Nacido en Madrid el 9 de enero de 1811 y fallecido en Sevilla el 30 de junio de 1879.",
         ["Nacido en Madrid",
          "Nacido en Madrid el 9 de enero de 1811 y fallecido en Sevilla"]),
        ("Geb. 9. Januar 1811, gest. 30. Juni 1879 in Wien.",
         ["Geb. 9. Januar 1811", "Gest. 30. Juni 1879 in Wien"]),
    ],
)  # fmt: skip
def test_each_has_a_title_of_its_own(text: str, titles: list[str]) -> None:
    assert [each.title for each in proposed(text)] == titles


def test_each_has_the_place_of_its_own_clause() -> None:
    text = "Nato a Roma il 9 gennaio 1811, morì a Milano il 30 giugno 1879."
    assert [each.place for each in proposed(text)] == ["Roma", "Milano"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ann was born on 9 January 1811, married Bo on 3 May 1835 and died on 30 June 1879.",
         ["birth", "marriage", "death"]),
        ("Am 3. Mai 1835 heiratete Anna Weber in Basel.", ["marriage"]),
        ("Le 3 mai 1835, elle épousa le peintre.", ["marriage"]),
        ("Si sposarono a Roma il 3 maggio 1835.", ["marriage"]),
        ("Se casaron en Madrid el 3 de mayo de 1835.", ["marriage"]),
        ("Casaram em Lisboa em 3 de maio de 1835.", ["marriage"]),
        ("Zij trouwden te Delft op 3 mei 1835.", ["marriage"]),
        ("Они обвенчались в Москве 3 мая 1835 года.", ["marriage"]),
        ("He was born on 9 January 1811 and opened the shop on 3 May 1840.", ["birth", "event"]),
        ("Anna Weber, born in Basel, opened her shop on 3 May 1840.", ["event"]),
        ("Anna Weber was born in Basel, Switzerland, on 3 May 1840.", ["birth"]),
        ("After the death of his father he opened the shop on 3 May 1840.", ["event"]),
        ("The death of King Charles on 30 January 1749 shocked Europe.", ["death"]),
        ("On 3 March 1874 the ship sank; twenty died.", ["event"]),
        ("On 25 February 1956 he spoke, for the first time since the death of Stalin.", ["event"]),
        ("Anna Weber, geborene Meier, eröffnete am 3. Mai 1840 den Laden.", ["event"]),
        ("Jeanne Dupont, née Martin, ouvrit la boutique le 3 mai 1840.", ["event"]),
        ("The First World War (28 July 1914 – 11 November 1918) was a war.", ["event", "event"]),
        ("Operation Barbarossa (22 June 1941 – 5 December 1941) failed.", ["event", "event"]),
        ("The congress (9 January 1811 – 30 June 1879) met often.", ["event", "event"]),
        ("La NATO fu fondata il 4 aprile 1949.", ["event"]),
        ("Wed 3 March 1956 was cold.", ["event"]),
    ],
)  # fmt: skip
def test_a_day_has_the_kind_of_its_own_words(text: str, kinds: list[str]) -> None:
    assert [each.kind for each in proposed(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Ada Weber (b. January 9, 1950) is a teacher.",
        "Ada Weber (9 January 1950 –) is a teacher.",
        "The birthday of Ada Weber is 9 January 1950.",
        "Am 9. Januar 1950 wurde Ada Weber in Basel geboren.",
        "Ada Weber, *9. Januar 1950, ist Lehrerin.",
        "Ihr Geburtstag ist der 9. Januar 1950.",
        "Ada est née à Lyon le 9 janvier 1950.",
        "Date de naissance : 9 janvier 1950",
        "Ada Rossi, nata a Roma il 9 gennaio 1950, insegna.",
        "Data di nascita: 9 gennaio 1950",
        "Ada García (Madrid, 9 de enero de 1950) es una pintora.",
        "Fecha de nacimiento: 9 de enero de 1950",
        "Ada Silva (Lisboa, 9 de janeiro de 1950) é uma pintora.",
        "Data de nascimento: 9 de janeiro de 1950",
        "Ada is geboren op 9 januari 1950 te Leiden.",
        "Ада Вебер (род. 9 января 1950) — учительница.",
        "Дата рождения: 9 января 1950 года",
    ],
)
def test_a_birth_is_known_by_its_words_so_that_it_is_not_published(text: str) -> None:
    assert [each.kind for each in proposed(text)] == ["birth"]


def drafts(text: str, today: date = date(2026, 7, 1)) -> tuple[Draft, ...]:
    read = ReadDocument("paper.txt", "0" * 64, proposals=tuple(proposed(text)))
    return drafts_from([read], None, frozenset(), today)


@pytest.mark.parametrize(
    ("text", "living"),
    [
        ("Ada Byron was born on 9 January 1950.", True),
        ("Ada Byron was born on 1 July 1916.", False),
        ("Ada Byron was born on 2 July 1916.", True),
        ("Ada Byron was born on 9 January 1950 and died on 3 May 2001.", False),
        ("Ada Byron (born 9 January 1950, died 2001) sang.", False),
        ("Ada Byron died on 9 January 1950.", False),
        ("Ada Byron married on 9 January 1950.", False),
    ],
)
def test_a_birth_of_a_person_who_may_be_living_is_marked(text: str, living: bool) -> None:
    first = drafts(text)[0]
    assert first.may_live == living
    assert draft_tree(first, {"paper.txt": "paper"})["may_be_living"] == living
    assert ("#> The person may be living." in draft_yaml(first, {"paper.txt": "paper"})) == living


def test_a_birth_whose_passage_tells_the_death_says_so_in_the_entry() -> None:
    first = drafts("Ada Byron (9 January 1950 – 2001) sang.")[0]
    assert '  kind: birth\n  died: "2001"\n' in draft_yaml(first, {"paper.txt": "paper"})


@pytest.mark.parametrize(
    "text", ["Sie kam am 9. Januar 1811 zur Welt. Es schneite.", "Geb. 9. Jan. 1811 in Wien. Ja."]
)
def test_a_sentence_does_not_end_inside_a_german_day(text: str) -> None:
    assert len(list(sentences(text))) == 2
