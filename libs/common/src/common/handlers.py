"""Which event types a service listens to, with which reader, and what it does then."""

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
    """`handle(work, data)` with what `reader` made of the event; `raw` handlers get the whole envelope.

    A `batch` handler gets a list: the events that follow each other in a delivered batch, oldest first.
    """

    types: tuple[str, ...]
    reader: Schema | None
    handle: Callable[..., None]
    batch: bool = False

    @property
    def raw(self) -> bool:
        return self.reader is None


class Handlers:
    """The inbound side of one module, collected by decorator and handed to the service in wiring."""

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

        The rows are those of consecutive events, which may have different actors; so it emits nothing.
        """

        def register(function: HandleBatch) -> HandleBatch:
            self._handlers.append(Handler(types, reader, function, batch=True))
            return function

        return register

    def handles_raw(self, *patterns: str) -> Callable[[HandleEnvelope], HandleEnvelope]:
        """Registers `function(work, envelope)` for binding patterns ("#"): for those who keep, not read, events."""

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
