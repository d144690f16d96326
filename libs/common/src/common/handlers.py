"""Which event types a service listens to, with which reader, and what it does then."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from common.events import Envelope
from common.uow import UnitOfWork

Handle = Callable[[UnitOfWork, dict[str, Any]], None]
HandleEnvelope = Callable[[UnitOfWork, Envelope], None]


@dataclass(frozen=True)
class Handler:
    """`handle(work, data)` with what `reader` made of the event; `raw` handlers get the whole envelope."""

    types: tuple[str, ...]
    reader: Schema | None
    handle: Callable[..., None]

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

    def handles_raw(self, *patterns: str) -> Callable[[HandleEnvelope], HandleEnvelope]:
        """Registers `function(work, envelope)` for binding patterns ("#"): for those who keep, not read, events."""

        def register(function: HandleEnvelope) -> HandleEnvelope:
            self._handlers.append(Handler(patterns, None, function))
            return function

        return register
