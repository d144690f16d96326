"""Handlers of events: event types, reader and function."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from common.events import Envelope
from common.uow import UnitOfWork

Handle = Callable[[UnitOfWork, dict[str, Any]], None]
HandleBatch = Callable[[UnitOfWork, Sequence[dict[str, Any]]], None]
HandleEnvelope = Callable[[UnitOfWork, Envelope], None]
HandleEnvelopes = Callable[[UnitOfWork, Sequence[Envelope]], None]


@dataclass(frozen=True)
class Handler:
    """A handler: `handle(work, data)` gets the event as `reader` loads it; `raw` handlers get the envelope.

    A `batch` handler gets a list of consecutive events of a delivered batch, oldest first.
    """

    types: tuple[str, ...]
    reader: Schema | None
    handle: Callable[..., None]
    batch: bool = False

    @property
    def raw(self) -> bool:
        return self.reader is None


class Handlers:
    """The handlers of a module, collected by decorators and passed to the app in wiring."""

    def __init__(self) -> None:
        self._handlers: list[Handler] = []

    def __iter__(self) -> Iterator[Handler]:
        return iter(self._handlers)

    def handles(self, *types: str, reader: Schema) -> Callable[[Handle], Handle]:
        """Registers the decorated `function(work, data)` for these event types (exact routing keys)."""

        def register(function: Handle) -> Handle:
            self._handlers.append(Handler(types, reader, function))
            return function

        return register

    def handles_batch(self, *types: str, reader: Schema) -> Callable[[HandleBatch], HandleBatch]:
        """Registers `function(work, rows)`, which sends a fixed number of statements, for events that come in numbers.

        The rows may be of events with different actors, so the function emits no events.
        """

        def register(function: HandleBatch) -> HandleBatch:
            self._handlers.append(Handler(types, reader, function, batch=True))
            return function

        return register

    def handles_raw(self, *patterns: str) -> Callable[[HandleEnvelope], HandleEnvelope]:
        """Registers `function(work, envelope)` for binding patterns ("#"), for modules that store whole events."""

        def register(function: HandleEnvelope) -> HandleEnvelope:
            self._handlers.append(Handler(patterns, None, function))
            return function

        return register

    def handles_raw_batch(self, *patterns: str) -> Callable[[HandleEnvelopes], HandleEnvelopes]:
        """Registers `function(work, envelopes)` for binding patterns, as `handles_batch` does for types."""

        def register(function: HandleEnvelopes) -> HandleEnvelopes:
            self._handlers.append(Handler(patterns, None, function, batch=True))
            return function

        return register
