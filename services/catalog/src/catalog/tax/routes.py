"""Routes of tax codes."""

from typing import Any
from uuid import UUID

from catalog.tax import editing, queries
from catalog.tax.models import TaxCode
from catalog.tax.schemas import FILTERS, TAX_CODE, TAX_CODE_PATCH
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, STAFF
from common.uow import UnitOfWork

routes = Routes("tax-codes", "Taxes charged on clients' invoices")


@routes.list("/tax-codes", "listTaxCodes", returns=TAX_CODE, filters=FILTERS, roles=STAFF)
def list_tax_codes(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_tax_codes(work, page)


@routes.post("/tax-codes", "createTaxCode", body=TAX_CODE, returns=TAX_CODE, roles=ADMINS)
def create_tax_code(work: UnitOfWork, body: dict[str, Any]) -> TaxCode:
    return editing.create(work, **body)


@routes.get("/tax-codes/<uuid:tax_code_id>", "getTaxCode", returns=TAX_CODE, roles=STAFF)
def get_tax_code(work: UnitOfWork, tax_code_id: UUID) -> TaxCode:
    return queries.get(work, tax_code_id)


@routes.patch("/tax-codes/<uuid:tax_code_id>", "updateTaxCode", body=TAX_CODE_PATCH, returns=TAX_CODE, roles=ADMINS)
def update_tax_code(work: UnitOfWork, body: dict[str, Any], tax_code_id: UUID) -> TaxCode:
    return editing.update(work, tax_code_id, **body)


@routes.delete("/tax-codes/<uuid:tax_code_id>", "deleteTaxCode", roles=ADMINS)
def delete_tax_code(work: UnitOfWork, tax_code_id: UUID) -> None:
    """Archives the tax code. Issued invoices keep it. Returns 409 if a service uses it."""
    editing.archive(work, tax_code_id)
