"""Logs lines as JSON on stdout (colored text in development), each with the ids of its request and event.

`structlog.contextvars` contain `request_id`, `correlation_id`, `actor`, `event_id` and `event_type`. They are bound
when a request starts or an event is handled, and `asyncio.to_thread` passes them on.
"""

import logging
import sys
from collections.abc import Iterator
from traceback import StackSummary, extract_tb
from typing import Any, TextIO

import orjson
import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import ExcInfo

from common.config import Settings
from common.error_texts import describe

FRAMES = 20


class Tracebacks(ExceptionDictTransformer):
    """Renders frames without local variables and exceptions without messages, which can contain customer data."""

    def __call__(self, exc_info: ExcInfo) -> list[dict[str, Any]]:
        stacks = super().__call__(exc_info)
        for stack, error in zip(stacks, _chain(exc_info[1]), strict=False):
            stack |= {"exc_value": describe(error), "exc_notes": []}
        return stacks


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yields an exception and its causes, in the order of a traceback."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _write_plainly(out: TextIO, exc_info: ExcInfo) -> None:
    """Writes the exceptions as text, the oldest first, each with its frames."""
    for error in reversed(list(_chain(exc_info[1]))):
        frames = StackSummary.from_list(extract_tb(error.__traceback__)[-FRAMES:])
        out.write("\n" + "".join(frames.format()) + describe(error))


TRACEBACKS = structlog.processors.ExceptionRenderer(Tracebacks(show_locals=False, max_frames=FRAMES))

QUIET = ("aio_pika", "aiormq", "urllib3", "asyncio", "procrastinate", "psycopg.pool")
"""Libraries whose messages repeat our own log lines."""


def configure(settings: Settings) -> None:
    """Configures structlog and the standard library's logging. Call it once in a process, before the first line."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name_service(settings.service),
    ]
    final: list[Any]
    if settings.environment == "development":
        final = [structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty(), exception_formatter=_write_plainly)]
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
