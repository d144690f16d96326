"""Saying everything again, for replicas that were lost."""

from common.context import Context
from common.uow import UnitOfWork
from gateway.user import accounts, queries


def test_every_user_is_told_with_their_present_state(app, make_user, in_work, emitted):
    active, gone = make_user("manager"), make_user("billing")
    with in_work("super_admin") as work:
        accounts.disable(work, gone.id)
    before = len(emitted())

    with app.database.sessions() as session, session.begin():
        work = UnitOfWork(session, Context(), app.settings)
        for _ in queries.republish(work):
            work.flush()

    told = {event.data["id"]: (event.type, event.sequence) for event in emitted()[before:]}
    assert told == {
        str(active.id): ("gateway.user.changed.v1", 1),
        str(gone.id): ("gateway.user.disabled.v1", 2),
    }
