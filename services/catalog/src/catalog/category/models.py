"""Categories of services."""

from datetime import datetime

from sqlalchemy import Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from catalog.db import Base
from common.db import Aggregate
from common.errors import Conflict

ACTIVE, ARCHIVED = "active", "archived"


class Category(Aggregate, Base):
    __tablename__ = "service_category"
    __table_args__ = (
        Index("uq_service_category_name", func.lower(text("name")), unique=True),
        Index("ix_service_category_status_sort", "status", "sort_order", "name", "id"),
    )

    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None]
    color: Mapped[str | None]
    sort_order: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(default=ACTIVE)
    archived_at: Mapped[datetime | None]

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is already archived.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status == ACTIVE:
            raise Conflict(f'"{self.name}" is already active.')
        self.status, self.archived_at = ACTIVE, None
