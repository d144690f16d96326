"""Creating and changing master services."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.service import events
from catalog.service.models import ACTIVE, ARCHIVED, CatalogService, RateChange, ServiceUse
from catalog.tax.models import TaxCode
from common.errors import Conflict, Invalid, NotFound
from common.ids import new_id
from common.money import fits, minor_unit
from common.uow import UnitOfWork

CLONED = (
    "description",
    "kind",
    "category",
    "default_unit",
    "currency",
    "tax_code_id",
    "minimum_hours",
    "sort_order",
    "internal_notes",
    "billing_cycle",
    "setup_fee",
    "cost",
)


def create(work: UnitOfWork, *, name: str, currency: str | None = None, **values: Any) -> CatalogService:
    """Adds an active service; its rates are in the MSP's own currency unless another is named."""
    service = CatalogService(
        id=new_id(), name=one_line(name), currency=currency or work.settings.currency, status=ACTIVE, **values
    )
    _check(work, service, tax_code_is_new=True)
    work.session.add(service)
    _remember_rate(work, service, None)
    work.emit(events.CREATED, service)
    return service


def update(work: UnitOfWork, service_id: UUID, **changes: Any) -> CatalogService:
    """Applies `changes`; a new rate is remembered and announced with the old one beside it."""
    service = get(work, service_id, lock=True)
    work.check_version(service)
    old_rate, tax_code_id = service.default_rate, service.tax_code_id
    if "name" in changes:
        changes["name"] = one_line(changes["name"])
    for name, value in changes.items():
        setattr(service, name, value)
    _check(work, service, tax_code_is_new=service.tax_code_id != tax_code_id)
    if service.default_rate != old_rate:
        _remember_rate(work, service, old_rate)
        work.emit(events.RATE_CHANGED, service, old_rate=old_rate)
    elif work.session.is_modified(service):
        work.emit(events.CHANGED, service)
    return service


def replace(work: UnitOfWork, service_id: UUID, *, currency: str | None, **values: Any) -> CatalogService:
    """An update that leaves nothing out; the currency may be named, but rates are promised in it, so it stays."""
    service = get(work, service_id, lock=True)
    if currency not in (None, service.currency):
        raise Invalid({"currency": [f"This service is in {service.currency}, which cannot change: make another one."]})
    return update(work, service_id, **values)


def archive(work: UnitOfWork, service_id: UUID) -> CatalogService:
    service = get(work, service_id, lock=True)
    service.archive(work.now)
    work.emit(events.ARCHIVED, service)
    return service


def restore(work: UnitOfWork, service_id: UUID) -> CatalogService:
    service = get(work, service_id, lock=True)
    service.restore()
    work.emit(events.RESTORED, service)
    return service


def clone(work: UnitOfWork, service_id: UUID, *, name: str, default_rate: Decimal) -> CatalogService:
    original = get(work, service_id)
    values = {field: getattr(original, field) for field in CLONED}
    return create(work, name=name, default_rate=default_rate, **values)


def delete(work: UnitOfWork, service_id: UUID) -> None:
    """For good, and only what nobody ever referred to."""
    service = get(work, service_id, lock=True)
    work.check_version(service)
    uses = select(ServiceUse.kind, func.count()).where(ServiceUse.service_id == service_id).group_by(ServiceUse.kind)
    counts: dict[str, int] = dict(iter(work.session.execute(uses)))
    if counts:
        clients, agreements = counts.get("client", 0), counts.get("agreement", 0)
        raise Conflict(f"Service is in use by {clients} clients and {agreements} agreements. Archive it instead.")
    work.emit(events.DELETED, {**events.state(service), "version": service.version + 1})
    work.session.delete(service)


def get(work: UnitOfWork, service_id: UUID, *, lock: bool = False) -> CatalogService:
    service = work.session.get(CatalogService, service_id, with_for_update=lock or None)
    if service is None:
        raise NotFound("There is no such service.")
    return service


def one_line(name: str) -> str:
    """A name with its runs of white space folded, so that "Remote  Support" is no second service."""
    return re.sub(r"\s+", " ", name).strip()


def _check(work: UnitOfWork, service: CatalogService, *, tax_code_is_new: bool) -> None:
    errors: dict[str, list[str]] = {}
    for field in ("default_rate", "setup_fee", "cost"):
        amount = getattr(service, field)
        if amount is not None and not fits(amount, service.currency):
            errors[field] = [f"{service.currency} has steps of {minor_unit(service.currency)}."]
    with work.session.no_autoflush:
        if tax_code_is_new and service.tax_code_id:
            # Locked as a foreign key does, so that nobody archives it in the meantime.
            lock = {"read": True, "key_share": True}
            tax_code = work.session.get(TaxCode, service.tax_code_id, with_for_update=lock)
            if tax_code is None:
                errors["tax_code_id"] = ["There is no such tax code."]
            elif tax_code.status == ARCHIVED:
                errors["tax_code_id"] = [f'The tax code "{tax_code.name}" is archived: choose another one.']
        twin = select(CatalogService.id).where(func.lower(CatalogService.name) == service.name.lower())
        if work.session.scalar(twin.where(CatalogService.id != service.id)):
            message = f'Another service is named "{service.name}".'
            raise Conflict(message, {"name": [message]})
    if errors:
        raise Invalid(errors)


def _remember_rate(work: UnitOfWork, service: CatalogService, old_rate: Decimal | None) -> None:
    work.session.add(
        RateChange(
            service_id=service.id,
            old_rate=old_rate,
            new_rate=service.default_rate,
            changed_at=work.now,
            changed_by=work.actor.id,
            changed_by_name=work.actor.name,
        )
    )
