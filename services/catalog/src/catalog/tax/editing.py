"""Creating and changing tax codes."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from catalog.service.models import ARCHIVED, CatalogService
from catalog.tax import events
from catalog.tax.models import TaxCode
from common.errors import Conflict, NotFound
from common.ids import new_id
from common.uow import UnitOfWork


def create(work: UnitOfWork, **values: Any) -> TaxCode:
    tax_code = TaxCode(id=new_id(), status="active", **values)
    work.session.add(tax_code)
    work.emit(events.CREATED, tax_code)
    return tax_code


def update(work: UnitOfWork, tax_code_id: UUID, **changes: Any) -> TaxCode:
    """A new rate holds for invoices made from now on; issued ones keep theirs."""
    tax_code = get(work, tax_code_id, lock=True)
    work.check_version(tax_code)
    for name, value in changes.items():
        setattr(tax_code, name, value)
    work.emit(events.CHANGED, tax_code)
    return tax_code


def archive(work: UnitOfWork, tax_code_id: UUID) -> TaxCode:
    """Not to be chosen any more; kept, for the invoices that name it. Refused while a service refers to it."""
    tax_code = get(work, tax_code_id, lock=True)
    work.check_version(tax_code)
    if tax_code.status == ARCHIVED:
        raise Conflict(f'"{tax_code.name}" is archived already.')
    uses = select(func.count()).select_from(CatalogService).where(CatalogService.tax_code_id == tax_code_id)
    if count := work.session.scalar(uses):
        raise Conflict(f'"{tax_code.name}" is in use by {count} services. Give them another tax code first.')
    tax_code.status = ARCHIVED
    work.emit(events.CHANGED, tax_code)
    return tax_code


def get(work: UnitOfWork, tax_code_id: UUID, *, lock: bool = False) -> TaxCode:
    tax_code = work.session.get(TaxCode, tax_code_id, with_for_update=lock or None)
    if tax_code is None:
        raise NotFound("There is no such tax code.")
    return tax_code
