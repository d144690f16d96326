"""Spreading an amount over open balances. Pure."""

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
    """Fills the invoices in the order given; gives the shares and what is left over."""
    shares: list[Share] = []
    left = amount
    for invoice in invoices:
        part = min(left, invoice.balance)
        if part > 0:
            shares.append(Share(invoice.invoice_id, part))
            left -= part
    return shares, left
