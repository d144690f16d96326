"""What requests ask for: manual drafts and their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from common.commands import UNSET, Unset


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLine:
    """A line of a draft. Without `unit_rate` it has the service's rate; a line without a service has a description."""

    quantity: Decimal
    service_id: UUID | None = None
    client_service_id: UUID | None = None
    description: str | None = None
    unit: str | None = None
    unit_rate: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewInvoice:
    client_id: UUID
    lines: Sequence[NewLine]
    agreement_id: UUID | None = None
    notes: str | None = None
    issued_on: date | None = None
    """None: the day it is issued."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftChanges:
    """`lines` replaces all lines of the draft."""

    lines: Sequence[NewLine] | Unset = UNSET
    agreement_id: UUID | Unset | None = UNSET
    notes: str | Unset | None = UNSET
    issued_on: date | Unset | None = UNSET
