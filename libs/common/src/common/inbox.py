"""One row per handled event, written in the handler's own transaction: a second delivery finds it and does nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

# One parameter for any number of ids: a VALUES list would be compiled anew for each size of batch.
CLAIM = text("""
    INSERT INTO inbox (consumer, event_id) SELECT :consumer, unnest(CAST(:event_ids AS uuid[]))
    ON CONFLICT DO NOTHING RETURNING event_id
""")


def claim(session: Session, consumer: str, event_ids: Sequence[UUID]) -> set[UUID]:
    """The ids among `event_ids` that nobody handled before; they are ours once this transaction commits.

    A concurrent claim of the same id waits for the other transaction and then sees its outcome.
    Ids are inserted in sorted order, so that two overlapping batches cannot deadlock.
    """
    return set(session.scalars(CLAIM, {"consumer": consumer, "event_ids": sorted(set(event_ids))}))
