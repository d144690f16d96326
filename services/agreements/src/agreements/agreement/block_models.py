"""Blocks of bought hours, which work draws after the included hours."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agreements.db import Base
from common.db import Aggregate, MoneyColumn
from common.ids import new_id
from common.merges import FOLLOWS


class HourBlock(Aggregate, Base):
    """Hours that a client bought beside the included ones. Its hours are rows of the ledger (`block_id`)."""

    __tablename__ = "hour_block"
    __table_args__ = (
        CheckConstraint("hours > 0", name="hours_above_zero"),
        CheckConstraint("price >= 0", name="price_not_negative"),
        CheckConstraint("expires_on >= bought_on", name="expires_after_purchase"),
        Index("ix_hour_block_agreement_id", "agreement_id"),
        Index(
            "ix_hour_block_expires_on",
            "expires_on",
            postgresql_where=text("expired_at IS NULL AND removed_at IS NULL AND expires_on IS NOT NULL"),
        ),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    hours: Mapped[Decimal] = mapped_column(MoneyColumn)
    price: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    bought_on: Mapped[date]
    expires_on: Mapped[date | None]
    """The last day whose work may draw from it."""
    note: Mapped[str | None]
    expired_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    services: Mapped[list["HourBlockService"]] = relationship(
        order_by="HourBlockService.client_service_id", cascade="all, delete-orphan", lazy="selectin"
    )


class HourBlockService(Base):
    """A service that may draw from a block. A block without any serves all covered services."""

    __tablename__ = "hour_block_service"
    __table_args__ = (
        Index("ix_hour_block_service_block_id", "block_id"),
        Index("ix_hour_block_service_client_service_id", "client_service_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    block_id: Mapped[UUID] = mapped_column(ForeignKey("hour_block.id"))
    client_service_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
