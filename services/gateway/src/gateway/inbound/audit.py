"""Writes all events of all services to the audit log."""

from collections.abc import Sequence

from common.events import Envelope
from common.handlers import Handlers
from common.uow import UnitOfWork
from gateway.audit.recording import record_events

handlers = Handlers()


@handlers.handles_raw_batch("#")
def on_anything(work: UnitOfWork, envelopes: Sequence[Envelope]) -> None:
    record_events(work.session, envelopes)
