"""Internal notes about a client."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common.db import Aggregate
from common.ids import new_id
from common.merges import ANNOUNCED


class Note(Aggregate, Base):
    """A note that client users can't see. A removed note keeps its history, but is no longer listed."""

    __tablename__ = "note"
    __table_args__ = (
        Index(
            "ix_note_client_id_pinned",
            "client_id",
            "pinned",
            "created_at",
            "id",
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), info=ANNOUNCED)
    title: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str]
    pinned: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[str]
    author_name: Mapped[str]
    removed_at: Mapped[datetime | None]


class NoteVersion(Base):
    """The text of a note from `edited_at` until the next version."""

    __tablename__ = "note_version"
    __table_args__ = (Index("uq_note_version_note_id_number", "note_id", "number", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    note_id: Mapped[UUID] = mapped_column(ForeignKey("note.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str | None] = mapped_column(String(200))
    body: Mapped[str]
    edited_at: Mapped[datetime]
    edited_by: Mapped[str]
    edited_by_name: Mapped[str]
