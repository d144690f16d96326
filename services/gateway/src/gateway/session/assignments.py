"""Changes of technicians' assignments from the owner's answers, which are newer than replicas fed by events."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, delete, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.clock import now
from common.merges import stays
from gateway.db import Base

KEPT = timedelta(days=30)
"""A replica that is further behind is rebuilt by publishing the owner's state again."""
MOST_CLOSED = 2000
"""The number of closed clients that fit into an identity token."""


class AssignmentChange(Base):
    """The newest state of a changed assignment. Kept when it is active again, so that an older change can't end it."""

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
    """Marks the assignment as active, in case the owner's answer got lost."""
    same = (AssignmentChange.user_id == user_id) & (AssignmentChange.client_id == client_id)
    session.execute(
        update(AssignmentChange)
        .where(same, AssignmentChange.version < version)
        .values(version=version, active=True, changed_at=now())
    )


def prune(session: Session) -> None:
    session.execute(delete(AssignmentChange).where(AssignmentChange.changed_at < now() - KEPT))
