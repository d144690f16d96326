"""Invoice numbers: gapless per series and year, given in the transaction that issues."""

from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert

from billing.invoice.models import NumberSeries
from common.uow import UnitOfWork

YEARLY_ROOM = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Number:
    text: str
    order: int
    """Sorts numbers as people count: 1000 after 999."""


def take(work: UnitOfWork, series: str, year: int, count: int) -> list[Number]:
    """The next `count` numbers. Others wait for them until this transaction ends, so take them last."""
    statement = insert(NumberSeries).values(series=series, year=year, last=count)
    statement = statement.on_conflict_do_update(
        index_elements=["series", "year"], set_={"last": NumberSeries.last + statement.excluded.last}
    )
    last = work.session.execute(statement.returning(NumberSeries.last)).scalar_one()
    return [
        Number(f"{series}-{year}-{value:03d}", year * YEARLY_ROOM + value)
        for value in range(last - count + 1, last + 1)
    ]
