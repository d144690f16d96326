"""Turning one client's charges into the lines, taxes and totals of an invoice. Pure: no session, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from billing.rates import Resolved
from billing.taxes import JOINT, PER_INVOICE, UNTAXED, TaxPart, Treatment, assess, on_top
from common.money import rounded

HOUR = "Hour"


@dataclass(frozen=True, slots=True)
class Charge:
    """A billable item with its rate. A `description` stands on the invoice as written, in place of the name."""

    item_id: UUID | None
    quantity: Decimal
    rate: Resolved
    service_name: str
    unit: str = HOUR
    service_id: UUID | None = None
    client_service_id: UUID | None = None
    description: str | None = None
    work_order: str | None = None
    worked: Decimal | None = None
    """Hours, where `quantity` is not what was worked, but rounded or a minimum."""
    in_agreement: bool | None = None
    treatment: Treatment = UNTAXED

    @property
    def group(self) -> tuple[object, ...]:
        """Charges of one group share a line: same service, unit, rate, reason for it, taxes."""
        service = self.service_id or self.client_service_id or self.service_name
        rate, code_id = (self.rate.rate, self.rate.source), self.treatment.code_id
        return service, self.description, self.unit, rate, self.in_agreement, code_id


@dataclass(slots=True)
class Line:
    charge: Charge
    quantity: Decimal
    amount: Decimal
    description: str
    explanation: str
    worked_hours: Decimal | None
    work_orders: list[str]
    item_ids: list[UUID]


@dataclass(slots=True)
class Composition:
    currency: str
    lines: list[Line]
    taxes: list[TaxPart]
    subtotal: Decimal
    tax_total: Decimal
    total: Decimal
    warnings: list[str] = field(default_factory=list)


def compose(charges: Sequence[Charge], currency: str, rounding: str = PER_INVOICE) -> Composition:
    """Lines by service and rate, ordered by name; amounts half up to the minor unit; each tax on its lines' sum."""
    groups: dict[tuple[object, ...], list[Charge]] = {}
    for charge in charges:
        groups.setdefault(charge.group, []).append(charge)
    lines = [_line(members, currency) for members in groups.values()]
    lines.sort(key=lambda line: (line.charge.service_name.lower(), line.charge.rate.rate, line.description))
    return total(lines, currency, rounding)


def total(lines: list[Line], currency: str, rounding: str = PER_INVOICE) -> Composition:
    """Adds lines up and charges the taxes."""
    subtotal = sum((line.amount for line in lines), Decimal(0))
    taxed = [(line.amount, line.charge.treatment.taxes) for line in lines]
    parts = assess(taxed, currency, rounding=rounding, inclusive=JOINT)
    tax_total = sum((part.amount for part in parts), Decimal(0))
    return Composition(
        currency=currency,
        lines=lines,
        taxes=parts,
        subtotal=rounded(subtotal, currency),
        tax_total=rounded(tax_total, currency),
        total=rounded(subtotal + on_top(parts), currency),
        warnings=[
            f"{line.charge.service_name}: {line.charge.rate.warning}" for line in lines if line.charge.rate.warning
        ],
    )


def manual_line(charge: Charge, currency: str) -> Line:
    """A line somebody wrote, kept as it is: not grouped, not reordered."""
    return _line([charge], currency)


def _line(members: Sequence[Charge], currency: str) -> Line:
    first = members[0]
    quantity = sum((member.quantity for member in members), Decimal(0))
    amount = rounded(quantity * first.rate.rate, currency)
    worked = _worked(members)
    return Line(
        charge=first,
        quantity=quantity,
        amount=amount,
        description=first.description or f"{first.service_name} - {quantity_text(quantity, first.unit)}",
        explanation=_explanation(members, quantity, amount, worked),
        worked_hours=worked,
        work_orders=list(dict.fromkeys(member.work_order for member in members if member.work_order)),
        item_ids=[member.item_id for member in members if member.item_id],
    )


def _worked(members: Sequence[Charge]) -> Decimal | None:
    """Returns the hours worked, or None where they are the quantity."""
    if all(member.worked is None for member in members):
        return None
    return sum((member.quantity if member.worked is None else member.worked for member in members), Decimal(0))


def _explanation(members: Sequence[Charge], quantity: Decimal, amount: Decimal, worked: Decimal | None) -> str:
    first = members[0]
    entries = f" from {len(members)} entries" if len(members) > 1 else ""
    arithmetic = f"{quantity_text(quantity, first.unit)}{entries} × {first.rate.rate:f} = {amount:f}."
    counted = ""
    if worked is not None:
        billed = quantity_text(quantity, first.unit)
        counted = f"Time worked is {quantity_text(worked, HOUR)}, billed as {billed} after rounding and minimum hours. "
    return f"{arithmetic} {counted}{first.rate.explanation}".strip()


def quantity_text(quantity: Decimal, unit: str) -> str:
    """ "12.5 hours", "4.0 hours", "7.85 hours"; other units as they are called: "3 × Month"."""
    plain = quantity.normalize()
    exponent = plain.as_tuple().exponent
    if unit.lower() in {"hour", "hours"}:
        return f"{plain.quantize(Decimal('0.1')) if isinstance(exponent, int) and exponent > -1 else plain:f} hours"
    return f"{plain:f} × {unit}"
