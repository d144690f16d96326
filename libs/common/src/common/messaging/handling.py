"""What happens to delivered events, in one transaction: inbox, handlers, whatever they emit. Synchronous, so tests call it too."""

import re
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy.orm import Session

from common import inbox
from common.clock import now
from common.context import Actor, Context
from common.events import Envelope, Unreadable, read
from common.handlers import Handler
from common.service import Service
from common.uow import UnitOfWork


def handle(service: Service, envelopes: Sequence[Envelope]) -> None:
    """Handles a batch, all or nothing; events handled before are passed over.

    Raises Unreadable for an event that can never be handled, otherwise whatever a handler or the database raised.
    """
    handlers = {envelope.type: handlers_of(tuple(service.handlers), envelope.type) for envelope in envelopes}
    for envelope in envelopes:
        if not handlers[envelope.type]:
            raise Unreadable(f"nobody here reads {envelope.type}")
    with service.database.sessions() as session, session.begin():
        fresh = inbox.claim(session, service.name, [envelope.id for envelope in envelopes])
        for envelope in envelopes:
            if envelope.id in fresh:
                fresh.discard(envelope.id)
                _handle_one(service, session, envelope, handlers[envelope.type])


def _handle_one(service: Service, session: Session, envelope: Envelope, handlers: Sequence[Handler]) -> None:
    context = Context(
        actor=Actor.parse(envelope.actor),
        correlation_id=envelope.correlation_id,
        causation_id=str(envelope.id),
        now=now(),
    )
    work = UnitOfWork(session, context, service.settings)
    for handler in handlers:
        if handler.reader is None:
            handler.handle(work, envelope)
        else:
            handler.handle(work, read(handler.reader, envelope))
    work.flush()


@lru_cache(maxsize=4096)
def handlers_of(handlers: tuple[Handler, ...], event_type: str) -> tuple[Handler, ...]:
    """The handlers whose types (or, for raw ones, patterns) take in `event_type`."""
    return tuple(h for h in handlers if any(_matches(pattern, event_type) for pattern in h.types))


def _matches(pattern: str, event_type: str) -> bool:
    """AMQP topic matching: `*` is one word, `#` is any number of them."""
    if pattern == event_type or pattern == "#":
        return True
    expression = re.escape(pattern).replace(r"\*", r"[^.]+").replace(r"\#", r".*")
    return ("*" in pattern or "#" in pattern) and re.fullmatch(expression, event_type) is not None
