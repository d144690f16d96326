"""Saved views of lists: search, filters, sort and columns under a name."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, column_property, mapped_column

from common.db import Aggregate
from gateway.db import Base
from gateway.user.models import User


class SavedView(Aggregate, Base):
    __tablename__ = "saved_view"
    __table_args__ = (
        Index("uq_saved_view_name", "user_id", "list", text("lower(name)"), unique=True),
        Index("ix_saved_view_list", "list", "name", "id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    list: Mapped[str] = mapped_column(String(100))
    """The path of the page that shows the list, such as `/agreements`."""
    name: Mapped[str] = mapped_column(String(80))
    search: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The parameters of the page's address."""
    shared: Mapped[bool]
    """True: all staff see it."""
    user_name: Mapped[str] = column_property(
        select(User.name).where(User.id == user_id).correlate_except(User).scalar_subquery()
    )
