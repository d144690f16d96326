"""Reads bundles with their prices."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalog.bundle import events
from catalog.bundle.models import Bundle, BundleItem
from catalog.bundle.pricing import priced
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {
    "name": Bundle.name,
    "status": Bundle.status,
    "created_at": Bundle.created_at,
    "updated_at": Bundle.updated_at,
}
COMPUTED = ("list_price", "price", "cost", "margin", "margin_percent")


def get(work: UnitOfWork, bundle_id: UUID, *, lock: bool = False) -> Bundle:
    bundle = work.session.get(Bundle, bundle_id, with_for_update=lock or None)
    if bundle is None:
        raise NotFound("Bundle not found.")
    return bundle


def page_of_bundles(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Bundle).options(selectinload(Bundle.items))
    for name, value in page.filters.items():
        if name == "service_id":
            with_service = select(BundleItem.bundle_id).where(BundleItem.service_id == value)
            statement = statement.where(Bundle.id.in_(with_service))
        else:
            statement = statement.where(getattr(Bundle, name) == value)
    if page.q:
        statement = statement.where(searching.naming((Bundle.name,), page.q))
    result = paginate(work.session, statement, page, sorts=SORTS, default="name", key=Bundle.id)
    return {**result, "items": [described(bundle) for bundle in result["items"]]}


def described(bundle: Bundle) -> dict[str, Any]:
    """Returns the bundle with its current amounts."""
    parts = bundle.parts
    amounts = priced(bundle.pricing, parts, bundle.currency, bundle.fixed_price, bundle.markup_percent)
    allocated: Sequence[Any] = amounts.allocated or [None] * len(parts)
    items = [
        {
            "service_id": item.service_id,
            "service_name": item.service.name,
            "service_status": item.service.status,
            "unit": item.service.default_unit,
            "quantity": item.quantity,
            "unit_price": item.unit_price,
            "list_price": part.listed,
            "allocated_price": share,
        }
        for item, part, share in zip(bundle.items, parts, allocated, strict=True)
    ]
    values = {column.key: getattr(bundle, column.key) for column in Bundle.__table__.columns}
    return values | {name: getattr(amounts, name) for name in COMPUTED} | {"items": items}


def republish(work: UnitOfWork) -> Iterator[None]:
    items = selectinload(Bundle.items).lazyload(BundleItem.service)
    for portion in keyset(work.session, select(Bundle).options(items), Bundle.id):
        for bundle in portion:
            work.emit(events.CHANGED, bundle)
        yield
