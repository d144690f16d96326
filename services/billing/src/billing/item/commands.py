"""What requests ask for: manual items."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from common.commands import UNSET, Unset


@dataclass(frozen=True, kw_only=True, slots=True)
class NewItem:
    """A manual item. Without `unit_rate` the run uses the service's rate; without a currency the client's applies."""

    client_id: UUID
    quantity: Decimal
    dated_on: date
    agreement_id: UUID | None = None
    client_service_id: UUID | None = None
    service_id: UUID | None = None
    description: str | None = None
    unit: str | None = None
    unit_rate: Decimal | None = None
    currency: str | None = None
    work_order_number: str | None = None
    note: str | None = None
    confirm: bool = False
    """Accepts what looks like a mistake."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemChanges:
    description: str | Unset | None = UNSET
    quantity: Decimal | Unset = UNSET
    unit: str | Unset = UNSET
    unit_rate: Decimal | Unset | None = UNSET
    currency: str | Unset | None = UNSET
    dated_on: date | Unset = UNSET
    work_order_number: str | Unset | None = UNSET
    note: str | Unset | None = UNSET
    confirm: bool = False
