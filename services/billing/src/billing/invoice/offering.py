"""The services that a manual invoice can bill, with their rates."""

from typing import Any
from uuid import UUID

from billing import ratebook
from billing.invoice.queries import get
from billing.ratebook import Wanted
from billing.rates import label
from common.uow import UnitOfWork

AGREEMENT, ALL = "agreement", "all"


def services(work: UnitOfWork, invoice_id: UUID, scope: str) -> dict[str, Any]:
    """Returns the client's services; with `agreement` only covered ones, else others carry a badge."""
    invoice = get(work, invoice_id)
    book = ratebook.load_whole_card(work, invoice.client_id, invoice.agreement_id)
    items = []
    for card in sorted(book.cards.values(), key=lambda row: row.name.lower()):
        want = Wanted(invoice.client_id, invoice.agreement_id, card.id, card.service_id)
        covered = book.covers(want)
        if not card.included or (scope == AGREEMENT and not covered):
            continue
        rate = book.rate(want)
        items.append(
            {
                "client_service_id": card.id,
                "service_id": card.service_id,
                "name": card.name,
                "description": card.description,
                "category": card.category,
                "unit": card.unit,
                "unit_rate": rate.rate,
                "rate_source": rate.source,
                "rate_label": label(rate.source),
                "explanation": rate.explanation,
                "in_agreement": covered,
                "badge": "Not in agreement" if covered is False else None,
            }
        )
    return {"items": items}
