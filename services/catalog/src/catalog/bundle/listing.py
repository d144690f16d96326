"""The prices of the services in bundles, in each bundle's currency."""

from collections.abc import Sequence
from uuid import UUID

from catalog.bundle.models import Bundle, BundleItem
from catalog.bundle.pricing import Part
from common.uow import UnitOfWork


def parts(work: UnitOfWork, bundles: Sequence[Bundle]) -> dict[UUID, list[Part]]:
    """By bundle, in the order of its items."""
    return {bundle.id: [_part(item, bundle.currency) for item in bundle.items] for bundle in bundles}


def _part(item: BundleItem, currency: str) -> Part:
    service = item.service
    known = service.currency == currency
    return Part(
        quantity=item.quantity,
        listed=service.default_rate if known else None,
        own=item.unit_price,
        cost=service.cost if known else None,
    )
