"""Composes the lines, taxes and totals of an invoice from charges. Pure: no session, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from billing.rates import by_model
from billing.taxes import JOINT, PER_INVOICE, UNTAXED, TaxPart, Treatment, assess, on_top, without
from common import pricing
from common.money import rounded
from common.pricing import PriceModel
from common.rates import Resolved

HOUR = "Hour"


@dataclass(frozen=True, slots=True)
class Charge:
    """A billable item with its rate. A `description` replaces the service's name on the invoice.

    If set, `model` prices the quantity instead of the rate. Usage of each `month` is priced separately.
    """

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
    """Worked hours, if `quantity` differs because of rounding or a minimum."""
    in_agreement: bool | None = None
    treatment: Treatment = UNTAXED
    own_tax_code_id: UUID | None = None
    """The item's own tax code, by which a draft is taxed again at issue."""
    model: PriceModel | None = None
    month: date | None = None

    @property
    def group(self) -> tuple[object, ...]:
        """Returns the key of the line. Charges with the same key share a line."""
        service = self.service_id or self.client_service_id or self.service_name
        rate, codes = (self.rate.rate, self.rate.source), (self.treatment.code_id, self.own_tax_code_id)
        return service, self.description, self.unit, rate, self.in_agreement, codes, self.month

    @property
    def bound(self) -> Decimal:
        """Returns an upper bound of the amount before rounding, to refuse numbers too large to round."""
        if self.model is None:
            return abs(self.quantity * self.rate.rate)
        dearest = max(tier.unit_price for tier in self.model.tiers)
        fees = sum((tier.flat_fee for tier in self.model.tiers), self.model.minimum_charge)
        return max(abs(self.quantity), self.model.minimum_units) * dearest + fees


@dataclass(slots=True)
class Line:
    charge: Charge
    quantity: Decimal
    rate: Resolved
    amount: Decimal
    price_with_tax: Decimal | None
    """The price that contains a tax the client does not owe; the amount is without that tax."""
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
    """Returns lines by service and rate, ordered by name, with amounts rounded half up and taxes on their sums."""
    groups: dict[tuple[object, ...], list[Charge]] = {}
    for charge in charges:
        groups.setdefault(charge.group, []).append(charge)
    lines = [_line(members, currency) for members in groups.values()]
    lines.sort(key=lambda line: (line.charge.service_name.lower(), line.rate.rate, line.description))
    return total(lines, currency, rounding)


@dataclass(frozen=True, slots=True)
class Taxation:
    """Amounts without taxes that are not owed, and the taxes charged on them."""

    amounts: list[Decimal]
    taxes: list[TaxPart]
    subtotal: Decimal
    tax_total: Decimal
    total: Decimal


def tax_prices(prices: Sequence[tuple[Decimal, Treatment]], currency: str, rounding: str = PER_INVOICE) -> Taxation:
    """Removes contained taxes that the client does not owe, then charges the owed ones."""
    amounts = [without(price, one.contained, currency) if one.contained else price for price, one in prices]
    taxed = [(amount, one.taxes) for amount, (_, one) in zip(amounts, prices, strict=True)]
    parts = assess(taxed, currency, rounding=rounding, inclusive=JOINT)
    subtotal, tax_total = sum(amounts, Decimal(0)), sum((part.amount for part in parts), Decimal(0))
    return Taxation(
        amounts,
        parts,
        subtotal=rounded(subtotal, currency),
        tax_total=rounded(tax_total, currency),
        total=rounded(subtotal + on_top(parts), currency),
    )


def total(lines: list[Line], currency: str, rounding: str = PER_INVOICE) -> Composition:
    """Adds up the lines and charges the taxes."""
    prices = [
        (line.amount if line.price_with_tax is None else line.price_with_tax, line.charge.treatment) for line in lines
    ]
    taxation = tax_prices(prices, currency, rounding)
    return Composition(
        currency=currency,
        lines=lines,
        taxes=taxation.taxes,
        subtotal=taxation.subtotal,
        tax_total=taxation.tax_total,
        total=taxation.total,
        warnings=[f"{line.charge.service_name}: {line.rate.warning}" for line in lines if line.rate.warning],
    )


def manual_line(charge: Charge, currency: str) -> Line:
    """Returns a manual line as written: not grouped, not reordered."""
    return _line([charge], currency)


def _line(members: Sequence[Charge], currency: str) -> Line:
    first = members[0]
    quantity = sum((member.quantity for member in members), Decimal(0))
    rate, price = _price(first, quantity, currency)
    contained = first.treatment.contained
    amount = without(price, contained, currency) if contained else price
    unit = quantity_text(quantity, first.unit)
    during = f", {first.month:%B %Y}" if first.month else ""
    worked = _worked(members)
    counted = ""
    if worked is not None:
        counted = f"Time worked is {quantity_text(worked, HOUR)}, billed as {unit} after rounding and minimum hours."
    return Line(
        charge=first,
        quantity=quantity,
        rate=rate,
        amount=amount,
        price_with_tax=price if contained else None,
        description=first.description or f"{first.service_name} - {unit}{during}",
        explanation=_explanation(members, unit, counted, rate, price, amount),
        worked_hours=worked,
        work_orders=list(dict.fromkeys(member.work_order for member in members if member.work_order)),
        item_ids=[member.item_id for member in members if member.item_id],
    )


def _worked(members: Sequence[Charge]) -> Decimal | None:
    """Returns the worked hours, or None if they equal the quantity."""
    if all(member.worked is None for member in members):
        return None
    return sum((member.quantity if member.worked is None else member.worked for member in members), Decimal(0))


def _price(charge: Charge, quantity: Decimal, currency: str) -> tuple[Resolved, Decimal]:
    """Returns the rate per unit and the price, before a contained tax is removed."""
    if charge.model is None:
        return charge.rate, rounded(quantity * charge.rate.rate, currency)
    priced = pricing.charge(charge.model, quantity, currency)
    return by_model(charge.model, priced, quantity), priced.amount


def _explanation(
    members: Sequence[Charge], unit: str, counted: str, rate: Resolved, price: Decimal, amount: Decimal
) -> str:
    first = members[0]
    entries = f" from {len(members)} entries" if len(members) > 1 else ""
    by = f" × {rate.rate:f}" if first.model is None else ""
    sentences = [f"{unit}{entries}{by} = {price:f}.", counted, rate.explanation]
    if first.treatment.contained:
        names = " and ".join(tax.name for tax in first.treatment.contained)
        why = "is exempt" if first.treatment.reason else "pays a different tax"
        sentences.append(
            f"The price includes {price - amount:f} of {names}. The client {why}, so the amount is {amount:f}."
        )
    return " ".join(filter(None, sentences))


def quantity_text(quantity: Decimal, unit: str) -> str:
    """Returns "12.5 hours", "4.0 hours", "7.85 hours", or the unit's name: "3 × Month"."""
    plain = quantity.normalize()
    exponent = plain.as_tuple().exponent
    if unit.lower() in {"hour", "hours"}:
        return f"{plain.quantize(Decimal('0.1')) if isinstance(exponent, int) and exponent > -1 else plain:f} hours"
    return f"{plain:f} × {unit}"
