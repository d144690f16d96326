"""Recipient and sender, copied onto the invoice so that later changes do not affect it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from billing.inbound.replicas import Client, Location
from common.organisation.settings import LogoState, Organisation
from common.uow import UnitOfWork

LOGO = LogoState()
NO_EMAIL = "The client has no billing email. Add one to send the invoice."

Addresses = Mapping[UUID, list[str]]
"""The address lines of each client, by client id."""


def billing_addresses(work: UnitOfWork, clients: Iterable[Any]) -> Addresses:
    """Returns each client's billing address in one query: the billing location's, else the primary one's."""
    chosen = {client.id: client.billing_location_id for client in clients}
    if not chosen:
        return {}
    wanted = [location_id for location_id in chosen.values() if location_id]
    known = select(Location).where(
        Location.client_id.in_(chosen), Location.active, or_(Location.is_primary, Location.id.in_(wanted))
    )
    found: dict[UUID, Location] = {}
    for place in work.session.scalars(known):
        if place.id == chosen[place.client_id] or place.client_id not in found:
            found[place.client_id] = place
    return {client_id: place.formatted.splitlines() for client_id, place in found.items()}


def bill_to(client: Any, addresses: Addresses) -> dict[str, Any]:
    return {
        "name": client.name,
        "contact": client.billing_contact_name,
        "email": client.invoice_email,
        "address": addresses.get(client.id, []),
        "country": client.country,
        "tax_id": client.tax_id,
    }


def bill_to_of(work: UnitOfWork, client: Client) -> dict[str, Any]:
    return bill_to(client, billing_addresses(work, [client]))


def seller(organisation: Organisation, currency: str) -> dict[str, Any]:
    """Returns the MSP's details for an invoice in this currency, from the current settings."""
    return {
        "name": organisation.name,
        "address": organisation.address.splitlines(),
        "email": organisation.email,
        "tax_id": organisation.tax_id,
        "payment_instructions": organisation.payment_lines(currency),
        "brand_color": organisation.brand_color,
        "logo": LOGO.dump(organisation.logo) if organisation.logo else None,
    }
