"""Tasks of work orders: what to do, and who did it when."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from common.ids import new_id

LONGEST_TITLE = 200


class OrderTask(Base):
    """A part of its work order, whose `tasks_total` and `tasks_done` count its tasks."""

    __tablename__ = "work_order_task"
    __table_args__ = (Index("ix_work_order_task_work_order_id", "work_order_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id", ondelete="CASCADE"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    done_at: Mapped[datetime | None]
    done_by_name: Mapped[str | None]

    @property
    def done(self) -> bool:
        return self.done_at is not None
