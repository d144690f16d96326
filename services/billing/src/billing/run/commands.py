"""What a request for an invoice run asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class NewRun:
    """A run as of today unless `as_of` says otherwise; of all clients, or only of `client_ids`."""

    as_of: date | None = None
    client_ids: Sequence[UUID] | None = None
    exclude_client_ids: Sequence[UUID] | None = None
    dry_run: bool = False
