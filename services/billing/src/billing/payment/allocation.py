"""Allocates an amount to open balances. Pure: no session, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Open:
    invoice_id: UUID
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Share:
    invoice_id: UUID
    amount: Decimal


def oldest_first(amount: Decimal, invoices: Sequence[Open]) -> tuple[list[Share], Decimal]:
    """Fills the invoices in the given order. Returns the shares and the remaining amount."""
    shares: list[Share] = []
    left = amount
    for invoice in invoices:
        part = min(left, invoice.balance)
        if part > 0:
            shares.append(Share(invoice.invoice_id, part))
            left -= part
    return shares, left
