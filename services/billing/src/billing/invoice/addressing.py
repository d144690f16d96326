"""Whom an invoice is addressed to: copied onto it, so that a later move or new name does not change it."""

from typing import Any


def bill_to(client: Any) -> dict[str, Any]:
    return {
        "name": client.name,
        "contact": client.billing_contact_name,
        "email": client.invoice_email,
        "country": client.country,
        "tax_id": client.tax_id,
    }
