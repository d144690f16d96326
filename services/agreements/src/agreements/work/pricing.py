"""The hourly rate of work, by the precedence of `common.rates`."""

from dataclasses import replace

from agreements.agreement import rates
from agreements.agreement.models import Agreement
from agreements.inbound.replicas import Client, ClientService
from common.rates import Resolved, resolve


def price(client: Client, agreement: Agreement | None, card: ClientService | None, *, overage: bool) -> Resolved:
    """Returns the rate. Overage uses the agreement's rate for the service, else its overage rate."""
    row = agreement.service(card.id) if agreement and card else None
    every = replace(
        rates.known(row, card), overage=agreement.overage_rate if agreement else None, flat=client.hourly_rate
    )
    return resolve(every, overage=overage)
