"""Composes the mirror: one raw handler for all events."""

from uuid import UUID

from common.app import App
from common.config import Settings
from common.events import Envelope
from common.handlers import Handlers
from common.uow import UnitOfWork
from mirror.db import Base, Effect

handlers = Handlers()


@handlers.handles_raw("#")
def on_anything(work: UnitOfWork, envelope: Envelope) -> None:
    work.session.add(Effect(event_id=envelope.id, thing_id=UUID(envelope.subject)))


def app(settings: Settings | None = None) -> App:
    return App(name="mirror", settings=settings or Settings.load("mirror"), base=Base, handlers=[*handlers])
