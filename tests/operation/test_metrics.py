"""`/metrics`: what it says, where it is, and that Prometheus' own parser reads it."""

import asyncio
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as families

from onthisday.adapters.web.cached_answers import SECURE
from onthisday.adapters.web.metrics import exposition
from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from onthisday.delivery.measures import Measures
from onthisday.delivery.notice import STATES, Totals
from onthisday.version import __version__
from tests.delivery.fakes import instant
from tests.delivery.sink import Answer, running_sink
from tests.operation.running import SECRET, write_service
from tests.website.fixtures import free_port, serving, wait_for
from tests.website.servers import ask

pytestmark = pytest.mark.program

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]

MEASURES = Measures(
    version="1.2.3",
    tick_age=4.0,
    is_degraded=True,
    findings={"error": 2, "warning": 1},
    entries=10,
    documents=5,
    totals=Totals(dict.fromkeys(STATES, 0) | {"sent": 7}, None, 1),
    longest_due=0.0,
    attempts={("slack", "sent"): (7, 1.5)},
    answered={200: 3, 304: 9},
)


def samples(text: str) -> Samples:
    """Return the values that Prometheus' own parser reads, by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families(text)
        for sample in family.samples
    }


def scrape(home: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=10)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("GET", "/metrics", headers=sent)
    reply = connection.getresponse()
    found = reply.status, reply.read().decode()
    connection.close()
    return found


class Scraped(NamedTuple):
    home: str
    inside: str
    text: str
    samples: Samples


@pytest.fixture(scope="module")
def scraped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scraped]:
    """Serve until two channels have been tried, one of which refuses; then read `/metrics`."""
    with running_sink() as sink:
        sink.answer = lambda got: Answer(422 if got.path.endswith("bad") else 200)
        config = write_service(tmp_path_factory.mktemp("scraped"), sink.url, "good", "bad")
        inside = f"http://127.0.0.1:{free_port()}/"
        written = yaml.safe_load(config.read_text(encoding="utf-8"))
        written["metrics"] = urlsplit(inside).netloc
        config.write_text(json.dumps(written), encoding="utf-8")
        with serving(config) as (home, _):
            wait_for(lambda: 'onthisday_notices{state="failed"} 1.0' in scrape(inside)[1])
            for path in ("/", "/", "/none"):
                connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=10)
                connection.request("GET", path)
                connection.getresponse().read()
                connection.close()
            _, text = scrape(inside)
            yield Scraped(home, inside, text, samples(text))


def test_each_state_has_its_number_of_notices(scraped: Scraped) -> None:
    found = {
        dict(labels)["state"]: value
        for (name, labels), value in scraped.samples.items()
        if name == "onthisday_notices"
    }
    assert found == dict.fromkeys(STATES, 0.0) | {"sent": 1.0, "failed": 1.0}


def test_attempts_are_counted_by_service_and_outcome(scraped: Scraped) -> None:
    for outcome in ("sent", "refused"):
        labels = (("outcome", outcome), ("service", "webhook"))
        assert scraped.samples["onthisday_attempts_total", labels] == 1.0
        assert 0 < scraped.samples["onthisday_attempt_seconds_total", labels] < 60


def test_requests_are_counted_by_status(scraped: Scraped) -> None:
    counted = {
        dict(labels)["code"]: value
        for (name, labels), value in scraped.samples.items()
        if name == "onthisday_http_requests_total"
    }
    assert counted["404"] == 1.0
    assert counted["200"] == 2.0, "two pages; the listener of the operator counts nothing"


def test_the_rest_of_the_service_is_told(scraped: Scraped) -> None:
    found = scraped.samples
    assert 0 <= found["onthisday_tick_age_seconds", ()] < 60
    assert found["onthisday_oldest_waiting_seconds", ()] == 0.0
    assert found["onthisday_degraded", ()] == 0.0
    assert found["onthisday_channels_off", ()] == 0.0
    assert found["onthisday_findings", (("level", "error"),)] == 0.0
    assert (found["onthisday_entries", ()], found["onthisday_documents", ()]) == (3.0, 1.0)
    assert found["onthisday_build_info", (("version", __version__),)] == 1.0
    assert found["process_resident_memory_bytes", ()] > 0


def test_no_channel_host_url_or_secret_is_in_it(scraped: Scraped) -> None:
    for told in (SECRET, "127.0.0.1", "good", "http:"):
        assert told not in scraped.text


def test_the_public_listener_has_no_metrics(scraped: Scraped) -> None:
    assert scrape(scraped.home)[0] == 404


def test_the_listener_of_the_operator_has_nothing_else_and_is_only_read(scraped: Scraped) -> None:
    for method, path, status in (
        ("GET", "/", 404), ("GET", "/feed.atom", 404), ("POST", "/metrics", 405),
        ("GET", "/metrics/", 404), ("HEAD", "/metrics", 200), ("GET", "/healthz", 200),
    ):  # fmt: skip
        reply = ask(int(scraped.inside.rstrip("/").rpartition(":")[2]), path, method)
        assert reply.status == status
        assert {name: reply.headers[name] for name in SECURE} == SECURE


def test_the_listener_of_the_operator_says_why_whoever_passes_the_request_on(
    scraped: Scraped,
) -> None:
    port = int(scraped.inside.rstrip("/").rpartition(":")[2])
    said = json.loads(ask(port, "/healthz", X_Forwarded_For="192.0.2.1").body)
    assert {"status", "day", "ticked", "findings", "trouble", "heartbeat"} <= said.keys()


def test_openmetrics_is_given_to_who_asks_for_it(scraped: Scraped) -> None:
    status, text = scrape(scraped.inside, Accept="application/openmetrics-text; version=1.0.0")
    assert status == 200
    names = {family.name for family in openmetrics(text)}  # type: ignore[no-untyped-call]
    assert {"onthisday_notices", "onthisday_attempts", "onthisday_build"} <= names


@pytest.mark.parametrize(
    "accept",
    ["application/openmetrics-text;version=abc", "application/openmetrics-text;version=1.0.0\tx",
     "text/plain;version=9.9;escaping=no", "*/*;q=x", ",;,;=", "\xff"],
)  # fmt: skip
def test_an_odd_wish_for_a_format_is_no_error(scraped: Scraped, accept: str) -> None:
    assert scrape(scraped.inside, Accept=accept)[0] == 200


def test_a_ledger_that_cannot_be_read_leaves_its_numbers_out() -> None:
    body, media_type = exposition(MEASURES._replace(totals=None))
    found = {name for name, _ in samples(body.decode())}
    assert media_type.startswith("text/plain")
    assert "onthisday_notices" not in found
    assert {"onthisday_degraded", "onthisday_attempts_total"} <= found


def test_names_and_types_follow_prometheus_practice() -> None:
    body, _ = exposition(MEASURES)
    ours = [family for family in families(body.decode()) if family.name.startswith("onthisday")]
    assert len(ours) > 10
    for family in ours:
        assert family.documentation.endswith("."), family.name
        is_counter = all(sample.name.endswith("_total") for sample in family.samples)
        assert (family.type == "counter") is is_counter, family.name


def test_two_expositions_at_once_share_nothing() -> None:
    async def both() -> tuple[tuple[bytes, str], ...]:
        other = MEASURES._replace(entries=99)
        return await asyncio.gather(
            asyncio.to_thread(exposition, MEASURES), asyncio.to_thread(exposition, other)
        )

    (first, _), (second, _) = asyncio.run(both())
    assert b"onthisday_entries 10.0" in first
    assert b"onthisday_entries 99.0" in second


def test_the_metrics_are_not_built(tmp_path: Path) -> None:
    config = write_service(tmp_path, "http://127.0.0.1/")
    website = website_at(Almanac.open(str(config)), instant("2026-02-25T09:00"))
    assert "/metrics" not in set(website.paths())
