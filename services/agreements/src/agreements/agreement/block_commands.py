"""What requests about blocks of bought hours ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class NewBlock:
    """Hours that a client bought. Without `bought_on` that is today; without services they serve all covered ones."""

    hours: Decimal
    price: Decimal | None = None
    bought_on: date | None = None
    expires_on: date | None = None
    client_service_ids: Sequence[UUID] = ()
    note: str | None = None
