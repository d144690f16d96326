"""Log lines as JSON on stdout (coloured text in development), each with the request and event it belongs to.

`structlog.contextvars` carry `request_id`, `correlation_id`, `actor`, `event_id` and `event_type`; whoever opens
a request or handles an event binds them, and `asyncio.to_thread` takes them along.
"""

import logging
import sys
from typing import Any

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer

from common.config import Settings

TRACEBACKS = structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False, max_frames=20))
"""Without local variables: those are customers' data."""

QUIET = ("aio_pika", "aiormq", "urllib3", "asyncio")
"""Libraries that tell at WARNING or INFO what our own lines already say."""


def configure(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging alike. Call it once a process, before the first line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_service(settings.service),
    ]
    final: list[Any]
    if settings.environment == "development":
        plain = structlog.dev.plain_traceback
        final = [structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=plain)]
    else:
        final = [TRACEBACKS, structlog.processors.JSONRenderer(serializer=_json)]
    threshold = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    structlog.configure(
        processors=[*shared, *final],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(threshold)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(threshold, logging.ERROR))


def _name_service(service: str) -> Any:
    def add(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
        event["service"] = service
        return event

    return add


def _json(event: dict[str, Any], **_: Any) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
