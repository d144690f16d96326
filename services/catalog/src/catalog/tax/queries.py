"""Reads tax codes."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from catalog.tax import events
from catalog.tax.models import TaxCode
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {
    "name": TaxCode.name,
    "rate_percent": TaxCode.rate_percent,
    "status": TaxCode.status,
    "created_at": TaxCode.created_at,
    "updated_at": TaxCode.updated_at,
}


def get(work: UnitOfWork, tax_code_id: UUID, *, lock: bool = False) -> TaxCode:
    tax_code = work.session.get(TaxCode, tax_code_id, with_for_update=lock or None)
    if tax_code is None:
        raise NotFound("Tax code not found.")
    return tax_code


def page_of_tax_codes(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(TaxCode)
    for name, value in page.filters.items():
        statement = statement.where(getattr(TaxCode, name) == value)
    if page.q:
        statement = statement.where(searching.naming((TaxCode.name, TaxCode.code), page.q))
    return paginate(work.session, statement, page, sorts=SORTS, default="name", key=TaxCode.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    for portion in keyset(work.session, select(TaxCode), TaxCode.id):
        for tax_code in portion:
            work.emit(events.CHANGED, tax_code)
        yield
