"""Deciding whether work under an agreement is covered, overage or simply billable."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from agreements.agreement import hour_math as hm
from agreements.agreement.checks import Check
from agreements.agreement.ledger import text
from agreements.agreement.models import BLOCK, FIXED_PRICE, WARN, Agreement
from agreements.inbound.replicas import ClientService
from common.errors import Invalid

Quote = Callable[[UUID | None, Decimal, date], hm.Split]
"""Says how hours of a block would be split, for a service and a day."""


@dataclass
class Placement:
    covered: Decimal = hm.ZERO
    overage: Decimal = hm.ZERO
    billable: Decimal = hm.ZERO
    drawn: hm.Split | None = None
    """The split of block hours, to be drawn from the ledger."""
    warnings: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    """Why the hours are covered or not."""


def place(
    agreement: Agreement | None,
    service: ClientService | None,
    *,
    hours: Decimal,
    worked_on: date,
    billable: bool,
    quote: Quote,
) -> Placement:
    """Returns the placement. Raises Invalid for a service that the agreement excludes.

    Work that is not billable draws no hours: the client did not pay for it with the block.
    """
    if agreement is None or not billable:
        return Placement(billable=hours if billable else hm.ZERO)
    service_id = service.id if service else None
    if not agreement.covers(service_id):
        return Placement(billable=hours, warnings=_uncovered(agreement, service))
    if agreement.type == FIXED_PRICE:
        return Placement(covered=hours)
    if not agreement.has_hours:
        return Placement(billable=hours)
    parts = quote(service_id, hours, worked_on)
    warnings = _warnings(agreement, service, parts)
    return Placement(parts.covered, parts.overage, parts.overage, parts, warnings)


def _uncovered(agreement: Agreement, service: ClientService | None) -> list[str]:
    name = f'"{service.name}"' if service else "Work without a service"
    message = f"{name} is not covered by {agreement.number} ({agreement.name})."
    if agreement.uncovered_policy == BLOCK:
        raise Invalid({"service_id": [f"{message} Choose one of its services."]})
    return [f"{message} It is billed outside the agreement."] if agreement.uncovered_policy == WARN else []


def _warnings(agreement: Agreement, service: ClientService | None, parts: hm.Split) -> list[str]:
    warnings = []
    row = agreement.service(service.id) if service else None
    if parts.pool and service and row and row.hours_allocated:
        warnings.append(
            f'The hours of "{service.name}" are used up: {text(parts.pool)} h come from the unallocated hours.'
        )
    if parts.overage:
        warnings.append(f"{text(parts.overage)} h exceed the hours of {agreement.number} and are billed as overage.")
    return warnings
