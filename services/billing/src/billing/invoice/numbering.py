"""Invoice numbers: gapless per series and year, taken in the transaction that issues."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from billing.invoice.models import Invoice, NumberSeries
from common.organisation.calendar import fiscal_year
from common.organisation.settings import FISCAL, Organisation
from common.uow import UnitOfWork

YEARLY_ROOM = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Number:
    text: str
    order: int
    """Sorts numbers by value: 1000 after 999."""


def take(work: UnitOfWork, series: str, day: date, count: int) -> list[Number]:
    """Returns the next `count` numbers for invoices of that day. Other transactions wait for them, so call it last."""
    organisation = work.organisation
    year = numbering_year(organisation, day)
    statement = insert(NumberSeries).values(series=series, year=year, last=count)
    statement = statement.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": NumberSeries.last + statement.excluded.last}
    )
    last = work.session.execute(statement.returning(NumberSeries.last)).scalar_one()
    return [
        Number(number_text(organisation, series, year, value), year * YEARLY_ROOM + value)
        for value in range(last - count + 1, last + 1)
    ]


def numbering_year(organisation: Organisation, day: date) -> int:
    """Returns the year whose numbers an invoice of that day gets."""
    return fiscal_year(organisation, day) if organisation.invoice_number_year == FISCAL else day.year


def number_text(organisation: Organisation, series: str, year: int, value: int) -> str:
    padded = f"{value:0{organisation.invoice_number_digits}d}"
    return organisation.invoice_number_format.format(series=series, year=year, number=padded)


def out_of_order(work: UnitOfWork, series: str, day: date) -> str | None:
    """Returns a warning if an invoice with a later date already has a lower number, else None."""
    numbered = select(Invoice.number, Invoice.issued_on).where(Invoice.series == series, Invoice.number.is_not(None))
    latest = work.session.execute(numbered.order_by(Invoice.issued_on.desc()).limit(1)).one_or_none()
    if latest is None or latest.issued_on <= day:
        return None
    shown, other = (format_date(one, "medium", locale="en_US") for one in (day, latest.issued_on))
    return f"The invoice date {shown} is earlier than {other}, the date of {latest.number}."
