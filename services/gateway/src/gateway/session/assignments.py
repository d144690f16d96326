"""Assignments of technicians as their owner's answers told them: newer than any replica fed by events."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, delete, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.clock import now
from common.merges import stays
from gateway.db import Base

KEPT = timedelta(days=30)
"""A replica that is further behind than this is lost, and gets the owner's whole state again."""
MOST_CLOSED = 2000
"""Clients that one identity token names as closed; more do not fit into a header."""


class AssignmentChange(Base):
    """The newest known of each changed assignment. Kept when active again, so that an older fact cannot end it."""

    __tablename__ = "assignment_change"
    __table_args__ = (
        Index("ix_assignment_change_ended", "user_id", "client_id", postgresql_where=text("NOT active")),
        Index("ix_assignment_change_changed_at", "changed_at"),
    )

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    client_id: Mapped[UUID] = mapped_column(primary_key=True, info=stays("clients publishes moved assignments again"))
    version: Mapped[int]
    active: Mapped[bool]
    changed_at: Mapped[datetime]


def reopen(session: Session, *, user_id: UUID, client_id: UUID, version: int) -> None:
    """Takes note that the assignment is active, should the answer that said so never have come."""
    same = (AssignmentChange.user_id == user_id) & (AssignmentChange.client_id == client_id)
    session.execute(
        update(AssignmentChange)
        .where(same, AssignmentChange.version < version)
        .values(version=version, active=True, changed_at=now())
    )


def prune(session: Session) -> None:
    session.execute(delete(AssignmentChange).where(AssignmentChange.changed_at < now() - KEPT))
