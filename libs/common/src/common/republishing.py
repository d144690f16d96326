"""Publishes the current state of all data of a service again, as a task."""

from functools import partial
from uuid import UUID

from sqlalchemy import text

from common.app import App, Republisher
from common.context import Context
from common.tasks.declaring import Task
from common.tasks.execution import Execution
from common.tasks.recovering import STALLED
from common.uow import UnitOfWork

LIVING = text("""
    SELECT EXISTS (
        SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :stalled))
""")


def _run(execution: Execution) -> None:
    """Goes on behind the last kind of data that was published whole; a kind published twice has no effect."""
    done = execution.transact(partial(_begin, execution))
    for republisher in execution.app.republishers[done:]:
        _publish(execution, republisher)


def _begin(execution: Execution, work: UnitOfWork) -> int:
    done = execution.expect(work, 0)
    execution.expect(work, len(execution.app.republishers) - done)
    return done


def _publish(execution: Execution, republisher: Republisher) -> None:
    """Commits each portion, so that no other transaction waits for long. One kind is one step of the progress."""
    app = execution.app
    with app.database.sessions() as session:
        work = UnitOfWork(session, execution.context, app.settings)
        for _ in republisher(work):
            work.flush()
            execution.advance(work, 0)
            session.commit()
        work.flush()
        execution.advance(work, 1)
        session.commit()


REPUBLISH = Task(name="republish", title="Publishing all data again", run=_run)


def begin(work: UnitOfWork) -> UUID:
    """Returns the id of the task, which may be one that waits already."""
    return work.enqueue(REPUBLISH, key="all")


def has_worker(app: App) -> bool:
    """Returns whether a worker of the service is running."""
    return bool(app.transact(Context(), lambda work: work.session.scalar(LIVING, {"stalled": STALLED})))
