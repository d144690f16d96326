"""One row per handled event, written in the handler's own transaction: a second delivery finds it and does nothing."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from common.tables import inbox


def claim(session: Session, consumer: str, event_ids: Sequence[UUID]) -> set[UUID]:
    """The ids among `event_ids` that nobody handled before; they are ours once this transaction commits.

    A concurrent claim of the same id waits for the other transaction and then sees its outcome.
    Ids are inserted in sorted order, so that two overlapping batches cannot deadlock.
    """
    rows = [{"consumer": consumer, "event_id": event_id} for event_id in sorted(set(event_ids))]
    statement = insert(inbox).values(rows).on_conflict_do_nothing().returning(inbox.c.event_id)
    return set(session.scalars(statement))
