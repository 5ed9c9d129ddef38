"""In every script a message stays within each service's limits, and no letter is cut apart."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from onthisday.messages.chat_services import SERVICES
from onthisday.messages.cutting import graphemes
from onthisday.views.view import AccountView, AnswerView, ImageView, OccasionView
from tests.delivery.channels import NOW, channel, message, occasion, source
from tests.delivery.fakes import instant
from tests.delivery.hooks import Discord, Slack
from tests.delivery.services import Bluesky
from tests.delivery.sink import Answer, Received
from tests.delivery.test_alert_messages import TAKERS

WORDS = {
    "Latin": "Der Bürgermeister eröffnete die neue Brücke über den Fluß.",
    "Latin with marks": "o\u0323\u0302ng a\u0301 e\u0302\u0300m cha\u0323\u0302y đê\u0300n.",
    "Cyrillic": "Городской голова открыл новый мост через реку.",
    "Arabic": "افتتح رئيس البلدية الجسر الجديد فوق النهر.",
    "Hebrew": "רֹאשׁ הָעִיר חָנַךְ אֶת הַגֶּשֶׁר הֶחָדָשׁ.",
    "Devanagari": "नगर प्रमुख ने नदी पर नया पुल खोला क्षत्रिय।",
    "Thai": "นายกเทศมนตรีเปิดสะพานใหม่ข้ามแม่น้ำ",
    "Lao": "ເຈົ້າເມືອງເປີດຂົວໃໝ່ຂ້າມແມ່ນ້ຳ",
    "Chinese": "市长为横跨河流的新桥剪彩。",
    "emoji": "👩‍👩‍👧‍👦🇮🇹🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽🧑🏿‍🚀❤️‍🔥.",
}

SERVERS: dict[str, Callable[[], Callable[[Received], Answer | None]]] = {
    **TAKERS,
    "slack": Slack,
    "discord": Discord,
}


def told(words: str, number: int) -> OccasionView:
    """Return an entry of which every text is long, in one script."""
    answers = tuple(
        AnswerView(f"{words * 3} {each}", "stated", None, each, words, None, ())
        for each in ("one", "two", "three")
    )
    return occasion(
        id=f"e{number}", title=words * 2, summary=" ".join([words * 2] * 40), place=words,
        sources=tuple(source(document=f"d{n}", title=words * 3, publisher=words) for n in range(9)),
        accounts=(AccountView(f"{words}?", answers),) * 7, tags=("a-tag",),
        image=ImageView("https://example.org/images/a.png", words * 9, words * 3, "CC0", "a.png"),
    )  # fmt: skip


@pytest.mark.parametrize("script", WORDS)
@pytest.mark.parametrize("length", ["short", "full"])
@pytest.mark.parametrize("kind", SERVERS)
def test_each_service_takes_it(kind: str, length: str, script: str) -> None:
    words = WORDS[script]
    whole = set(graphemes(words))
    for count in (1, 4, 100):
        what = message(*(told(words, number) for number in range(count)))
        to = channel(kind, length=length)
        request = SERVICES[kind].render(what, to, instant(NOW))
        assert_taken(kind, request.url, dict(request.headers), request.body)
        shown = SERVICES[kind].seen(json.loads(request.body))
        assert shown.strip()
        torn = {each for each in graphemes(shown) if each[0] in _rare(words)} - whole
        assert not torn


def assert_taken(kind: str, url: str, headers: dict[str, str], body: bytes) -> None:
    if kind == "bluesky":
        headers["authorization"] = f"Bearer {Bluesky.session}"
    answer: Any = SERVERS[kind]()(Received("/" + url.split("/", 3)[3], headers, body))
    assert answer.status < 300, answer.body


def _rare(words: str) -> set[str]:
    """Return the letters that begin a grapheme of more than one code point."""
    many = (each[0] for each in graphemes(words) if len(each) > 1)
    return {letter for letter in many if not letter.isascii()}  # our own words have those too
