"""A billable item: work, usage or a charge that is not invoiced yet."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from billing.db import Base
from billing.inbound.replicas import Client
from common import searching
from common.db import Aggregate, MoneyColumn
from common.errors import Conflict
from common.merges import FOLLOWS

OPEN, INVOICED, PARKED, CLOSED = "open", "invoiced", "parked", "closed"
BILLABLE = (OPEN, PARKED)
"""Every run tries parked items again, because their cause may be resolved."""

TO_BILL = "to_bill"
"""The list's name for open and parked items together."""

TIME, EXPENSE, MANUAL = "time", "expense", "manual"
WAITING = text("status IN ('open', 'parked')")


class BillableItem(Aggregate, Base):
    """`source_id` is the time entry or expense, or the item itself if added by hand.

    A source has one item, and one more for each correction after its invoice (`part`). A `closed` item has nothing
    to bill: it is covered, not billable or deleted.
    """

    __tablename__ = "billable_item"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'invoiced', 'parked', 'closed')", name="status"),
        CheckConstraint("(status = 'invoiced') = (invoice_id IS NOT NULL)", name="invoiced_has_invoice"),
        Index("uq_billable_item_source", "source_id", "source_type", "part", unique=True),
        Index("ix_billable_item_waiting", "client_id", "dated_on", postgresql_where=WAITING),
        Index("ix_billable_item_invoice_id", "invoice_id", postgresql_where=text("invoice_id IS NOT NULL")),
        Index("ix_billable_item_dated_on_id", "dated_on", "id"),
        Index("ix_billable_item_client_id_dated_on_id", "client_id", "dated_on", "id"),
        searching.index("billable_item"),
    )

    search_text: Mapped[str] = searching.column("service_name")
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    part: Mapped[str] = mapped_column(default="")
    source_sequence: Mapped[int]
    adjusted: Mapped[bool] = mapped_column(default=False)
    """True if later corrections of this source have their own items."""
    status: Mapped[str]
    client_id: Mapped[UUID] = mapped_column(info=FOLLOWS)
    agreement_id: Mapped[UUID | None]
    client_service_id: Mapped[UUID | None] = mapped_column(info=FOLLOWS)
    service_id: Mapped[UUID | None]
    service_name: Mapped[str]
    description: Mapped[str | None]
    unit: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(MoneyColumn)
    worked_hours: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """Worked hours, if the quantity was rounded up or raised to a minimum."""
    unit_rate: Mapped[Decimal | None] = mapped_column(MoneyColumn)
    """Set if no rate is looked up: it was entered by hand, or is an expense's or the corrected line's."""
    rate_source: Mapped[str | None]
    """The source of the corrected line's rate, beside `unit_rate`."""
    tax_code_id: Mapped[UUID | None]
    """Set if the source states its tax code; else the service's or the client's applies."""
    currency: Mapped[str | None]
    dated_on: Mapped[date]
    overage: Mapped[bool] = mapped_column(default=False)
    work_order_number: Mapped[str | None]
    technician_name: Mapped[str | None]
    note: Mapped[str | None]
    held: Mapped[bool] = mapped_column(default=False)
    """True while its time waits for approval: no invoice is made of the client's items."""
    parked_cause: Mapped[str | None]
    invoice_id: Mapped[UUID | None]

    client: Mapped[Client | None] = relationship(
        primaryjoin=lambda: foreign(BillableItem.client_id) == Client.id, viewonly=True
    )

    @property
    def client_name(self) -> str | None:
        return self.client.name if self.client else None

    @property
    def billing_currency(self) -> str | None:
        return self.currency or (self.client.currency if self.client else None)

    @property
    def fixed_because(self) -> str | None:
        """Returns why the item cannot be edited or deleted, or None."""
        if self.source_type == EXPENSE:
            return f"This item comes from {self.work_order_number}. Edit it on the work order instead."
        if self.source_type != MANUAL:
            return "This item comes from logged time. Edit the time entry instead."
        if self.status == INVOICED:
            return "This item is on an invoice. Delete the draft or void the invoice first."
        if self.status == CLOSED:
            return "This item is closed, so there is nothing to bill."
        return None

    def require_editable(self) -> None:
        if self.fixed_because:
            raise Conflict(self.fixed_because)
