"""Invoice numbers: gapless per series and year, taken in the transaction that issues."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from billing.invoice.models import Invoice, NumberSeries
from common.uow import UnitOfWork

YEARLY_ROOM = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Number:
    text: str
    order: int
    """Sorts numbers by value: 1000 after 999."""


def take(work: UnitOfWork, series: str, year: int, count: int) -> list[Number]:
    """Returns the next `count` numbers. Other transactions wait for them, so call it last."""
    statement = insert(NumberSeries).values(series=series, year=year, last=count)
    statement = statement.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": NumberSeries.last + statement.excluded.last}
    )
    last = work.session.execute(statement.returning(NumberSeries.last)).scalar_one()
    return [
        Number(f"{series}-{year}-{value:03d}", year * YEARLY_ROOM + value)
        for value in range(last - count + 1, last + 1)
    ]


def out_of_order(work: UnitOfWork, series: str, day: date) -> str | None:
    """Returns a warning if an invoice with a later date already has a lower number, else None."""
    numbered = select(Invoice.number, Invoice.issued_on).where(Invoice.series == series, Invoice.number.is_not(None))
    latest = work.session.execute(numbered.order_by(Invoice.issued_on.desc()).limit(1)).one_or_none()
    if latest is None or latest.issued_on <= day:
        return None
    shown, other = (format_date(one, "medium", locale="en_US") for one in (day, latest.issued_on))
    return f"The invoice date {shown} is earlier than {other}, the date of {latest.number}."
