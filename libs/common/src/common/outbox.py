"""Events wait here in the transaction that caused them; the relay publishes them afterwards."""

from collections.abc import Iterable

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from common.events import Envelope
from common.tables import outbox

CHANNEL = "outbox"


def add(session: Session, envelopes: Iterable[Envelope]) -> None:
    """Writes the rows and, at commit, wakes the relay."""
    rows = [{"event_id": e.id, "type": e.type, "payload": e.encode().decode()} for e in envelopes]
    if rows:
        session.execute(insert(outbox), rows)
        session.execute(text(f"NOTIFY {CHANNEL}"))
