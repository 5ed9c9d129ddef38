"""Whatever an entry says, its message fits into each service, calls nobody and makes no markup."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from onthisday.messages.chat_services import SERVICES
from onthisday.messages.cutting import graphemes
from onthisday.messages.message import Message
from onthisday.views.view import AccountView, AnswerView, OccasionView, SourceView
from tests.delivery.channels import NOW, channel, message, occasion, source
from tests.delivery.fakes import instant
from tests.delivery.services import (
    Bluesky,
    Markup,
    Mastodon,
    Matrix,
    Mattermost,
    Ntfy,
    Teams,
    Telegram,
    html,
)
from tests.delivery.sink import Answer, Received
from tests.examples import examples

NASTY = (
    "@everyone", "@channel", "@all", "@here", "@room", "@bob@example.org", "@bob", "<!channel>",
    "<@U123>", "</b><script>", "<b>", "<!-- ", "&amp;", "&lt;", "[x](http://evil.example/)",
    "![x](http://evil.example/)", "<http://evil.example/>", "http://a.co", "https://evil.example/@x",
    "#tag", "＃tag", "~town-square", ":smile:", "{{DATE(2017-02-14T06:08:39Z,SHORT)}}", "`", "```",
    "\\", "**", "__", "~~", "\n# h", "\n1. x", "===", "> q", "- x", "| a | b |", "$$x$$", "\u202e",
    "\u200d", "👩‍👩‍👧‍👦", "🇮🇹", "e\u0301\u0302", "\u0301", "한", "نص", "\x00", "\x1b[2J", "\u2028",
    "𝔘", "*x*", "_x_", "**x**", "~~x~~", "`x`", "\\*x\\*", "\\_x\\_", "\\`x\\`",
    "\\[x](http://evil.example/)", "[x]\\(http://evil.example/)", "<b>x</b>",
    "!user:example.org", "matrix.to/#/@bob:example.org", "\ufdfd", "\ud800",
)  # fmt: skip

PIECES = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.builds(lambda text, times: text * times, st.sampled_from(NASTY), st.integers(1, 900)),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=6).map("".join)
ADDRESSES = st.one_of(
    st.none(),
    st.sampled_from(
        (
            'https://e.org/"onclick=x', "https://e.org/a)b(c>d<e", "https://e.org/@bob",
            "https://münchen.example/ü?a=1&b=2", "https://e.org/" + "ü" * 90, "javascript:alert(1)",
            "https://matrix.to/#/@bob:example.org", "http://127.0.0.1:8080/x",
        )
    ),
)  # fmt: skip
SOURCES: st.SearchStrategy[SourceView] = st.builds(
    lambda title, url: source(title=title, publisher=title[:9], url=url), TEXTS, ADDRESSES
)
ACCOUNTS = st.builds(
    lambda question, says: AccountView(
        question, (AnswerView(says, "stated", None, "d", says[:9], None, ()),)
    ),
    TEXTS,
    TEXTS,
)
OCCASIONS: st.SearchStrategy[OccasionView] = st.builds(
    occasion,
    title=TEXTS,
    summary=st.none() | TEXTS,
    place=st.none() | TEXTS,
    sources=st.lists(SOURCES, max_size=4).map(tuple),
    accounts=st.lists(ACCOUNTS, max_size=3).map(tuple),
)
MESSAGES: st.SearchStrategy[Message] = st.builds(
    lambda occasions, times, late, test, full: message(
        *occasions * times, late=late, test=test, id="room/2026-02-25" + "x" * (1 - full)
    ),
    st.lists(OCCASIONS, min_size=1, max_size=3).map(tuple),
    st.sampled_from((1, 1, 7, 40)),
    st.booleans(),
    st.booleans(),
    st.integers(0, 1),
)

many = settings(
    examples(80), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

MENTION = re.compile(r"[@＠]\w")


def taken(kind: str, service: Callable[[Received], Answer | None], what: Message) -> bytes:
    """Give a message to a service, which must take it; return the request's body."""
    to = channel(kind, length="full") if len(what.id) % 2 else channel(kind)
    request = SERVICES[kind].render(what, to, instant(NOW))
    headers = dict(request.headers)
    if kind == "bluesky":
        headers["authorization"] = f"Bearer {Bluesky.session}"
    path = "/" + request.url.split("/", 3)[3]
    answer = service(Received(path, headers, request.body))
    assert answer is not None
    assert answer.status < 300, answer.body
    return request.body


def allowed(what: Message) -> set[str]:
    """Return the hosts that a message may link to."""
    return {"example.org", "e.org", "m%C3%BCnchen.example", "matrix.to", "127.0.0.1:8080"}


def assert_own_links(links: list[str], what: Message) -> None:
    for link in links:
        assert re.fullmatch(r"https?://[!#-&*-;=?A-~]+", link), link
        assert "@" not in link
        assert link.split("/")[2] in allowed(what)


def assert_shows(markup: Markup, what: Message) -> None:
    """Check that all links are ours, and that nobody is mentioned."""
    assert_own_links(markup.links, what)
    assert len(markup.links) >= 1


@many
@given(MESSAGES)
def test_telegram_takes_it_and_nobody_is_mentioned(what: Message) -> None:
    service = Telegram()
    taken("telegram", service, what)
    (text,) = service.texts
    assert_shows(text, what)
    assert not re.search(r"(?<![^\W_])[@#/][^\W\d_]", text.text)
    assert set(text.tags) <= {"b", "a", "blockquote"}


@many
@given(MESSAGES)
def test_matrix_takes_it_and_nobody_is_mentioned(what: Message) -> None:
    content = json.loads(taken("matrix", Matrix(), what))
    markup = html(content["formatted_body"])
    assert_shows(markup, what)
    assert set(markup.tags) <= {"strong", "a", "br", "blockquote"}
    assert content["m.mentions"] == {}


@many
@given(MESSAGES)
def test_mattermost_takes_it_and_reads_no_markup_in_it(what: Message) -> None:
    service = Mattermost()
    taken("mattermost", service, what)
    (text,) = service.texts
    markup = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)
    found = html(markup)
    assert_shows(found, what)
    assert set(found.tags) <= {"p", "strong", "a", "br"}
    assert found.tags.count("strong") == text.replace(r"\\", "").replace(r"\*", "").count("**") / 2
    assert not re.search(r":[a-z]\w*:|[@~#][^\W\d_]", found.text)


@many
@given(MESSAGES)
def test_mastodon_takes_it_and_reads_nothing_in_it(what: Message) -> None:
    service = Mastodon()
    taken("mastodon", service, what)
    (text,) = service.statuses.values()
    links = re.findall(r"https?://\S+", text)
    assert_own_links(links, what)
    for link in links:
        text = text.replace(link, "")
    assert not re.search(r"[@＠#＃][^\W\d_]|(?<![\w:]):\w{2,}:", text)


@many
@given(MESSAGES)
def test_bluesky_takes_it_and_its_links_are_whole(what: Message) -> None:
    service = Bluesky()
    taken("bluesky", service, what)
    (record,) = service.records.values()
    text = record["text"].encode()
    for facet in record["facets"]:
        text[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
        (feature,) = facet["features"]
        assert feature["$type"] == "app.bsky.richtext.facet#link"
        assert_own_links([feature["uri"]], what)
    assert_own_links([record["embed"]["external"]["uri"]], what)


def test_bluesky_takes_few_graphemes_of_many_bytes() -> None:
    tower = "a" + "\u0301" * 1400
    answers = (AnswerView("a" + "\u0301" * 600, "stated", None, "d", "D", None, ()),)
    what = message(occasion(summary=tower, accounts=(AccountView("Which?", answers),)))
    assert len(what.view.occasions[0].summary or "") < 1500
    taken("bluesky", Bluesky(), what)


@many
@given(MESSAGES)
def test_ntfy_takes_it(what: Message) -> None:
    service = Ntfy()
    taken("ntfy", service, what)
    (shown,) = service.shown.values()
    assert shown["message"]


@many
@given(MESSAGES)
def test_teams_takes_it_and_reads_nothing_in_it(what: Message) -> None:
    service = Teams()
    taken("teams", service, what)
    (card,) = service.cards
    runs: list[Any] = [run for block in card["body"] for run in block["inlines"]]
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert {run["type"] for run in runs} == {"TextRun"}
    assert all(run["text"] and "{{" not in run["text"] for run in runs)
    assert_own_links([run["selectAction"]["url"] for run in runs if "selectAction" in run], what)


@many
@given(MESSAGES)
def test_apprise_gets_what_no_service_reads_anything_in(what: Message) -> None:
    tree = json.loads(SERVICES["apprise"].render(what, channel("apprise"), instant(NOW)).body)
    assert len(tree["body"].encode("utf-16-le")) // 2 <= 2000
    text = re.sub(r"https?://example\.org\S+", "", tree["body"])
    assert not MENTION.search(text)
    assert not re.search(r"<[^\u200b\s]|\][(\[]", text)


@pytest.mark.parametrize("kind", ["teams", "mattermost", "matrix", "telegram", "ntfy", "mastodon",
                                  "bluesky", "apprise", "email"])  # fmt: skip
def test_a_cut_leaves_every_grapheme_whole(kind: str) -> None:
    family = "👩‍👩‍👧‍👦"
    what = message(occasion(title=family * 2000, summary=family * 2000, place=None))
    body = SERVICES[kind].render(what, channel(kind), instant(NOW)).body.decode()
    families = [found for found in graphemes(body) if found[0] in "👩👧👦"]
    assert families
    assert set(families) == {family}
