"""Table rows of a composition. Runs write them in bulk, drafts one by one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from billing.composition import Line
from billing.taxes import Tax, TaxPart, Treatment
from common.ids import new_id


def line_row(line: Line, invoice_id: UUID, position: int) -> dict[str, Any]:
    charge = line.charge
    return {
        "id": new_id(),
        "invoice_id": invoice_id,
        "position": position,
        "service_id": charge.service_id,
        "client_service_id": charge.client_service_id,
        "service_name": charge.service_name,
        "description": line.description,
        "quantity": line.quantity,
        "worked_hours": line.worked_hours,
        "unit": charge.unit,
        "unit_rate": line.rate.rate,
        "rate_source": line.rate.source,
        "overridden": line.rate.overridden,
        "amount": line.amount,
        "price_with_tax": line.price_with_tax,
        "work_orders": line.work_orders,
        "explanation": line.explanation,
        "warning": line.rate.warning,
        "in_agreement": charge.in_agreement,
        "tax_code_id": charge.treatment.code_id,
        "own_tax_code_id": charge.own_tax_code_id,
        "taxes": line_taxes(charge.treatment),
        "tax_exempt_reason": charge.treatment.reason,
    }


def line_taxes(treatment: Treatment) -> list[dict[str, Any]]:
    return [_tax(tax) for tax in treatment.taxes]


def _tax(tax: Tax) -> dict[str, Any]:
    percent = f"{tax.percent:f}"
    return {"name": tax.name, "rate_percent": percent, "inclusive": tax.inclusive, "compound": tax.compound}


def tax_rows(taxes: Sequence[TaxPart], invoice_id: UUID) -> list[dict[str, Any]]:
    return [
        {
            "invoice_id": invoice_id,
            "position": position,
            "tax_code_id": part.tax.id,
            "name": part.tax.name,
            "rate_percent": part.tax.percent,
            "inclusive": part.tax.inclusive,
            "compound": part.tax.compound,
            "base": part.base,
            "amount": part.amount,
        }
        for position, part in enumerate(taxes, 1)
    ]
