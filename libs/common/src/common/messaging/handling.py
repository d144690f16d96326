"""What delivered events do, in one transaction: inbox, handlers, what they emit. Synchronous, so tests call it too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session
from structlog.contextvars import bound_contextvars

from common import inbox
from common.app import App
from common.context import Actor, Context
from common.events import Envelope, Unreadable, read
from common.handlers import Handler
from common.messaging.routing import Routing
from common.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Prepared:
    """An event understood before any transaction: who handles it, with what."""

    envelope: Envelope
    calls: tuple[tuple[Handler, Any], ...]

    @property
    def handlers(self) -> tuple[Handler, ...]:
        return tuple(handler for handler, _ in self.calls)


def handle(app: App, envelopes: Iterable[Envelope]) -> None:
    """Handles a batch, all or nothing; events handled before are passed over.

    Raises Unreadable for an event that can never be handled, otherwise whatever a handler or the database raised.
    """
    routing = Routing(app.handlers)
    handle_all(app, [prepare(routing, envelope) for envelope in envelopes])


def prepare(routing: Routing, envelope: Envelope) -> Prepared:
    handlers = routing.find(envelope.type)
    if not handlers:
        raise Unreadable(routing.why_not(envelope.type))
    calls = ((handler, read(handler.reader, envelope) if handler.reader else envelope) for handler in handlers)
    return Prepared(envelope, tuple(calls))


def handle_all(app: App, events: Sequence[Prepared]) -> list[bool]:
    """Handles the events in one transaction. Returns for each event whether it was new."""
    with app.database.sessions() as session, session.begin():
        fresh = inbox.claim(session, app.name, [event.envelope.id for event in events])
        claimed = [_take(fresh, event.envelope.id) for event in events]
        mine = [event for event, taken in zip(events, claimed, strict=True) if taken]
        for handlers, group in groupby(mine, key=lambda event: event.handlers):
            _handle_group(app, session, handlers, list(group))
        return claimed


def _take(fresh: set[UUID], event_id: UUID) -> bool:
    """Returns True once per fresh id: the same event twice in one batch counts once."""
    taken = event_id in fresh
    fresh.discard(event_id)
    return taken


def _handle_group(app: App, session: Session, handlers: Sequence[Handler], group: Sequence[Prepared]) -> None:
    """Handles consecutive events that have the same handlers."""
    if not all(handler.batch for handler in handlers):
        for event in group:
            _handle_one(app, session, event)
    for place, handler in enumerate(handlers):
        if handler.batch:
            work = UnitOfWork(session, _context(group[0].envelope), app.settings)
            handler.handle(work, [event.calls[place][1] for event in group])
            assert not work.has_events, "a batch has many causes, so its handler can't emit"


def _handle_one(app: App, session: Session, event: Prepared) -> None:
    envelope = event.envelope
    # Every line a handler logs carries the event and the request behind it.
    with bound_contextvars(
        event_id=str(envelope.id),
        event_type=envelope.type,
        correlation_id=envelope.correlation_id,
        actor=envelope.actor,
    ):
        for handler, argument in event.calls:
            if handler.batch:
                continue
            work = UnitOfWork(session, _context(envelope), app.settings)
            handler.handle(work, argument)
            # What is announced shows the state after this very event; other changes may wait for those of the next
            # events, so that a batch's rows go to the database together.
            if work.has_events:
                work.flush()


def _context(envelope: Envelope) -> Context:
    return Context(
        actor=Actor.parse(envelope.actor), correlation_id=envelope.correlation_id, causation_id=str(envelope.id)
    )
