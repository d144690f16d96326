"""Templates of work orders, with their tasks."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from agreements.db import Base
from agreements.inbound.replicas import CatalogService
from common.db import Aggregate, MoneyColumn


class OrderTemplate(Aggregate, Base):
    """What a new work order starts with. Orders keep nothing of the template but its values."""

    __tablename__ = "work_order_template"
    __table_args__ = (Index("uq_work_order_template_name", func.lower(text("name")), unique=True),)

    name: Mapped[str] = mapped_column(String(100))
    subject: Mapped[str] = mapped_column(String(300))
    description: Mapped[str | None]
    priority: Mapped[str]
    service_id: Mapped[UUID | None]
    """A service of the catalog; a client's order gets the row of its rate card, if that includes the service."""
    estimated_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    tasks: Mapped[list[str]] = mapped_column(JSONB)
    service: Mapped[CatalogService | None] = relationship(
        primaryjoin=lambda: foreign(OrderTemplate.service_id) == remote(CatalogService.id),
        viewonly=True,
        lazy="selectin",
    )

    @property
    def service_name(self) -> str | None:
        return self.service.name if self.service else None
