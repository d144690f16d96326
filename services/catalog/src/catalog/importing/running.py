"""Imports services from a CSV file: plans all rows and writes them if none has an error."""

from collections.abc import Sequence

from catalog.category import choosing
from catalog.importing import present, price_list
from catalog.importing.carrying_out import carry_out
from catalog.importing.planning import identify, plan
from catalog.importing.schemas import COLUMNS, REQUIRED
from catalog.price.applying import catch_up
from common import csvfiles
from common.csvfiles import Row
from common.imports import refuse_failed
from common.planning import Line
from common.uow import UnitOfWork


def read(data: bytes) -> list[Row]:
    return csvfiles.read(data, COLUMNS, required=REQUIRED, more=price_list.is_column)


def run(work: UnitOfWork, rows: Sequence[Row], *, dry_run: bool) -> list[Line]:
    """Imports the rows, or previews them, and returns a line for each.

    Raises Refused before writing anything if a row has an error.
    """
    if not dry_run:
        _prepare(work, rows)
    identified = [identify(row.values) for row in rows]
    ids, names = [key for key, _ in identified if key], [name for _, name in identified if name]
    stored = present.read(work, ids, names, lock=not dry_run)
    if not dry_run:
        for service in stored.by_id.values():
            catch_up(work, service, work.today)
    with work.session.no_autoflush:
        lines = plan(rows, stored, work.organisation.currency)
    if not dry_run:
        refuse_failed(lines, dry_run=False)
        carry_out(work, lines, stored)
    return lines


def _prepare(work: UnitOfWork, rows: Sequence[Row]) -> None:
    """Locks categories before services, in the same order as other changes."""
    present.take_turns(work)
    choosing.ensure(work, [name for row in rows if (name := row.values.get("category"))])
