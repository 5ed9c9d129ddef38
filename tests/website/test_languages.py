"""The language and the direction of pages, and of texts that are not written as their page is."""

import re
from datetime import date
from pathlib import Path

import pytest

from onthisday.locales.direction import direction_of_text
from onthisday.site.website import Website
from tests.website.fixtures import entry_of, open_almanac

ENTRIES = [
    entry_of("hebrew", "1948-05-14", title="מדינת ישראל"),
    entry_of("arabic", "1956-07-26", title="تأميم قناة السويس", summary="Windows 95 يصل"),
    entry_of("english", "1956-10-29", title="The Suez crisis", place="Port Said"),
]


def page(folder: Path, path: str, **site: str) -> str:
    almanac = open_almanac(folder, ENTRIES, **site)
    found = Website(almanac.site, almanac.library, date(2026, 2, 25)).render(path)
    assert found is not None
    return found.body.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", '<html lang="en">'),
        ("de-AT", '<html lang="de-AT">'),
        ("ar", '<html lang="ar" dir="rtl">'),
        ("sv", '<html lang="en">'),  # its words are English: nobody has written Swedish ones
    ],
)
def test_a_page_says_in_which_language_its_words_are(
    tmp_path: Path, language: str, said: str
) -> None:
    for path in ("/", "/embed/", "/404.html"):
        assert said in page(tmp_path, path, language=language)


@pytest.mark.parametrize(
    ("language", "said"), [("de", "de_DE"), ("de-AT", "de_AT"), ("ar", "ar_EG"), ("pt", "pt_BR")]
)
def test_open_graph_is_told_the_language_with_a_region(
    tmp_path: Path, language: str, said: str
) -> None:
    meta = f'<meta property="og:locale" content="{said}">'
    assert meta in page(tmp_path, "/", language=language)


def test_a_heading_begins_with_a_capital_also_if_a_day_does_not(tmp_path: Path) -> None:
    today = '<h1><time datetime="2026-02-25">Mercredi 25 février 2026</time></h1>'
    assert today in page(tmp_path, "/", language="fr")
    assert "<h2>Février</h2>" in page(tmp_path, "/year/", language="fr")


def test_a_text_of_the_other_direction_says_so(tmp_path: Path) -> None:
    english = page(tmp_path, "/entries/hebrew/")
    assert '<h1 class="title" dir="rtl">מדינת ישראל</h1>' in english
    arabic = page(tmp_path, "/entries/english/", language="ar")
    assert '<h1 class="title" dir="ltr">The Suez crisis</h1>' in arabic


def test_a_text_in_the_language_of_its_page_says_nothing(tmp_path: Path) -> None:
    arabic = page(tmp_path, "/entries/arabic/", language="ar")
    assert '<h1 class="title">تأميم قناة السويس</h1>' in arabic
    assert '<p class="summary">Windows 95 يصل</p>' in arabic


def test_texts_of_a_language_without_words_here_say_in_which_one_they_are(tmp_path: Path) -> None:
    swedish = page(tmp_path, "/entries/english/", language="sv")
    assert '<h1 class="title" lang="sv">The Suez crisis</h1>' in swedish


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("Windows 95 يصل", "ar", "rtl"),
        ("Windows 95 يصل", "en", "ltr"),
        ("1956", "ar", "rtl"),
        ("Suez", "ar", "ltr"),
        ("السويس", "fr", "rtl"),
        ("", "he", "rtl"),
    ],
)
def test_the_letters_decide_only_if_none_is_of_the_language(
    text: str, language: str, direction: str
) -> None:
    assert direction_of_text(text, language) == direction


def test_arrows_point_the_way_that_people_read(tmp_path: Path) -> None:
    around = r'rel="prev" [^>]*>(.) .*\n.*rel="next" [^>]*>.* (.)</a>'
    for language, arrows in (("en", ("←", "→")), ("ar", ("→", "←"))):
        found = re.search(around, page(tmp_path, "/days/07-26/", language=language))
        assert found is not None
        assert found.groups() == arrows
