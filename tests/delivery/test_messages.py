import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from onthisday.config import Channel, Secret
from onthisday.dates.edtf import parse
from onthisday.delivery.notice import Notice
from onthisday.delivery.request_reply import Reply
from onthisday.messages import discord, slack
from onthisday.messages.chat_services import SERVICES
from onthisday.messages.cutting import clean, fitted, graphemes, joined, units
from onthisday.messages.message import Message
from onthisday.messages.signing import key_of
from onthisday.service.sending.composing import Composer
from onthisday.views.view import AccountView, AnswerView, DayView, OccasionView, SourceView
from tests.delivery.fakes import SITE, almanac_of, channel, document, entry, instant
from tests.examples import examples

NOW = instant("2026-02-25T09:00")
DAY = date(2026, 2, 25)

TEXTS = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["@everyone <!channel> <@U1> [x](https://evil.example)", "*b* _i_ ~s~ `c` ||x|| # h > q",
     "&&&&",
     "👩‍👩‍👧‍👦" * 9, "é" * 40, "🇦🇶🇦🇶", "\\" * 50, '"' * 50, "\x00\x1b[2J", "\u202eright to left"]
)  # fmt: skip
LONG = st.builds(lambda text, times: text * times, TEXTS, st.sampled_from([1, 1, 7, 90, 500]))

SOURCES = st.builds(
    SourceView, document=st.just("d"), title=LONG, author=st.none() | LONG, publisher=st.none(),
    published=st.none() | st.just(parse("2006-02")),
    url=st.none() | st.just("https://s.example/(a)|<b>?c&d"),
    page=st.none(), as_=st.sampled_from(["stated", "rumoured"]), locator=st.just(()),
)  # fmt: skip
ANSWERS = st.builds(
    AnswerView, says=LONG, as_=st.just("reported"), date=st.none(), document=st.just("d"),
    name=LONG, locator=st.just(()),
)  # fmt: skip
ACCOUNTS = st.builds(AccountView, question=LONG, answers=st.lists(ANSWERS, max_size=3).map(tuple))
OCCASIONS = st.builds(
    OccasionView, id=st.just("e"), occasion=st.just("tag:e"),
    date=st.sampled_from([parse("1956-02-25"), parse("1956-02-25?")]), as_written=st.none(),
    observed=st.none(), years=st.none() | st.just(70), milestone=st.just(True),
    kind=st.just("event"), title=LONG, summary=st.none() | LONG, place=st.none() | LONG,
    tags=st.just(()), tone=st.just("neutral"), image=st.none(),
    url=st.sampled_from(["https://s.example/e/", "https://s.example/" + "e" * 3000]),
    sources=st.lists(SOURCES, max_size=8).map(tuple),
    accounts=st.lists(ACCOUNTS, max_size=3).map(tuple),
    rule=st.none() | st.sampled_from(["easter-2", "5/mon+3", "11/sun-last"]),
)  # fmt: skip
MESSAGES = st.builds(
    lambda occasions, late, test: message(*occasions)._replace(late=late, test=test),
    st.lists(OCCASIONS, min_size=1, max_size=14), st.booleans(), st.booleans(),
)  # fmt: skip


def message(*occasions: OccasionView) -> Message:
    told = DayView(DAY, "UTC", occasions, None)
    url = "https://example.org/days/02-25/"
    start = datetime(2026, 2, 25, tzinfo=UTC)
    return Message("room/2026-02-25", SITE.tag, "onthisday.day", "room", told, start, url)


def payload(kind: str, said: Message, to: Channel | None = None) -> Any:
    return json.loads(SERVICES[kind].render(said, to or channel(), NOW).body)


LIBRARY = almanac_of(
    entry(
        "speech",
        title="Khrushchev <denounces> *Stalin*",
        summary="Behind closed doors.",
        place="Moscow",
        sources=[{"document": "paper"}, {"document": "site", "as": "reported"}],
        accounts=[
            {
                "question": "How many listened?",
                "answers": [
                    {"says": "1,400", "document": "paper"},
                    {"says": "1,500", "document": "site", "as": "rumoured"},
                ],
            }
        ],
    ),
    documents=[document("site", url="https://docs.example/a_(b)")],
)


def test_a_message_has_no_picture_that_is_missing() -> None:
    image = {"file": "été.png", "license": "CC0"}
    library = almanac_of(entry("a", image=image))
    notice = Notice("room", DAY, "UTC", ("a",))
    for is_there in (True, False):
        composer = Composer(SITE, library, lambda name, is_there=is_there: is_there)  # type: ignore[misc]
        said = composer.compose(notice)
        assert said is not None
        shown = said.view.occasions[0].image
        assert (shown and shown.url) == (
            f"{SITE.url}images/%C3%A9t%C3%A9.png" if is_there else None
        )


def test_a_channel_gets_links_to_the_site_in_its_language_and_the_same_occasions() -> None:
    site = SITE._replace(languages=("it",), titles=(("it", "Accadde oggi"),))
    library = almanac_of(entry("a", image={"file": "a.png", "license": "CC0"}))
    composer, notice = Composer(site, library), Notice("room", DAY, "UTC", ("a",))
    for language, root, title in (
        ("it-CH", f"{SITE.url}it/", "Accadde oggi"),
        ("en", SITE.url, SITE.title),
        ("de", SITE.url, SITE.title),
    ):
        said = composer.in_language(language).compose(notice)
        assert said is not None
        (view,) = said.view.occasions
        assert (said.url, said.site) == (f"{root}days/02-25/", title)
        assert view.url == f"{root}entries/a/#2026"
        assert view.occasion == "tag:example.org,2026:a/2026"
        assert view.image is not None
        assert view.image.url == f"{SITE.url}images/a.png"


def composed(**values: Any) -> Message:
    notice = Notice("room", DAY, "UTC", ("speech",))
    said = Composer(SITE, LIBRARY).compose(notice, **values)
    assert said is not None
    return said


def texts(tree: Any) -> list[dict[str, Any]]:
    """Return every text object of Slack's blocks."""
    if isinstance(tree, dict):
        own = [tree] if tree.get("type") in {"plain_text", "mrkdwn"} else []
        return own + [each for value in tree.values() for each in texts(value)]
    return [each for item in tree for each in texts(item)] if isinstance(tree, list) else []


@examples(150)
@given(MESSAGES, st.sampled_from(["short", "full"]))
def test_slack_takes_any_entry_within_its_limits_and_without_its_markup(
    said: Message, length: Any
) -> None:
    to = channel(length=length)
    tree = payload("slack", said, to)
    body = SERVICES["slack"].render(said, to, NOW).body.decode()
    assert units(body) <= slack.TOTAL
    assert 1 <= len(tree["blocks"]) <= slack.BLOCKS
    assert (tree["unfurl_links"], tree["unfurl_media"]) == (False, False)
    for text in (*texts(tree["blocks"]), {"type": "plain_text", "text": tree["text"]}):
        assert 1 <= units(text["text"]) <= slack.SECTION
        if text["type"] == "plain_text":
            assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text["text"])
        else:
            without = re.sub(r"<https://[^<>|\s]+\|[^<>]+>", "", text["text"])
            assert not re.search("[<>]", without)
    assert all(len(b["elements"]) <= 10 for b in tree["blocks"] if b["type"] == "context")


@examples(150)
@given(MESSAGES, st.sampled_from(["short", "full"]))
def test_discord_takes_any_entry_within_its_limits_and_mentions_nobody(
    said: Message, length: Any
) -> None:
    tree = payload("discord", said, channel(length=length))
    assert tree["allowed_mentions"] == {"parse": []}
    assert 1 <= units(tree["content"]) <= discord.CONTENT
    shown = [embed.get(key, "") for embed in tree["embeds"] for key in ("title", "description")]
    assert sum(map(units, shown)) <= discord.TOTAL
    for embed in tree["embeds"]:
        assert units(embed.get("title", "x")) in range(1, discord.TITLE + 1)
        assert units(embed.get("description", "x")) in range(1, discord.DESCRIPTION + 1)
        plain = re.sub(r"\\.", "", embed.get("title", ""), flags=re.DOTALL)
        assert not re.search(r"[*_~`|\[\]<>#]", plain)
        assert not plain.endswith("\\")


@examples(150)
@given(MESSAGES)
def test_a_webhook_stays_under_20_kb_and_counts_what_it_leaves_out(said: Message) -> None:
    body = SERVICES["webhook"].render(said, channel(), NOW).body
    data = json.loads(body)["data"]
    assert len(body) < 20_000
    assert len(data["occasions"]) + data["more"] == len(said.view.occasions)


def test_a_webhook_has_the_shape_of_the_interface() -> None:
    tree = payload("webhook", composed())
    assert list(tree) == ["type", "timestamp", "data"]
    assert (tree["type"], tree["timestamp"]) == ("onthisday.day", "2026-02-25T00:00:00Z")
    data = tree["data"]
    assert list(data) == ["channel", "day", "zone", "late", "occasions", "more", "url"]
    assert (data["late"], data["more"], data["day"]) == (False, 0, "2026-02-25")
    assert data["url"] == "https://example.org/days/02-25/"
    assert data["occasions"][0]["sources"][1]["as"] == "reported"


SECRETS = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2Vjb25kLXNlY3JldC1vZi10d28=")


@pytest.mark.parametrize("secret", SECRETS)
def test_each_of_two_secrets_verifies_with_another_implementation(secret: str) -> None:
    to = channel(secret=tuple(map(Secret, SECRETS)))
    now = datetime.now(UTC)
    request = SERVICES["webhook"].render(composed(), to, now)
    headers = dict(request.headers)
    assert len(headers["webhook-signature"].split(" ")) == 2
    assert Webhook(secret).verify(request.body, headers)["type"] == "onthisday.day"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(request.body.replace(b"Moscow", b"Odessa"), headers)


def test_a_retry_repeats_id_and_bytes_and_stamps_its_own_time() -> None:
    to = channel(secret=(Secret(SECRETS[0]),))
    first = SERVICES["webhook"].render(composed(), to, NOW)
    later = SERVICES["webhook"].render(composed(), to, instant("2026-02-25T09:00:05"))
    assert first.body == later.body
    heads = [dict(request.headers) for request in (first, later)]
    assert heads[0]["webhook-id"] == heads[1]["webhook-id"]
    assert "." not in heads[0]["webhook-id"]
    assert [head["webhook-timestamp"] for head in heads] == ["1772010000", "1772010005"]
    assert heads[0]["webhook-signature"] != heads[1]["webhook-signature"]


def test_without_a_secret_a_webhook_is_unsigned_and_sites_do_not_share_ids() -> None:
    heads = dict(SERVICES["webhook"].render(composed(), channel(), NOW).headers)
    other = composed()._replace(tag="other.example,2026")
    assert "webhook-signature" not in heads
    assert dict(SERVICES["webhook"].render(other, channel(), NOW).headers) != heads


def test_a_secret_without_its_prefix_is_its_own_bytes_and_a_broken_one_is_refused() -> None:
    assert key_of("just words") == b"just words"
    assert key_of("whsec_YWJj") == b"abc"
    for broken in ("whsec_", "whsec_a", "whsec_!!!!"):
        with pytest.raises(ValueError, match="whsec_"):
            key_of(broken)


def test_slack_and_discord_show_title_years_summary_sources_and_differences() -> None:
    for kind in ("slack", "discord"):
        full = payload(kind, composed(), channel(length="full"))
        said = json.dumps(full, ensure_ascii=False)
        for words in (
            "70 years ago", "25 February 1956", "Moscow", "Behind closed doors", "A paper",
            "How many listened?", "1,400", "1,500", "rumoured", "reported",
        ):  # fmt: skip
            assert words in said, (kind, words)
    assert "[A paper — reported](https://docs.example/a_%28b%29)" in json.dumps(
        full, ensure_ascii=False
    )


def test_a_webhook_says_that_it_is_late_or_a_test() -> None:
    assert payload("webhook", composed(late=True))["data"]["late"] is True
    assert payload("webhook", composed(test=True))["data"]["test"] is True


def test_a_picture_goes_to_services_only_with_the_right_to_it() -> None:
    rights: dict[str, dict[str, Any]] = {
        "free": {"license": "CC0"}, "none": {}, "site": {"license": "CC0", "places": ["site"]},
    }  # fmt: skip
    shown = {}
    for name, keys in rights.items():
        library = almanac_of(entry("a", image={"file": "a.png", **keys}))
        said = Composer(SITE, library).compose(Notice("room", DAY, "UTC", ("a",)))
        assert said is not None
        shown[name] = said.view.occasions[0].image is not None
    assert shown == {"free": True, "none": False, "site": False}


def test_discord_waits_for_the_post_and_keeps_the_thread() -> None:
    to = channel(url=Secret("https://discord.example/api/1/token?thread_id=5&wait=false"))
    url = SERVICES["discord"].render(composed(), to, NOW).url
    assert url == "https://discord.example/api/1/token?thread_id=5&wait=true"


@pytest.mark.parametrize(
    ("kind", "status", "body", "outcome"),
    [
        ("slack", 200, b"ok", "sent"), ("slack", 200, b"invalid_payload", "unknown"),
        ("slack", 200, b"no_service", "gone"), ("slack", 400, b"invalid_payload", "refused"),
        ("slack", 403, b"action_prohibited", "gone"), ("slack", 404, b"no_service", "gone"),
        ("slack", 404, b"channel_not_found", "gone"), ("slack", 404, b"<html>", "retry"),
        ("slack", 410, b"channel_is_archived", "gone"),
        ("slack", 429, b"rate_limited", "throttled"),
        ("slack", 500, b"rollup_error", "retry"), ("discord", 200, b"{}", "unknown"),
        ("discord", 404, b'{"code": 10015}', "gone"), ("discord", 401, b"{}", "gone"),
        ("discord", 400, b"{}", "refused"), ("discord", 429, b"not json", "throttled"),
        ("discord", 429, b'{"retry_after": "x"}', "throttled"),
        ("discord", 429, b"[]", "throttled"),
        ("discord", 429, b'{"retry_after": 1e999}', "throttled"), ("webhook", 202, b"", "sent"),
        ("webhook", 410, b"", "gone"), ("webhook", 404, b"", "retry"),
    ],
)  # fmt: skip
def test_a_reply_means_what_its_service_says(
    kind: str, status: int, body: bytes, outcome: str
) -> None:
    assert SERVICES[kind].read(Reply(status, {}, body), NOW).outcome == outcome


@given(st.text(st.characters(), max_size=80), st.integers(1, 40))
def test_text_is_cut_within_its_limit_and_between_graphemes(text: str, most: int) -> None:
    cut = fitted(text, most)
    assert 1 <= units(cut) <= most
    cut.encode()  # half of a UTF-16 pair cannot be encoded
    if cut != clean(text):
        assert cut.endswith("…")
        kept = cut[:-1]
        clusters = list(graphemes(clean(text) or "…"))
        whole = {"".join(clusters[:n]).rstrip() for n in range(len(clusters) + 1)}
        assert kept in whole


def test_families_flags_and_accents_are_not_cut_apart() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    assert fitted(family * 3, 13) == f"{family}…"
    assert list(graphemes("🇦🇶🇮🇹e\u0301👍🏽")) == ["🇦🇶", "🇮🇹", "e\u0301", "👍🏽"]


@pytest.mark.parametrize("one", [
    "\u0e01\u0e33",  # Thai: sara am
    "\u0e01\u0e49\u0e33",  # the same with a tone mark
    "\u0e81\u0eb3",  # Lao: vowel am
    "\u0915\u094d\u0937\u093f",  # Devanagari: kshi, a conjunct with a vowel sign
    "\u0995\u09cd\u09b7",  # Bengali
    "\u0d15\u0d4d\u0d37",  # Malayalam
    "\u0c95\u0ccd\u0cb7",  # Kannada: UAX #29 would cut it
    "\u0b95\u0bcd\u0bb7",  # Tamil: the same
    "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala: sri, with a joiner
    "\u1780\u17d2\u1780",  # Khmer: a letter below another
    "\u1000\u1039\u1000",  # Burmese: the same
    "\u0647\u200d\u0640",  # Arabic: joined by a joiner
    "\u06cc\u200c\u062e",  # Persian: parted by a non-joiner
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland's flag
    "\U0001f3f3\ufe0f\u200d\U0001f308",  # a flag joined with a rainbow
    "\u1112\u1161\u11ab",  # Hangul, in parts
])  # fmt: skip
def test_letters_that_belong_together_are_never_cut_apart(one: str) -> None:
    assert list(graphemes(f"a{one}b")) in (["a", one, "b"], ["a", f"{one}b"])
    assert fitted(one * 9, 5 * units(one) + 1) == f"{one * 5}…"
    assert fitted(one * 9, 6 * units(one)) == f"{one * 5}…"


def test_a_joiner_that_is_repeated_does_not_make_a_whole_text_one_letter() -> None:
    assert units(fitted("x\u200d" * 5000, 4096)) > 4000


@given(st.lists(st.text(min_size=1, max_size=9), max_size=9), st.integers(4, 60))
def test_parts_are_joined_whole_or_not_at_all(parts: list[str], most: int) -> None:
    text = joined(parts, "; ", most)
    assert units(text) <= most
    assert text in {"; ".join(parts), "…", *("; ".join([*parts[:n], "…"]) for n in range(10))}
