"""The audit log: a row for each event of all services. The database refuses updates and deletes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Index, String, bindparam, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from gateway.db import Base

_CLIENT = "COALESCE(data ->> 'client_id', subject)"


def about_clients(*ids: object) -> ColumnElement[bool]:
    """Returns the condition for entries about the clients or their entities.

    The expression has no parameters, because the index would not match them.
    """
    return literal_column(_CLIENT, String()).in_(bindparam("clients", [str(one) for one in ids], expanding=True))


class AuditEntry(Base):
    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_occurred_at_id", "occurred_at", "id"),
        Index("ix_audit_entry_actor_id", "actor_id", "occurred_at", "id"),
        Index("ix_audit_entry_type", "type", "occurred_at", "id"),
        Index("ix_audit_entry_subject", "subject", "aggregate", "sequence", "id"),
        Index("ix_audit_entry_subject_occurred_at", "subject", "occurred_at", "id"),
        Index("ix_audit_entry_client", text(_CLIENT), "occurred_at", "id"),
        Index("ix_audit_entry_correlation_id", "correlation_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """The id of the event."""
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[str]
    actor_role: Mapped[str]
    type: Mapped[str] = mapped_column(String(collation="C"))
    """C collation, so that the index serves prefix searches."""
    aggregate: Mapped[str]
    """The type without its verb and version: `catalog.service`."""
    subject: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    correlation_id: Mapped[str]
    causation_id: Mapped[str | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
