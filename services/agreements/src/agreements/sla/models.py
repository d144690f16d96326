"""The targets of work orders, as they were counted last."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Double, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base


class OrderTarget(Base):
    """A target. Its clock showed `used_seconds` at `counted_at`, and runs on from there if it is `running`."""

    __tablename__ = "work_order_target"
    __table_args__ = (
        Index("ix_work_order_target_breached_at", "breached_at", postgresql_where=text("breached_at IS NOT NULL")),
    )

    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id", ondelete="CASCADE"), primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    always: Mapped[bool]
    """Whether all hours count, not only business hours."""
    used_seconds: Mapped[float] = mapped_column(Double)
    counted_at: Mapped[datetime]
    running: Mapped[bool]
    due_at: Mapped[datetime | None]
    warn_at: Mapped[datetime | None]
    met_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    """When it was announced that the target is due soon."""
    breached_at: Mapped[datetime | None]
    """When the target passed unmet. It is announced once, and stays when the order gets another priority."""
