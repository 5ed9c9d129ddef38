"""What messages look like in each service. The whole texts stand here, so that people read them."""

import json
import re
from typing import Any

import pytest

from onthisday.dates.edtf import parse
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.message import Message
from onthisday.views.view import AccountView, AnswerView, ImageView, OccasionView
from tests.delivery.channels import NOW, channel, message, occasion, source
from tests.delivery.fakes import instant

A = "\u200b"
ENTRY = "https://example.org/entries/secret-speech/"
DAY = "https://example.org/days/02-25/"
PEOPLE = sorted(set(SERVICES) - {"webhook"})
SUMMARY = "In a closed session he speaks of a cult. Nobody claps. The text is not printed."
MILL = ImageView("https://example.org/images/mill.jpg", "The mill", "Town archive", "CC BY 4.0")


def rendered(kind: str, what: Message | None = None, **keys: Any) -> Any:
    request = SERVICES[kind].render(what or message(), channel(kind, **keys), instant(NOW))
    return json.loads(request.body)


def seen(kind: str, what: Message | None = None, **keys: Any) -> str:
    return SERVICES[kind].seen(rendered(kind, what, **keys))


def four() -> tuple[OccasionView, ...]:
    """Return a day of four entries, of which the first is long."""
    long = "The mill burns down. " + "It was known far away. " * 90
    return (
        occasion(id="a", title="The old mill burns down", years=200, summary=long),
        occasion(id="b", title="A school opens", years=150, summary="Forty children came."),
        occasion(id="c", title="The river floods", years=143, milestone=False, summary=None),
        occasion(id="d", title="First train", years=12, milestone=False, date=parse("2014-02-25?")),
    )


def test_a_short_card_says_why_today_what_one_thing_how_sure_and_where() -> None:
    assert rendered("telegram", length="short")["text"] == (
        "<b>70 years ago today</b> · 25 February 1956, Moscow\n"
        f'<b><a href="{ENTRY}">Khrushchev denounces Stalin</a></b>\n'
        "In a closed session he speaks of a cult.\n"
        "2 sources, which differ on 1 question.\n"
        "<blockquote expandable>Where the sources differ:\n"
        "• How many delegates listened? 1,400 (Fakti); 1,500 (History Today, rumoured)."
        "</blockquote>"
    )


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_card_is_short_unless_the_channel_wants_it_full(kind: str) -> None:
    what = message(occasion(summary=SUMMARY * 40))
    short, full = seen(kind, what), seen(kind, what, length="full")
    assert seen(kind, what, length="short") == short
    assert len(short) < 700
    assert len(full) >= len(short)
    if kind in {"slack", "discord", "teams", "mattermost", "matrix", "telegram", "ntfy"}:
        assert "1,400 (Fakti); 1,500 (History Today, rumoured)." in full
        assert "Stalin Denounced (February 2006), p. 58" in full.replace("\u00a0", " ")


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("length", ["short", "full"])
def test_sentences_are_whole_and_nothing_is_a_stump(kind: str, length: str) -> None:
    sentences = [f"Sentence {n} has some words and an end." for n in range(300)]
    text = seen(kind, message(occasion(summary=" ".join(sentences))), length=length)
    assert "…" not in text
    assert text.count("Sentence") == sum(text.count(each) for each in sentences)
    assert "Sentence 0 has some words and an end." in text


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_sentence_that_does_not_fit_leaves_a_card_without_one(kind: str) -> None:
    endless = "This goes on and on, " * 3000 + "and ends."
    text = seen(kind, message(occasion(summary=endless)))
    assert "goes on" not in text
    assert "Khrushchev denounces Stalin" in text
    assert "2 sources, which differ on 1 question." in text


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_day_of_several_shows_every_title_before_any_sentence(kind: str) -> None:
    text = seen(kind, message(*four()))
    titles = ["The old mill burns down", "A school opens", "The river floods", "First train"]
    assert [title for title in titles if title in text] == titles
    assert "4 anniversaries" in text
    assert "200 years ago: The old mill" in text
    assert "perhaps 12 years ago: First train" in text
    assert "more on 25 February" not in text
    assert ("The mill burns down." in text) == (kind != "bluesky")


@pytest.mark.parametrize("kind", PEOPLE)
def test_what_does_not_fit_is_counted(kind: str) -> None:
    many = tuple(
        occasion(id=f"e{n}", title=f"The mill number {n} burns down {'and down ' * 9}")
        for n in range(1000)
    )
    text = seen(kind, message(*many))
    shown = text.count("The mill number")
    assert shown >= 2
    assert f"{1000 - shown:,} more on 25 February" in text


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_message_that_comes_late_and_a_test_say_so(kind: str) -> None:
    late = seen(kind, message(late=True))
    assert "today" not in late
    if kind not in {"ntfy", "apprise"}:
        assert "On 25 February, 70 years ago" in late
    several = seen(kind, message(*four(), late=True))
    assert "Late: on 25 February" in several
    assert "This is a test: onthisday can send messages here." in seen(kind, message(test=True))


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_curators_own_sentence_is_what_a_short_card_says(kind: str) -> None:
    what = message(occasion(summary=SUMMARY, brief="He breaks with Stalin."))
    assert "He breaks with Stalin." in seen(kind, what)
    assert "Nobody claps" not in seen(kind, what)
    assert "Nobody claps" in seen(kind, what, length="full")


@pytest.mark.parametrize(("keys", "words"), [
    ({"years": 0}, "Today"), ({"years": None, "date": parse("XXXX-02-25")}, "Today"),
    ({"years": 1}, "1 year ago today"),
    ({"date": parse("1956-02-25?")}, "Perhaps 70 years ago today · perhaps 25 February 1956"),
    ({"date": parse("[1956-02-25,1957-02-25]")}, "About 70 years ago today"),
    ({"observed": parse("1956-02-29"), "date": parse("1956-02-29")},
     "70 years ago · 29 February 1956, Moscow, remembered today"),
    ({"place": None}, "70 years ago today · 25 February 1956\n"),
])  # fmt: skip
def test_the_first_line_says_why_today(keys: dict[str, Any], words: str) -> None:
    assert seen("teams", message(occasion(**keys))).startswith(words)


@pytest.mark.parametrize(("keys", "words"), [
    ({"accounts": ()}, "Source: History Today."),
    ({"accounts": (), "sources": (source(as_="rumoured"),)}, "Source: History Today, as a rumour."),
    ({"accounts": (), "sources": (source(), source(page="60"))}, "Source: History Today."),
    ({"accounts": (), "sources": (source(as_="rumoured"), source(document="b", as_="reported"))},
     "2 sources, by report."),
    ({"accounts": (), "sources": (source(as_="rumoured"), source(document="b"))}, "2 sources."),
])  # fmt: skip
def test_a_card_says_how_sure_it_is(keys: dict[str, Any], words: str) -> None:
    assert seen("teams", message(occasion(**keys))).splitlines()[-1] == words


def test_equal_answers_stand_once_with_all_their_documents() -> None:
    answers = [
        AnswerView("1,400", "stated", None, name, name, None, ()) for name in ("Fakti", "Pravda")
    ]
    other = AnswerView("many", "stated", None, "x", "Times", "2", ())
    asked = AccountView("How many?", (answers[0], other, answers[1]))
    text = seen("matrix", message(occasion(accounts=(asked,))), length="full")
    assert "How many? 1,400 (Fakti; Pravda); many (Times, p. 2)." in text


def test_matrix_says_the_same_with_and_without_markup_and_mentions_nobody() -> None:
    content = rendered("matrix")
    assert content["m.mentions"] == {}
    assert content["msgtype"] == "m.text"
    assert content["body"].splitlines() == [
        "70 years ago today · 25 February 1956, Moscow", "Khrushchev denounces Stalin",
        "In a closed session he speaks of a cult.", "2 sources, which differ on 1 question.", ENTRY,
    ]  # fmt: skip
    assert content["formatted_body"].startswith(
        "<strong>70 years ago today</strong> · 25 February 1956, Moscow<br/><strong>"
        f'<a href="{ENTRY}">Khrushchev denounces Stalin</a></strong><br/>'
    )


def test_mattermost_reads_as_markdown() -> None:
    lines = rendered("mattermost")["text"].split("  \n")
    assert lines[0] == "**70 years ago today** · 25 February 1956, Moscow"
    assert lines[1] == f"[**Khrushchev denounces Stalin**]({ENTRY})"
    assert lines[-1] == "2 sources, which differ on 1 question."


def test_mattermost_makes_no_list_and_no_heading_of_an_entry() -> None:
    lines = rendered("mattermost", message(occasion(summary="1. A list?", title="Title")))["text"]
    assert "  \n1\\. A list?  \n" in lines
    heading = rendered("mattermost", message(occasion(summary="===", title="Title")))["text"]
    assert f"  \n{A}===  \n" in heading
    for marks in ("#", "###"):
        said = rendered("mattermost", message(occasion(summary=f"{marks} So", title="T")))["text"]
        assert f"\n\N{ZERO WIDTH SPACE}{marks} So" in said


def test_a_toot_ends_with_its_address_and_its_hashtags() -> None:
    what = message(occasion(tags=("soviet-union", "1956", "Сталин", "a/b")))
    assert rendered("mastodon", what)["status"] == (
        "70 years ago today · 25 February 1956, Moscow\n"
        "Khrushchev denounces Stalin\n"
        "In a closed session he speaks of a cult.\n"
        "2 sources, which differ on 1 question.\n"
        f"{ENTRY}\n"
        "#SovietUnion #Сталин"
    )


def test_a_sentence_comes_before_hashtags_if_both_do_not_fit() -> None:
    tags = tuple(f"a-rather-long-word-to-find-it-by-{n}" for n in range(4))
    what = message(occasion(tags=tags, summary="Words " * 55 + "end here."))
    text = rendered("mastodon", what)["status"]
    assert "end here." in text
    assert "#" not in text


def test_a_toot_has_the_visibility_that_its_channel_asks_for() -> None:
    assert set(rendered("mastodon")) == {"status"}
    assert rendered("mastodon", visibility="unlisted")["visibility"] == "unlisted"


def test_a_bluesky_post_has_a_card_and_hashtags() -> None:
    record = rendered("bluesky", message(occasion(tags=("de-stalinization",))))["record"]
    assert record["text"] == (
        "70 years ago today · 25 February 1956, Moscow\n"
        "Khrushchev denounces Stalin\n"
        "2 sources, which differ on 1 question.\n"
        "#DeStalinization"
    )
    assert record["langs"] == ["en"]
    assert record["embed"] == {
        "$type": "app.bsky.embed.external",
        "external": {
            "uri": ENTRY, "title": "Khrushchev denounces Stalin",
            "description": "In a closed session he speaks of a cult.",
        },
    }  # fmt: skip
    tag = record["facets"][-1]
    assert tag["features"] == [{"$type": "app.bsky.richtext.facet#tag", "tag": "DeStalinization"}]
    index = tag["index"]
    assert record["text"].encode()[index["byteStart"] : index["byteEnd"]] == b"#DeStalinization"


def test_bluesky_links_are_where_their_words_are_in_bytes() -> None:
    record = rendered("bluesky", message(occasion(title="Жизнь 🎭 и судьба")))["record"]
    text = record["text"].encode()
    links = {
        text[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode(): feature["uri"]
        for facet in record["facets"]
        for feature in facet["features"]
    }
    assert links == {"Жизнь 🎭 и судьба": ENTRY}


def test_a_bluesky_post_is_of_its_hour_and_a_late_one_of_now() -> None:
    at_hour = rendered("bluesky", at="08:00", zone="Asia/Kolkata")["record"]
    assert at_hour["createdAt"] == "2026-02-25T02:30:00.000Z"
    late = rendered("bluesky", message(late=True), at="08:00")["record"]
    assert late["createdAt"] == "2026-02-25T09:00:00.000Z"


def test_a_bluesky_key_is_the_notices_alone() -> None:
    keys = [
        rendered("bluesky", what)["rkey"]
        for what in (
            message(), message(late=True), message(id="room/2026-02-25/other"),
            message(tag="example.com,2026"),
        )
    ]  # fmt: skip
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert all(len(key) == 13 for key in keys)


def test_an_ntfy_message_says_it_in_its_title_and_opens_the_entry() -> None:
    tree = rendered("ntfy")
    assert tree["title"] == "70 years ago: Khrushchev denounces Stalin"
    assert tree["topic"] == "history"
    assert tree["click"] == ENTRY
    assert tree["message"] == (
        "25 February 1956, Moscow\n"
        "In a closed session he speaks of a cult.\n"
        "2 sources, which differ on 1 question."
    )
    several = rendered("ntfy", message(*four()))
    assert (several["title"], several["click"]) == ("On 25 February: 4 anniversaries", DAY)


def test_a_teams_card_is_of_text_runs() -> None:
    (attachment,) = rendered("teams")["attachments"]
    body = attachment["content"]["body"]
    assert [run["text"] for run in body[0]["inlines"]] == [
        "70 years ago today", " · 25 February 1956, Moscow",
    ]  # fmt: skip
    assert body[1]["inlines"][0] == {
        "type": "TextRun", "text": "Khrushchev denounces Stalin", "weight": "Bolder",
        "size": "Medium", "selectAction": {"type": "Action.OpenUrl", "url": ENTRY},
    }  # fmt: skip


def test_each_service_that_can_shows_the_picture_with_its_words_and_its_maker() -> None:
    what = message(occasion(image=MILL))
    image = next(b for b in rendered("slack", what)["blocks"] if b["type"] == "image")
    assert (image["image_url"], image["alt_text"]) == (MILL.url, "The mill")
    assert rendered("discord", what)["embeds"][0]["image"] == {"url": MILL.url}
    assert rendered("telegram", what)["link_preview_options"] == {
        "url": MILL.url, "prefer_large_media": True, "show_above_text": True,
    }  # fmt: skip
    (attachment,) = rendered("teams", what)["attachments"]
    assert {"type": "Image", "url": MILL.url, "altText": "The mill"} in attachment["content"][
        "body"
    ]
    assert rendered("ntfy", what)["attach"] == MILL.url
    assert rendered("mattermost", what)["attachments"][0]["image_url"] == MILL.url
    for kind in ("slack", "discord", "telegram", "teams", "mattermost", "ntfy"):
        assert "Picture: The mill (Town archive, CC BY 4.0)" in seen(kind, what)


def test_a_document_that_is_cited_twice_counts_as_one_source() -> None:
    twice = tuple(
        source(document=f"d{n // 2}", title=f"Book {n // 2} {'x' * 90}") for n in range(400)
    )
    text = seen("discord", message(occasion(sources=twice, accounts=())), length="full")
    (left,) = re.findall(r"and ([0-9]+) more sources", text)
    assert text.count("Book ") + int(left) == 200


def test_silent_channels_make_no_sound_where_the_service_can() -> None:
    assert rendered("telegram", silent=True)["disable_notification"] is True
    assert rendered("discord", silent=True)["flags"] == 1 << 12
    assert rendered("ntfy", silent=True)["priority"] == 2
    assert "priority" not in rendered("ntfy")


def test_telegram_posts_to_a_topic() -> None:
    tree = rendered("telegram", to="-100123/42")
    assert (tree["chat_id"], tree["message_thread_id"]) == ("-100123", 42)
    assert "message_thread_id" not in rendered("telegram")


def test_discord_begins_a_thread_in_a_forum() -> None:
    tree = rendered("discord", to="forum")
    assert tree["thread_name"] == "70 years ago: Khrushchev denounces Stalin"
    assert "thread_name" not in rendered("discord")


@pytest.mark.parametrize("kind", PEOPLE)
def test_an_address_that_is_no_web_address_is_not_linked_to(kind: str) -> None:
    bad = (source(url="javascript:alert(1)"), source(url="https://e.org/" + "x" * 2000))
    picture = MILL._replace(url="javascript:alert(2)")
    what = message(occasion(sources=bad, image=picture))
    text = json.dumps(rendered(kind, what, length="full"))
    assert "Picture:" not in text
    assert "javascript" not in text
    assert "xxxx" not in text


@pytest.mark.parametrize("kind", sorted(set(PEOPLE) - {"mattermost"}))
def test_words_that_only_look_like_markup_are_copied_without_hidden_spaces(kind: str) -> None:
    plain = "It began at 12:30: the vote (3/4) was #1, costs were 5 @ $3, see note *2."
    shown = rendered(kind, message(occasion(summary=plain)))
    assert A not in json.dumps(shown, ensure_ascii=False)
