"""Forms for work orders, and the answers of each order with the questions as they were asked."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from agreements.db import Base
from agreements.inbound.replicas import CatalogService, Client
from common.clock import now
from common.db import Aggregate
from common.merges import FOLLOWS


class OrderForm(Aggregate, Base):
    """Questions that a client answers in a request. `client_id` None: for all clients."""

    __tablename__ = "work_order_form"
    __table_args__ = (
        Index("uq_work_order_form_name", func.lower(text("name")), unique=True),
        Index("ix_work_order_form_client_id", "client_id"),
    )

    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None]
    client_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    service_id: Mapped[UUID | None]
    """A service of the catalog; a client's order gets the row of its rate card, if that includes the service."""
    active: Mapped[bool] = mapped_column(default=True)
    form_version: Mapped[int]
    """The number of the version that is filled in now."""
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    client: Mapped[Client | None] = relationship(
        primaryjoin=lambda: foreign(OrderForm.client_id) == remote(Client.id), viewonly=True, lazy="selectin"
    )
    service: Mapped[CatalogService | None] = relationship(
        primaryjoin=lambda: foreign(OrderForm.service_id) == remote(CatalogService.id), viewonly=True, lazy="selectin"
    )

    @property
    def client_name(self) -> str | None:
        return self.client.name if self.client else None

    @property
    def service_name(self) -> str | None:
        return self.service.name if self.service else None


class FormAnswers(Base):
    """The answers of a work order, with the questions as they were asked."""

    __tablename__ = "work_order_form_answers"
    __table_args__ = (Index("ix_work_order_form_answers_form_id", "form_id"),)

    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id", ondelete="CASCADE"), primary_key=True)
    form_id: Mapped[UUID] = mapped_column(ForeignKey("work_order_form.id"))
    form_name: Mapped[str]
    form_version: Mapped[int]
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    answered_by_name: Mapped[str]
    answered_at: Mapped[datetime] = mapped_column(default=now)
