"""API keys, with which programs act for a user."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from common.db import Aggregate
from gateway.db import Base
from gateway.user.models import User


class ApiKey(Aggregate, Base):
    __tablename__ = "api_key"
    __table_args__ = (
        Index("uq_api_key_hash", "hash", unique=True),
        Index("ix_api_key_user_id_created_at", "user_id", "created_at", "id"),
        Index("ix_api_key_created_at_id", "created_at", "id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(100))
    prefix: Mapped[str] = mapped_column(String(12))
    """The first characters of the key, to recognize it."""
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    role: Mapped[str]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    user_name: Mapped[str] = column_property(
        select(User.name).where(User.id == user_id).correlate_except(User).scalar_subquery()
    )
