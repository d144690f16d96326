"""Prometheus metrics of both process kinds.

The API runs several gunicorn workers that share values through files (`PROMETHEUS_MULTIPROC_DIR`, set by
`<service> api`); every other process keeps them in memory. prometheus_client decides at its first import,
so the variable has to be gone before that wherever it was not meant.
"""

import os
from typing import Final

API_MARK: Final = "EVERGREEN_PROCESS"

IS_API: Final = os.environ.get(API_MARK) == "api"
SHARED_PARENT: Final = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
if not IS_API:
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)

from prometheus_client import (  # noqa: E402
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

CONTENT_TYPE = CONTENT_TYPE_LATEST

HTTP_REQUESTS = Counter("evergreen_http_requests_total", "Requests answered", ["service", "method", "route", "status"])
HTTP_SECONDS = Histogram(
    "evergreen_http_request_seconds",
    "Time to answer",
    ["service", "method", "route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

OUTBOX_DEPTH = Gauge("evergreen_outbox_depth", "Committed events not yet published", multiprocess_mode="livemax")
OUTBOX_AGE = Gauge("evergreen_outbox_oldest_seconds", "Age of the oldest of them", multiprocess_mode="livemax")
OUTBOX_PUBLISHED = Counter("evergreen_outbox_published_total", "Events the broker confirmed")

EVENT_LAG = Histogram(
    "evergreen_event_lag_seconds",
    "From the event's time to its effect here",
    ["type"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 60, 300, 1800),
)
EVENTS = Counter(
    "evergreen_events_total", "Events settled, by outcome: handled, duplicate, retried, dead", ["type", "outcome"]
)
BATCH_SIZE = Histogram(
    "evergreen_consumer_batch_size", "Events handled in one transaction", buckets=(1, 2, 5, 10, 25, 50, 100, 200, 500)
)

TASK_SECONDS = Histogram(
    "evergreen_task_seconds",
    "Duration of one attempt at a task",
    ["task"],
    buckets=(0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 1800),
)
TASK_FAILURES = Counter("evergreen_task_failures_total", "Attempts at a task that raised", ["task"])
TICK_FAILURES = Counter("evergreen_tick_failures_total", "Runs of a tick that raised", ["tick"])
LOOP_FAILURES = Counter("evergreen_loop_failures_total", "Portions of a background loop that raised", ["loop"])


def observe_request(service: str, method: str, route: str, status: int, seconds: float) -> None:
    HTTP_REQUESTS.labels(service, method, route, str(status)).inc()
    HTTP_SECONDS.labels(service, method, route).observe(seconds)


def render() -> bytes:
    """Returns all metrics in the text format: of all workers under gunicorn, else of this process."""
    if not IS_API:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
