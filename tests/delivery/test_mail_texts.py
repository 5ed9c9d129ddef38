"""What a mail says and how its bytes are made, whatever an entry says."""

import json
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.characters import spaced
from onthisday.locales.direction import direction_of
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.email import FULL_MOST, SHORT_MOST
from onthisday.messages.email_addresses import mailbox_of, server_of
from onthisday.messages.email_html import html_of
from onthisday.messages.email_mime import mail_of
from onthisday.messages.email_text import flowed, text_of
from onthisday.messages.line import Line, Run
from onthisday.messages.message import DigestDay, Message
from onthisday.views.view import DayView
from tests.delivery.channels import NOW, channel, message, occasion
from tests.delivery.fakes import instant
from tests.delivery.mail_servers import fault_of, head_of, parts_of, read, subject_of
from tests.delivery.services import html
from tests.delivery.test_targets_limits import MESSAGES, NASTY, assert_own_links, many
from tests.delivery.test_targets_rendering import MILL, four

ENTRY = "https://example.org/entries/secret-speech/"


def content_of(what: Message | None = None, **keys: Any) -> bytes:
    request = SERVICES["email"].render(what or message(), channel("email", **keys), instant(NOW))
    return mail_of(request.body).content


def test_the_plain_text_says_all_and_writes_addresses_out() -> None:
    texts = parts_of(content_of(message(occasion(image=MILL), site="On this day")))
    assert texts["text/plain"].split("\r\n") == [
        "70 years ago today · 25 February 1956, Moscow", "",
        "Khrushchev denounces Stalin", ENTRY, "In a closed session he speaks of a cult.", "",
        "2 sources, which differ on 1 question.", "",
        "Picture: The mill (Town archive, CC BY 4.0)", "https://example.org/images/mill.jpg", "",
        "-- ", "On this day", "https://example.org/days/02-25/", "",
    ]  # fmt: skip


def test_the_html_says_the_same_with_headings_links_and_the_picture() -> None:
    page = parts_of(content_of(message(occasion(image=MILL), site="On this day")))["text/html"]
    assert '<html lang="en" dir="ltr">' in page
    shown = html(page)
    assert [tag for tag in shown.tags if tag in {"h1", "h2", "h3"}] == ["h1", "h2"]
    assert f'<a href="{ENTRY}"><strong>Khrushchev denounces Stalin</strong></a></h2>' in page
    assert f'<img src="{MILL.url}" alt="The mill"' in page
    assert shown.links == [ENTRY, MILL.url, "https://example.org/days/02-25/"]


@pytest.mark.parametrize(
    ("name", "label"),
    [("parish", "parish"), ("History room", "history-room-"), ("Семья", ""), ("семья 2", "2-")],
)
def test_a_reader_can_sort_a_mail_and_ask_a_person_for_an_end(name: str, label: str) -> None:
    head = read(content_of(name=name))
    found = re.fullmatch(r"<([a-z0-9-]+)\.example\.org>", head["List-Id"])
    assert found is not None
    assert found[1].startswith(label)
    assert (found[1] == label) == (label == name)
    sender = mailbox_of(channel("email").sender or "")
    assert sender is not None
    assert head["List-Unsubscribe"] == f"<mailto:{sender.address}?subject=unsubscribe>"
    assert "List-Unsubscribe-Post" not in head


def test_full_names_every_source_and_every_answer() -> None:
    text = parts_of(content_of(length="full"))["text/plain"]
    assert "• How many delegates listened? 1,400 (Fakti); 1,500 (History Today," in text
    assert "<https://example.org/source?a=1&b=2>" in text


def test_the_headers_say_who_when_and_that_a_program_wrote_it() -> None:
    mail = read(content_of(message(site="On this day")))
    assert mail["from"] == "On this day <history@example.org>"
    assert mail["to"] == "list@lists.example.org"
    assert parsedate_to_datetime(mail["date"]) == datetime(2026, 2, 25, 9, tzinfo=UTC)
    assert mail["auto-submitted"] == "auto-generated"
    assert mail["content-language"] == "en"
    assert re.fullmatch("<[0-9a-f]{32}@example.org>", mail["message-id"])


def test_the_name_of_the_sender_may_be_ones_own() -> None:
    mail = read(content_of(message(site="Site"), **{"from": "Die Chronik <a@example.org>"}))
    assert mail["from"] == "Die Chronik <a@example.org>"
    assert read(content_of())["from"] == "history@example.org"


def test_a_test_says_so_in_its_subject() -> None:
    assert subject_of(content_of(message(test=True))).startswith("Test: 70 years ago: Khrushchev")


def test_the_language_gives_the_direction() -> None:
    page = parts_of(content_of(message(language="ar"), language="ar"))["text/html"]
    assert '<html lang="ar" dir="rtl">' in page
    assert direction_of("fa-IR") == direction_of("ku-Arab") == "rtl"
    assert direction_of("en") == direction_of("ku") == direction_of("pt-BR") == "ltr"


def week(count: int) -> Message:
    """Return a digest of a week with so many entries on its first day."""
    first, last = date(2026, 2, 23), date(2026, 3, 1)
    views = tuple(occasion(id=f"e{n}", title=f"Mill {n}") for n in range(count))
    whole = message(kind="onthisday.digest", last=last, site="On this day")
    return whole._replace(
        view=DayView(first, "UTC", views, None),
        days=(DigestDay(first, count, "https://example.org/days/02-23/"),),
    )


def test_a_digest_has_a_heading_for_each_day() -> None:
    texts = parts_of(content_of(week(3)))
    assert "<h2" in texts["text/html"]
    assert "https://example.org/days/02-23/\r\n" in texts["text/plain"]
    for number in range(3):
        assert f"Mill {number}" in texts["text/plain"]
        assert f"Mill {number}" in texts["text/html"]


def test_a_kind_of_line_that_is_not_known_is_a_paragraph() -> None:
    new: Any = "apology"
    lines = (Line((Run("Head", bold=True),), "head"), Line((Run("We were wrong."),), new))
    assert text_of(lines) == "Head\n\nWe were wrong."
    page = html_of("Subject", lines, "en", None, None)
    assert re.search("<p [^>]*>We were wrong.</p>", page)


@pytest.mark.parametrize("length", ["short", "full"])
@pytest.mark.parametrize(
    "script", ["English words. ", "Слова по-русски. ", "日本語の文です。", "=== "]
)
def test_a_mail_is_never_larger_than_it_may_be(length: str, script: str) -> None:
    most = FULL_MOST if length == "full" else SHORT_MOST
    for count in (1, 40, 900):
        views = (occasion(id=f"e{n}", title=script * 9, summary=script * 60) for n in range(count))
        content = content_of(message(*views, site="Site " * 40), length=length)
        assert fault_of(content, most) is None
    assert len(content) > most / 2  # and it is not much smaller either


@many
@given(MESSAGES)
def test_whatever_an_entry_says_the_mail_is_a_mail(what: Message) -> None:
    to = channel("email", length="full") if len(what.id) % 2 else channel("email")
    request = SERVICES["email"].render(what, to, instant(NOW))
    content = mail_of(request.body).content
    assert fault_of(content) is None
    tree = json.loads(request.body)
    assert subject_of(content).split() == tree["subject"].split()
    texts = parts_of(content)
    assert unflowed(texts["text/plain"].replace("\r\n", "\n")) == squeezed(tree["text"])
    shown = html(texts["text/html"])
    assert_own_links(shown.links, what)
    assert set(shown.tags) <= {
        "html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "h3", "p", "a",
        "strong", "img",
    }  # fmt: skip


@pytest.mark.parametrize("sign", NASTY)
def test_no_sign_makes_a_header(sign: str) -> None:
    text = f"{sign}\r\nBcc: everyone@example.org\r\n\r\nbody {sign}"
    what = message(occasion(title=text, summary=text, place=text), site=text)
    content = content_of(what)
    assert fault_of(content) is None
    assert not any(line.lower().startswith(b"bcc") for line in head_of(content))


def squeezed(text: str) -> str:
    return "\n".join(line if line == "-- " else " ".join(line.split()) for line in text.split("\n"))


def unflowed(text: str) -> str:
    """Read the format "flowed", as RFC 3676 (4) says."""
    paragraphs, open_line = list[str](), False
    for raw in text.split("\n"):
        line = raw.removeprefix(" ")
        paragraphs[-1:] = [paragraphs[-1] + line] if open_line else [*paragraphs[-1:], line]
        open_line = line.endswith(" ") and line != "-- "
    return "\n".join(paragraphs)


TEXT = st.lists(st.sampled_from([*"ab >.\u00a0\u3042", "From "]), max_size=300).map("".join)


@given(TEXT | st.lists(TEXT, max_size=4).map("\n".join))
def test_flowed_text_is_joined_again_and_has_short_lines(text: str) -> None:
    written = flowed(text)
    assert unflowed(written) == squeezed(text)
    for line in written.split("\n"):
        assert len(line) <= 78 or " " not in line.strip()


def test_a_subject_is_cut_after_a_whole_word() -> None:
    subject = subject_of(content_of(message(occasion(title="In 1956 a mill burns down " * 20))))
    assert re.fullmatch("70 years ago: (In 1956 a mill burns down )*[\\w ]+…", subject)
    assert set(subject.removesuffix("…").split()) <= {
        "70",
        "years",
        "ago:",
        "In",
        "1956",
        "a",
        "mill",
        "burns",
        "down",
    }


def test_a_mail_is_the_same_bytes_each_time() -> None:
    assert content_of(message(*four())) == content_of(message(*four()))


@pytest.mark.parametrize(("text", "mailbox"), [
    ("a@example.org", ("", "a@example.org")),
    ("Our day <a@example.org>", ("Our day", "a@example.org")),
    ('"Our, day" <a@example.org>', ("Our, day", "a@example.org")),
    (" root@localhost ", ("", "root@localhost")),
    ("a@münchen.example", None), ("ä@example.org", None), ("a", None), ("a@", None), ("@b", None),
    ("a b@example.org", None), ("a@example.org, b@example.org", None), ("<a@example.org", None),
    ("a@example.org>", None), ("a@example..org", None), ("a@-example.org", None),
    (f"{'a' * 65}@example.org", None), ("a@example.org\nBcc: b@example.org", None),
])  # fmt: skip
def test_an_address_is_one_address(text: str, mailbox: tuple[str, str] | None) -> None:
    assert mailbox_of(text) == mailbox


@pytest.mark.parametrize(("url", "server"), [
    ("smtps://mail.example.org", ("mail.example.org", 465, True)),
    ("smtp://mail.example.org", ("mail.example.org", 587, False)),
    ("SMTP://Localhost:25/", ("localhost", 25, False)),
    ("smtp://[::1]:25", ("::1", 25, False)),
    ("smtps://user:pass@mail.example.org", None), ("smtps://mail.example.org/path", None),
    ("smtp://mail.example.org:0", None), ("smtp://mail.example.org:99999", None),
    ("smtp://[::g]", None), ("smtp://", None), ("https://mail.example.org", None),
])  # fmt: skip
def test_a_server_is_a_name_and_a_port(url: str, server: tuple[str, int, bool] | None) -> None:
    assert server_of(url) == server


def test_what_a_reader_sees_keeps_its_letters() -> None:
    title = "Жизнь 🎭 и судьба, \u202eтайно\u202c"
    assert subject_of(content_of(message(occasion(title=title)))) == (
        f"70 years ago: {' '.join(spaced(title).split())}"
    )
