"""Write `/metrics`: the numbers of a running service, as text for Prometheus or OpenMetrics.

The names follow the rules of Prometheus (prometheus.io/docs/practices/naming). A label is a state,
a service, an outcome, a level or a status code. It is never a channel, a host, a URL or another
text from outside. The numbers come from delivery/measures.py; inside.py calls this.

Only the operator's own listener answers it: how much is sent, and how often it fails, concerns
nobody else.
"""

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import CounterMetricFamily as _Counter
from prometheus_client.metrics_core import GaugeMetricFamily as _Gauge
from prometheus_client.metrics_core import InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from onthisday.delivery.measures import Measures
from onthisday.delivery.notice import Totals

_OPENMETRICS = "application/openmetrics-text"


def exposition(measures: Measures, accept: str = "") -> tuple[bytes, str]:
    """Return the text for `/metrics`, and its media type.

    The text has the measures, and also numbers about the process, such as its memory. ``accept`` is
    the request's Accept header, which chooses the format: the library fails at odd ones, so only
    the name of the format is looked for.
    """
    registry = CollectorRegistry()
    registry.register(_Once(families(measures)))
    ProcessCollector(registry=registry)
    encode, media_type = choose_encoder(_OPENMETRICS if _OPENMETRICS in accept else "")
    return encode(registry), media_type


class _Once(Collector):
    """Hands finished numbers to the library, which wants an object that collects them."""

    def __init__(self, found: Iterable[Metric]) -> None:
        self._found = tuple(found)

    def collect(self) -> Iterable[Metric]:
        return self._found


def families(measures: Measures) -> Iterator[Metric]:
    """Yield each number with its name, and the words that explain it."""
    yield InfoMetricFamily(
        "onthisday_build", "The program that runs.", {"version": measures.version}
    )
    yield _gauge(
        "tick_age_seconds",
        "Seconds since the last tick, or since the start before the first.",
        measures.tick_age,
    )
    yield _gauge(
        "degraded",
        "1 while /healthz says degraded.",
        measures.is_degraded,
    )
    levels = (((level,), count) for level, count in measures.findings.items())
    yield _labelled(_Gauge, "findings", "Findings in config and almanac.", ("level",), levels)
    yield _gauge("entries", "Entries of the almanac in use.", measures.entries)
    yield _gauge("documents", "Documents of the almanac in use.", measures.documents)
    if measures.totals is not None:
        yield from _ledger(measures.totals, measures.longest_due)
    yield from _attempts(measures)
    codes = (((str(code),), count) for code, count in sorted(measures.answered.items()))
    yield _labelled(_Counter, "http_requests", "Requests answered, by status.", ("code",), codes)


def _ledger(totals: Totals, longest_due: float) -> Iterator[Metric]:
    states = (((state,), count) for state, count in totals.states.items())
    yield _labelled(_Gauge, "notices", "Notices in the ledger, by state.", ("state",), states)
    yield _gauge(
        "oldest_waiting_seconds",
        "Seconds since the notice that is longest due was due; 0 where none is.",
        longest_due,
    )
    yield _gauge("channels_off", "Channels that are switched off.", totals.off)


def _attempts(measures: Measures) -> Iterator[Metric]:
    labels = ("service", "outcome")
    counts = ((kind, count) for kind, (count, _) in measures.attempts.items())
    yield _labelled(_Counter, "attempts", "Attempts at sending a notice.", labels, counts)
    seconds = ((kind, taken) for kind, (_, taken) in measures.attempts.items())
    told = "Seconds that attempts took, together."
    yield _labelled(_Counter, "attempt_seconds", told, labels, seconds)


def _gauge(name: str, told: str, value: float) -> Metric:
    return _Gauge(f"onthisday_{name}", told, value=value)


def _labelled(
    made: type[_Gauge] | type[_Counter],
    name: str,
    told: str,
    labels: Sequence[str],
    values: Iterable[tuple[Sequence[str], float]],
) -> Metric:
    family = made(f"onthisday_{name}", told, labels=labels)
    for label, value in values:
        family.add_metric(label, value)
    return family
