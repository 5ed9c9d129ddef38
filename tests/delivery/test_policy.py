import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.delivery.buckets import Bucket
from onthisday.delivery.notice import Notice
from onthisday.delivery.pauses import Pause, Pauses
from onthisday.delivery.replies import (
    gone,
    retry_after,
    until,
    verdict_of,
    verdict_of_failure,
)
from onthisday.delivery.reply_words import answer_words, excerpt
from onthisday.delivery.request_reply import Failure, Outcome, Reply, Verdict
from onthisday.delivery.retries import DELAYS, JITTER, is_expired, is_late, settle
from tests.delivery.fakes import instant

NOW = instant("2026-02-25T09:00")
BUCKET = Bucket("chat", "chat.example")
NOTICE = Notice("room", date(2026, 2, 25), "UTC", ("a",), tries=1)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "sent"), (204, "sent"), (301, "retry"), (400, "refused"), (404, "retry"),
        (408, "retry"), (410, "gone"), (413, "refused"), (422, "refused"), (429, "throttled"),
        (500, "retry"), (503, "retry"),
    ],
)  # fmt: skip
def test_a_status_means_what_http_says(status: int, outcome: str) -> None:
    assert verdict_of(Reply(status, {}, b""), NOW).outcome == outcome


def test_a_redirect_is_told_with_what_to_do() -> None:
    said = "redirected, and redirects are not followed; put the final address in config"
    assert verdict_of(Reply(301, {}, b""), NOW).detail == said


def test_a_failure_after_the_request_was_out_is_unknown() -> None:
    assert verdict_of_failure(Failure(sent=True, detail="")).outcome == "unknown"
    assert verdict_of_failure(Failure(sent=False, detail="")).outcome == "retry"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), ("0.5", 0.5), ("-3", 0), ("Wed, 25 Feb 2026 10:00:00 GMT", 3600),
        ("Wed, 25 Feb 2026 08:00:00 GMT", 0), ("1209600", 1_209_600),
        ("nan", 0), ("Wed, 25 Feb 2026 10:00:00 -0000", 3600), ("Wed, 25 Feb 2026 10:00:00", 3600),
    ],
)  # fmt: skip
def test_retry_after_is_read_in_full_as_seconds_or_a_date(value: str, seconds: float) -> None:
    assert retry_after(value, NOW) == timedelta(seconds=seconds)


@given(st.text(max_size=40))
def test_no_retry_after_is_too_strange_to_be_read(value: str) -> None:
    after = retry_after(value, NOW)
    assert after is None or after >= timedelta(0)


def test_retries_wait_as_standard_webhooks_says_and_end() -> None:
    waits = []
    for tries in range(1, len(DELAYS) + 1):
        settled = settle(NOTICE._replace(tries=tries), Verdict("retry", ""), NOW, 0, hold=False)
        assert settled.state == "waiting"
        assert settled.due is not None
        waits.append((settled.due - NOW).total_seconds())
    assert waits == [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    last = settle(NOTICE._replace(tries=10), Verdict("retry", ""), NOW, 0, hold=False)
    assert (last.state, last.due) == ("failed", None)


@given(st.floats(0, 1), st.integers(0, 86_400))
def test_jitter_lengthens_and_nothing_shortens_a_wait_that_was_asked_for(
    jitter: float, asked: int
) -> None:
    verdict = Verdict("retry", "", 503, timedelta(seconds=asked))
    due = settle(NOTICE, verdict, NOW, jitter, hold=False).due
    assert due is not None
    wait = (due - NOW).total_seconds()
    assert wait >= max(5, asked)
    assert wait <= max(5 * (1 + JITTER), asked)


def test_a_wait_beyond_the_calendar_is_a_day() -> None:
    verdict = Verdict("retry", "", 503, timedelta.max)
    settled = settle(NOTICE, verdict, NOW, 0, hold=False)
    assert (settled.state, settled.due) == ("waiting", NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("asked", "state"),
    [(None, "leased"), (60, "leased"), (61, "waiting")],
)
def test_what_is_throttled_keeps_its_place_and_a_short_pause_is_waited_out(
    asked: int | None, state: str
) -> None:
    after = None if asked is None else timedelta(seconds=asked)
    verdict = Verdict("throttled", "slow down", 429, after)
    pause = Pauses().note("room", BUCKET, verdict, NOW)
    waiting = NOTICE._replace(due=NOW - timedelta(hours=1))
    settled = settle(waiting, verdict, NOW, 0, hold=False, pause=pause)
    assert (settled.state, settled.due) == (state, waiting.due)


def test_what_is_throttled_after_an_unknown_outcome_stays_unknown() -> None:
    verdict, pause = Verdict("throttled", "", 429), Pause("x", NOW + timedelta(hours=1), "asked")
    settled = settle(NOTICE._replace(doubts=1), verdict, NOW, 0, hold=False, pause=pause)
    assert settled.state == "unknown"


def test_an_outcome_that_stays_unknown_is_repeated_three_times() -> None:
    states = []
    for doubts in range(5):
        notice = NOTICE._replace(doubts=doubts, tries=doubts + 1)
        settled = settle(notice, Verdict("unknown", ""), NOW, 0, hold=False)
        states.append((settled.state, settled.due is not None))
    assert states == [("unknown", True)] * 3 + [("unknown", False)] * 2


@pytest.mark.parametrize("outcome", ["refused", "gone", "retry"])
def test_what_may_have_arrived_once_never_ends_as_failed(outcome: Outcome) -> None:
    notice = NOTICE._replace(doubts=1, tries=10)
    settled = settle(notice, Verdict(outcome, "no"), NOW, 0, hold=False)
    assert (settled.state, settled.due) == ("unknown", None)


def test_each_refusal_for_haste_makes_the_next_pause_longer_until_one_message_is_taken() -> None:
    pauses, waits = Pauses(), []
    for after in [None] * 3 + [timedelta(0)] * 2 + [timedelta(hours=30)]:
        pause = pauses.note("room", BUCKET, Verdict("throttled", "", 429, after), NOW)
        assert pause is not None
        waits.append((pause.until - NOW).total_seconds())
    assert waits == [5, 10, 20, 8, 16, 86400]
    assert pauses.note("room", BUCKET, Verdict("sent", "ok", 200), NOW) is None
    pause = pauses.note("room", BUCKET, Verdict("throttled", "", 429), NOW)
    assert pause is not None
    assert pause.until - NOW == timedelta(seconds=5)


def test_no_pause_that_nobody_asked_for_is_longer_than_an_hour() -> None:
    pauses, tired = Pauses(), Verdict("throttled", "", 429)
    found = [pauses.note("room", BUCKET, tired, NOW) for _ in range(2000)]
    waits = [(pause.until - NOW).total_seconds() for pause in found if pause is not None]
    assert waits[:11] == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]
    assert set(waits[11:]) == {3600}


def test_a_host_that_answers_none_of_five_requests_is_left_alone_for_five_seconds() -> None:
    pauses, silence = Pauses(), Verdict("unknown", "no answer")
    for _ in range(2):  # an answer begins the count anew
        for _ in range(4):
            pauses.note("room", BUCKET, silence, NOW)
        assert pauses.silent(BUCKET, NOW) is None
        pauses.note("room", BUCKET, Verdict("retry", "busy", 503), NOW)
    for _ in range(5):
        pauses.note("room", BUCKET, silence, NOW)
    end, other = NOW + timedelta(seconds=5), Bucket("chat", "other.example")
    said = "chat.example has answered nobody lately"
    assert pauses.silent(BUCKET, NOW) == Pause("host chat.example", end, said)
    assert pauses.silent(other, NOW) is None
    assert pauses.silent(BUCKET, end) is None  # one request may try the host
    assert pauses.silent(BUCKET, end) is not None  # the others wait for its answer
    pauses.note("room", BUCKET, Verdict("sent", "ok", 200), end)
    assert pauses.silent(BUCKET, end) is None


def test_a_service_may_ask_for_a_pause_although_it_took_the_message() -> None:
    verdict = Verdict("sent", "ok", 200, timedelta(seconds=3), shared=True)
    pauses = Pauses()
    pause = pauses.note("room", BUCKET, verdict, NOW)
    assert pause == Pause("bucket chat", NOW + timedelta(seconds=3), "chat asked for a pause")
    assert pauses.asked("another", BUCKET, NOW) == pause
    assert pauses.asked("another", BUCKET, NOW + timedelta(seconds=3)) is None


def test_a_pause_for_one_channel_alone_is_called_the_channels() -> None:
    verdict = Verdict("throttled", "", 429, timedelta(seconds=60))
    pause = Pauses().note("room", BUCKET, verdict, NOW)
    assert pause is not None
    assert pause.reason == "the channel asked for a pause"


def test_a_message_that_is_taken_makes_also_the_shared_pause_short_again() -> None:
    pauses, tired = Pauses(), Verdict("throttled", "", 429, shared=True)
    for _ in range(6):
        pauses.note("room", BUCKET, tired, NOW)
    pauses.note("room", BUCKET, Verdict("sent", "ok", 200), NOW)
    pause = pauses.note("room", BUCKET, tired, NOW)
    assert pause is not None
    assert pause.until - NOW == timedelta(seconds=5)


def test_a_pause_that_was_waited_out_is_forgotten_but_not_a_newer_one() -> None:
    pauses, later = Pauses(), NOW + timedelta(seconds=1)
    busy = Verdict("retry", "", 503, timedelta(seconds=9))
    first = pauses.note("room", BUCKET, busy, NOW)
    second = pauses.note("room", BUCKET, busy, later)
    assert first is not None
    assert second is not None
    pauses.over(first)
    assert pauses.asked("room", BUCKET, later) == second
    pauses.over(second)
    assert pauses.asked("room", BUCKET, later) is None
    pauses.over(second)  # it is forgotten already


def test_a_pause_that_a_wrong_clock_made_does_not_hold() -> None:
    pause = Pause("channel room", NOW + timedelta(hours=26, seconds=1), "asked")
    assert not pause.holds(NOW)
    assert pause.holds(NOW + timedelta(seconds=1))
    assert not pause.holds(pause.until)


def test_a_pause_of_a_day_holds_also_if_the_clock_of_another_machine_is_an_hour_ahead() -> None:
    assert Pause("channel room", NOW + timedelta(hours=25), "asked").holds(NOW)


def test_an_unknown_outcome_is_tried_again_unless_it_is_held() -> None:
    unknown = Verdict("unknown", "")
    again = settle(NOTICE, unknown, NOW, 0, hold=False)
    held = settle(NOTICE, unknown, NOW, 0, hold=True)
    assert (again.state, again.due) == ("unknown", NOW + timedelta(seconds=5))
    assert (held.state, held.due) == ("unknown", None)


def test_what_is_gone_switches_its_channel_off_and_what_is_refused_does_not() -> None:
    gone = settle(NOTICE, Verdict("gone", "410 Gone", 410), NOW, 0, hold=False)
    refused = settle(NOTICE, Verdict("refused", "bad", 400), NOW, 0, hold=False)
    assert (gone.state, gone.off) == (
        "failed",
        "the service answered 410 Gone; the address is gone for good",
    )
    assert (refused.state, refused.off) == ("failed", None)


def test_a_notice_is_late_from_its_local_midnight_on() -> None:
    notice = NOTICE._replace(zone="America/New_York")
    assert not is_late(notice, instant("2026-02-26T04:59"))
    assert is_late(notice, instant("2026-02-26T05:00"))


def test_a_notice_expires_after_its_window_unless_a_person_asked_for_it() -> None:
    now = instant("2026-03-05T09:00")
    assert not is_expired(NOTICE, now - timedelta(days=1), 7)
    assert is_expired(NOTICE, now, 7)
    assert not is_expired(NOTICE._replace(replayed=True), now, 7)
    assert not is_expired(NOTICE._replace(zone="Etc/GMT+12"), now, 7)  # it is the 4th there


def test_an_excerpt_is_one_short_line_that_moves_no_cursor() -> None:
    assert excerpt(b"a\x1b[2J\r\n  b\x00") == "a [2J b"
    assert len(excerpt("é".encode() * 1000)) <= 200


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"ok":false,"error_code":401,"description":"Unauthorized"}', "Unauthorized"),
        (b'{"message": "Unknown Webhook", "code": 10015}', "Unknown Webhook (10015)"),
        (b'{"error": {"code": "Off", "message": "the flow is off"}}', "the flow is off"),
        (b"no_service", "no_service"),
        (b"<!doctype html><html><head><title>Sign in</title>...", "a web page, Sign in"),
        (b" <html>", "a web page, untitled"),
        (b'{"a": 1}', "a: 1"),
        (b'{"b": {"c": ["d", null, "e"]}, "f": [], "g": 3}', "c: d; c: e; g: 3"),
        (b"[[1, 2], 3]", "1; 2; 3"),
        (b'{"a": "", "b": 1}', "b: 1"),
        (b'{"a": "\\ud800"}', "a: ?"),  # half a letter, which no text can hold
        (b'{"message": "n\\ud800"}', "n?"),
        (b'{"message": "no", "code": 999999999}', "no (999999999)"),
        (b'{"message": "no", "code": 1000000000}', "no"),
        (b'{"a": 1', "JSON that cannot be read"),
        (json.dumps([*range(1, 30)]).encode(), "; ".join(str(n) for n in range(1, 21))),
        (b"[{}]", ""),
        (b"", ""),
    ],
)
def test_what_a_service_says_of_an_error_is_told_without_its_form(body: bytes, said: str) -> None:
    assert verdict_of(Reply(400, {}, body), NOW).detail == said


@pytest.mark.parametrize(
    ("status", "detail", "words"),
    [
        (
            401,
            "Unauthorized",
            "the service answered 401 Unauthorized; it does not accept the token or the login",
        ),
        (200, "but not with", "the service answered 200 OK, but not with"),
        (404, "", "the service answered 404 Not Found; it knows no such address or token"),
        (
            404,
            "no such",
            "the service answered 404 Not Found: no such; it knows no such address or token",
        ),
        (404, "gone; make a new one", "the service answered 404 Not Found: gone; make a new one"),
        (599, "odd", "the service answered 599: odd"),
        (None, "the name server does not know x", "the name server does not know x"),
        (None, "", "no answer"),
    ],
)
def test_an_answer_is_told_in_words(status: int | None, detail: str, words: str) -> None:
    assert answer_words(status, detail) == words


def test_what_is_gone_asks_for_no_pause_and_keeps_the_services_own_words() -> None:
    verdict = Verdict("retry", "no", 403, timedelta(hours=1), shared=True)
    assert gone(verdict, "make a new hook") == Verdict("gone", "make a new hook", 403)
    assert gone(verdict, "make a new hook", "no_team").detail == "make a new hook (no_team)"


@pytest.mark.parametrize(
    ("value", "hours"),
    [
        ("2026-02-25T11:00", 2),  # without a zone, it is UTC
        ("2026-02-25T11:00+01:00", 1),
        ("2026-02-25T11:00Z", 2),
        ("1772017200", 2),
        ("2026-02-25T08:00", 0),
        ("soon", None),
        (None, None),
    ],
)
def test_the_moment_until_which_to_wait_is_in_seconds_since_1970_or_in_iso_8601(
    value: str | None, hours: int | None
) -> None:
    assert until(value, NOW) == (None if hours is None else timedelta(hours=hours))
