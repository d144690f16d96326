"""An invoice with its lines and taxes. Triggers allow only status and balance to change after issue."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from billing.db import Base
from billing.rates import label
from common import searching
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict
from common.ids import new_id
from common.merges import FOLLOWS, stays

DRAFT, ISSUED, PARTIALLY_PAID, PAID, VOID = "draft", "issued", "partially_paid", "paid", "void"
STATUSES = (DRAFT, ISSUED, PARTIALLY_PAID, PAID, VOID)
UNPAID = (ISSUED, PARTIALLY_PAID)
OPEN, OVERDUE = "open", "overdue"
"""The statuses of unpaid invoices, and of those past their due date, in lists."""


class Moment(StrEnum):
    """The kinds of events on an invoice's timeline."""

    CREATED = "created"
    ISSUED = "issued"
    PAYMENT_APPLIED = "payment_applied"
    PAYMENT_UNAPPLIED = "payment_unapplied"
    VOIDED = "voided"


NEVER = date(9999, 12, 31)
"""Sorts drafts without a date last."""


SEARCHED = ("number", "client_name")


class Invoice(Aggregate, Base):
    __tablename__ = "invoice"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'issued', 'partially_paid', 'paid', 'void')", name="status"),
        CheckConstraint("status = 'draft' OR (number IS NOT NULL AND issued_on IS NOT NULL)", name="issued_has_number"),
        CheckConstraint("status = 'draft' OR (balance >= 0 AND balance <= total)", name="balance_in_range"),
        Index("uq_invoice_number", "number", unique=True),
        Index("ix_invoice_series_issued_on", "series", "issued_on", postgresql_where=text("number IS NOT NULL")),
        Index("ix_invoice_client_id_status", "client_id", "status"),
        Index("ix_invoice_unpaid_due_on", "due_on", postgresql_where=text("status IN ('issued', 'partially_paid')")),
        Index("ix_invoice_created_at_id", "created_at", "id"),
        Index("ix_invoice_number_order_id", "number_order", "id"),
        Index("ix_invoice_client_name_id", "client_name", "id"),
        Index("ix_invoice_status_id", "status", "id"),
        Index("ix_invoice_total_id", "total", "id"),
        Index("ix_invoice_balance_id", "balance", "id"),
        Index("ix_invoice_issued_on_id", text("COALESCE(issued_on, '9999-12-31'::date)"), "id"),
        Index("ix_invoice_due_on_id", text("COALESCE(due_on, '9999-12-31'::date)"), "id"),
        searching.expression_index("invoice", *SEARCHED),
    )

    series: Mapped[str]
    number: Mapped[str | None]
    number_order: Mapped[int] = mapped_column(BigInteger, default=0)
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    client_name: Mapped[str]
    agreement_id: Mapped[UUID | None]
    status: Mapped[str]
    issued_on: Mapped[date | None]
    """On a draft, the requested issue date if any."""
    due_on: Mapped[date | None]
    net_terms: Mapped[int]
    currency: Mapped[str]
    subtotal: Mapped[Decimal] = mapped_column(MoneyColumn)
    tax_total: Mapped[Decimal] = mapped_column(MoneyColumn)
    total: Mapped[Decimal] = mapped_column(MoneyColumn)
    balance: Mapped[Decimal] = mapped_column(MoneyColumn)
    tax_rounding: Mapped[str]
    notes: Mapped[str | None]
    bill_to: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """The recipient as copied: name, contact, email, address (lines), country, tax_id."""
    seller: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """The sender: name, address (lines), email, tax_id, payment_instructions (lines). Empty on old invoices."""
    drafted_for: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The client's name, terms and address when the draft was created, to show later changes."""
    time_entry_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)
    expense_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), default=list)
    warnings: Mapped[list[str]] = mapped_column(JSONB, default=list)
    voided_at: Mapped[datetime | None]

    lines: Mapped[list["InvoiceLine"]] = relationship(
        order_by="InvoiceLine.position", cascade="all, delete-orphan", passive_deletes=True
    )
    taxes: Mapped[list["InvoiceTax"]] = relationship(
        order_by="InvoiceTax.position", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def amount_paid(self) -> Decimal:
        return Decimal(0) if self.status in {DRAFT, VOID} else self.total - self.balance

    @property
    def tax_exemptions(self) -> list[str]:
        """Returns the reasons of exempt tax codes on the lines, each once."""
        return list(dict.fromkeys(line.tax_exempt_reason for line in self.lines if line.tax_exempt_reason))

    def taxes_of(self, line: "InvoiceLine") -> list[dict[str, Any]]:
        if line.taxes is not None:
            return line.taxes
        names = ("name", "rate_percent", "inclusive", "compound")
        return [{name: getattr(tax, name) for name in names} for tax in self.taxes]

    def require_draft(self, action: str) -> None:
        if self.status != DRAFT:
            raise Conflict(f"{self.number} is issued and cannot be {action}. Void it and create a new invoice instead.")

    def settle(self, balance: Decimal) -> None:
        """Sets the balance and the resulting status."""
        self.balance = balance
        self.status = PAID if balance == 0 else ISSUED if balance == self.total else PARTIALLY_PAID


class InvoiceLine(Base):
    __tablename__ = "invoice_line"
    __table_args__ = (
        Index("ix_invoice_line_invoice_id_position", "invoice_id", "position", unique=True),
        Index("ix_invoice_line_service_id", "service_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[UUID] = mapped_column(
        ForeignKey("invoice.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    )
    position: Mapped[int]
    service_id: Mapped[UUID | None]
    client_service_id: Mapped[UUID | None] = mapped_column(
        info=stays("issued lines stay as issued; merging.py renames the lines of drafts")
    )
    service_name: Mapped[str]
    description: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(MoneyColumn)
    worked_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """Worked hours, if fewer than the billed ones."""
    unit: Mapped[str]
    unit_rate: Mapped[Decimal] = mapped_column(MoneyColumn)
    rate_source: Mapped[str]
    overridden: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict)
    amount: Mapped[Decimal] = mapped_column(MoneyColumn)
    price_with_tax: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """Quantity times rate with a contained tax that the client does not owe; the amount is without it."""
    work_orders: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    explanation: Mapped[str]
    warning: Mapped[str | None]
    in_agreement: Mapped[bool | None]
    tax_code_id: Mapped[UUID | None]
    own_tax_code_id: Mapped[UUID | None]
    """The tax code that the line's items state, instead of the service's or the client's."""
    taxes: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    """`[{"name", "rate_percent", "inclusive", "compound"}]`; null on lines from older releases."""
    tax_exempt_reason: Mapped[str | None]

    @property
    def rate_label(self) -> str | None:
        return label(self.rate_source)

    @property
    def badge(self) -> str | None:
        return "Not in agreement" if self.in_agreement is False else None


class InvoiceTax(Base):
    __tablename__ = "invoice_tax"

    invoice_id: Mapped[UUID] = mapped_column(
        ForeignKey("invoice.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    tax_code_id: Mapped[UUID | None]
    name: Mapped[str]
    rate_percent: Mapped[Decimal] = mapped_column(MoneyColumn)
    inclusive: Mapped[bool]
    compound: Mapped[bool] = mapped_column(default=False)
    base: Mapped[Decimal] = mapped_column(MoneyColumn)
    amount: Mapped[Decimal] = mapped_column(MoneyColumn)


class LineItem(Base):
    """The items that a line bills. `live` ends at voiding; an item is on at most one live line."""

    __tablename__ = "invoice_line_item"
    __table_args__ = (
        Index("uq_invoice_line_item_live", "item_id", unique=True, postgresql_where=text("live")),
        Index("ix_invoice_line_item_invoice_id", "invoice_id"),
    )

    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("invoice_line.id", ondelete="CASCADE", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    invoice_id: Mapped[UUID]
    live: Mapped[bool] = mapped_column(default=True)


class NumberSeries(Base):
    """The last number of a series and year, locked by the transaction that issues, so no number is lost."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
