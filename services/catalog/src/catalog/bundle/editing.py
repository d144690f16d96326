"""Adds, changes and deletes bundles."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.bundle import events
from catalog.bundle.models import ACTIVE, Bundle, BundleItem
from catalog.bundle.pricing import FIXED, MARKUP
from catalog.bundle.queries import get
from catalog.service.models import ARCHIVED, USAGE, CatalogService
from common.errors import Conflict, Invalid
from common.fields import LARGEST
from common.ids import new_id
from common.money import fits, minor_unit
from common.texts import one_line
from common.uow import UnitOfWork

ITEM_FIELDS = ("service_id", "quantity", "unit_price")


def create(work: UnitOfWork, *, currency: str | None = None, items: Sequence[dict[str, Any]], **values: Any) -> Bundle:
    bundle = Bundle(id=new_id(), status=ACTIVE, currency=currency or work.organisation.currency)
    _apply(bundle, values)
    _fill(work, bundle, items)
    _check(work, bundle)
    work.session.add(bundle)
    work.emit(events.CHANGED, bundle)
    return bundle


def preview(work: UnitOfWork, *, currency: str | None = None, items: Sequence[dict[str, Any]], **values: Any) -> Bundle:
    """Returns an unsaved bundle to preview its price; it needs no name."""
    bundle = Bundle(id=new_id(), status=ACTIVE, currency=currency or work.organisation.currency)
    _apply(bundle, values)
    _fill(work, bundle, items, may_be_archived=True)
    _check_amounts(bundle)
    return bundle


def update(work: UnitOfWork, bundle_id: UUID, **changes: Any) -> Bundle:
    bundle = get(work, bundle_id, lock=True)
    work.check_version(bundle)
    items = changes.pop("items", None)
    if changes.get("currency", "") is None:
        changes["currency"] = work.organisation.currency
    with work.session.no_autoflush:  # one change is one version
        _apply(bundle, changes)
        if items is not None and items != _item_values(bundle):
            _fill(work, bundle, items)
            bundle.touch(work.now)
        _check(work, bundle)
    if work.session.is_modified(bundle):
        work.emit(events.CHANGED, bundle)
    return bundle


def archive(work: UnitOfWork, bundle_id: UUID) -> Bundle:
    bundle = get(work, bundle_id, lock=True)
    work.check_version(bundle)
    bundle.archive(work.now)
    work.emit(events.CHANGED, bundle)
    return bundle


def restore(work: UnitOfWork, bundle_id: UUID) -> Bundle:
    bundle = get(work, bundle_id, lock=True)
    work.check_version(bundle)
    bundle.restore()
    work.emit(events.CHANGED, bundle)
    return bundle


def delete(work: UnitOfWork, bundle_id: UUID) -> None:
    bundle = get(work, bundle_id, lock=True)
    work.check_version(bundle)
    work.emit_deleted(events.DELETED, bundle)


def _item_values(bundle: Bundle) -> list[dict[str, Any]]:
    return [{name: getattr(item, name) for name in ITEM_FIELDS} for item in bundle.items]


def _apply(bundle: Bundle, changes: dict[str, Any]) -> None:
    """Applies the changes and clears the fields of other pricings. Raises Invalid if such a field is sent."""
    price, markup = changes.pop("price", None), changes.pop("markup_percent", None)
    for name, value in changes.items():
        setattr(bundle, name, value)
    errors: dict[str, list[str]] = {}
    for field, column, value, pricing in (
        ("price", "fixed_price", price, FIXED),
        ("markup_percent", "markup_percent", markup, MARKUP),
    ):
        if bundle.pricing != pricing and value is not None:
            errors[field] = [f'Only for pricing "{pricing}". Leave it out.']
        result = value if value is not None else getattr(bundle, column)
        if bundle.pricing == pricing and result is None:
            errors[field] = [f'Required for pricing "{pricing}".']
        setattr(bundle, column, result if bundle.pricing == pricing else None)
    if errors:
        raise Invalid(errors)


def _fill(work: UnitOfWork, bundle: Bundle, items: Sequence[dict[str, Any]], *, may_be_archived: bool = False) -> None:
    """Replaces the items. Raises Invalid for an archived service that is not in the bundle yet."""
    ids = [item["service_id"] for item in items]
    kept = {item.service_id: item for item in bundle.items}
    with work.session.no_autoflush:
        statement = select(CatalogService).where(CatalogService.id.in_(ids)).order_by(CatalogService.id)
        rows = work.session.scalars(statement.with_for_update(read=True, key_share=True))
        services = {service.id: service for service in rows}
    errors: dict[str, list[str]] = {}
    for place, service_id in enumerate(ids):
        field = f"items.{place}.service_id"
        if service_id in ids[:place]:
            errors[field] = ["Each service can be in a bundle only once. Raise its quantity instead."]
        elif service_id not in services:
            errors[field] = ["Service not found."]
        elif services[service_id].kind == USAGE:
            errors[field] = [
                f'"{services[service_id].name}" is billed by usage. Choose a service with a fixed quantity.'
            ]
        elif services[service_id].status == ARCHIVED and service_id not in kept and not may_be_archived:
            errors[field] = [f'"{services[service_id].name}" is archived. Choose an active service.']
    if errors:
        raise Invalid(errors)
    bundle.items = [
        kept.get(key) or BundleItem(service_id=key, service=services[key], quantity=Decimal(1), position=0)
        for key in ids
    ]
    for position, (item, sent) in enumerate(zip(bundle.items, items, strict=True)):
        item.position, item.quantity, item.unit_price = position, sent["quantity"], sent["unit_price"]


def _check(work: UnitOfWork, bundle: Bundle) -> None:
    with work.session.no_autoflush:
        bundle.name = one_line(bundle.name)
        same_name = select(Bundle.name).where(func.lower(Bundle.name) == bundle.name.lower(), Bundle.id != bundle.id)
        if other := work.session.scalar(same_name):
            message = f'Another bundle is already named "{other}". Choose another name.'
            raise Conflict(message, {"name": [message]})
        _check_amounts(bundle)


def _check_amounts(bundle: Bundle) -> None:
    errors: dict[str, list[str]] = {}
    amounts = {"price": bundle.fixed_price} | {
        f"items.{place}.unit_price": item.unit_price for place, item in enumerate(bundle.items)
    }
    for field, amount in amounts.items():
        if amount is not None and not fits(amount, bundle.currency):
            errors[field] = [f"{bundle.currency} amounts can't be finer than {minor_unit(bundle.currency)}."]
    for place, part in enumerate(bundle.parts):
        if part.unit is None:
            name = bundle.items[place].service.name
            message = f'"{name}" has no {bundle.currency} price. Enter one here.'
            errors[f"items.{place}.unit_price"] = [message]
        elif part.quantity * part.unit > LARGEST:
            errors[f"items.{place}.quantity"] = ["Too large: at most 9999999999999.99."]
    if errors:
        raise Invalid(errors)
