"""Every event of every service goes into the audit log."""

from common.events import Envelope
from common.handlers import Handlers
from common.uow import UnitOfWork
from gateway.audit.recording import record_event

handlers = Handlers()


@handlers.handles_raw("#")
def on_anything(work: UnitOfWork, envelope: Envelope) -> None:
    record_event(work.session, envelope)
