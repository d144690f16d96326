"""A rate card row: one service at one client, as copied from the catalog, with what was agreed on top."""

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
        # A service's rows are called, priced and changed nearly alike: an index on all rows' names, rates or times is
        # read for long before it comes to them.
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
    """Of a custom service; None for one of the catalog, whose kind the catalog knows."""
    notes: Mapped[str | None]
    importance: Mapped[str] = mapped_column(default=MEDIUM)
    rate_review: Mapped[bool] = mapped_column(default=False)
    review_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """The catalog's rate that was last put up for review; kept after the decision, so that it is asked once."""

    custom_rate_valid_from: Mapped[date | None]
    """Since when the custom rate holds, and until when (that day is the first without it), if it was scheduled."""
    custom_rate_valid_until: Mapped[date | None]
    next_rate_from: Mapped[date | None]
    """The nearest day on which a scheduled rate begins; `next_custom_rate` is that rate, None being the default."""
    next_custom_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)

    client: Mapped[Client] = relationship(viewonly=True)
    catalog_service: Mapped[CatalogService | None] = relationship(
        primaryjoin=lambda: foreign(ClientService.service_id) == CatalogService.id, viewonly=True
    )
    hours_last_12_months: Mapped[Decimal | None] = query_expression()
    """Only where a query asked for it."""

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
        """What is billed at least, as the catalog says now: nothing here is agreed about it."""
        return self.catalog_service.minimum_hours if self.catalog_service is not None else None

    @property
    def next_rate(self) -> dict[str, Any] | None:
        if self.next_rate_from is None:
            return None
        return {"custom_rate": self.next_custom_rate, "valid_from": self.next_rate_from}

    @property
    def difference(self) -> Decimal | None:
        """By how much the custom rate exceeds the default rate."""
        if self.custom_rate is None or self.default_rate is None:
            return None
        return self.custom_rate - self.default_rate

    def choose(self, service: CatalogService, rate: Decimal) -> None:
        """Chosen anew, so at what the catalog says now; `rate` is its rate in the client's currency."""
        self.service_id, self.included = service.id, True
        self.name, self.description, self.category = service.name, service.description, service.category
        self.unit, self.default_rate = service.unit, rate
        self.rate_review, self.review_rate = False, None

    def exclude(self) -> None:
        self.included = self.rate_review = False

    def negotiate(self, rate: Decimal | None) -> None:
        """An agreed rate settles an open review; None goes reset to the default rate."""
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
    """What brought it about, where it was not somebody editing this row."""

    client_service: Mapped[ClientService] = relationship()


class CatalogNews(Base):
    """A changed master service on its way through the cards, a portion at a time; gone once all were visited."""

    __tablename__ = "catalog_news"

    service_id: Mapped[UUID] = mapped_column(primary_key=True)
    said_at: Mapped[datetime | None]
    visited: Mapped[UUID | None]
    """The last client that was visited: after a crash the next portion starts behind it."""
    actor_id: Mapped[str]
    actor_role: Mapped[str]
    correlation_id: Mapped[str]
    causation_id: Mapped[str | None]
