"""Stores events in the transaction that causes them; the relay publishes them afterwards."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.events import Envelope

CHANNEL = "outbox"


# One parameter for each column, for any number of events. Their order is the order of publishing.
ADD = text("""
    WITH added AS (
        INSERT INTO outbox (event_id, type, payload)
        SELECT event_id, type, payload
        FROM unnest(CAST(:ids AS uuid[]), CAST(:types AS text[]), CAST(:payloads AS text[]))
            WITH ORDINALITY AS events (event_id, type, payload, place)
        ORDER BY place
    )
    SELECT pg_notify(:channel, '')
""")


def add(session: Session, envelopes: Iterable[Envelope]) -> None:
    """Stores the rows and notifies the relay at commit."""
    events = list(envelopes)
    if events:
        columns = {
            "channel": CHANNEL,
            "ids": [event.id for event in events],
            "types": [event.type for event in events],
            "payloads": [event.encode().decode() for event in events],
        }
        session.execute(ADD, columns)
