"""`/metrics`: what it says, who may read it, and that Prometheus' own parser reads it."""

import asyncio
import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as families
from starlette.types import Scope

from onthisday.adapters.web.metrics import exposition, is_near
from onthisday.app.publishing import website_at
from onthisday.app.workspace import Almanac
from onthisday.delivery.measures import Measures
from onthisday.delivery.notice import STATES, Totals
from onthisday.version import __version__
from tests.delivery.fakes import instant
from tests.delivery.sink import Answer, running_sink
from tests.operation.running import SECRET, write_service
from tests.website.fixtures import serving, wait_for

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
    text: str
    samples: Samples


@pytest.fixture(scope="module")
def scraped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scraped]:
    """Serve until two channels have been tried, one of which refuses; then read `/metrics`."""
    with running_sink() as sink:
        sink.answer = lambda got: Answer(422 if got.path.endswith("bad") else 200)
        config = write_service(tmp_path_factory.mktemp("scraped"), sink.url, "good", "bad")
        with serving(config) as (home, _):
            wait_for(lambda: 'onthisday_notices{state="failed"} 1.0' in scrape(home)[1])
            for path in ("/", "/", "/none"):
                connection = http.client.HTTPConnection(urlsplit(home).netloc, timeout=10)
                connection.request("GET", path)
                connection.getresponse().read()
                connection.close()
            _, text = scrape(home)
            yield Scraped(home, text, samples(text))


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
    assert counted["200"] >= 3.0, "two pages and a scrape before"


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


@pytest.mark.parametrize("name", ["X_Forwarded_For", "Forwarded", "Via", "X_Real_IP"])
def test_who_comes_through_a_proxy_gets_no_metrics(scraped: Scraped, name: str) -> None:
    assert scrape(scraped.home, **{name: "127.0.0.1"})[0] == 404


def test_openmetrics_is_given_to_who_asks_for_it(scraped: Scraped) -> None:
    status, text = scrape(scraped.home, Accept="application/openmetrics-text; version=1.0.0")
    assert status == 200
    names = {family.name for family in openmetrics(text)}  # type: ignore[no-untyped-call]
    assert {"onthisday_notices", "onthisday_attempts", "onthisday_build"} <= names


@pytest.mark.parametrize(
    "accept",
    ["application/openmetrics-text;version=abc", "application/openmetrics-text;version=1.0.0\tx",
     "text/plain;version=9.9;escaping=no", "*/*;q=x", ",;,;=", "\xff"],
)  # fmt: skip
def test_an_odd_wish_for_a_format_is_no_error(scraped: Scraped, accept: str) -> None:
    assert scrape(scraped.home, Accept=accept)[0] == 200


@pytest.mark.parametrize(
    ("client", "is_let_in"),
    [("127.0.0.1", True), ("::1", True), ("10.1.2.3", True), ("192.168.0.9", True),
     ("172.20.0.2", True), ("fd00::1", True), ("::ffff:10.0.0.1", True), ("100.64.0.1", True),
     ("fe80::1%eth0", True), ("8.8.8.8", False), ("2001:4860:4860::8888", False),
     ("::ffff:8.8.8.8", False), ("unix", False), ("", False)],
)  # fmt: skip
def test_only_loopback_and_private_addresses_are_near(client: str, is_let_in: bool) -> None:
    scope: Scope = {"headers": [], "client": (client, 1) if client else None}
    assert is_near(scope) is is_let_in


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
