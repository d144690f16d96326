"""Adds, changes and archives tax codes."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.service.models import ACTIVE, ARCHIVED, CatalogService
from catalog.tax import events
from catalog.tax.combining import combined
from catalog.tax.models import TaxCode
from catalog.tax.queries import get
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.texts import one_line
from common.uow import UnitOfWork

LARGEST = Decimal(100)


def create(work: UnitOfWork, **values: Any) -> TaxCode:
    tax_code = TaxCode(id=new_id(), status=ACTIVE, components=[], exempt=False, rate_percent=None)
    _apply(tax_code, values)
    _check_names(work, tax_code)
    work.session.add(tax_code)
    work.emit(events.CREATED, tax_code)
    return tax_code


def update(work: UnitOfWork, tax_code_id: UUID, **changes: Any) -> TaxCode:
    """Changes the tax code. A new rate applies to new invoices; issued invoices keep their rate."""
    tax_code = get(work, tax_code_id, lock=True)
    work.check_version(tax_code)
    if changes.get("status") == ARCHIVED and tax_code.status == ACTIVE:
        _check_unused(work, tax_code)
    with work.session.no_autoflush:
        _apply(tax_code, changes)
        _check_names(work, tax_code)
    if work.session.is_modified(tax_code):
        work.emit(events.CHANGED, tax_code)
    return tax_code


def archive(work: UnitOfWork, tax_code_id: UUID) -> TaxCode:
    """Archives the tax code; invoices keep it. Raises Conflict if an active service uses it."""
    tax_code = get(work, tax_code_id, lock=True)
    work.check_version(tax_code)
    if tax_code.status == ARCHIVED:
        raise Conflict(f'"{tax_code.name}" is already archived.')
    _check_unused(work, tax_code)
    tax_code.status = ARCHIVED
    work.emit(events.CHANGED, tax_code)
    return tax_code


def _check_unused(work: UnitOfWork, tax_code: TaxCode) -> None:
    """Raises Conflict if an active service uses the tax code. Archived services keep it."""
    uses = select(func.count()).select_from(CatalogService)
    uses = uses.where(CatalogService.tax_code_id == tax_code.id, CatalogService.status == ACTIVE)
    if count := work.session.scalar(uses):
        raise Conflict(f'"{tax_code.name}" is in use by {count} services. Give them another tax code first.')


def _apply(tax_code: TaxCode, changes: dict[str, Any]) -> None:
    """Applies the changes and sets the rate that results from them."""
    if "components" in changes:
        changes["components"] = [
            {**part, "name": one_line(part["name"]), "rate_percent": f"{part['rate_percent']:f}"}
            for part in changes["components"]
        ]
    given_rate = changes.pop("rate_percent", None)
    had_parts, was_exempt = bool(tax_code.components), tax_code.exempt
    for name, value in changes.items():
        setattr(tax_code, name, value)
    if was_exempt and not tax_code.exempt:
        tax_code.exempt_reason = None
    if tax_code.exempt:
        tax_code.rate_percent = _exempt_rate(tax_code, given_rate)
    elif tax_code.components:
        tax_code.rate_percent = _components_rate(tax_code, given_rate)
    else:
        _set_single_rate(tax_code, given_rate, is_rate_required=had_parts or was_exempt)


def _exempt_rate(tax_code: TaxCode, given_rate: Decimal | None) -> Decimal:
    errors: dict[str, list[str]] = {}
    if not tax_code.exempt_reason:
        errors["exempt_reason"] = ["Enter a reason. It's printed on the invoice."]
    if tax_code.components:
        errors["components"] = ["An exempt tax code can't have components. Remove them."]
    if given_rate:
        errors["rate_percent"] = ["An exempt tax code has no rate. Leave it out."]
    if errors:
        raise Invalid(errors)
    return Decimal(0)


def _components_rate(tax_code: TaxCode, given_rate: Decimal | None) -> Decimal:
    names = [part["name"].casefold() for part in tax_code.components]
    if len(names) != len(set(names)):
        raise Invalid({"components": ["Component names must be unique."]})
    rate = combined([(Decimal(part["rate_percent"]), part["compound"]) for part in tax_code.components])
    if rate > LARGEST:
        raise Invalid({"components": [f"The components add up to {rate.normalize():f} %. The maximum is 100 %."]})
    if given_rate is not None and given_rate != rate:
        raise Invalid({"rate_percent": [f"The components add up to {rate.normalize():f}. Leave the rate out."]})
    return rate


def _set_single_rate(tax_code: TaxCode, given_rate: Decimal | None, *, is_rate_required: bool) -> None:
    if tax_code.exempt_reason:
        raise Invalid({"exempt_reason": ["Only an exempt tax code has a reason. Leave it out."]})
    if given_rate is None and (is_rate_required or tax_code.rate_percent is None):
        raise Invalid({"rate_percent": ["Enter a rate, add components, or mark it exempt."]})
    if given_rate is not None:
        tax_code.rate_percent = given_rate


def _check_names(work: UnitOfWork, tax_code: TaxCode) -> None:
    tax_code.name = one_line(tax_code.name)
    tax_code.code = one_line(tax_code.code or "") or None
    for field in ("name", "code"):
        column, value = getattr(TaxCode, field), getattr(tax_code, field)
        same_value = select(column).where(func.lower(column) == (value or "").lower(), TaxCode.id != tax_code.id)
        if value and (other := work.session.scalar(same_value)):
            message = f'Another tax code already has the {field} "{other}".'
            raise Conflict(message, {field: [message]})
