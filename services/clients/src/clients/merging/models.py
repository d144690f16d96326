"""Merges, and what a merge needs to know of other services' rows."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from clients.db import Base
from common import successors
from common.db import MoneyColumn
from common.merges import FOLLOWS
from common.replicas import Replica

AGREEMENT, WORK_ORDER, INVOICE, PAYMENT = "agreement", "work_order", "invoice", "payment"
DELETED = "deleted"


class ClientMerge(Base):
    """A merge. The survivor may have been merged into another client since."""

    __tablename__ = "client_merge"
    __table_args__ = (Index("ix_client_merge_survivor_id", "survivor_id"),)

    merged_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), primary_key=True)
    survivor_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    client_services: Mapped[dict[str, str]] = mapped_column(JSONB)
    """The survivor's row by the row of the merged client's card that it replaces."""
    merged_at: Mapped[datetime]
    merged_by: Mapped[str]
    merged_by_name: Mapped[str]


class Successor(successors.Successor, Base):
    """Merged clients and replaced rows of their rate cards."""


class Holding(Replica, Base):
    """An agreement, work order, invoice or payment of another service.

    Merges count these rows and are refused if they would mix open amounts of two currencies.
    """

    __tablename__ = "holding"
    __table_args__ = (Index("ix_holding_client_id_kind", "client_id", "kind"),)

    kind: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    status: Mapped[str]
    currency: Mapped[str | None]
    amount: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """An invoice's balance or the unallocated part of a payment."""
