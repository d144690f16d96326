"""Materials and expenses of work orders."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from agreements.db import Base
from agreements.expense import pricing
from common.db import Aggregate, MoneyColumn
from common.merges import FOLLOWS

MATERIAL, EXPENSE = "material", "expense"
KINDS = (MATERIAL, EXPENSE)


class Expense(Aggregate, Base):
    """A material used, or money spent, for a work order. The client is charged `quantity` times `unit_price`."""

    __tablename__ = "expense"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("unit_price >= 0 AND coalesce(unit_cost, 0) >= 0", name="amounts_not_negative"),
        Index("ix_expense_work_order_id", "work_order_id", "incurred_on", "id"),
        Index("ix_expense_client_id", "client_id"),
        Index("ix_expense_invoice_id", "invoice_id", postgresql_where=text("invoice_id IS NOT NULL")),
    )

    work_order_id: Mapped[UUID] = mapped_column(ForeignKey("work_order.id"))
    work_order_number: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    kind: Mapped[str] = mapped_column(String(10))
    description: Mapped[str] = mapped_column(String(500))
    quantity: Mapped[Decimal] = mapped_column(MoneyColumn)
    currency: Mapped[str] = mapped_column(String(3))
    unit_cost: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    markup_percent: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """None if the price was entered."""
    unit_price: Mapped[Decimal] = mapped_column(MoneyColumn)
    tax_code_id: Mapped[UUID | None]
    """None: the client's tax code applies."""
    billable: Mapped[bool]
    incurred_on: Mapped[date]
    technician_id: Mapped[UUID | None]
    technician_name: Mapped[str | None]
    invoice_id: Mapped[UUID | None]
    invoice_number: Mapped[str | None]
    deleted_at: Mapped[datetime | None]

    @property
    def amount(self) -> Decimal:
        return pricing.amount(self.quantity, self.unit_price, self.currency) if self.billable else Decimal(0)

    @property
    def cost(self) -> Decimal | None:
        """Returns what it cost the MSP, or None if that is unknown."""
        return None if self.unit_cost is None else pricing.amount(self.quantity, self.unit_cost, self.currency)

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None
