"""Adds, changes and deletes services."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.bundle import membership
from catalog.category import choosing
from catalog.plan import checking as plans
from catalog.price import rules
from catalog.price.applying import catch_up
from catalog.price.keeping import add_further_prices, copy_prices, keep, remember_rate
from catalog.price.models import SCHEDULED
from catalog.service import events
from catalog.service.announcing import announce
from catalog.service.models import ACTIVE, ARCHIVED, CYCLES, RECURRING, CatalogService, ServiceUse
from catalog.service.queries import get
from catalog.tax.models import TaxCode
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork

CLONED = (
    "description",
    "kind",
    "category",
    "category_id",
    "default_unit",
    "currency",
    "tax_code_id",
    "minimum_hours",
    "sort_order",
    "internal_notes",
    "billing_cycle",
    "setup_fee",
    "cost",
    "price_model",
    "subscription_category",
    "term_months",
    "provisioning_checklist",
    "attribute_defaults",
)
PLAN_FIELDS = ("subscription_category", "term_months", "provisioning_checklist", "attribute_defaults")


def create(
    work: UnitOfWork,
    *,
    name: str,
    currency: str | None = None,
    default_rate: Decimal | None = None,
    prices: Sequence[Mapping[str, Any]] = (),
    **values: Any,
) -> CatalogService:
    """Adds an active service. Its default currency is the MSP's.

    `prices` are prices in further currencies, from today.
    """
    choosing.settle(work, values)
    own = currency or work.organisation.currency
    service = CatalogService(id=new_id(), name=one_line(name), currency=own, status=ACTIVE, open_prices=[], **values)
    _check(work, service, default_rate, tax_code_is_new=True)
    work.session.add(service)
    keep(work, [service])
    remember_rate(work, service, service.currency, None, service.default_rate)
    add_further_prices(work, service, prices)
    work.emit(events.CREATED, service)
    return service


def update(work: UnitOfWork, service_id: UUID, **changes: Any) -> CatalogService:
    """Applies `changes`, records a new rate in the history and publishes the event."""
    choosing.settle(work, changes, service_id)
    service = get(work, service_id, lock=True)
    work.check_version(service)
    catch_up(work, service, work.today)
    old_rate, tax_code_id, kind = service.default_rate, service.tax_code_id, service.kind
    cycle_needed = needs_cycle(service)
    if "name" in changes:
        changes["name"] = one_line(changes["name"])
    new_rate = changes.pop("default_rate", None)
    for name, value in changes.items():
        setattr(service, name, value)
    if service.kind != kind:
        _check_price_list(service)
    _check(work, service, new_rate, tax_code_is_new=service.tax_code_id != tax_code_id, cycle_needed=cycle_needed)
    announce(work, service, old_rate)
    return service


def replace(work: UnitOfWork, service_id: UUID, *, currency: str | None, **values: Any) -> CatalogService:
    """Replaces all fields. Raises Invalid for another currency, because client rates are agreed in it."""
    choosing.settle(work, values, service_id)
    service = get(work, service_id, lock=True)
    if currency not in (None, service.currency):
        message = f"This service is priced in {service.currency}, which can't be changed. Create a new service instead."
        raise Invalid({"currency": [message]})
    return update(work, service_id, **values)


def archive(work: UnitOfWork, service_id: UUID) -> CatalogService:
    service = get(work, service_id, lock=True)
    work.check_version(service)
    service.archive(work.now)
    work.emit(events.ARCHIVED, service)
    return service


def restore(work: UnitOfWork, service_id: UUID) -> CatalogService:
    service = get(work, service_id, lock=True)
    work.check_version(service)
    service.restore()
    work.emit(events.RESTORED, service)
    return service


def clone(work: UnitOfWork, service_id: UUID, *, name: str, default_rate: Decimal | None = None) -> CatalogService:
    """Adds a copy of the service, including its prices in further currencies, with another name."""
    original = get(work, service_id)
    values = {field: getattr(original, field) for field in CLONED}
    if default_rate is None:
        default_rate = original.default_rate
    copy = create(work, name=name, default_rate=default_rate, **values)
    copy_prices(work, original, copy)
    return copy


def delete(work: UnitOfWork, service_id: UUID) -> None:
    """Deletes the service permanently. Raises Conflict if a client, agreement, set or bundle ever used it.

    The lock keeps out transactions that are about to use it.
    """
    service = get(work, service_id, lock=True)
    work.check_version(service)
    uses = select(ServiceUse.kind, func.count()).where(ServiceUse.service_id == service_id).group_by(ServiceUse.kind)
    counts: dict[str, int] = dict(iter(work.session.execute(uses)))
    if counts:
        clients, agreements = counts.get("client", 0), counts.get("agreement", 0)
        message = f"Service is in use by {clients} clients and {agreements} agreements. Archive it instead."
        raise Conflict(message, client_count=clients, agreement_count=agreements)
    if holders := membership.holders(work, service_id):
        raise Conflict(f"Service is part of {holders}. Remove it from there first, or archive it instead.")
    work.emit_deleted(events.DELETED, service)


def _check(
    work: UnitOfWork,
    service: CatalogService,
    given_rate: Decimal | None,
    *,
    tax_code_is_new: bool,
    cycle_needed: bool = True,
) -> None:
    errors = mistakes(service, given_rate, cycle_needed=cycle_needed)
    with work.session.no_autoflush:
        if tax_code_is_new and service.tax_code_id:
            errors |= _tax_code_problems(work, service.tax_code_id)
        same_name = select(CatalogService.id).where(func.lower(CatalogService.name) == service.name.lower())
        if work.session.scalar(same_name.where(CatalogService.id != service.id)):
            message = f'Another service is already named "{service.name}". Choose another name.'
            raise Conflict(message, {"name": [message]})
    if errors:
        raise Invalid(errors)


def _check_price_list(service: CatalogService) -> None:
    """Raises `Invalid` if a service that isn't billed by usage has a price model, current or scheduled."""
    others = [*service.prices, *service.scheduled_prices]
    if service.kind == rules.USAGE or not (modeled := [price for price in others if price.price_model]):
        return
    prices = [
        price.currency + (f" from {price.valid_from}" if price.state == SCHEDULED else " (current)")
        for price in modeled
    ]
    message = f"Only usage services can have a price model. Replace or cancel these prices first: {', '.join(prices)}."
    raise Invalid({"kind": [message]})


def mistakes(service: CatalogService, given_rate: Decimal | None, *, cycle_needed: bool = True) -> dict[str, list[str]]:
    """Sets the service's rate and returns errors by field that need no look at other rows."""
    errors = rules.settle_rate(service, given_rate) or rules.problems(service, service.kind)
    if cycle_needed and service.kind == RECURRING and service.billing_cycle is None:
        errors["billing_cycle"] = [f"Choose a billing cycle for a recurring service: {', '.join(CYCLES)}."]
    return errors | _plan_problems(service)


def needs_cycle(before: CatalogService | None) -> bool:
    """Returns whether a service that is recurring after a change must have a billing cycle.

    A recurring service from an earlier release may have no cycle and can be edited without one.
    """
    return before is None or before.kind != RECURRING or before.billing_cycle is not None


def _plan_problems(service: CatalogService) -> dict[str, list[str]]:
    if service.kind == RECURRING:
        return plans.problems(service.subscription_category, service.attribute_defaults or {})
    return {name: ["Only recurring services can have a plan."] for name in PLAN_FIELDS if getattr(service, name)}


def _tax_code_problems(work: UnitOfWork, tax_code_id: UUID) -> dict[str, list[str]]:
    # The same lock as a foreign key check, so that the tax code can't be archived in the meantime.
    tax_code = work.session.get(TaxCode, tax_code_id, with_for_update={"read": True, "key_share": True})
    if tax_code is None:
        return {"tax_code_id": ["Tax code not found."]}
    if tax_code.status == ARCHIVED:
        return {"tax_code_id": [f'The tax code "{tax_code.name}" is archived. Choose an active tax code.']}
    return {}
