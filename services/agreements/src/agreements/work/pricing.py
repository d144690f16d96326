"""The hourly rate: agreement, then client, then catalog, then the client's flat rate."""

from dataclasses import dataclass
from decimal import Decimal

from agreements.agreement import rates
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import Client, ClientService

FLAT = "flat"


@dataclass(frozen=True)
class Price:
    rate: Decimal
    source: str | None
    """None if no rate is set; such time is billed at 0.00 with a warning."""


def price(client: Client, agreement: Agreement | None, card: ClientService | None, *, overage: bool) -> Price:
    """Returns the rate. Overage uses the agreement's rate for the service, else its overage rate."""
    row = agreement.service(card.id) if agreement and card else None
    found = rates.effective(row, card)
    if overage and found.source != rates.AGREEMENT and agreement and agreement.overage_rate is not None:
        return Price(agreement.overage_rate, rates.AGREEMENT)
    if found.amount is not None:
        return Price(found.amount, found.source)
    if client.flat_rate is not None:
        return Price(client.flat_rate, FLAT)
    return Price(Decimal("0.00"), None)
