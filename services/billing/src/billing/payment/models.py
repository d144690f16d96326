"""A payment and its allocations."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from billing.db import Base
from billing.inbound.replicas import Client
from billing.invoice.models import Invoice
from common import searching
from common.clock import now
from common.db import Aggregate, MoneyColumn
from common.ids import new_id
from common.merges import FOLLOWS

METHODS = ("check", "cash", "transfer", "card", "portal", "other")


class Payment(Aggregate, Base):
    """A payment. `unallocated` is the client's credit."""

    __tablename__ = "payment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("unallocated >= 0 AND unallocated <= amount", name="unallocated_in_range"),
        Index("ix_payment_client_id_received_on_id", "client_id", "received_on", "id"),
        Index("ix_payment_received_on_id", "received_on", "id"),
        Index("ix_payment_created_at_id", "created_at", "id"),
        Index("ix_payment_amount_id", "amount", "id"),
        Index("ix_payment_credit", "client_id", postgresql_where=text("unallocated > 0")),
        searching.index("payment"),
    )

    search_text: Mapped[str] = searching.column("reference")
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    currency: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(MoneyColumn)
    unallocated: Mapped[Decimal] = mapped_column(MoneyColumn)
    method: Mapped[str]
    reference: Mapped[str | None]
    received_on: Mapped[date]

    allocations: Mapped[list["PaymentAllocation"]] = relationship(
        order_by="PaymentAllocation.id",
        primaryjoin="and_(Payment.id == PaymentAllocation.payment_id, PaymentAllocation.reversed_at.is_(None))",
    )
    history: Mapped[list["PaymentAllocation"]] = relationship(order_by="PaymentAllocation.id", viewonly=True)
    """All allocations, unapplied ones included."""
    client: Mapped[Client | None] = relationship(
        primaryjoin=lambda: foreign(Payment.client_id) == Client.id, viewonly=True
    )

    @property
    def client_name(self) -> str | None:
        return self.client.name if self.client else None


class PaymentAllocation(Base):
    """Part of a payment on an invoice; unapplying marks the row and deletes nothing."""

    __tablename__ = "payment_allocation"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_payment_allocation_invoice_id", "invoice_id"),
        Index("ix_payment_allocation_payment_id", "payment_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payment.id"))
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"))
    amount: Mapped[Decimal] = mapped_column(MoneyColumn)
    applied_on: Mapped[date]
    """The invoice is paid from this day on: not before the payment was received or the invoice issued."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    reversed_at: Mapped[datetime | None]

    invoice: Mapped[Invoice] = relationship(viewonly=True)
    payment: Mapped[Payment] = relationship(viewonly=True)

    @property
    def invoice_number(self) -> str | None:
        return self.invoice.number
