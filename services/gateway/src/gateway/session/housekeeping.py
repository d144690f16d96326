"""Deletes old tokens, sessions and counts of limits."""

from datetime import timedelta

from sqlalchemy import delete

from common.app import App, Tick
from common.clock import now
from common.tasks.declaring import Task
from gateway.limits import counting
from gateway.session import assignments, places
from gateway.session.models import Session, SessionToken

KEPT = timedelta(days=30)
"""How long ended sessions stay visible to their owners."""


def tidy(app: App) -> None:
    with app.database.sessions() as session, session.begin():
        session.execute(delete(SessionToken).where(SessionToken.expires_at < now() - timedelta(days=1)))
        session.execute(delete(Session).where(Session.expires_at < now() - KEPT))
        assignments.prune(session)
        places.prune(session, now())
    counting.prune(app)


TIDY = Task(
    name="tidy_sessions",
    title="Clean-up of ended sessions",
    run=lambda execution: tidy(execution.app),
    kept=timedelta(),
)
TICK = Tick(TIDY, timedelta(hours=1))
