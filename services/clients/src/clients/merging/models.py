"""Which client went into which, and what has to be known of a client before it does."""

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
    """One merge, as it was made. The survivor may itself have gone into another client since."""

    __tablename__ = "client_merge"
    __table_args__ = (Index("ix_client_merge_survivor_id", "survivor_id"),)

    merged_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), primary_key=True)
    survivor_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    client_services: Mapped[dict[str, str]] = mapped_column(JSONB)
    """Rows of the merged client's card, and the survivor's row that stands for each."""
    merged_at: Mapped[datetime]
    merged_by: Mapped[str]
    merged_by_name: Mapped[str]


class Successor(successors.Successor, Base):
    """Merged clients, and rows of their rate cards that another row stands for."""


class Holding(Replica, Base):
    """Something of a client's that another service keeps: just enough to say what a merge moves, and to refuse one
    that would put open money of two currencies together."""

    __tablename__ = "holding"
    __table_args__ = (Index("ix_holding_client_id_kind", "client_id", "kind"),)

    kind: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    status: Mapped[str]
    currency: Mapped[str | None]
    amount: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """An invoice's balance; of a payment, what no invoice took."""
