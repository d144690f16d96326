"""Exports services as a CSV file that can be imported again."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from catalog.importing import price_list
from catalog.importing.schemas import COLUMNS, FIELDS, LINE
from catalog.price.models import CURRENT, ServicePrice
from catalog.service.models import CatalogService
from catalog.service.queries import matching
from catalog.tax.models import TaxCode
from common import csvfiles, streaming
from common.pages import Page
from common.planning import cell
from common.uow import UnitOfWork


def table(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Returns the services that match the filters as a CSV file, with a group of columns for each further currency."""
    currencies = _further_currencies(work)
    columns = [*COLUMNS, *(price_list.column(field, code) for code in currencies for field in price_list.FIELDS)]
    return csvfiles.write(columns, _rows(work, page))


def _further_currencies(work: UnitOfWork) -> list[str]:
    listed = (
        select(ServicePrice.currency)
        .join(CatalogService, CatalogService.id == ServicePrice.service_id)
        .where(ServicePrice.state == CURRENT, ServicePrice.currency != CatalogService.currency)
    )
    return sorted(set(work.session.scalars(listed.distinct())))


def _rows(work: UnitOfWork, page: Page) -> Iterator[dict[str, str]]:
    tax_codes = {code.id: code.name for code in work.session.scalars(select(TaxCode))}
    statement = matching(page.filters, page.q).order_by(
        CatalogService.sort_order, CatalogService.name, CatalogService.id
    )
    for services in streaming.portions(work.session, statement):
        for service in services:
            yield _row(service, tax_codes)


def _row(service: CatalogService, tax_codes: dict[UUID, str]) -> dict[str, str]:
    cells = {column: cell(_plain(field, service)) for column, field in FIELDS.items()}
    cells |= {"id": str(service.id), "tax_code": tax_codes.get(service.tax_code_id, "") if service.tax_code_id else ""}
    for price in service.prices:
        for field in price_list.FIELDS:
            cells[price_list.column(field, price.currency)] = cell(price_list.plain(field, price))
    return cells


def _plain(field: str, service: CatalogService) -> Any:
    return LINE.fields[field].serialize(field, service)
