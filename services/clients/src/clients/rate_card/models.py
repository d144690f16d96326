"""A rate card row: one service at one client, as copied from the catalog, with what was agreed on top."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from clients.client.models import Client
from clients.db import Base
from clients.inbound.replicas import CatalogService
from clients.rate_card import rates
from common.db import Aggregate, MoneyColumn
from common.ids import new_id

IMPORTANCES = ("low", "medium", "high")
MEDIUM = "medium"


class ClientService(Aggregate, Base):
    """Name, description, category, unit and default rate are snapshots: the catalog does not reprice clients."""

    __tablename__ = "client_service"
    __table_args__ = (
        CheckConstraint("custom_rate >= 0", name="custom_rate_not_negative"),
        CheckConstraint("is_custom = (service_id IS NULL)", name="custom_or_from_catalog"),
        CheckConstraint("is_custom = (default_rate IS NULL)", name="default_from_catalog"),
        CheckConstraint("NOT is_custom OR custom_rate IS NOT NULL", name="custom_has_rate"),
        CheckConstraint("NOT rate_review OR review_rate IS NOT NULL", name="review_of_a_rate"),
        Index("uq_client_service_client_id_service_id", "client_id", "service_id", unique=True),
        Index(
            "uq_client_service_custom_name",
            "client_id",
            func.lower(text("name")),
            unique=True,
            postgresql_where=text("is_custom"),
        ),
        Index("ix_client_service_service_id", "service_id"),
        Index("ix_client_service_rate_review", "service_id", "client_id", postgresql_where=text("rate_review")),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    service_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    custom_name: Mapped[str | None] = mapped_column(String(200))
    description: Mapped[str]
    category: Mapped[str | None]
    unit: Mapped[str]
    default_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    custom_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    included: Mapped[bool] = mapped_column(default=True)
    is_custom: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str | None]
    importance: Mapped[str] = mapped_column(default=MEDIUM)
    rate_review: Mapped[bool] = mapped_column(default=False)
    review_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """The catalog's rate that was last put up for review; kept after the decision, so that it is asked once."""

    client: Mapped[Client] = relationship(viewonly=True)

    @property
    def display_name(self) -> str:
        return self.custom_name or self.name

    @property
    def effective_rate(self) -> Decimal | None:
        return rates.effective_rate(
            included=self.included, custom_rate=self.custom_rate, default_rate=self.default_rate
        )

    @property
    def rate_source(self) -> str:
        return rates.rate_source(self.custom_rate)

    @property
    def badge(self) -> str:
        return rates.badge(included=self.included, is_custom=self.is_custom, custom_rate=self.custom_rate)

    def choose(self, service: CatalogService) -> None:
        """Chosen anew, so at what the catalog says now."""
        self.service_id, self.included = service.id, True
        self.name, self.description, self.category = service.name, service.description, service.category
        self.unit, self.default_rate = service.unit, service.default_rate
        self.rate_review, self.review_rate = False, None

    def exclude(self) -> None:
        self.included = self.rate_review = False

    def negotiate(self, rate: Decimal | None) -> None:
        """An agreed rate settles an open review; None goes back to the default rate."""
        self.custom_rate, self.rate_review = rate, False

    def accept_review(self) -> None:
        self.default_rate, self.rate_review = self.review_rate, False

    def decline_review(self) -> None:
        self.rate_review = False

    def compare_with_catalog(self, catalog_rate: Decimal) -> None:
        """Asks for a review when the default rate in force is not the catalog's, once for each catalog rate."""
        on_default = self.included and not self.is_custom and self.custom_rate is None
        if on_default and catalog_rate not in (self.default_rate, self.review_rate):
            self.rate_review, self.review_rate = True, catalog_rate


class RateChange(Base):
    """Who changed what a client pays, when, from what to what; no rate means not included."""

    __tablename__ = "client_rate_history"
    __table_args__ = (Index("ix_client_rate_history_row", "client_service_id", "changed_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_service_id: Mapped[UUID] = mapped_column(ForeignKey("client_service.id", ondelete="CASCADE"))
    old_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    new_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    rate_source: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_name: Mapped[str]

    client_service: Mapped[ClientService] = relationship()
