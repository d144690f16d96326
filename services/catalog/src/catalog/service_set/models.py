"""Named sets of services, such as the starting services of new clients."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.db import Base
from catalog.service.models import CatalogService
from common.db import Aggregate
from common.errors import Conflict

ACTIVE, ARCHIVED = "active", "archived"


class ServiceSet(Aggregate, Base):
    __tablename__ = "service_set"
    __table_args__ = (
        Index("uq_service_set_name", func.lower(text("name")), unique=True),
        Index("uq_service_set_is_default", "is_default", unique=True, postgresql_where=text("is_default")),
    )

    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None]
    is_default: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default=ACTIVE)
    archived_at: Mapped[datetime | None]
    members: Mapped[list["Member"]] = relationship(
        order_by="Member.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def service_ids(self) -> list[UUID]:
        return [member.service_id for member in self.members]

    @property
    def services(self) -> list[CatalogService]:
        return [member.service for member in self.members]

    def archive(self, at: datetime) -> None:
        if self.status == ARCHIVED:
            raise Conflict(f'"{self.name}" is already archived.')
        if self.is_default:
            raise Conflict(f'"{self.name}" is the default set. Make another set the default first.')
        self.status, self.archived_at = ARCHIVED, at

    def restore(self) -> None:
        if self.status == ACTIVE:
            raise Conflict(f'"{self.name}" is already active.')
        self.status, self.archived_at = ACTIVE, None


class Member(Base):
    __tablename__ = "service_set_member"
    __table_args__ = (Index("ix_service_set_member_service_id", "service_id"),)

    set_id: Mapped[UUID] = mapped_column(ForeignKey("service_set.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    position: Mapped[int]
    service: Mapped[CatalogService] = relationship(viewonly=True, lazy="joined", innerjoin=True)
