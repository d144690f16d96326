"""What requests ask for: payments and their allocation to invoices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from billing.payment.allocation import Share


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPayment:
    """A payment. `allocations` None: the invoices due first are paid first. The rest is the client's credit."""

    client_id: UUID
    amount: Decimal
    method: str
    received_on: date
    currency: str | None = None
    """None: the client's currency."""
    reference: str | None = None
    allocations: Sequence[Share] | None = None
    confirm: bool = False
    """Accepts what looks like a mistake."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CreditUse:
    """`allocations` None: the invoices due first are paid first."""

    allocations: Sequence[Share] | None = None
