"""Secrets that a service sends back reach no words for people, however it writes them."""

import html
import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.delivery.redaction import MARK, without_secrets
from onthisday.delivery.reply_words import excerpt

SECRET = "T0/B0/hü&sh+9?x"


def percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in a URL": lambda text: quote(text, safe=""),
    "in a URL, with slashes": quote,
    "in a URL, small letters": lambda text: re.sub(
        "%..", lambda it: it[0].lower(), quote(text, safe="")
    ),
    "each character for a URL": percent,
    "in JSON": lambda text: json.dumps(text)[1:-1],
    "in JSON, as PHP writes it": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "each character for JSON": escaped,
    "in HTML": html.escape,
    "each character for HTML": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "each character for HTML, by sixteens": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "in base64": lambda text: b64encode(text.encode()).decode(),
    "in base64 for a URL": lambda text: urlsafe_b64encode(text.encode()).decode().rstrip("="),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_secret_is_found_however_it_is_written(way: str) -> None:
    written = WAYS[way](SECRET)
    assert without_secrets(f"no /services/{written} here", (SECRET,)) == (
        f"no /services/{MARK} here"
    )


ONE_WAY: st.SearchStrategy[Callable[[str], str]] = st.sampled_from([str, percent, html.escape])


def test_a_secret_with_a_backslash_before_an_escape_is_found() -> None:
    assert without_secrets("no 000000\\%30", ("000000\\0",)) == f"no {MARK}"


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=8), st.data())
def test_a_secret_is_found_if_each_character_is_written_in_another_way(
    secret: str, data: st.DataObject
) -> None:
    written = "".join(data.draw(ONE_WAY)(c) for c in secret)
    assert secret not in without_secrets(written, (secret,))
    assert written == secret or written not in without_secrets(written, (secret,))


@pytest.mark.parametrize("length", range(6, len(SECRET)))
def test_the_beginning_of_a_secret_is_found_where_words_are_cut_short(length: int) -> None:
    words = excerpt(("x" * (199 - length) + SECRET + "more").encode())
    assert words.endswith(f"{SECRET[:length]}…")
    assert without_secrets(words, (SECRET,)) == "x" * (199 - length) + f"{MARK}…"


def test_other_words_stay_as_they_are() -> None:
    for words in ("100 % of \\ & more", "&amp;", "%zz \\u12", "done…", ""):
        assert without_secrets(words, (SECRET,)) == words


@pytest.mark.parametrize("char", '&<>"ü/?é字')
def test_each_character_is_known_in_every_way_of_writing_it(char: str) -> None:
    secret = f"s3cret{char}t0ken"
    ways = {
        f"s3cret{way}t0ken"
        for way in (
            html.escape(char), quote(char, safe=""), quote(char, safe="").lower(),
            json.dumps(char)[1:-1], f"\\u{ord(char):04x}", f"\\u{ord(char):04X}",
            f"&#{ord(char)};", f"&#x{ord(char):X};", f"\\{char}",
        )
    }  # fmt: skip
    for way in ways:
        assert without_secrets(f"it said {way}, and went", [secret]) == f"it said {MARK}, and went"


def test_only_words_that_were_cut_short_lose_the_beginning_of_a_secret() -> None:
    assert without_secrets("it said s3cret-t0", ["s3cret-t0ken"]) == "it said s3cret-t0"
    assert without_secrets("it said s3cret-t0…", ["s3cret-t0ken"]) == f"it said {MARK}…"
