"""Records handled events in the handler's transaction, so that a second delivery is ignored."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# One parameter for all ids, because a VALUES list would be compiled again for each batch size.
CLAIM = text("""
    INSERT INTO inbox (consumer, event_id) SELECT :consumer, unnest(CAST(:event_ids AS uuid[]))
    ON CONFLICT DO NOTHING RETURNING event_id
""")


def claim(session: Session, consumer: str, event_ids: Sequence[UUID]) -> set[UUID]:
    """Claims the events and returns the ids that were not handled before.

    A concurrent claim of the same id waits for the other transaction and then sees its result.
    Ids are inserted in sorted order, so that two overlapping batches cannot deadlock.
    """
    return set(session.scalars(CLAIM, {"consumer": consumer, "event_ids": sorted(set(event_ids))}))
