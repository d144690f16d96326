"""Reading tax codes."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from catalog.tax import events
from catalog.tax.models import TaxCode
from common.http.pagination import Page, paginate
from common.uow import UnitOfWork


def page_of_tax_codes(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(TaxCode)
    for name, value in page.filters.items():
        statement = statement.where(getattr(TaxCode, name) == value)
    if page.q:
        statement = statement.where(TaxCode.name.icontains(page.q, autoescape=True))
    sorts = {"name": TaxCode.name, "created_at": TaxCode.created_at}
    return paginate(work.session, statement, page, sorts=sorts, default="name", key=TaxCode.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    for tax_code in work.session.scalars(select(TaxCode).order_by(TaxCode.id)):
        work.emit(events.CHANGED, tax_code)
    yield
