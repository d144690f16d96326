"""What is written about a work order, and its changes of status."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.db import Aggregate
from common.ids import new_id


class Note(Aggregate, Base):
    """A note on a work order. It stays as it was written."""

    __tablename__ = "work_note"
    __table_args__ = (Index("ix_work_note_work_order_id", "work_order_id", "created_at", "id"),)

    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    text: Mapped[str]
    visible: Mapped[bool]
    """Whether the client sees the note. A client's own notes are always visible."""
    by_client: Mapped[bool]
    author_id: Mapped[str]
    author_name: Mapped[str]


class StatusChange(Base):
    __tablename__ = "work_order_status_change"
    __table_args__ = (Index("ix_work_order_status_change_work_order_id", "work_order_id", "at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id", ondelete="CASCADE"))
    from_status: Mapped[str]
    to_status: Mapped[str]
    at: Mapped[datetime]
    by_client: Mapped[bool]
    actor_name: Mapped[str]


class Attachment(Base):
    """A file on a work order, by itself or with a note."""

    __tablename__ = "work_attachment"
    __table_args__ = (
        Index("ix_work_attachment_work_order_id", "work_order_id", "created_at", "id"),
        Index("ix_work_attachment_note_id", "note_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    note_id: Mapped[UUID | None] = mapped_column(ForeignKey("work_note.id"))
    file_id: Mapped[UUID]
    visible: Mapped[bool]
    by_client: Mapped[bool]
    author_id: Mapped[str]
    author_name: Mapped[str]
    created_at: Mapped[datetime]
