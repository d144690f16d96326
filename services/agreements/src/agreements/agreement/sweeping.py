"""Jobs that handle each due agreement in a transaction of its own."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from agreements.agreement.models import Agreement
from agreements.agreement.queries import get
from common.jobs import outcome
from common.tasks.execution import Execution
from common.uow import UnitOfWork

Handle = Callable[[UnitOfWork, Agreement], dict[str, int]]


def sweep(execution: Execution, due: Any, handle: Handle, *, dry_run: bool, dry_counts: Mapping[str, int]) -> None:
    """Calls `handle`, which returns counts, for each agreement of `due`, a SELECT of ids, under its lock.

    A dry run lists the ids and adds `dry_counts` for each.
    """
    for agreement_id in execution.transact(partial(_begin, execution, due, dry_run)):
        if dry_run:
            part = outcome(dict(dry_counts), {"agreement_ids": [str(agreement_id)]})
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
