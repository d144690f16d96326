"""Emails that came in, what became of each, and how far the mailbox was read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import Aggregate

ORDER, NOTE, UNMATCHED, IGNORED, REFUSED, DISCARDED = "order", "note", "unmatched", "ignored", "refused", "discarded"
STATUSES = (UNMATCHED, ORDER, NOTE, IGNORED, REFUSED, DISCARDED)


class IncomingEmail(Aggregate, Base):
    """An email, handled once. `status` says what became of it, and `reason` why, unless it became an order or note."""

    __tablename__ = "incoming_email"
    __table_args__ = (
        Index("ix_incoming_email_created_at_id", "created_at", "id"),
        Index("ix_incoming_email_status", "status", "created_at", "id"),
        Index("ix_incoming_email_message_id", "message_id", postgresql_where=text("work_order_id IS NOT NULL")),
        Index("ix_incoming_email_work_order_id", "work_order_id"),
    )

    identity: Mapped[str] = mapped_column(String(64), unique=True)
    message_id: Mapped[str | None]
    sender: Mapped[str]
    sender_name: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    file_id: Mapped[UUID | None]
    """The email as it came; None if it was too large or infected."""
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None]
    work_order_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_order.id", ondelete="SET NULL"))


class MailboxState(Base):
    """How far a mailbox was read; written in the transaction that handles an email."""

    __tablename__ = "mailbox_state"

    name: Mapped[str] = mapped_column(primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger, default=0)
    last_uid: Mapped[int] = mapped_column(BigInteger, default=0)
    polled_at: Mapped[datetime | None]
    """The last time it could be read."""
    error: Mapped[str | None]
    failing_since: Mapped[datetime | None]
