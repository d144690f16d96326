"""Jobs that handle each due agreement in a transaction of its own."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from agreements.agreement.models import Agreement
from agreements.agreement.queries import get
from common.jobs import outcome
from common.tasks.execution import Execution
from common.uow import UnitOfWork

Handle = Callable[[UnitOfWork, Agreement], dict[str, int]]


class _TakenBack(Exception):
    """Ends the transaction of a dry run, with the counts of what it did."""

    def __init__(self, counts: dict[str, int]) -> None:
        super().__init__()
        self.counts = counts


def sweep(execution: Execution, due: Any, handle: Handle, *, dry_run: bool) -> None:
    """Calls `handle`, which returns counts, for each agreement of `due`, a SELECT of ids, under its lock.

    A dry run takes each transaction back, and lists the ids beside the counts.
    """
    for agreement_id in execution.transact(partial(_begin, execution, due, dry_run)):
        if dry_run:
            part = outcome(_try(execution, agreement_id, handle), {"agreement_ids": [str(agreement_id)]})
            execution.transact(partial(execution.advance, done=1, part=part))
        else:
            execution.transact(partial(_one, execution, agreement_id, handle))


def _begin(execution: Execution, due: Any, dry_run: bool, work: UnitOfWork) -> list[UUID]:
    ids = list(work.session.scalars(due))
    execution.expect(work, len(ids), afresh=dry_run)
    return ids


def _one(execution: Execution, agreement_id: UUID, handle: Handle, work: UnitOfWork) -> None:
    agreement = get(work, agreement_id, lock=True)
    execution.advance(work, 1, outcome(handle(work, agreement)))


def _try(execution: Execution, agreement_id: UUID, handle: Handle) -> dict[str, int]:
    """Returns the counts of `handle`, whose transaction is taken back."""

    def run(work: UnitOfWork) -> None:
        raise _TakenBack(handle(work, get(work, agreement_id, lock=True)))

    try:
        execution.transact(run)
    except _TakenBack as result:
        return result.counts
    return {}
