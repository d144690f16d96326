"""A rate card row: a client's copy of a catalog service with its own terms."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, query_expression, relationship

from clients.client.models import Client
from clients.db import Base
from clients.inbound.replicas import CatalogService
from clients.rate_card import rates
from common.db import Aggregate, MoneyColumn
from common.ids import new_id
from common.merges import stays

KINDS = LABOR, RECURRING, ONE_OFF, USAGE = ("labor", "recurring", "one_off", "usage")
IMPORTANCES = ("low", "medium", "high")
MEDIUM = "medium"
ON_CUSTOM_RATE = "included AND NOT is_custom AND custom_rate IS NOT NULL"


class ClientService(Aggregate, Base):
    """A row of a rate card. Name, description, category, unit and default rate are copies from the catalog."""

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
        Index(
            "ix_client_service_service_id",
            *("service_id", "client_id"),
            postgresql_include=["included", "is_custom", "custom_rate", "rate_review"],
        ),
        Index(
            "ix_client_service_own_name",
            text("folded(coalesce(custom_name, name)) gin_trgm_ops"),
            postgresql_using="gin",
            postgresql_where=text("custom_name IS NOT NULL OR is_custom"),
        ),
        Index("ix_client_service_rate_review", "service_id", "client_id", postgresql_where=text("rate_review")),
        Index("ix_client_service_name_key", func.lower(text("coalesce(custom_name, name)")), "id"),
        Index("ix_client_service_rate", func.coalesce(text("custom_rate"), text("default_rate"), text("0")), "id"),
        Index("ix_client_service_difference", func.coalesce(text("custom_rate - default_rate"), text("0")), "id"),
        # Rows of one service have similar names, rates and times, so an index on all rows would be read for long
        # before the first of them.
        Index(
            "ix_client_service_service_id_name_key", "service_id", func.lower(text("coalesce(custom_name, name)")), "id"
        ),
        Index(
            "ix_client_service_service_id_rate",
            "service_id",
            func.coalesce(text("custom_rate"), text("default_rate"), text("0")),
            "id",
        ),
        Index("ix_client_service_service_id_updated_at", "service_id", "updated_at", "id"),
        Index("ix_client_service_review_client_id", "client_id", postgresql_where=text("rate_review")),
        Index("ix_client_service_updated_at", "updated_at", "id"),
        Index("ix_client_service_category", "category", "id"),
        Index("ix_client_service_custom_rate", "service_id", "client_id", postgresql_where=text(ON_CUSTOM_RATE)),
        Index("ix_client_service_not_included", "client_id", "id", postgresql_where=text("NOT included")),
        Index("ix_client_service_next_rate", "next_rate_from", postgresql_where=text("next_rate_from IS NOT NULL")),
        Index(
            "ix_client_service_rate_ends",
            "custom_rate_valid_until",
            postgresql_where=text("custom_rate_valid_until IS NOT NULL"),
        ),
    )

    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), info=stays("cards.py joins the two cards"))
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
    kind: Mapped[str | None]
    """The kind of a custom service; None for catalog services, whose kind is in the catalog."""
    notes: Mapped[str | None]
    importance: Mapped[str] = mapped_column(default=MEDIUM)
    rate_review: Mapped[bool] = mapped_column(default=False)
    review_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """The catalog rate of the last review; kept after the decision, so that it is reviewed once."""

    custom_rate_valid_from: Mapped[date | None]
    """The first day of a scheduled custom rate; `custom_rate_valid_until` is the first day without it."""
    custom_rate_valid_until: Mapped[date | None]
    next_rate_from: Mapped[date | None]
    """The first day of the next scheduled rate; `next_custom_rate` is that rate, or None for the default rate."""
    next_custom_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)

    client: Mapped[Client] = relationship(viewonly=True)
    catalog_service: Mapped[CatalogService | None] = relationship(
        primaryjoin=lambda: foreign(ClientService.service_id) == CatalogService.id, viewonly=True
    )
    hours_last_12_months: Mapped[Decimal | None] = query_expression()
    """Set only by queries that ask for it."""

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

    @property
    def minimum_hours(self) -> Decimal | None:
        """Returns the catalog's current minimum of hours billed each time."""
        return self.catalog_service.minimum_hours if self.catalog_service is not None else None

    @property
    def next_rate(self) -> dict[str, Any] | None:
        if self.next_rate_from is None:
            return None
        return {"custom_rate": self.next_custom_rate, "valid_from": self.next_rate_from}

    @property
    def difference(self) -> Decimal | None:
        """Returns the custom rate minus the default rate, or None without both."""
        if self.custom_rate is None or self.default_rate is None:
            return None
        return self.custom_rate - self.default_rate

    def choose(self, service: CatalogService, rate: Decimal) -> None:
        """Includes the service with its current catalog values; `rate` is in the client's currency."""
        self.service_id, self.included = service.id, True
        self.name, self.description, self.category = service.name, service.description, service.category
        self.unit, self.default_rate = service.unit, rate
        self.rate_review, self.review_rate = False, None

    def exclude(self) -> None:
        self.included = self.rate_review = False

    def negotiate(self, rate: Decimal | None) -> None:
        """Sets the custom rate, or resets it with None, and closes an open review."""
        self.custom_rate, self.rate_review = rate, False

    def accept_review(self) -> None:
        self.default_rate, self.rate_review = self.review_rate, False

    def decline_review(self) -> None:
        self.rate_review = False

    def compare_with_catalog(self, catalog_rate: Decimal) -> None:
        """Opens a review if the default rate applies and differs from the catalog's, once for each catalog rate."""
        on_default = self.included and not self.is_custom and self.custom_rate is None
        if on_default and catalog_rate not in (self.default_rate, self.review_rate):
            self.rate_review, self.review_rate = True, catalog_rate


class RateChange(Base):
    """A change of a row's effective rate; no rate means not included."""

    __tablename__ = "client_rate_history"
    __table_args__ = (Index("ix_client_rate_history_row", "client_service_id", "changed_at", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    client_service_id: Mapped[UUID] = mapped_column(
        ForeignKey("client_service.id", ondelete="CASCADE"), info=stays("cards.py moves the history of replaced rows")
    )
    old_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    new_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    rate_source: Mapped[str]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_name: Mapped[str]
    reason: Mapped[str | None]
    """The cause of the change, unless a user edited this row."""

    client_service: Mapped[ClientService] = relationship()


class CatalogNews(Base):
    """A changed catalog service whose cards are visited in portions; deleted after the last portion."""

    __tablename__ = "catalog_news"

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    said_at: Mapped[datetime | None]
    visited: Mapped[UUID | None]
    """The last client visited; the next portion starts after it."""
    actor_id: Mapped[str]
    actor_role: Mapped[str]
    correlation_id: Mapped[str]
    causation_id: Mapped[str | None]
